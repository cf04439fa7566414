"""Regular work: once a day dates are set, owners are asked, and what nobody confirmed for too long is hidden."""

from datetime import timedelta

from naast.core import worker
from naast.directory.keeping import asking

DAY = timedelta(days=1)


def daily() -> None:
    """Do all of it, in this order; each part may run twice."""
    asking.set_dates()
    asking.settle_decided()
    asking.ask_owners()
    asking.hide_forgotten()
    asking.forget()


def connect() -> None:
    """Let the worker do it daily."""
    worker.every(DAY, "directory.keeping", daily)
