"""What the privacy officer does: hold back erasing at a place, and end that."""

from datetime import date
from uuid import UUID

from django.core.exceptions import PermissionDenied

from naast.core.models import LegalHold
from naast.core.retention import actions as retention
from naast.core.retention import queries as kept
from naast.people.actions import actor_of
from naast.people.models import User
from naast.people.policy import Scope, may
from naast.places.rules import PlaceInfo
from naast.upkeep.keeping.queries import HOLD

OFFICER = "privacy-officer"


def _check(user: User, place: PlaceInfo) -> None:
    if not may(user, HOLD, Scope(place.kind, place.id)):
        raise PermissionDenied(HOLD)


def hold(*, user: User, place: PlaceInfo, kind: str, number: str, reason: str, until: date) -> LegalHold:
    """Hold back erasing: of one record by the number people know, of one kind, or (both empty) of everything here.

    Raises PermissionDenied, retention.BadHold ("number" where nobody here has it).
    """
    _check(user, place)
    record = None
    if number.strip():
        record = kept.find(number)
        if record is None:
            raise retention.BadHold("number")
    try:
        return retention.hold(
            place=place.slug,
            reason=reason,
            until=until,
            actor=actor_of(user),
            role=OFFICER,
            kind=kind,
            record=record,
            number=number.strip().upper(),
        )
    except retention.BadHold as bad:
        # Whose number it is elsewhere is not told.
        raise retention.BadHold("number" if str(bad) == "record" else str(bad)) from bad


def end(*, user: User, place: PlaceInfo, hold_id: UUID) -> bool:
    """End a hold now; False where it had ended. Raises PermissionDenied, LegalHold.DoesNotExist."""
    _check(user, place)
    return retention.end_hold(hold_id=hold_id, place=place.slug, actor=actor_of(user), role=OFFICER)
