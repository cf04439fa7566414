"""Reading about the people of a place: who, with which roles, what they can see, who is away, who decides what."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.db.models import Prefetch, Q, QuerySet

from naast.core import clock
from naast.people import policy, queries
from naast.people import rules as policy_rules
from naast.people.models import Absence, Grant, User
from naast.people.policy_table import ORGANISATION, PHRASES, ROLE_NAMES, TABLE
from naast.people.rules import Holding, Scope
from naast.people.staffing import rules
from naast.people.staffing.decisions import DECISIONS
from naast.people.staffing.models import Invitation, Mandate, Team
from naast.people.staffing.rules import Days, MandateStanding, Standing
from naast.places import queries as places
from naast.places.rules import PlaceInfo

READ, GRANT, ABSENCE, MANDATES, TEAMS = (
    "people.read",
    "people.grant",
    "people.absence",
    "people.mandates",
    "people.teams",
)
SECOND_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)

Organisations = Callable[[PlaceInfo], Mapping[UUID, str]]
_organisations: list[Organisations] = []


def register_organisations(find: Organisations) -> None:
    """Let a room above say which organisations belong to a place: their ids and names."""
    if find not in _organisations:
        _organisations.append(find)


def organisations_of(place: PlaceInfo) -> dict[UUID, str]:
    """Return the organisations of a place, by name."""
    found = {key: name for find in _organisations for key, name in find(place).items()}
    return dict(sorted(found.items(), key=lambda pair: pair[1]))


def scope_of(place: PlaceInfo) -> Scope:
    """Return the scope of a place."""
    return Scope(place.kind, place.id)


@dataclass(frozen=True, slots=True)
class RoleLine:
    """One role of somebody that counts at a place: where it holds, from and until when, and who may change it."""

    grant: Grant
    where: str
    from_region: bool
    at_organisation: bool
    coming: bool
    changeable: bool

    @property
    def role_name(self) -> str:
        """Return the role in the reader's language."""
        return str(ROLE_NAMES[self.grant.role])

    @property
    def holding(self) -> Holding:
        """Return it as the policy weighs it."""
        return Holding(self.grant.role, Scope(self.grant.scope_kind, self.grant.scope_id))


@dataclass(slots=True)
class PersonLine:
    """Somebody in the table of a place. `can` are the actions they may do there today; the invited may do nothing yet."""

    user: User
    roles: list[RoleLine] = field(default_factory=list)
    second_factor: bool = False
    last_sign_in: datetime | None = None
    away: Absence | None = None
    invitation: Invitation | None = None
    standing: Standing | None = None
    can: frozenset[str] = frozenset()

    @property
    def from_region(self) -> bool:
        """Whether nothing but the region's role brings them here."""
        return all(role.from_region for role in self.roles)


def may_grant(by: User, scope: Scope) -> bool:
    """Tell whether somebody may give and end roles at a scope: their own place's, or an organisation's of their place."""
    if scope.kind != ORGANISATION:
        return policy.may(by, GRANT, scope)
    mine = queries.places_at(policy.scopes_for(by, GRANT))
    return any(scope.id in organisations_of(place) for place in mine)


def people_of(place: PlaceInfo, by: User) -> list[PersonLine]:
    """Return everybody whose role counts at this place, by name: its own, the region's, and providers of its help.

    Roles that ended are left out, roles that begin later are marked. Six queries, however many people.
    """
    today, now = clock.today(), clock.now()
    organisations = organisations_of(place)
    region = None if place.is_region else places.region_of(place)
    here = Q(scope_kind=place.kind, scope_id=place.id) | Q(scope_kind=ORGANISATION, scope_id__in=list(organisations))
    if region:
        here |= Q(scope_kind=region.kind, scope_id=region.id)
    grants = Grant.objects.filter(here, Q(ends__isnull=True) | Q(ends__gte=today)).select_related("user")
    mine = policy.scopes_for(by, GRANT)
    lines: dict[UUID, PersonLine] = {}
    for grant in grants.order_by("user__display_name", "user__email", "role"):
        line = lines.setdefault(grant.user_id, PersonLine(grant.user, last_sign_in=grant.user.last_login))
        at_organisation = grant.scope_kind == ORGANISATION
        line.roles.append(
            RoleLine(
                grant=grant,
                where=organisations.get(grant.scope_id, "") if at_organisation else policy.name_of(_scope(grant)),
                from_region=bool(region and grant.scope_id == region.id),
                at_organisation=at_organisation,
                coming=grant.starts > today,
                changeable=scope_of(place) in mine if at_organisation else _scope(grant) in mine,
            )
        )
    _fill(lines, place, now)
    # Accounts that were closed or whose invitation was taken back are nobody's any more.
    return [line for line in lines.values() if line.user.is_active or line.standing in OPEN]


