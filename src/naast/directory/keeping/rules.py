"""Thinking about offers that stay true: when somebody is asked, how late an offer is, when it hides.

How far an overdue offer sinks stands with the ranking (search/ranking.py).

No Django, no clock, no database. Days are Amsterdam's. The figures stand in docs/decisions/0022.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import blake2b
from typing import Literal
from uuid import UUID

CHECK_AGAIN = timedelta(days=183)  # half a year: what providers and maintainers of social maps say they can bear
SPREAD_FROM, SPREAD_OVER = 7, 56  # days: who never was asked comes up somewhere in the eight weeks after next week
PAUSE = timedelta(days=14)  # between two mails about the same offer, and between two mails to the same owner
MOST_MAILS = 3  # the question and two reminders
OVERDUE_AFTER = timedelta(days=42)  # two weeks after the last reminder: readers see it, editors hear it
HIDE_AFTER = 12  # months past its date; a place may choose otherwise
HIDE_CHOICES = (6, 12, 24)
MONTH = 30.4  # days
EDITORS_FIRST = timedelta(days=30)  # an offer is never hidden before its editors knew of it for a month
LINK_WORKS = timedelta(days=30)
STALE_WITHOUT_DATE = timedelta(days=365)  # whatever date was set: a year after its last look an offer is overdue

Step = Literal["ask", "tell", "wait", "done"]
NATION = "nederland"


# ---------- dates


def spread(offer_id: UUID, today: date) -> date:
    """Return a day in the coming weeks for an offer that has none: always the same day for the same offer and today."""
    number = int.from_bytes(blake2b(offer_id.bytes, digest_size=4).digest(), "big")
    return today + timedelta(days=SPREAD_FROM + number % SPREAD_OVER)


def first_check(offer_id: UUID, checked_on: date | None, today: date) -> date:
    """Return when to ask about an offer that has no date: half a year after its last look, else spread over weeks."""
    by_look = checked_on + CHECK_AGAIN if checked_on else None
    return by_look if by_look is not None and by_look > today else spread(offer_id, today)


def check_after(today: date) -> date:
    """Return when to ask again about an offer that was confirmed today."""
    return today + CHECK_AGAIN


# ---------- whom


def owner_key(
    organisation_id: UUID, reachable: bool, keeper: str | None, area: Collection[tuple[str, str, str]]
) -> str:
    """Return who is asked about an offer: its organisation where that can be reached, else editors of a place.

    `keeper` is the slug of the place that keeps it, else None; `area` holds (slug, kind, slug of its region or '') of
    what it serves. Without a keeper the editors of the one place that it serves, else of the one region in which all of
    that lies; of more than one region: every region's.
    """
    if reachable:
        return f"organisation:{organisation_id}"
    if keeper:
        return f"place:{keeper}"
    slugs = {slug for slug, _kind, _region in area}
    homes = slugs if len(slugs) == 1 else {region or slug for slug, _kind, region in area}
    return f"place:{homes.pop() if len(homes) == 1 else NATION}"


# ---------- what to do tonight


@dataclass(frozen=True)
class Asked:
    """How far asking about one date came: mails so far, the day of the last one, whether editors know, whether answered."""

    times: int = 0
    last_on: date | None = None
    told: bool = False
    answered: bool = False


def step(asked: Asked, today: date) -> Step:
    """Return what to do about an offer whose date came: ask, tell the editors, wait, or nothing more."""
    if asked.answered or asked.told:
        return "done"
    if asked.last_on is not None and today < asked.last_on + PAUSE:
        return "wait"
    return "ask" if asked.times < MOST_MAILS else "tell"


def may_mail(last_mail: date | None, today: date) -> bool:
    """Tell whether an owner may get a mail today: at most one in two weeks, whatever comes due."""
    return last_mail is None or today >= last_mail + PAUSE


# ---------- how late


def due_on(checked_on: date | None, next_check: date | None) -> date | None:
    """Return the day on which an offer should have been confirmed again; None when nobody looked or set a date.

    A date far ahead does not make a look of more than a year ago fresh: the earlier of both counts.
    """
    by_look = checked_on + STALE_WITHOUT_DATE - OVERDUE_AFTER if checked_on else None
    return min((day for day in (by_look, next_check) if day is not None), default=None)


def days_late(checked_on: date | None, next_check: date | None, today: date) -> int:
    """Return how many days an offer is past its date; 0 when it is not."""
    due = due_on(checked_on, next_check)
    return max(0, (today - due).days) if due else 0


def is_overdue(checked_on: date | None, next_check: date | None, today: date) -> bool:
    """Tell whether readers should know that nobody confirmed this for a long time: six weeks past its date."""
    return days_late(checked_on, next_check, today) >= OVERDUE_AFTER.days


def shortest_hiding() -> timedelta:
    """Return the least time past its date after which any place hides an offer."""
    return timedelta(days=round(min(HIDE_CHOICES) * MONTH))


def hides(
    *, next_check: date | None, told_on: date | None, hide_after: int | None, is_helpline: bool, today: date
) -> bool:
    """Tell whether an offer disappears from sight: long past its date, its editors know for a month, and no helpline.

    `hide_after` in months; None is never.
    """
    if is_helpline or hide_after is None or next_check is None or told_on is None:
        return False
    late = today - next_check
    return late >= timedelta(days=round(hide_after * MONTH)) and today - told_on >= EDITORS_FIRST
