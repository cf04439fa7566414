"""An offer's hours of the week and the days on which it begins, in order. Pure; rules.is_opening and is_start check them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from naast.places.rules import Hours, parse_hours

Rows = Sequence[Mapping[str, Any]] | None


@dataclass(frozen=True)
class Start:
    """A day on which a course or group begins, with what the provider says of it ('' = nothing)."""

    day: date
    text: str


def stretches(opening: Rows) -> list[Hours]:
    """Hours as models.Offer keeps them, in the order of the week (local times, Monday is 1)."""
    rows = [{"days": [row["weekday"]], "from": row["opens"], "to": row["closes"]} for row in opening or ()]
    return sorted(parse_hours(rows)[1] or (), key=lambda one: (one.weekday, one.opens))


def starts_from(starts: Rows, today: date) -> list[Start]:
    """Starts of today and later, soonest first."""
    made = [Start(date.fromisoformat(row["date"]), str(row.get("text") or "")) for row in starts or ()]
    return sorted((one for one in made if one.day >= today), key=lambda one: (one.day, one.text))
