"""Reading register and DPIA: the draft, the versions that were decided on, and the paper as it would be today."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from naast.core import clock
from naast.places.rules import PlaceInfo
from naast.upkeep.register import document, rules
from naast.upkeep.register.models import Account
from naast.upkeep.register.rules import Filled, Kind

WRITE = "upkeep.register"


@dataclass(frozen=True)
class Standing:
    """How a paper stands: what is filled in, its draft, its versions, and whether the last one is still true."""

    filled: Filled
    document: dict[str, Any]
    draft: Account | None
    versions: Sequence[Account]
    changed: bool  # since the last version: the software, the statements, or the draft
    review_due: date | None

    @property
    def last(self) -> Account | None:
        """Return the newest version."""
        return self.versions[0] if self.versions else None


def standing(place: PlaceInfo, kind: Kind) -> Standing:
    """Return how a paper of a place stands today, in one query beside those of the statements."""
    rows = list(Account.objects.filter(place_id=place.id))
    filled = _filled(rows, kind)
    made = document.of(place, kind, filled, _filled(rows, "register"))
    versions = [row for row in rows if row.kind == kind and row.state == "decided"]
    last = versions[0] if versions else None
    decided = rules.read(kind, last.data) if last else None
    return Standing(
        filled=filled,
        document=made,
        draft=_draft(rows, kind),
        versions=versions,
        changed=last is not None and document.without_day(last.document or {}) != document.without_day(made),
        review_due=getattr(decided, "review_on", None)
        if decided and rules.review_due(decided, clock.today())
        else None,
    )


def of_today(place: PlaceInfo, kind: Kind, filled: Filled) -> dict[str, Any]:
    """Return the paper with this filled in, as the software is today."""
    return document.of(place, kind, filled, _filled(list(Account.objects.filter(place_id=place.id)), "register"))


def version(place: PlaceInfo, kind: str, version_id: UUID) -> Account | None:
    """Return one version of a place, or None."""
    return Account.objects.filter(place_id=place.id, kind=kind, state="decided", pk=version_id).first()


def _draft(rows: Sequence[Account], kind: Kind) -> Account | None:
    return next((row for row in rows if row.kind == kind and row.state == "draft"), None)


def _filled(rows: Sequence[Account], kind: Kind) -> Filled:
    """Return what a place filled in: its draft, else its newest version, else nothing."""
    decided = next((row for row in rows if row.kind == kind and row.state == "decided"), None)
    row = _draft(rows, kind) or decided
    return rules.read(kind, row.data if row else {})
