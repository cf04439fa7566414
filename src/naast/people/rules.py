"""Who may do what where, decided purely: no Django, no clock, no database.

A role holds at a scope. An action names, per role, the kinds of scope at which the role carries it. Nothing else grants
anything: an unknown action, role or kind is a no. Rows are limited elsewhere, by the scopes that come out of here.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

# docs/safety.md, "Who sees what"; the order is the one in which people see them.
ROLES: tuple[str, ...] = (
    "adviser",
    "coordinator",
    "editor",
    "regional-editor",
    "provider",
    "buddy",
    "buddy-coordinator",
    "trainer",
    "policy-officer",
    "privacy-officer",
    "place-admin",
)

# docs/safety.md: an idle staff session ends after 15 minutes. Issue "Trust": at most ten hours in all.
IDLE = timedelta(minutes=15)
LONGEST = timedelta(hours=10)


@dataclass(frozen=True, slots=True, order=True)
class Scope:
    """Where a role holds: a kind that a room registered (region, municipality, organisation) and the UUID of one."""

    kind: str
    id: UUID


@dataclass(frozen=True, slots=True)
class Holding:
    """A role in force at a scope."""

    role: str
    scope: Scope


@dataclass(frozen=True, slots=True)
class Held:
    """A role in force at a scope, with its last day (None: no end set)."""

    role: str
    scope: Scope
    ends: date | None = None

    @property
    def holding(self) -> Holding:
        """Return the role and scope alone: deciding needs no days."""
        return Holding(self.role, self.scope)


# action → role → kinds of scope at which that role may do it
Table = Mapping[str, Mapping[str, frozenset[str]]]
# a scope → the scopes that lie inside it, itself left out (a region → its municipalities)
Covers = Callable[[Scope], Iterable[Scope]]


def decide(grants: Iterable[Holding], action: str, scope: Scope, covers: Covers, *, table: Table) -> bool:
    """Tell whether these grants allow this action at this scope. The default is no."""
    return scope in allowed_scopes(grants, action, covers, table=table)


def allowed_scopes(grants: Iterable[Holding], action: str, covers: Covers, *, table: Table) -> frozenset[Scope]:
    """Every scope at which these grants allow this action: the granted ones and those that lie inside them."""
    roles = table.get(action, {})
    found: set[Scope] = set()
    for grant in grants:
        if grant.scope.kind not in roles.get(grant.role, frozenset()):
            continue
        found.add(grant.scope)
        found.update(covers(grant.scope))
    return frozenset(found)


def reason(held: Iterable[Held], action: str, scope: Scope, covers: Covers, *, table: Table) -> Held | None:
    """Return by which role this action is allowed at this scope, or None where it is not.

    Of several the nearest: a role at the very scope before one at what covers it, then the one that lasts longest.
    """
    carrying = [one for one in held if decide((one.holding,), action, scope, covers, table=table)]
    return min(
        carrying,
        key=lambda one: (one.scope != scope, -(one.ends or date.max).toordinal(), ROLES.index(one.role), one.scope),
        default=None,
    )


def table_faults(table: Table, kinds: Iterable[str]) -> list[str]:
    """Say in words what is wrong with a policy table: unknown roles or kinds, actions that nobody may do."""
    known = set(kinds)
    faults: list[str] = []
    for action, roles in table.items():
        room, dot, verb = action.partition(".")
        if not (room and dot and verb):
            faults.append(f"{action}: an action is written <room>.<verb>")
        if not roles:
            faults.append(f"{action}: no role may do this")
        for role, at in roles.items():
            if role not in ROLES:
                faults.append(f"{action}: unknown role {role}")
            if not at:
                faults.append(f"{action}: {role} has no kind of scope")
            faults.extend(f"{action}: {role} at unknown kind {kind}" for kind in sorted(at - known))
    return faults


def session_ended(created: datetime, last_seen: datetime, now: datetime) -> bool:
    """Tell whether a staff session is over: idle for 15 minutes, or ten hours old."""
    return now - last_seen >= IDLE or now - created >= LONGEST


@dataclass(frozen=True, slots=True)
class Administrator:
    """Somebody who administers a place today, and the last day of that (None: no end)."""

    person: UUID
    ends: date | None


def administrators_remain(before: Iterable[Administrator], after: Iterable[Administrator]) -> bool:
    """Tell whether a place keeps somebody after a change: one today, and one without an end where there was one.

    Where nobody was before, nothing is lost. Issue "Trust": the last administrator cannot be removed.
    """
    had, has = list(before), list(after)
    if not had:
        return True
    lasting = any(one.ends is None for one in had)
    return any(one.ends is None for one in has) if lasting else bool(has)


# Failures without a pause: of one account from one network or one known browser, and of one account from everywhere.
FREE_NEAR, FREE_WIDE = 5, 100
FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(minutes=15)


def pause_after(failures: int, *, free: int) -> timedelta:
    """Return how long the next try has to wait after so many failures: a minute, then twice as long each time, at most 15.

    Source: OWASP ASVS 5.0, 6.3.1 (no lasting lock that somebody else can turn on).
    """
    if failures < free:
        return timedelta(0)
    return min(FIRST_PAUSE * (1 << min(failures - free, 10)), LONGEST_PAUSE)


# A burst: so many failed sign-ins within ten minutes at one place, or in the whole installation.
BURST_WINDOW = timedelta(minutes=10)
BURST_AT_PLACE, BURST_IN_ALL = 20, 100
# Quiet for so long, and the next one is another burst.
BURST_OVER = timedelta(hours=1)


def is_burst(failures: int, *, everywhere: bool) -> bool:
    """Tell whether so many failures in one window are a burst."""
    return failures >= (BURST_IN_ALL if everywhere else BURST_AT_PLACE)
