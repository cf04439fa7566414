"""Regular work: once a day dates are set, owners are asked, and what nobody confirmed for too long is hidden."""

from datetime import timedelta

from naast.core import worker
from naast.directory.keeping import actions

DAY = timedelta(days=1)


def daily() -> None:
    """Do all of it, in this order; each part is idempotent and works in small batches."""
    actions.set_dates()
    actions.ask_owners()
    actions.hide_forgotten()


def connect() -> None:
    """Let the worker do it daily."""
    worker.every(DAY, "directory.keeping", daily)
