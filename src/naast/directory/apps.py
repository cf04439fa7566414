"""The app."""

from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    """Offers of help and the search that finds them."""

    name = "naast.directory"
    label = "directory"
