"""Looking into the access log, and breaking the glass: one function per thing a person does."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction

from naast.core import audit, clock, mail
from naast.core.sharing import outside
from naast.people import queries as people
from naast.people.access import queries, records, rules
from naast.people.access.models import BrokenGlass, Judgement
from naast.people.access.queries import Asked
from naast.people.actions import actor_of
from naast.people.models import User
from naast.people.policy import Scope, may, why
from naast.places import queries as places
from naast.places.rules import PlaceInfo

LOG = "core.AuditLine"
READ_LOG = "core.read_audit"
BREAK = "people.break_glass"
TOLD = ("core.read_audit", "places.edit")  # who hears at once: privacy officers and administrators of the place


class NotThere(LookupError):
    """No question with this number was asked at this place, or lies at its desk."""


class AlreadyYours(ValueError):
    """This question lies at the own desk: no glass needs to be broken for it."""


def look_into_log(*, by: User, scopes: Iterable[Scope], asked: Asked, export: bool = False) -> None:
    """Log that somebody looked into the log, or took it as a file. Before anything is shown.

    One line for each place where the role itself holds. Of a question that was asked about its id, and never a search.
    """
    record = records.find(asked.number) if asked.number else None
    for scope in scopes:
        place, held = places.by_id(scope.id), why(by, READ_LOG, scope)
        if place is None or held is None or held.scope != scope:
            continue
        line = {
            "actor": actor_of(by), "kind": LOG, "record_id": record.record_id if record else "", "place": place.slug,
            "role": held.role,
        }  # fmt: skip
        if export:
            audit.record(act="export", **line)
        else:
            audit.record_read(**line)


# --- Breaking the glass -----------------------------------------------------------------------------------------------


@transaction.atomic
def break_glass(*, by: User, place: PlaceInfo, number: str, reason: str) -> BrokenGlass:
    """Let somebody of a desk read one question outside their places for 60 minutes, and tell who must know at once.

    The place lies in a region where they work. Raises PermissionDenied, ValueError for a reason that will not do,
    NotThere, AlreadyYours. Broken twice for the same question, the first is given back.
    """
    if place.slug not in {one.slug for one in queries.reach(scopes_of(by))}:
        raise PermissionDenied(BREAK)
    if rules.reason_fault(reason):
        raise ValueError("A reason has words of one's own.")
    record = records.find(number)
    if record is None or place.id not in (record.place_id, record.desk_id):
        raise NotThere(number)
    desk = places.by_id(record.desk_id)
    if desk is not None and may(by, "desk.read", Scope(desk.kind, desk.id)):
        raise AlreadyYours(record.record_id)
    known = next((row for row in queries.open_glass(by) if row.record_id == record.record_id), None)
    if known is not None:
        return known
    moment = clock.now()
    row = BrokenGlass(
        user=by,
        role=_role_of(by),
        place_id=record.place_id,
        kind=record.kind,
        record_id=record.record_id,
        number=record.number,
        about=record.about,
        begun_at=moment,
        ends_at=moment + rules.OPEN_FOR,
    )
    row.reason = " ".join(reason.split())
    row.save(force_insert=True)
    _log(row, "break-glass", by, row.role)
    _tell(row)
    return row


def scopes_of(user: User) -> list[Scope]:
    """Return the scopes at which somebody may break the glass for their region."""
    from naast.people.policy import scopes_for

    return sorted(scopes_for(user, BREAK))


def _role_of(user: User) -> str:
    held = [found for scope in scopes_of(user) if (found := why(user, BREAK, scope))]
    return held[0].role if held else ""


def _log(row: BrokenGlass, act: str, by: User, role: str) -> None:
    place = places.by_id(row.place_id)
    audit.record(
        actor=actor_of(by),
        act=act,
        kind=row.kind,
        record_id=row.record_id,
        place=place.slug if place else "",
        about=row.about,
        role=role,
        why=row.pk,
    )


def _tell(row: BrokenGlass) -> None:
    """Queue a notice without content to the privacy officers and administrators of the place."""
    place = places.by_id(row.place_id)
    if place is None:
        return
    scope = Scope(place.kind, place.id)
    for action, url in zip(TOLD, (outside("access:glass-list"), ""), strict=True):
        for user in people.who_may(action, scope):
            mail.queue_mail(
                kind="people/glass_broken",
                to=user.email,
                context={"place": place.name, "url": url},
                message_id=f"people/glass_broken:{row.pk}:{user.pk}",
            )


def read_by_glass(*, by: User, glass_id: UUID) -> BrokenGlass | None:
    """Log a reading by glass and return the glass; None where it is not this person's, or is over. Before it is shown.

    Who lost their desk since may read nothing by it any more.
    """
    row = queries.glass_of(by, glass_id)
    if row is None or not scopes_of(by):
        return None
    place = places.by_id(row.place_id)
    audit.record_read(
        actor=actor_of(by),
        kind=row.kind,
        record_id=row.record_id,
        fields=("title", "thread"),
        place=place.slug if place else "",
        about=row.about,
        role=row.role,
        why=row.pk,
    )
    return row


@transaction.atomic
def end_glass(*, by: User, glass_id: UUID) -> None:
    """End what somebody opened before its time. Raises BrokenGlass.DoesNotExist for anybody else's."""
    row = BrokenGlass.objects.select_for_update().get(pk=glass_id, user=by)
    if row.is_open:
        row.ended_at = clock.now()
        row.save(update_fields=["ended_at"])
        _log(row, "end-glass", by, row.role)


@transaction.atomic
def judge(*, by: User, glass_id: UUID, judgement: str, note: str = "") -> BrokenGlass:
    """Note what a privacy officer thought of it; who broke the glass never judges it. Raises PermissionDenied."""
    row = BrokenGlass.objects.select_for_update().get(pk=glass_id)
    place = places.by_id(row.place_id)
    held = why(by, READ_LOG, Scope(place.kind, place.id)) if place else None
    if held is None or row.user_id == by.pk:
        raise PermissionDenied(READ_LOG)
    row.judgement, row.judged_by, row.judged_at = Judgement(judgement).value, by, clock.now()
    row.judged_note = " ".join(note.split())
    row.save(update_fields=["judgement", "judged_by", "judged_at", "judged_note"])
    _log(row, "judge-glass", by, held.role)
    return row
