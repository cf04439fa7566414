"""The app."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """The public interfaces."""

    name = "naast.api"
    label = "api"