OPEN = (Standing.INVITED, Standing.EXPIRED)


def _scope(grant: Grant) -> Scope:
    return Scope(grant.scope_kind, grant.scope_id)


def _fill(lines: Mapping[UUID, PersonLine], place: PlaceInfo, now: datetime) -> None:
    """Add to the lines what stands in other tables, one query each."""
    factors = Authenticator.objects.filter(user_id__in=list(lines), type__in=SECOND_FACTORS)
    with_factor = set(factors.values_list("user_id", flat=True))
    today = clock.today()
    away = Absence.objects.filter(user_id__in=list(lines), starts__lte=today, ends__gte=today).select_related("deputy")
    absences = {row.user_id: row for row in away}
    invitations: dict[UUID, Invitation] = {}
    for invitation in Invitation.objects.filter(user_id__in=list(lines)).order_by("sent_at"):
        invitations[invitation.user_id] = invitation
    for key, line in lines.items():
        line.second_factor = key in with_factor
        line.away = absences.get(key)
        line.invitation = invitations.get(key)
        line.standing = line.invitation.standing(now) if line.invitation else None
        line.can = what_can(line, place)


def what_can(line: PersonLine, place: PlaceInfo) -> frozenset[str]:
    """Return the actions that somebody's roles carry at this place or at its organisations today, by the policy's table."""
    if not line.user.is_active:
        return frozenset()
    wanted = {scope_of(place)}
    held = [role.holding for role in line.roles if not role.coming]
    wanted |= {role.holding.scope for role in line.roles if role.at_organisation}
    return frozenset(
        action for action in TABLE if policy_rules.allowed_scopes(held, action, policy.covers, table=TABLE) & wanted
    )


# Rooms of the house under the words that people know them by; what stands in none comes under "other".
GROUPS: Mapping[str, tuple[str, ...]] = {
    "questions": ("desk", "contact", "conversations"),
    "texts": ("content", "flows", "guide", "together"),
    "help": ("directory",),
    "people": ("people", "places", "upkeep"),
    "trust": (
        "core",
        "monitor",
        "people.break_glass",
        "people.rights",
        "upkeep.kept",
        "upkeep.hold",
        "upkeep.register",
    ),
}


def phrase(action: str) -> str:
    """Return what an action means in plain words."""
    return str(PHRASES[action])


def in_groups(actions: Iterable[str]) -> dict[str, list[str]]:
    """Return actions per group, each in the order of the policy's table."""
    wanted = set(actions)
    return rules.grouped([action for action in TABLE if action in wanted], GROUPS)


# ---------- one person


def person_at(place: PlaceInfo, user_id: UUID, by: User) -> PersonLine | None:
    """Return one person of a place's table, or None when they are not in it."""
    return next((line for line in people_of(place, by) if line.user.pk == user_id), None)


def grants_of(user: User) -> list[Grant]:
    """Return the roles of somebody that hold or begin later, wherever."""
    return list(Grant.objects.filter(user=user).filter(Q(ends__isnull=True) | Q(ends__gte=clock.today())))


def roles_to_give(place: PlaceInfo) -> list[tuple[str, str]]:
    """Return (role, name) of the roles that carry something at a place of this kind."""
    return [(role, str(ROLE_NAMES[role])) for role in rules.roles_at(place.kind, TABLE)]


def roles_at_organisations() -> list[tuple[str, str]]:
    """Return (role, name) of the roles that carry something at an organisation."""
    return [(role, str(ROLE_NAMES[role])) for role in rules.roles_at(ORGANISATION, TABLE)]


# ---------- absence


# What somebody else really takes over; what many roles share (reading a contact) makes nobody a deputy.
TAKEN_OVER = (
    "desk.answer",
    "content.publish",
    "flows.edit",
    "directory.edit",
    "directory.own",
    "people.grant",
    "core.read_audit",
    "monitor.read",
)


