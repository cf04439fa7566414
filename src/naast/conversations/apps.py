"""The app."""

from django.apps import AppConfig


class ConversationsConfig(AppConfig):
    """Threads, encrypted and watched for danger."""

    name = "naast.conversations"
    label = "conversations"

    def ready(self) -> None:
        """Declare what threads keep, and show them in the locker."""
        from . import keeping

        keeping.declare()
