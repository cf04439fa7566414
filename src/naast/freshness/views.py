"""The editors' screen: what to look at again, at a place and in the shared texts, and links that lead nowhere."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from naast.people.policy import needs, scopes_for, signed_in
from naast.people.queries import places_at

from . import actions, queries


@needs("content.slots")
@require_safe
def overview(request: HttpRequest, place: str | None = None) -> HttpResponse:
    """What waits: a place's own words, and the shared texts that its readers see too."""
    mine = places_at(request.scopes)  # type: ignore[attr-defined]
    chosen = next((info for info in mine if place in (None, info.slug)), None)
    if chosen is None:
        raise Http404
    context = {
        "chosen": chosen,
        "mine": mine,
        "own": queries.place_rows(chosen),
        "shared": queries.shared_rows(),
        "broken": queries.broken_links(),
        "may_shared": bool(scopes_for(signed_in(request), "content.shared")),
    }
    return render(request, "freshness/overview.html", context)


@needs("content.slots")
@require_POST
def still_true(request: HttpRequest, place: str, kind: str, record: str) -> HttpResponse:
    """Say of one text that it is still true."""
    if place not in {info.slug for info in places_at(request.scopes)}:  # type: ignore[attr-defined]
        raise Http404
    try:
        actions.still_true(user=signed_in(request), kind=kind, record=record)
    except (LookupError, ValueError) as error:
        raise Http404 from error
    messages.success(request, _("Noted. We ask again in a year."))
    return HttpResponseRedirect(reverse("freshness_of", args=[place]))
