"""What is past its rule, what the law holds back, and the protocol of what was erased."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from naast.core import clock, kept
from naast.core.kept import Kept
from naast.core.models import LegalHold, RetentionLine, RetentionRun

LOCKER = "lockers.Locker"


@dataclass(frozen=True, slots=True)
class Due:
    """How much of one kind at one place ("" = of no place) is past its rule; `held` of it is held back."""

    kind: str
    place: str
    rule: str
    due: int
    held: int


def in_order() -> list[Kept]:
    """Return the kinds that have a rule of time; lockers last, because they go when nothing lies in them."""
    return sorted((entry for entry in kept.all_kept() if entry.past), key=lambda entry: entry.model == LOCKER)


def past(entry: Kept) -> QuerySet[Any]:
    """Return the rows of a kind that are past its rule. Raises TypeError for a kind without one."""
    if entry.past is None:
        raise TypeError(f"{entry.model} has no rule of time")
    return entry.past().order_by()


def places_of(rows: QuerySet[Any], entry: Kept) -> Counter[str]:
    """Return how many of these rows each place has."""
    if not entry.place:
        number = rows.count()
        return Counter({"": number}) if number else Counter()
    return Counter(slug or "" for slug in rows.values_list(entry.place, flat=True).iterator())


def look() -> list[Due]:
    """Return what a run would erase now, kind by kind and place by place. Changes nothing."""
    found = []
    for entry in in_order():
        rows = past(entry)
        due = places_of(rows, entry)
        holds = held(entry)
        back = places_of(rows.filter(holds), entry) if holds is not None and due else Counter[str]()
        found += [Due(entry.model, slug, entry.retention, due[slug], back[slug]) for slug in sorted(due)]
    return found


# --- What the law holds back ------------------------------------------------------------------------------------------


def in_force() -> QuerySet[LegalHold]:
    """Return the holds that count today."""
    today = clock.today()
    return LegalHold.objects.filter(ended_at=None, starts__lte=today, ends__gte=today)


def of_places(slugs: Iterable[str]) -> QuerySet[LegalHold]:
    """Return every hold of these places, newest first: those that count and those that ended."""
    return LegalHold.objects.filter(place__in=list(slugs))


def held(entry: Kept, holds: Iterable[LegalHold] | None = None) -> Q | None:
    """Return which rows of this kind are held today, or None where nothing is."""
    found: Q | None = None
    for hold in in_force() if holds is None else holds:
        one = _held_by(hold, entry)
        if one is not None:
            found = one if found is None else found | one
    return found


def _held_by(hold: LegalHold, entry: Kept) -> Q | None:
    if not hold.record_id:
        return Q(**{entry.place: hold.place}) if entry.place and hold.kind in ("", entry.model) else None
    if hold.kind == entry.model:
        return Q(pk=hold.record_id)
    if hold.kind == LOCKER and entry.locker:
        return Q(**{entry.locker: hold.record_id})
    return None


def held_until(model: str, record_id: UUID) -> date | None:
    """Return until when this record may not be erased, or None where nothing holds it."""
    entry = kept.of_model(model)
    if entry is None:
        return None
    days = [
        hold.ends
        for hold in in_force()
        if (one := _held_by(hold, entry)) is not None and entry.rows.filter(one, pk=record_id).exists()
    ]
    return max(days, default=None)


def locker_held_until(locker_id: UUID) -> date | None:
    """Return until when something in this locker may not be erased, or None."""
    holds = list(in_force())
    days = [
        hold.ends
        for hold in holds
        for entry in kept.all_kept()
        if entry.locker
        and (one := _held_by(hold, entry)) is not None
        and of_locker(entry, locker_id).filter(one).exists()
    ]
    return max(days, default=None)


def of_locker(entry: Kept, locker_id: UUID) -> QuerySet[Any]:
    """Return the rows of one kind in a locker."""
    return entry.rows.filter(**{entry.locker: locker_id})


def find(number: str) -> tuple[str, UUID] | None:
    """Return (model, id) of the record that people know by this number, or None."""
    for entry in kept.all_kept():
        if entry.find is not None and (found := entry.find(number)) is not None:
            return found
    return None


# --- The protocol -----------------------------------------------------------------------------------------------------


def last_run() -> RetentionRun | None:
    """Return the newest run, finished or not."""
    return RetentionRun.objects.first()


def protocol(slugs: Iterable[str]) -> QuerySet[RetentionLine]:
    """Return the lines of the protocol of these places and of what belongs to no place, newest first."""
    rows = RetentionLine.objects.filter(place__in=[*slugs, ""]).select_related("run")
    return rows.order_by("-run__started_at", "kind", "place")
