"""Regular work of the ground: one-time numbers forgotten, finished jobs pruned, hours sealed, old tombstones dropped."""

from datetime import timedelta

from . import audit, kept, once, worker
from .clock import now
from .models import Tombstone


def retention() -> dict[str, int]:
    """Erase what is past its rule, for every declared kind; returns counts by kind, never content."""
    counts = {entry.model: entry.expire() for entry in kept.all_kept() if entry.expire}
    counts["core.Tombstone"] = Tombstone.objects.filter(erased_at__lt=now() - timedelta(days=35)).delete()[0]
    counts["core.UsedOnce"] = once.forget_old()
    return counts


def connect() -> None:
    """Let the worker do this work."""
    worker.every(timedelta(hours=1), "prune", worker.prune)
    worker.every(timedelta(minutes=10), "seal", audit.seal_hours)
    worker.every(timedelta(hours=6), "retention", retention)
