"""Thinking about staff of a place: invitations, absence, deputies, mandates. Pure: no Django, clock or database."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from naast.people.rules import ROLES, Scope, Table

INVITED_FOR = timedelta(days=3)
"""How long a link works: as long as Django's own once-only links (PASSWORD_RESET_TIMEOUT)."""

REMIND_DAYS = 30
"""A mandate's end is told this many days before (issue "Trust")."""

OWN_DECISION = "own"
"""The code of a decision that a place words itself."""


class Standing(StrEnum):
    """Where an invitation stands."""

    INVITED = "invited"
    EXPIRED = "expired"
    ACCEPTED = "accepted"
    WITHDRAWN = "withdrawn"


def invitation_standing(
    ends_at: datetime, accepted_at: datetime | None, withdrawn_at: datetime | None, now: datetime
) -> Standing:
    """Return where an invitation stands; what was used or taken back never expires."""
    if accepted_at is not None:
        return Standing.ACCEPTED
    if withdrawn_at is not None:
        return Standing.WITHDRAWN
    return Standing.INVITED if now < ends_at else Standing.EXPIRED


def roles_at(kind: str, table: Table) -> tuple[str, ...]:
    """Return the roles that carry anything at all at this kind of scope, in the order of people."""
    carrying = {role for roles in table.values() for role, kinds in roles.items() if kind in kinds}
    return tuple(role for role in ROLES if role in carrying)


@dataclass(frozen=True, slots=True)
class Days:
    """A stretch of days, both included."""

    first: date
    last: date

    def overlaps(self, other: "Days") -> bool:
        """Tell whether a day lies in both."""
        return self.first <= other.last and other.first <= self.last


class AbsenceFault(StrEnum):
    """What is wrong with an absence."""

    TURNED_ROUND = "turned-round"
    PAST = "past"
    OVERLAPS = "overlaps"
    SELF = "self"
    NO_SHARED_WORK = "no-shared-work"
    DEPUTY_AWAY = "deputy-away"


@dataclass(frozen=True, slots=True)
class Deputy:
    """Who would stand in: is it the person themselves, what they may do where, when they are away."""

    themselves: bool
    work: frozenset[tuple[str, Scope]]
    away: tuple[Days, ...] = ()


def absence_faults(
    days: Days,
    today: date,
    *,
    known: Iterable[Days],
    work: frozenset[tuple[str, Scope]],
    deputy: Deputy | None,
) -> tuple[AbsenceFault, ...]:
    """Return what is wrong with an absence of somebody who may do `work` (pairs of action and scope).

    A deputy must be allowed to do something of that work at a scope of it, and be there in those days.
    """
    if days.last < days.first:
        return (AbsenceFault.TURNED_ROUND,)
    found = []
    if days.last < today:
        found.append(AbsenceFault.PAST)
    if any(days.overlaps(other) for other in known):
        found.append(AbsenceFault.OVERLAPS)
    if deputy and deputy.themselves:
        found.append(AbsenceFault.SELF)
    elif deputy and not work & deputy.work:
        found.append(AbsenceFault.NO_SHARED_WORK)
    elif deputy and any(days.overlaps(other) for other in deputy.away):
        found.append(AbsenceFault.DEPUTY_AWAY)
    return tuple(found)


class MandateStanding(StrEnum):
    """Where a mandate stands."""

    COMING = "coming"
    IN_FORCE = "in-force"
    ENDS_SOON = "ends-soon"
    EXPIRED = "expired"


def mandate_standing(starts: date, ends: date | None, today: date) -> MandateStanding:
    """Return where a mandate stands; its last day still counts."""
    if ends is not None and ends < today:
        return MandateStanding.EXPIRED
    if starts > today:
        return MandateStanding.COMING
    if ends is not None and ends - today <= timedelta(days=REMIND_DAYS):
        return MandateStanding.ENDS_SOON
    return MandateStanding.IN_FORCE


def reminder_due(starts: date, ends: date | None, reminded_for: date | None, today: date) -> bool:
    """Tell whether administrators must hear now that a mandate ends: once for each end, and never after it."""
    return reminded_for != ends and mandate_standing(starts, ends, today) is MandateStanding.ENDS_SOON


def grouped(actions: Iterable[str], groups: Mapping[str, tuple[str, ...]]) -> dict[str, list[str]]:
    """Return the actions of each group, in the groups' order; what no group names stands under "".

    A group names rooms ("desk") or single actions ("people.grant"), which count before their room.
    """
    rooms = {room: group for group, names in groups.items() for room in names}
    found: dict[str, list[str]] = {group: [] for group in (*groups, "")}
    for action in actions:
        found[rooms.get(action, rooms.get(action.partition(".")[0], ""))].append(action)
    return {group: listed for group, listed in found.items() if listed}
