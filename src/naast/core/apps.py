"""The app."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    """Ground of the house."""

    name = "naast.core"
    label = "core"

    def ready(self) -> None:
        """Connect the receivers that keep typed text out of the jobs table, and declare what core keeps."""
        from django.db.models.signals import post_migrate

        from . import checks, jobs, keeping, tasks  # noqa: F401
        from .auditing import guard

        post_migrate.connect(guard.after_migrating, sender=self, dispatch_uid="core.log-guard")

        jobs.connect()
        keeping.declare()
        tasks.connect()