def work_of(user: User) -> frozenset[tuple[str, Scope]]:
    """Return what a deputy would take over from somebody, today, as pairs of action and scope."""
    return frozenset((action, scope) for action in TAKEN_OVER for scope in policy.scopes_for(user, action))


def days_away(user: User) -> list[Days]:
    """Return the stretches in which somebody is away or will be."""
    rows = Absence.objects.filter(user=user, ends__gte=clock.today())
    return [Days(first, last) for first, last in rows.values_list("starts", "ends")]


def absences_of(users: Iterable[UUID]) -> QuerySet[Absence]:
    """Return the present and coming absences of these people, the first to begin on top."""
    rows = Absence.objects.filter(user_id__in=list(users), ends__gte=clock.today())
    return rows.select_related("user", "deputy").order_by("starts", "user__display_name")


def colleagues_at(scopes: Iterable[Scope]) -> list[User]:
    """Return the active people with a role in force at these very scopes, by name."""
    wanted = Q(pk__in=[])
    for scope in scopes:
        wanted |= Q(scope_kind=scope.kind, scope_id=scope.id)
    grants = Grant.objects.in_force(clock.today()).filter(wanted)
    return list(User.objects.filter(is_active=True, pk__in=grants.values("user_id")))


def standing_in_for(user: User) -> list[Absence]:
    """Return whose work somebody takes over now or later."""
    rows = Absence.objects.filter(deputy=user, ends__gte=clock.today())
    return list(rows.select_related("user").order_by("starts"))


# ---------- teams


def teams_of(place: PlaceInfo) -> list[Team]:
    """Return the teams of a place with their members, by name."""
    members = Prefetch("members", queryset=User.objects.filter(is_active=True))
    return list(Team.objects.within([scope_of(place)]).prefetch_related(members))


def known_by_team(users: Iterable[UUID]) -> dict[UUID, frozenset[str]]:
    """Return the subjects that the teams of these people know, of any place. One query."""
    found: dict[UUID, set[str]] = {}
    rows = Team.objects.filter(members__in=list(users)).values_list("members", "knows")
    for user_id, knows in rows:
        found.setdefault(user_id, set()).update(knows)
    return {user_id: frozenset(subjects) for user_id, subjects in found.items()}


# ---------- mandates


@dataclass(frozen=True, slots=True)
class MandateLine:
    """A mandate with where it stands and its decision in words."""

    mandate: Mandate
    decision: str
    place: PlaceInfo
    standing: MandateStanding


def decision_name(mandate: Mandate) -> str:
    """Return what is decided, in the reader's language or the place's own words."""
    known = DECISIONS.get(mandate.decision)
    return mandate.own_decision or (str(known) if known else mandate.decision)


def mandates_of(place: PlaceInfo) -> list[MandateLine]:
    """Return the mandates of a place: those in force first, expired ones last."""
    today = clock.today()
    rows = Mandate.objects.within([scope_of(place)]).select_related("person")
    lines = [
        MandateLine(row, decision_name(row), place, rules.mandate_standing(row.starts, row.ends, today)) for row in rows
    ]
    return sorted(
        lines, key=lambda line: (line.standing is MandateStanding.EXPIRED, line.decision, line.mandate.starts)
    )


def mandate_for(decision: str, place: PlaceInfo) -> MandateLine | None:
    """Return who decides this for a place today: its own mandate, else its region's. None when nothing is noted.

    `decision` is a code of `decisions.DECISIONS` or the words of a place's own one. Of several the newest counts.
    """
    today = clock.today()
    region = None if place.is_region else places.region_of(place)
    for at in (place, region):
        if at is None:
            continue
        rows = Mandate.objects.within([scope_of(at)]).filter(Q(decision=decision) | Q(own_decision=decision))
        found = [row for row in rows.select_related("person").order_by("-starts") if row.in_force(today)]
        if found:
            standing = rules.mandate_standing(found[0].starts, found[0].ends, today)
            return MandateLine(found[0], decision_name(found[0]), at, standing)
    return None


def mandates_to_remind(today: date) -> list[Mandate]:
    """Return the mandates whose end must be told now."""
    rows = Mandate.objects.filter(ends__gte=today).select_related("place")
    return [row for row in rows if rules.reminder_due(row.starts, row.ends, row.reminded_for, today)]
