"""The app."""

from datetime import timedelta

from django.apps import AppConfig


class LockersConfig(AppConfig):
    """Lockers of residents."""

    name = "naast.lockers"
    label = "lockers"

    def ready(self) -> None:
        """Declare what a locker keeps, and let the worker give notice of lockers that will be erased."""
        from naast.core import worker

        from . import actions, keeping

        keeping.declare()
        worker.every(timedelta(hours=12), "locker-notices", actions.give_notice)
