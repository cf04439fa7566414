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
        _no_formulas()


def _no_faces() -> None:
    """Take the photo of oneself out of Wagtail's account page: nobody needs it, and it would be a road of its own."""
    from wagtail.admin.views.account import AvatarSettingsPanel

    AvatarSettingsPanel.is_active = lambda self: False


def _no_formulas() -> None:
    """Let no cell of a list that Wagtail gives as CSV run where it is opened; its own sheets for Excel are safe already."""
    from wagtail.admin.views.mixins import SpreadsheetExportMixin

    from naast.core.sheets import safe_cell

    given = SpreadsheetExportMixin.preprocess_field_value

    def safe(self: SpreadsheetExportMixin, field: str, value: object, export_format: str) -> object:
        made = given(self, field, value, export_format)
        return safe_cell(made) if isinstance(made, str) and export_format == self.FORMAT_CSV else made

    SpreadsheetExportMixin.preprocess_field_value = safe
