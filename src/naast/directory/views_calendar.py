"""The calendar file of one offer."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from naast.core.sharing import shared_page
from naast.directory import feeds, queries
from naast.directory.models import State
from naast.places import queries as places


@shared_page
@require_safe
def agenda(request: HttpRequest, slug: str) -> HttpResponse:
    """`/<place>/hulp/<offer>/agenda.ics`: its hours and the days it begins; 404 where nobody filled them in."""
    offer = queries.offer_by_slug(slug)
    found = feeds.agenda(offer) if offer is not None and offer.state == State.OPEN else None
    if found is None or not found.filled:
        raise Http404
    response = HttpResponse(feeds.calendar(found, places.holidays()), content_type="text/calendar; charset=utf-8")
    # A neutral name: it stands in the list of downloads.
    response.headers["Content-Disposition"] = 'attachment; filename="agenda.ics"'
    return response
