"""The access log: who did what to which record, reading included. Append-only; each hour is sealed."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from hashlib import sha256

from .clock import now
from .models import AuditLine, AuditSeal

GENESIS = "0" * 64


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


def line_digest(line: AuditLine) -> bytes:
    """Return the hash of one line's content; what a line of before did not have yet counts only where it is filled."""
    parts = [line.pk, line.at.isoformat(), line.actor, line.act, line.kind, line.record_id, ",".join(line.fields)]
    later = [line.place, line.about, line.role, line.why]
    parts += later if any(later) else []
    return sha256("\x1f".join(map(str, parts)).encode()).digest()


def merkle_root(digests: Iterable[bytes], before: str) -> str:
    """Return the root over one hour's lines, chained to the root of the hour before (both 64 hex characters)."""
    level = list(digests)
    while len(level) > 1:
        if len(level) % 2:
            level.append(level[-1])
        level = [sha256(a + b).digest() for a, b in zip(level[::2], level[1::2], strict=True)]
    return sha256(bytes.fromhex(before) + (level[0] if level else b"")).hexdigest()


def seal_hours() -> int:
    """Seal every whole hour that has lines and no seal yet; returns how many were sealed. Idempotent."""
    end = now().replace(minute=0, second=0, microsecond=0)
    last = AuditSeal.objects.order_by("-hour").first()
    waiting = AuditLine.objects.filter(at__lt=end).order_by("pk")
    if last:
        waiting = waiting.filter(at__gte=last.hour + timedelta(hours=1))
    hours: dict[datetime, list[bytes]] = {}
    for line in waiting.iterator():
        hours.setdefault(line.at.replace(minute=0, second=0, microsecond=0), []).append(line_digest(line))
    root = last.root if last else GENESIS
    for hour in sorted(hours):
        root = merkle_root(hours[hour], root)
        AuditSeal.objects.create(hour=hour, lines=len(hours[hour]), root=root)
    return len(hours)


def first_broken_hour() -> datetime | None:
    """Recompute all seals; returns the first hour whose lines do not give its seal, or None when all is whole."""
    before = GENESIS
    for seal in AuditSeal.objects.order_by("hour"):
        lines = AuditLine.objects.filter(at__gte=seal.hour, at__lt=seal.hour + timedelta(hours=1)).order_by("pk")
        digests = [line_digest(line) for line in lines]
        if digests and (len(digests) != seal.lines or merkle_root(digests, before) != seal.root):
            return seal.hour
        if not digests and seal.lines:
            return seal.hour
        before = seal.root
    return None
