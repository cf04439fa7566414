"""Reading the access log: who did what with the records of somebody's places, and what its last verifying found."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import QuerySet

from naast.core import clock
from naast.core.models import AuditCheck, AuditLine
from naast.people.access import records, rules
from naast.people.access.models import BrokenGlass
from naast.people.access.rules import Did
from naast.people.models import Absence, Grant, User
from naast.people.policy import Scope
from naast.places import queries as places
from naast.places.rules import PlaceInfo

PAGE = 50
LONGEST_SHEET = 20_000  # lines in one file; a longer one is asked for by period
STAFF = "staff:"
# An answer is a line of its conversation and one of its question: the second says it with its number.
TWICE = ("conversations.Thread",)


@dataclass(frozen=True)
class Asked:
    """What the window is asked: a record's number, a colleague, days, what was done, a place; newest first or not."""

    number: str = ""
    who: str = ""
    since: date | None = None
    until: date | None = None
    did: Did = Did.ALL
    place: str = ""
    oldest_first: bool = False
    page: int = 1

    def query(self, **changes: Any) -> str:
        """Return this as the end of an address, with changes; "" for nothing asked."""
        new = replace(self, **changes)
        pairs = {
            "nummer": new.number,
            "wie": new.who,
            "van": new.since.isoformat() if new.since else "",
            "tot": new.until.isoformat() if new.until else "",
            "wat": new.did.value,
            "plaats": new.place,
            "volgorde": "oudste" if new.oldest_first else "",
            "blad": str(new.page) if new.page > 1 else "",
        }
        kept = urlencode({name: value for name, value in pairs.items() if value})
        return f"?{kept}" if kept else ""


@dataclass(frozen=True)
class Line:
    """One line of the log, ready for its sentence."""

    id: int
    at: datetime
    who: str  # "" for somebody whose account is gone
    role: str
    act: str
    kind: str
    number: str
    place: str
    why: str
    fields: tuple[str, ...]
    whom: str = ""  # whose role, account or absence it was; "" where it is nobody's, or gone
    given: str = ""  # the role that was given, changed or ended


def places_of(scopes: Iterable[Scope]) -> list[PlaceInfo]:
    """Return the places whose lines somebody may see, by name, regions first."""
    found = {info.slug: info for scope in scopes if (info := places.by_id(scope.id))}
    return sorted(found.values(), key=lambda info: (not info.is_region, info.name))


def within(scopes: Iterable[Scope]) -> QuerySet[AuditLine]:
    """Return the lines about what staff did with records of these places. What residents did themselves stays out."""
    slugs = [info.slug for info in places_of(scopes)]
    lines = AuditLine.objects.filter(place__in=slugs, actor__startswith=STAFF)
    return lines.exclude(kind__in=TWICE)


def found(asked: Asked, scopes: Iterable[Scope]) -> QuerySet[AuditLine]:
    """Return the lines that the window is asked for, in order."""
    lines = within(scopes)
    if asked.number:
        record = records.find(asked.number)
        lines = lines.filter(kind=record.kind, record_id=record.record_id) if record else lines.none()
    if asked.who:
        lines = lines.filter(actor=STAFF + asked.who)
    if asked.since:
        lines = lines.filter(at__gte=_midnight(asked.since))
    if asked.until:
        lines = lines.filter(at__lt=_midnight(asked.until + timedelta(days=1)))
    if asked.place:
        lines = lines.filter(place=asked.place)
    match asked.did:
        case Did.READ:
            lines = lines.filter(act__in=rules.READS)
        case Did.CHANGED:
            lines = lines.exclude(act__in=[*rules.READS, *rules.EXPORTS])
        case Did.EXPORTED:
            lines = lines.filter(act__in=rules.EXPORTS)
        case Did.GLASS:
            lines = lines.exclude(why="")
    return lines.order_by("at", "pk") if asked.oldest_first else lines.order_by("-at", "-pk")


def _midnight(day: date) -> datetime:
    return datetime.combine(day, datetime.min.time(), tzinfo=clock.AMSTERDAM)


def page_of(asked: Asked, scopes: Iterable[Scope]) -> tuple[list[Line], bool]:
    """Return one page of lines, and whether more follow. A few queries, however long the log is."""
    first = (asked.page - 1) * PAGE
    rows = list(found(asked, scopes)[first : first + PAGE + 1])
    return told(rows[:PAGE]), len(rows) > PAGE


