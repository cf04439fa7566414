"""Reading what is kept at a place, for the privacy officer and the administrator."""

from dataclasses import dataclass
from datetime import datetime

from naast.core import kept
from naast.core.models import LegalHold, RetentionLine, RetentionRun
from naast.core.retention import queries as retention
from naast.places.rules import PlaceInfo

READ = "upkeep.kept"
HOLD = "upkeep.hold"
LINES = 200  # on one page


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the protocol: when, what, how much went and how much was held back, by which rule."""

    at: datetime
    what: str
    here: bool
    erased: int
    held: int
    rule: str


def name_of(model: str) -> str:
    """Return what people call a kind; a kind of an earlier release by its label."""
    entry = kept.of_model(model)
    return entry.called if entry else model


def protocol(place: PlaceInfo) -> list[Line]:
    """Return the last lines of the protocol of a place and of what belongs to no place."""
    rows: list[RetentionLine] = list(retention.protocol([place.slug])[:LINES])
    return [
        Line(row.run.started_at, name_of(row.kind), bool(row.place), row.erased, row.held, row.rule) for row in rows
    ]


def last_run() -> RetentionRun | None:
    """Return the newest run over all rules."""
    return retention.last_run()


def holds(place: PlaceInfo) -> tuple[list[LegalHold], list[LegalHold]]:
    """Return (the holds of a place that count today, those that ended)."""
    now = set(retention.in_force().filter(place=place.slug).values_list("pk", flat=True))
    rows = list(retention.of_places([place.slug]))
    return [row for row in rows if row.pk in now], [row for row in rows if row.pk not in now]
