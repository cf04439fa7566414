"""Erasing what is past its rule, in small batches; holding back what the law forbids to erase."""

import logging
import time
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F

from naast.core import audit, clock, kept
from naast.core.kept import Kept
from naast.core.models import LegalHold, RetentionLine, RetentionRun, WaitingErasure

from . import queries, tombstones

log = logging.getLogger("naast.retention")

AT_ONCE = 50  # rows in one transaction: SQLite's write lock is never held for a second
BUSY = timedelta(seconds=30)  # a run that did nothing for so long was stopped
EVERY = timedelta(hours=6)
LONGEST_HOLD = timedelta(days=366)


class Busy(Exception):
    """Another process is erasing at this moment."""


class Held(Exception):
    """The law holds this back; `until` is the last day."""

    def __init__(self, until: date) -> None:
        super().__init__(until.isoformat())
        self.until = until


class BadHold(ValueError):
    """A hold without reason, with a wrong last day, or of a kind that cannot be held; the text is a code."""


# --- The run ----------------------------------------------------------------------------------------------------------


def run(*, actor: str, budget: float = 0, between: Callable[[], None] | None = None) -> RetentionRun:
    """Erase what is past its rule, or go on where an earlier run was stopped; returns the run with its lines.

    `budget` in seconds: past it the run stays open for the next call (0: no limit). A kind that fails leaves the run
    open too, so that it is tried again. `between` is called after each batch. Raises Busy. Idempotent.
    """
    stop = time.monotonic() + budget if budget else None
    now = _begin(actor)
    failed = False
    try:
        _erase_waiting()
        for entry in queries.in_order():
            try:
                _run_kind(now, entry, stop, between)
            except _Spent:
                return now
            except Exception as error:  # one room's fault must not keep another room's data past its rule
                log.error("retention %s: %s", entry.model, type(error).__name__)
                failed = True
        for entry in kept.all_kept():
            if entry.expire is not None and entry.past is None and (number := entry.expire()):
                _note(now, entry, Counter({"": number}), Counter())
        if not failed:
            RetentionRun.objects.filter(pk=now.pk).update(ended_at=clock.now())
    finally:
        RetentionRun.objects.filter(pk=now.pk).update(beat_at=clock.now() - BUSY)
        now.refresh_from_db()
    return now


def tick() -> None:
    """Do what is due now: go on with an open run, or begin one six hours after the last."""
    last = queries.last_run()
    if last is not None and last.ended_at is not None and last.ended_at > clock.now() - EVERY:
        return
    try:
        run(actor="system", budget=15)
    except Busy:
        return


class _Spent(Exception):
    pass


@transaction.atomic
def _begin(actor: str) -> RetentionRun:
    open_run = RetentionRun.objects.select_for_update().filter(ended_at=None).first()
    if open_run is None:
        return RetentionRun.objects.create(actor=actor, started_at=clock.now(), beat_at=clock.now())
    if open_run.beat_at > clock.now() - BUSY:
        raise Busy
    RetentionRun.objects.filter(pk=open_run.pk).update(beat_at=clock.now())
    return open_run


def _run_kind(now: RetentionRun, entry: Kept, stop: float | None, between: Callable[[], None] | None) -> None:
    before: set[object] = set()
    while True:
        rows, holds = queries.past(entry), queries.held(entry)  # each time: a hold may be laid while we are busy
        free = rows.exclude(holds) if holds is not None else rows
        ids = list(free.values_list("pk", flat=True)[:AT_ONCE])
        if not ids:
            break
        if set(ids) == before:
            raise RuntimeError("erasing left every row of a batch")
        before = set(ids)
        with transaction.atomic():
            # Looked at again under the lock: somebody may have opened a locker in between.
            still = free.filter(pk__in=ids)
            places = queries.places_of(still, entry)
            sure = list(still.values_list("pk", flat=True))
            if sure:
                entry.erase_rows(sure)
                if entry.buries:
                    tombstones.bury(entry.model, [one for one in sure if isinstance(one, UUID)])
                _note(now, entry, places, Counter())
            RetentionRun.objects.filter(pk=now.pk).update(beat_at=clock.now())
        if between is not None:
            between()
        if stop is not None and time.monotonic() > stop:
            raise _Spent
    if holds is not None:
        _note(now, entry, Counter(), queries.places_of(queries.past(entry).filter(holds), entry))


