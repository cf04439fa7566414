"""Regular work: folding."""

from datetime import timedelta

from naast.core import worker

from .actions import fold


def connect() -> None:
    """Fold every hour: within a day, as promised."""
    worker.every(timedelta(hours=1), "fold", fold)
