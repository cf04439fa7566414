"""Regular work of this alcove: administrators hear in time that a mandate ends."""

from datetime import timedelta

from naast.core import clock, worker
from naast.people.staffing import actions, queries


def remind_of_mandates() -> None:
    """Mail who looks after a place about mandates that end within 30 days. Idempotent: once for each end."""
    for mandate in queries.mandates_to_remind(clock.today()):
        actions.remind(mandate)


def register() -> None:
    """Let the worker look twice a day; whoever was told is not told again."""
    worker.every(timedelta(hours=12), "people.remind_of_mandates", remind_of_mandates)
