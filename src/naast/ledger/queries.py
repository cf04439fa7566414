"""Reading counters: raw, for the publication gate only."""

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
