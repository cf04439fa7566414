"""The app."""

from django.apps import AppConfig


class FlowsConfig(AppConfig):
    """Question flows as data."""

    name = "naast.flows"
    label = "flows"
