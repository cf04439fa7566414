"""Writing statements: a draft, publishing it, throwing it away; reminding who keeps them."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction

from naast.core import audit, clock, generations
from naast.core.mail import queue_mail
from naast.people.models import User
from naast.people.policy import may
from naast.people.queries import who_may
from naast.people.rules import Scope
from naast.places.queries import by_id
from naast.places.rules import PlaceInfo
from naast.upkeep.statements import rules
from naast.upkeep.statements.models import Statement
from naast.upkeep.statements.rules import AHEAD_DAYS, Gap, Kind

EDIT = "places.edit"
AGAIN_DAYS = 30  # who did nothing hears it again after so many days


class NotComplete(ValueError):
    """A statement lacks something, so readers may not get it; `gaps` says what."""

    def __init__(self, gaps: list[Gap]) -> None:
        super().__init__(", ".join(gap.code for gap in gaps))
        self.gaps = gaps


def _check(user: User, place: PlaceInfo) -> None:
    if not may(user, EDIT, Scope(place.kind, place.id)):
        raise PermissionDenied(EDIT)


def _record(user: User, act: str, row: Statement, place: PlaceInfo, *fields: str) -> None:
    audit.record(
        actor=f"staff:{user.pk}", act=act, kind="upkeep.Statement", record_id=row.pk, fields=fields, place=place.slug
    )


def save_draft(*, user: User, place: PlaceInfo, kind: Kind, statement: rules.Statement) -> Statement:
    """Keep what was typed as a draft, complete or not; readers see nothing of it."""
    _check(user, place)
    with transaction.atomic():
        row, _ = Statement.objects.update_or_create(
            place_id=place.id,
            kind=kind,
            state="draft",
            defaults={"data": rules.write(statement), "changed_at": clock.now(), "changed_by": user},
        )
        _record(user, "change", row, place, kind)
    return row


def drop_draft(*, user: User, place: PlaceInfo, kind: Kind) -> None:
    """Throw the draft away; what readers see stays as it is."""
    _check(user, place)
    with transaction.atomic():
        for row in Statement.objects.filter(place_id=place.id, kind=kind, state="draft"):
            _record(user, "erase", row, place, kind)
            row.delete()


def publish(*, user: User, place: PlaceInfo, kind: Kind, statement: rules.Statement) -> Statement:
    """Give readers a statement; the one of before stays in the history. Raises NotComplete and changes nothing."""
    _check(user, place)
    with transaction.atomic():
        row = _put_in_force(place, kind, statement, user=user)
        _record(user, "publish", row, place, kind)
    return row


def load(*, place: PlaceInfo, kind: Kind, statement: rules.Statement, is_example: bool = False) -> Statement:
    """Publish a statement while loading data. Raises NotComplete."""
    with transaction.atomic():
        return _put_in_force(place, kind, statement, is_example=is_example)


def _put_in_force(
    place: PlaceInfo, kind: Kind, statement: rules.Statement, *, user: User | None = None, is_example: bool = False
) -> Statement:
    now = clock.now()
    if gaps := statement.gaps(clock.today(), None):
        raise NotComplete(gaps)
    rows = Statement.objects.select_for_update().filter(place_id=place.id, kind=kind)
    rows.filter(state="current").update(state="earlier")
    rows.filter(state="draft").delete()
    row = Statement.objects.create(
        place_id=place.id,
        kind=kind,
        state="current",
        data=rules.write(statement),
        changed_at=now,
        changed_by=user,
        published_at=now,
        is_example=is_example,
    )
    generations.bump(place.slug)
    return row


# ---------- reminding ----------


def remind() -> int:
    """Mail who keeps a place when a statement must be looked at; returns the mails. Idempotent within a month.

    First two months before a statement's day, and again each month while it is not in order.
    """
    today = clock.today()
    sent = 0
    for row in Statement.objects.filter(state="current", is_example=False):
        place = by_id(row.place_id)
        if place is None or not place.takes_part or row.published_at is None:
            continue
        if row.reminded_on is not None and (today - row.reminded_on).days < AGAIN_DAYS:
            continue
        published = row.published_at.astimezone(clock.AMSTERDAM).date()
        judged = rules.judge(row.kind, rules.read(row.kind, row.data), published, today)  # type: ignore[arg-type]
        if judged.state == "gaps" or (judged.until and (judged.until - today).days <= AHEAD_DAYS):
            sent += _remind_one(row.pk, place)
    return sent


def _remind_one(statement_id: UUID, place: PlaceInfo) -> int:
    """Mail about one statement, once, whoever else is at it."""
    today = clock.today()
    with transaction.atomic():
        row = Statement.objects.select_for_update().filter(pk=statement_id, state="current").first()
        if row is None or (row.reminded_on is not None and (today - row.reminded_on).days < AGAIN_DAYS):
            return 0
        keepers = [user for user in who_may(EDIT, Scope(place.kind, place.id)) if user.email]
        for user in keepers:
            queue_mail(
                kind="upkeep/statement",
                to=user.email,
                context={"place": place.name, "url": f"/loket/verklaringen/{place.slug}/{row.kind}/"},
                message_id=f"statement:{row.pk}:{today.isoformat()}:{user.pk}",
            )
        row.reminded_on = today
        row.save(update_fields=["reminded_on"])
    return len(keepers)
