"""The app."""

from django.apps import AppConfig


class UpkeepConfig(AppConfig):
    """House style, host name and statements of a place, looked after by its administrator."""

    name = "naast.upkeep"
    label = "upkeep"

    def ready(self) -> None:
        """Declare what is kept, what a place needs before it may be published, and the work of each day."""
        from naast.upkeep.register.declare import declare as declare_register
        from naast.upkeep.statements.declare import declare

        declare()
        declare_register()
