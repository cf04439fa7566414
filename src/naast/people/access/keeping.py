"""What breaking the glass keeps, for the register, retention and the privacy page."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from naast.core import clock, kept
from naast.people.access.models import BrokenGlass

FIVE_YEARS = timedelta(days=5 * 365 + 1)  # as the access log


def _past() -> QuerySet[Any]:
    return BrokenGlass.objects.filter(begun_at__lt=clock.now() - FIVE_YEARS)


def _of_staff(user_id: UUID) -> list[Mapping[str, Any]]:
    # Which question and why is about a resident: the page promises that only the privacy officer reads it.
    return [
        {
            "begonnen op": row.begun_at,
            "gemeente": row.place.name,
            "oordeel": row.get_judgement_display(),
        }
        for row in BrokenGlass.objects.select_related("place").filter(user_id=user_id)
    ]


def register_access() -> None:
    """Declare the one model of this alcove."""
    kept.register(
        kept.Kept(
            model="people.BrokenGlass",
            purpose="Nagaan of iemand in nood terecht een vraag buiten de eigen gemeente las",
            ground="AVG artikel 6 lid 1 onder e en artikel 5 lid 2",
            retention="5 jaar, net als het inzagelog",
            show="Wie in een noodgeval meelas, waarom, en wat de privacyfunctionaris daarvan vond. Versleuteld.",
            past=_past,
            staff_export=_of_staff,
            place="place__slug",
            about="medewerkers",
        )
    )
