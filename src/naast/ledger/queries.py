"""Reading counters: raw, for the publication gate only."""

from collections import Counter as Tally
from collections.abc import Collection

from django.db.models import Sum

from .models import Counter, WaitingFact


def total(fact: str, *, place: str | None = None, month: str | None = None) -> int:
    """Return how often a fact happened, waiting ones included. Raw: never shown without the publication gate."""
    result = 0
    for model in (Counter, WaitingFact):
        rows = model._default_manager.filter(fact=fact)
        if place:
            rows = rows.filter(place=place)
        if month:
            rows = rows.filter(month=month)
        result += rows.aggregate(sum=Sum("amount"))["sum"] or 0
    return result


def by_dimensions(fact: str) -> list[tuple[dict[str, str], int]]:
    """Return a fact's counts by dimensions, waiting ones included. Raw: what is shown of it is rounded first."""
    tally: Tally[str] = Tally()
    for model in (Counter, WaitingFact):
        rows = model._default_manager.filter(fact=fact).values_list("dimensions").annotate(sum=Sum("amount"))
        for dimensions, amount in rows:
            tally[dimensions] += amount
    return [(dict(pair.split("=", 1) for pair in text.split(";") if pair), n) for text, n in tally.items()]


def by_month(fact: str, *, places: Collection[str]) -> dict[str, list[tuple[dict[str, str], int]]]:
    """Return a fact's counts by dimensions for each month, at these places together. Raw: rounded before it is shown."""
    tally: dict[str, Tally[str]] = {}
    for model in (Counter, WaitingFact):
        rows = model._default_manager.filter(fact=fact, place__in=places).values_list("month", "dimensions")
        for month, dimensions, amount in rows.annotate(sum=Sum("amount")):
            tally.setdefault(month, Tally())[dimensions] += amount
    return {
        month: [(dict(pair.split("=", 1) for pair in text.split(";") if pair), n) for text, n in counts.items()]
        for month, counts in tally.items()
    }
