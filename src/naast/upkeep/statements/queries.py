"""Reading statements: what is in force, what is being written, and how each stands today."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from naast.core import clock
from naast.places.models import OwnHost
from naast.upkeep.statements import rules
from naast.upkeep.statements.models import Statement
from naast.upkeep.statements.rules import KINDS, Gap, Judged, Kind


@dataclass(frozen=True)
class Row:
    """How one statement of a place stands: in force since when, a draft of when, judged today."""

    kind: Kind
    judged: Judged
    needed: bool
    own_host: bool
    published_at: datetime | None = None
    draft_at: datetime | None = None

    @property
    def in_the_way(self) -> tuple[Gap, ...]:
        """Return what keeps the place from opening."""
        if not self.needed:
            return ()
        return tuple(
            gap for gap in (*self.judged.gaps, *self.judged.warnings) if rules.blocks(gap, own_host=self.own_host)
        )

    @property
    def state(self) -> str:
        """Return the state as the screen shows it; what nobody needs is never wrong."""
        if not self.needed and self.judged.state == "missing":
            return "not-needed"
        return "gaps" if self.in_the_way and self.judged.state != "missing" else self.judged.state


@dataclass(frozen=True)
class InForce:
    """A published statement, read: what readers and machines get."""

    kind: Kind
    statement: Any  # one of rules.TYPES
    published_at: datetime
    is_example: bool = False

    @property
    def published_on(self) -> date:
        """Return the day in Amsterdam."""
        return self.published_at.astimezone(clock.AMSTERDAM).date()


def _read(row: Statement) -> InForce:
    if row.published_at is None:
        raise ValueError("not published")
    return InForce(row.kind, rules.read(row.kind, row.data), row.published_at, row.is_example)  # type: ignore[arg-type]


def in_force(place_id: UUID) -> dict[str, InForce]:
    """Return the published statements of a place by kind, in one query."""
    return {row.kind: _read(row) for row in Statement.objects.filter(place_id=place_id, state="current")}


def draft(place_id: UUID, kind: Kind) -> Statement | None:
    """Return what is being written."""
    return Statement.objects.filter(place_id=place_id, kind=kind, state="draft").first()


def earlier(place_id: UUID, kind: Kind) -> Sequence[Statement]:
    """Return what readers saw before, the latest first."""
    return list(Statement.objects.filter(place_id=place_id, kind=kind, state="earlier")[:10])


def overview_of(place: Any) -> list[Row]:
    """Return how each statement of a place (anything with an id) stands today."""
    return overviews([place.id])[place.id]


def overviews(place_ids: Sequence[UUID]) -> dict[UUID, list[Row]]:
    """Return how the statements of several places stand today, in two queries."""
    hosts = set(OwnHost.objects.filter(place_id__in=place_ids).values_list("place_id", flat=True))
    kept: dict[tuple[UUID, str, str], Statement] = {
        (row.place_id, row.kind, row.state): row
        for row in Statement.objects.filter(place_id__in=place_ids, state__in=("draft", "current"))
    }
    today = clock.today()
    return {
        place_id: [
            _row(
                kind,
                kept.get((place_id, kind, "current")),
                kept.get((place_id, kind, "draft")),
                place_id in hosts,
                today,
            )
            for kind in KINDS
        ]
        for place_id in place_ids
    }


def _row(kind: Kind, current: Statement | None, draft_row: Statement | None, own_host: bool, today: date) -> Row:
    found = _read(current) if current else None
    return Row(
        kind=kind,
        judged=rules.judge(kind, found.statement if found else None, found.published_on if found else None, today),
        needed=kind != "security" or own_host,
        own_host=own_host,
        published_at=found.published_at if found else None,
        draft_at=draft_row.changed_at if draft_row else None,
    )


def security_of(place_id: UUID) -> InForce | None:
    """Return whom to tell about a leak, where somebody confirmed it within the year; else None."""
    row = Statement.objects.filter(place_id=place_id, kind="security", state="current").first()
    if row is None:
        return None
    found = _read(row)
    return None if found.statement.gaps(clock.today(), found.published_on) else found
