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
