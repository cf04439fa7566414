"""The app."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """Counters without persons."""

    name = "naast.ledger"
    label = "ledger"

    def ready(self) -> None:
        """Let the worker fold waiting facts into counters."""
        from . import tasks

        tasks.connect()
