"""The app."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    """Ground of the house."""

    name = "naast.core"
    label = "core"

    def ready(self) -> None:
        """Connect the receivers that keep typed text out of the jobs table, and declare what core keeps."""
        from . import checks, jobs, keeping, tasks  # noqa: F401

        jobs.connect()
        keeping.declare()
        tasks.connect()
