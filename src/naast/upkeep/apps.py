"""The app."""

from django.apps import AppConfig


class UpkeepConfig(AppConfig):
    """House style and host name of a place, looked after by its administrator."""

    name = "naast.upkeep"
    label = "upkeep"
