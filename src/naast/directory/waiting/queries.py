"""Reading waiting times: an offer's history."""

from naast.directory.models import Offer, WaitingNote
from naast.directory.waiting.rules import Point, Weeks


def history(offer: Offer) -> list[Point]:
    """Return how long people waited for an offer, oldest first."""
    rows = WaitingNote.objects.filter(offer_id=offer.pk).order_by("said_on")
    return [Point(day, Weeks(a, b)) for day, a, b in rows.values_list("said_on", "weeks_min", "weeks_max")]
