"""The order of the work list and its drawers: what an adviser should look at first.

Pure: no Django, no clock, no database. The queries hand over items of any door (questions now, callbacks and
appointments later) and the moment; these functions only sort and sift them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
FAR = datetime.max.replace(tzinfo=UTC)


class Drawer(StrEnum):
    """The lists at the left of the desk. `ALL` is everything that still waits for somebody."""

    ALL = "all"
    NEW = "new"
    MINE = "mine"
    WAITING = "waiting"
    OVERDUE = "overdue"
    DONE = "done"


class Standing(StrEnum):
    """Where an item stands, whatever door it came through."""

    NEW = "new"
    TAKEN = "taken"
    WAITING = "waiting"
    DONE = "done"


@dataclass(frozen=True)
class WorkItem:
    """One line of work: `due` is the promised moment (None: no promise), `done_at` when it was answered or closed."""

    id: str
    standing: Standing
    received: datetime
    due: datetime | None = None
    urgent: bool = False
    holder: str | None = None
    done_at: datetime | None = None

    @property
    def open(self) -> bool:
        """Whether somebody still has to do or to await something."""
        return self.standing is not Standing.DONE


def is_overdue(item: WorkItem, now: datetime) -> bool:
    """Return whether the promised moment has passed; an item that waits for the asker has no running clock."""
    return item.standing in (Standing.NEW, Standing.TAKEN) and item.due is not None and item.due < now


def sort_key(item: WorkItem, now: datetime) -> tuple[bool, bool, bool, datetime, datetime, str]:
    """Return what a work list is sorted by: urgent, overdue, not waiting for another, due first, oldest first, id.

    The id makes the order total: two advisers who look at one list see the same order.
    """
    return (
        not item.urgent,
        not is_overdue(item, now),
        item.standing is Standing.WAITING,
        item.due or FAR,
        item.received,
        item.id,
    )


def in_order(items: Iterable[WorkItem], now: datetime) -> list[WorkItem]:
    """Return the items in the order of the work list. Stable and total: any order in, one order out."""
    return sorted(items, key=lambda item: sort_key(item, now))


def done_order(items: Iterable[WorkItem]) -> list[WorkItem]:
    """Return finished items, the last finished first."""
    return sorted(items, key=lambda item: (-(item.done_at or item.received).timestamp(), item.id))


def week_began(now: datetime) -> datetime:
    """Return the start of this week: Monday 0.00 in Amsterdam, as an aware moment."""
    local = now.astimezone(AMSTERDAM)
    monday = local.date() - timedelta(days=local.weekday())
    return datetime.combine(monday, datetime.min.time(), tzinfo=AMSTERDAM)


def in_drawer(item: WorkItem, drawer: Drawer, *, user: str, now: datetime) -> bool:
    """Return whether an item lies in a drawer for this user. An item may lie in several: mine and overdue, for one."""
    if drawer is Drawer.DONE:
        return not item.open and (item.done_at or item.received) >= week_began(now)
    if not item.open:
        return False
    match drawer:
        case Drawer.NEW:
            return item.standing is Standing.NEW
        case Drawer.MINE:
            return item.holder == user
        case Drawer.WAITING:
            return item.standing is Standing.WAITING
        case Drawer.OVERDUE:
            return is_overdue(item, now)
        case _:
            return True


def drawers(items: Sequence[WorkItem], *, user: str, now: datetime) -> Mapping[Drawer, int]:
    """Count the items in each drawer."""
    return {d: sum(1 for item in items if in_drawer(item, d, user=user, now=now)) for d in Drawer}


def contents(items: Iterable[WorkItem], drawer: Drawer, *, user: str, now: datetime) -> list[WorkItem]:
    """Return what lies in a drawer, in the order in which it should be done (finished work: last finished first)."""
    inside = [item for item in items if in_drawer(item, drawer, user=user, now=now)]
    return done_order(inside) if drawer is Drawer.DONE else in_order(inside, now)


class Clock(StrEnum):
    """How the moment of an item is said in the list."""

    WAITS = "waits"
    LATE_DAYS = "late-days"
    LATE_HOURS = "late-hours"
    TODAY = "today"
    DAY = "day"
    NONE = "none"


@dataclass(frozen=True)
class ClockWords:
    """What the list says at the right of a line: the kind, a number (minutes, hours or days) and the moment meant."""

    kind: Clock
    number: int = 0
    at: datetime | None = None


def clock(item: WorkItem, now: datetime) -> ClockWords:
    """Return how long an item waits, is late, or still has.

    Urgent and untouched: the minutes it waits already. Late: whole days, else hours (at least 1). Else: today at
    an hour, or the day it is due. Days are Amsterdam's.
    """
    if not item.open:
        return ClockWords(Clock.NONE, at=item.done_at)
    if item.urgent and item.standing is not Standing.WAITING:
        return ClockWords(Clock.WAITS, max(0, int((now - item.received).total_seconds() // 60)), item.received)
    if item.due is None or item.standing is Standing.WAITING:
        return ClockWords(Clock.NONE)
    if item.due < now:
        days = (_day(now) - _day(item.due)).days
        if days:
            return ClockWords(Clock.LATE_DAYS, days, item.due)
        return ClockWords(Clock.LATE_HOURS, max(1, int((now - item.due).total_seconds() // 3600)), item.due)
    return ClockWords(Clock.TODAY if _day(item.due) == _day(now) else Clock.DAY, at=item.due)


def _day(moment: datetime) -> date:
    return moment.astimezone(AMSTERDAM).date()


def neighbours(ids: Sequence[str], current: str) -> tuple[str | None, str | None]:
    """Return the id before and after the current one in the list, for the keys k and j; None at the ends."""
    if current not in ids:
        return None, (ids[0] if ids else None)
    at = ids.index(current)
    return (ids[at - 1] if at else None), (ids[at + 1] if at + 1 < len(ids) else None)
