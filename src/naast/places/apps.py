"""The app."""

from django.apps import AppConfig


class PlacesConfig(AppConfig):
    """Regions, municipalities, postcodes."""

    name = "naast.places"
    label = "places"

    def ready(self) -> None:
        """Declare what a place needs before it may be published."""
        from . import checks  # noqa: F401
