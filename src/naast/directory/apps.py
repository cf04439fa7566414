"""The app."""

from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    """Offers of help and the search that finds them."""

    name = "naast.directory"
    label = "directory"

    def ready(self) -> None:
        """Let the alcoves declare what they keep and hang up their regular work."""
        from naast.directory.keeping import declared, tasks

        declared.declare()
        tasks.connect()
