"""The app."""

from django.apps import AppConfig


class PlacesConfig(AppConfig):
    """Regions, municipalities, postcodes."""

    name = "naast.places"
    label = "places"

    def ready(self) -> None:
        """Declare what a place needs before it may be published; tell on which hosts places answer."""
        from naast.settings.hosts import AllowedHosts

        from . import checks, queries  # noqa: F401

        AllowedHosts.of_places = staticmethod(lambda: queries.snapshot().by_host)
