"""The access log: who did what to which record, reading included. Append-only; each hour is sealed.

How a line is hashed and what verifying finds stands in `core.auditing`; this is the door for all rooms.
"""

from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Min, QuerySet

from .auditing import rules
from .auditing.rules import HOUR
from .clock import now
from .models import AuditLine, AuditSeal

HOURS_AT_ONCE = 2_000  # of expired hours in one run; the next run goes on


def record(
    *,
    actor: str,
    act: str,
    kind: str,
    record_id: object,
    fields: Sequence[str] = (),
    place: str = "",
    about: object = "",
    role: str = "",
    why: object = "",
) -> None:
    """Add a line. `actor` is `staff:<uuid>`, `locker` or `system`; `fields` are names, never values.

    `place` is the slug of the place whose record it is, `about` the id of the locker it belongs to, `role` the role by
    which staff might do it, `why` the id of a reason kept elsewhere (breaking the glass). Empty where there is none.
    """
    AuditLine.objects.create(
        actor=actor,
        act=act,
        kind=kind,
        record_id=str(record_id),
        fields=list(fields),
        place=place,
        about=str(about),
        role=role,
        why=str(why),
    )


def record_read(
    *,
    actor: str,
    kind: str,
    record_id: object,
    act: str = "read",
    fields: Sequence[str] = (),
    place: str = "",
    about: object = "",
    role: str = "",
    why: object = "",
) -> None:
    """Add a line about reading (or listing, searching), unless this hour has the very same one already.

    Once a person, record and hour: a page that refreshes itself, or a list that is gone back to, adds nothing new
    (docs/decisions/0028). Call it before anything is shown.
    """
    line = {
        "actor": actor, "act": act, "kind": kind, "record_id": str(record_id), "place": place, "about": str(about),
        "role": role, "why": str(why),
    }  # fmt: skip
    if AuditLine.objects.filter(**line, at__gte=rules.hour_of(now())).exists():
        return
    AuditLine.objects.create(**line, fields=list(fields))


def seal_hours() -> int:
    """Seal every whole hour that has lines and no seal yet; returns how many were sealed. Idempotent.

    An hour waits a quarter after its end, so that no transaction still writes in it.
    """
    from .auditing.checking import rows_of, sign

    end = rules.hour_of(now() - rules.GRACE)
    last = AuditSeal.objects.order_by("-hour").first()
    root, start = (last.root, last.hour + HOUR) if last else (rules.GENESIS, None)
    sealed = 0
    while (hour := _next_hour(start, end)) is not None:
        leaves = [rules.leaf(row) for row in rows_of(hour)]
        root = rules.merkle_root(leaves, root)
        signature = sign(hour=hour, lines=len(leaves), root=root)
        seal = AuditSeal(hour=hour, lines=len(leaves), root=root, leaves=b"".join(leaves), signature=signature)
        try:
            with transaction.atomic():
                seal.save(force_insert=True)
        except IntegrityError:  # another worker was just before us
            return sealed
        sealed, start = sealed + 1, hour + HOUR
    return sealed


def _next_hour(start: datetime | None, end: datetime) -> datetime | None:
    """Return the first hour from `start` on, and before `end`, that has lines."""
    waiting = AuditLine.objects.filter(at__lt=end)
    if start is not None:
        waiting = waiting.filter(at__gte=start)
    first = waiting.aggregate(first=Min("at"))["first"]
    return rules.hour_of(first) if first else None


def past() -> QuerySet[AuditLine]:
    """Return lines older than five years, of whole sealed hours: what `expire` would remove, however it is cut up."""
    last = AuditSeal.objects.order_by("-hour").first()
    if last is None:
        return AuditLine.objects.none()
    return AuditLine.objects.filter(at__lt=min(rules.hour_of(now() - rules.KEPT - 24 * HOUR), last.hour + HOUR))


def expire() -> int:
    """Remove lines older than five years, by whole sealed hours; the seals stay. Returns how many lines went."""
    last = AuditSeal.objects.order_by("-hour").first()
    if last is None:
        return 0
    # A day later than verifying allows: what is being removed while somebody verifies is no fault.
    end = min(rules.hour_of(now() - rules.KEPT - 24 * HOUR), last.hour + HOUR)
    gone = 0
    for _step in range(HOURS_AT_ONCE):
        hour = _next_hour(None, end)
        if hour is None:
            break
        gone += AuditLine.objects.filter(at__gte=hour, at__lt=hour + HOUR).delete()[0]
    return gone
