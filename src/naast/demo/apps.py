"""The app."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """The demonstration, made through the rooms' own actions."""

    name = "naast.demo"
    label = "demo"
