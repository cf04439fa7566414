"""Reading about staff: who may do something somewhere, who is away, which sessions are open, why somebody may see."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from naast.core import clock
from naast.people import policy
from naast.people.models import Absence, Grant, StaffSession, User
from naast.people.policy_table import KINDS, PHRASES, ROLE_NAMES, TABLE
from naast.people.rules import Scope
from naast.places.queries import by_id
from naast.places.rules import PlaceInfo


@dataclass(frozen=True, slots=True)
class Right:
    """Why somebody may see something: the role, where it holds, and until when (None: no end set)."""

    role: str
    scope: Scope
    place_name: str
    ends: date | None

    @property
    def role_name(self) -> str:
        """Return the role in the reader's language."""
        return str(ROLE_NAMES[self.role])

    @property
    def can(self) -> list[str]:
        """Return in plain words what this role lets somebody do at a scope of this kind."""
        return [str(PHRASES[action]) for action, roles in TABLE.items() if self.scope.kind in roles.get(self.role, ())]


def places_at(scopes: Iterable[Scope]) -> list[PlaceInfo]:
    """Return the places at these scopes whose texts somebody keeps: regions first, then what takes part, by name."""
    found = [info for scope in scopes if (info := by_id(scope.id)) and (info.takes_part or info.is_region)]
    return sorted(found, key=lambda info: (not info.is_region, info.name))


def who_may(action: str, scope: Scope) -> list[User]:
    """Return the active people who may do this action at this scope today, by role there or at what covers it."""
    roles = TABLE.get(action, {})
    holders = {scope} | {outer for outer in _outer_scopes(scope) if scope in set(policy.covers(outer))}
    wanted = Q(pk__in=[])
    for holder in holders:
        carrying = [role for role, kinds in roles.items() if holder.kind in kinds]
        wanted |= Q(role__in=carrying, scope_kind=holder.kind, scope_id=holder.id)
    grants = Grant.objects.in_force(clock.today()).filter(wanted)
    return list(User.objects.filter(is_active=True, pk__in=grants.values("user_id")))


def away_on(day: date) -> dict[UUID, UUID | None]:
    """Return who is away on this day and who stands in for them (None: nobody)."""
    rows = Absence.objects.filter(starts__lte=day, ends__gte=day).values_list("user_id", "deputy_id")
    return dict(rows)


def open_sessions(user: User) -> QuerySet[StaffSession]:
    """Return this person's open sessions, last used first."""
    return StaffSession.objects.filter(user=user)


def rights_of(user: User) -> list[Right]:
    """Return the roles of this person in words, for the page "what may I see, and why"."""
    grants = Grant.objects.in_force(clock.today()).filter(user=user).order_by("role", "scope_kind")
    return [
        Right(grant.role, scope, scope_name(scope), grant.ends)
        for grant in grants
        for scope in (Scope(grant.scope_kind, grant.scope_id),)
    ]


def right_to(user: User, action: str, scope: Scope) -> Right | None:
    """Return by which role somebody may do this there today, in words; None where they may not."""
    by = policy.why(user, action, scope)
    return Right(by.role, by.scope, scope_name(by.scope), by.ends) if by else None


def scope_name(scope: Scope) -> str:
    """Return the name of a place, an organisation or what else a room registered."""
    return policy.name_of(scope)


def _outer_scopes(scope: Scope) -> Iterable[Scope]:
    """Return the scopes of other kinds at which somebody holds a role today: the only ones that could cover it."""
    rows = (
        Grant.objects.in_force(clock.today())
        .exclude(scope_kind=scope.kind)
        .filter(scope_kind__in=KINDS)
        .values_list("scope_kind", "scope_id")
        .distinct()
    )
    return [Scope(kind, scope_id) for kind, scope_id in rows]