def told(rows: list[AuditLine]) -> list[Line]:
    """Return lines with names and numbers in place of ids."""
    names = names_of({row.actor for row in rows})
    by_kind: dict[str, set[str]] = {}
    for row in rows:
        by_kind.setdefault(row.kind, set()).add(row.record_id)
    said: dict[str, Mapping[str, str]] = {kind: records.numbers(kind, ids) for kind, ids in by_kind.items()}
    theirs = {
        kind: _owners(kind, by_kind[kind])
        for kind in by_kind.keys() & {"people.Grant", "people.Absence", "people.User"}
    }
    return [
        Line(
            id=row.pk,
            at=row.at,
            who=names.get(row.actor, ""),
            role=row.role,
            act=row.act,
            kind=row.kind,
            number=said[row.kind].get(row.record_id, ""),
            place=info.name if (info := places.by_slug(row.place)) else row.place,
            why=row.why,
            fields=tuple(row.fields),
            whom=(owner := theirs.get(row.kind, {}).get(row.record_id, ("", "")))[0],
            given=owner[1],
        )
        for row in rows
    ]


def _owners(kind: str, ids: Collection[str]) -> dict[str, tuple[str, str]]:
    """Return record → whose it is and, for a role, which; a role that ended on its first day is gone, and not in it."""
    known = [key for key in ids if is_uuid(key)]
    if kind == "people.User":
        return {str(user.pk): (user.display_name, "") for user in User.objects.filter(pk__in=known)}
    if kind == "people.Absence":
        away = Absence.objects.filter(pk__in=known).values_list("pk", "user__display_name")
        return {str(key): (name, "") for key, name in away}
    held = Grant.objects.filter(pk__in=known).values_list("pk", "user__display_name", "role")
    return {str(key): (name, role) for key, name, role in held}


def names_of(actors: Collection[str]) -> dict[str, str]:
    """Return actor → shown name for the staff among these actors."""
    ids = [actor.removeprefix(STAFF) for actor in actors if actor.startswith(STAFF) and is_uuid(actor[len(STAFF) :])]
    return {f"{STAFF}{user.pk}": user.display_name for user in User.objects.filter(pk__in=ids)}


def is_uuid(text: str) -> bool:
    """Tell whether a text is the id of somebody."""
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def colleagues(scopes: Iterable[Scope]) -> list[User]:
    """Return who holds or held a role at these places or at what covers them, by name: whom one may ask about."""
    ids = {scope.id for scope in scopes}
    for scope in scopes:
        place = places.by_id(scope.id)
        region = places.region_of(place) if place else None
        if region is not None:
            ids.add(region.id)
    return list(User.objects.filter(pk__in=Grant.objects.filter(scope_id__in=ids).values("user_id")))


def last_check() -> AuditCheck | None:
    """Return what the last verifying of the log found, or None when there was none yet."""
    return AuditCheck.objects.order_by("-at").first()


# --- Broken glass -----------------------------------------------------------------------------------------------------


def reach(scopes: Iterable[Scope]) -> list[PlaceInfo]:
    """Return the places in whose region somebody works and that take part: where they may break the glass, by name."""
    regions: dict[UUID, PlaceInfo] = {}
    for scope in scopes:
        place = places.by_id(scope.id)
        region = place if place and place.is_region else (places.region_of(place) if place else None)
        if region is not None:
            regions[region.id] = region
    found = [one for region in regions.values() for one in (region, *places.members(region))]
    return sorted(
        {one.slug: one for one in found if one.takes_part or one.is_region}.values(),
        key=lambda one: (not one.is_region, one.name),
    )


def open_glass(user: User) -> list[BrokenGlass]:
    """Return what somebody may read now by glass they broke."""
    rows = BrokenGlass.objects.select_related("place").filter(user=user, ended_at=None, ends_at__gt=clock.now())
    return list(rows)


def glass_of(user: User, glass_id: UUID) -> BrokenGlass | None:
    """Return glass that this very person broke and that is open; anybody else's does not exist for them."""
    row = BrokenGlass.objects.select_related("place").filter(pk=glass_id, user=user).first()
    return row if row is not None and row.is_open else None


def glass_within(scopes: Iterable[Scope]) -> QuerySet[BrokenGlass]:
    """Return glass that was broken at these places, the latest first."""
    return BrokenGlass.objects.within(scopes).select_related("user", "place", "judged_by")
