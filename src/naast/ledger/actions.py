"""Counting and folding."""

from collections import Counter as Tally

from django.db import transaction
from django.db.models import F

from naast.core import clock

from . import rules
from .models import Counter, WaitingFact

FOLD_AT_ONCE = 5_000


def count(fact: str, *, place: str, amount: int = 1, **dimensions: str) -> None:
    """Count a fact at a place (its slug), inside the caller's transaction. ValueError for what may not be counted."""
    WaitingFact.objects.create(
        fact=fact,
        month=rules.month_of(clock.today()),
        place=place,
        dimensions=rules.canonical(fact, dimensions),
        amount=amount,
    )


def fold() -> int:
    """Add waiting facts to their counters and drop them; returns how many. Idempotent, safe beside another worker."""
    with transaction.atomic():
        waiting = list(WaitingFact.objects.select_for_update(skip_locked=True)[:FOLD_AT_ONCE])
        tally: Tally[tuple[str, str, str, str]] = Tally()
        for row in waiting:
            tally[(row.fact, row.month, row.place, row.dimensions)] += row.amount
        for (fact, month, place, dimensions), amount in tally.items():
            counter, _ = Counter.objects.get_or_create(fact=fact, month=month, place=place, dimensions=dimensions)
            Counter.objects.filter(pk=counter.pk).update(amount=F("amount") + amount)
        WaitingFact.objects.filter(pk__in=[row.pk for row in waiting]).delete()
    return len(waiting)