def _note(now: RetentionRun, entry: Kept, erased: Counter[str], held: Counter[str]) -> None:
    for slug in sorted({*erased, *held}):
        line, _made = RetentionLine.objects.get_or_create(
            run=now, kind=entry.model, place=slug, defaults={"rule": entry.retention}
        )
        if erased[slug]:
            RetentionLine.objects.filter(pk=line.pk).update(erased=F("erased") + erased[slug])
        if held[slug]:
            RetentionLine.objects.filter(pk=line.pk).update(held=held[slug])


def _erase_waiting() -> None:
    """Erase lockers whose owner asked for it while the law held them, once nothing holds them any more."""
    for waiting in WaitingErasure.objects.all():
        if queries.locker_held_until(waiting.locker_id) is None:
            with transaction.atomic():
                erase_locker(waiting.locker_id)
                waiting.delete()


def erase_locker(locker_id: UUID) -> int:
    """Erase what lies in a locker in every room, then its own row; what is held stays. Returns how many records went.

    For the caller's transaction. Where something is held the locker's row stays too: see `queries.locker_held_until`.
    """
    gone = 0
    holds = list(queries.in_force())
    held_back = False
    own = kept.of_model(queries.LOCKER)
    for entry in kept.all_kept():
        if entry.erase is None or entry is own:
            continue
        back = queries.held(entry, holds) if entry.locker else None
        rows = queries.of_locker(entry, locker_id) if back is not None else None
        if back is None or rows is None or not rows.filter(back).exists():
            gone += entry.erase(locker_id)
            continue
        held_back = True
        free = list(rows.exclude(back).values_list("pk", flat=True))
        gone += entry.erase_rows(free) if free else 0
    if own is not None and own.erase is not None and not held_back and queries.locker_held_until(locker_id) is None:
        gone += own.erase(locker_id)
    return gone


# --- What the law holds back ------------------------------------------------------------------------------------------


def check_free(model: str, record_id: UUID) -> None:
    """Raise Held where the law forbids to erase this record now."""
    until = queries.held_until(model, record_id)
    if until is not None:
        raise Held(until)


def holdable() -> list[Kept]:
    """Return the kinds that a place may hold: those with a rule of time that lie at a place."""
    return [entry for entry in queries.in_order() if entry.place and entry.model != "core.LegalHold"]


@transaction.atomic
def hold(
    *, place: str, reason: str, until: date, actor: str, role: str = "", kind: str = "", record: tuple[str, UUID] | None = None,
    number: str = "",
) -> LegalHold:  # fmt: skip
    """Hold back erasing at a place: of everything, of one kind, or of one record (model, id). Raises BadHold.

    At most a year (AVG article 5(1)(e): no longer than needed); who still needs it then decides again. Whether this
    person may is the caller's to decide (people.policy).
    """
    words = reason.strip()
    if not words:
        raise BadHold("reason")
    if not clock.today() <= until <= clock.today() + LONGEST_HOLD:
        raise BadHold("until")
    if record is None and kind and kind not in {entry.model for entry in holdable()}:
        raise BadHold("kind")
    if record is not None and not _lies_at(record, place):
        raise BadHold("record")
    made = LegalHold(
        place=place, kind=record[0] if record else kind, record_id=str(record[1]) if record else "",
        number=number.strip(), actor=actor, starts=clock.today(), ends=until,
    )  # fmt: skip
    made.reason = words
    made.save(force_insert=True)
    audit.record(actor=actor, act="hold", kind="core.LegalHold", record_id=made.pk, place=place, role=role)
    return made


def _lies_at(record: tuple[str, UUID], place: str) -> bool:
    entry = kept.of_model(record[0])
    return entry is not None and bool(entry.place) and entry.rows.filter(pk=record[1], **{entry.place: place}).exists()


@transaction.atomic
def end_hold(*, hold_id: UUID, place: str, actor: str, role: str = "") -> bool:
    """End a hold of a place now; False where it had ended already. Raises LegalHold.DoesNotExist for another place's."""
    found = LegalHold.objects.select_for_update().get(pk=hold_id, place=place)
    if found.ended_at is not None:
        return False
    LegalHold.objects.filter(pk=found.pk).update(ended_at=clock.now(), ended_by=actor)
    audit.record(actor=actor, act="end_hold", kind="core.LegalHold", record_id=found.pk, place=place, role=role)
    return True
