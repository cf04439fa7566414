"""The app."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """The work list of the advisers. It keeps nothing of its own: what it shows lies in `contact`."""

    name = "naast.desk"
    label = "desk"
    verbose_name = "Desk"
