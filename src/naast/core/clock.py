"""The one clock of the house, so that a test can hold it still."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
_held: ContextVar[datetime | None] = ContextVar("held_clock", default=None)


def now() -> datetime:
    """Return the present moment, aware, in UTC."""
    return _held.get() or datetime.now(UTC)


def local_now() -> datetime:
    """Return the present moment as the clock in Amsterdam shows it."""
    return now().astimezone(AMSTERDAM)


def today() -> date:
    """Return today's date in Amsterdam."""
    return local_now().date()


@contextmanager
def frozen(moment: datetime) -> Iterator[None]:
    """Hold the clock at an aware moment, in this context only."""
    if moment.tzinfo is None:
        raise ValueError("The clock needs an aware moment.")
    token = _held.set(moment)
    try:
        yield
    finally:
        _held.reset(token)
