"""Jobs: rows of the business transaction. They carry ids only, return nothing, and keep an exception's class only."""

from typing import Any

from django.db.models.signals import pre_save
from django_tasks import task
from django_tasks_db.models import DBTaskResult

__all__ = ["LOW", "TRIES", "connect", "enqueue", "task", "unfinished_failures"]

TRIES = 6
LOW = "low"  # Wagtail's own index work and cleaning
PAUSES = (5, 30, 120, 600, 3600)  # seconds before attempt 2, 3, 4, 5, 6


def enqueue(job: Any, **ids: Any) -> None:
    """Queue a task inside the caller's transaction. Arguments are ids; they become strings."""
    job.enqueue(**{name: str(value) for name, value in ids.items()})


def _keep_the_class_only(sender: type, instance: DBTaskResult, **kwargs: Any) -> None:
    # An exception's message can hold what a person typed; docs/decisions/0006.
    instance.traceback = ""
    instance.return_value = None


def connect() -> None:
    """Keep messages and results of tasks out of the table."""
    pre_save.connect(_keep_the_class_only, sender=DBTaskResult, dispatch_uid="naast.core.jobs")


def unfinished_failures() -> int:
    """Return how many jobs failed for good and wait in the visible list."""
    return DBTaskResult.objects.failed().count()
