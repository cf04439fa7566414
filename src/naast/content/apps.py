"""The app."""

from django.apps import AppConfig


class ContentConfig(AppConfig):
    """Knowledge: pages with slots."""

    name = "naast.content"
    label = "content"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Declare what is kept, say what a place needs, and connect what makes caches look again."""
        from naast.content import declare, receivers

        declare.declare()
        receivers.connect()
        _no_faces()


def _no_faces() -> None:
    """Take the photo of oneself out of Wagtail's account page: nobody needs it, and it would be a road of its own."""
    from wagtail.admin.views.account import AvatarSettingsPanel

    AvatarSettingsPanel.is_active = lambda self: False
