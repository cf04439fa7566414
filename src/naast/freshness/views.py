"""The editors' screen: what to look at again, at a place and in the shared texts, and links that lead nowhere."""

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from naast.directory.keeping import queries as keeping
from naast.directory.keeping.actions import choose_hiding
from naast.directory.keeping.rules import HIDE_AFTER, HIDE_CHOICES
from naast.people.policy import StaffRequest, needs, scopes_for, signed_in
from naast.people.queries import places_at
from naast.places.rules import PlaceInfo

from . import actions, queries


@needs("content.slots")
@require_safe
def overview(request: StaffRequest, place: str | None = None) -> HttpResponse:
    """What waits: a place's own words, and the shared texts that its readers see too."""
    mine = places_at(request.scopes)
    chosen = next((info for info in mine if place in (None, info.slug)), None)
    if chosen is None:
        raise Http404
    context = {
        "chosen": chosen,
        "mine": mine,
        "own": queries.place_rows(chosen),
        "shared": queries.shared_rows(),
        "offers": queries.offer_rows(chosen),
        "hide_after": _hiding(chosen),
        "broken": queries.broken_links(),
        "may_shared": bool(scopes_for(signed_in(request), "content.shared")),
    }
    return render(request, "freshness/overview.html", context)


@needs("content.slots")
@require_POST
def still_true(request: StaffRequest, place: str, kind: str, record: str) -> HttpResponse:
    """Say of one text that it is still true."""
    if place not in {info.slug for info in places_at(request.scopes)}:
        raise Http404
    try:
        actions.still_true(user=signed_in(request), kind=kind, record=record)
    except (LookupError, ValueError) as error:
        raise Http404 from error
    messages.success(
        request,
        _("Noted. We ask again in half a year.") if kind == queries.OFFER else _("Noted. We ask again in a year."),
    )
    return HttpResponseRedirect(reverse("freshness_of", args=[place]))


def _hiding(place: PlaceInfo) -> list[dict[str, object]]:
    """After how many months a place hides what nobody confirms, as choices; 0 is never."""
    now = keeping.choices().get(place.slug, HIDE_AFTER) or 0
    labels = {0: _("never"), **{months: _("after %(months)s months") % {"months": months} for months in HIDE_CHOICES}}
    return [{"value": value, "label": label, "now": value == now} for value, label in labels.items()]


@needs("directory.edit")
@require_POST
def hiding(request: StaffRequest, place: str) -> HttpResponse:
    """Choose after how many months a place hides offers that nobody confirms."""
    chosen = next((info for info in places_at(request.scopes) if info.slug == place), None)
    if chosen is None:
        raise Http404
    try:
        months = int(request.POST.get("months", "")) or None
        choose_hiding(user=signed_in(request), place=chosen, hide_after=months)
    except ValueError:
        messages.error(request, _("Choose one of the four."))
    else:
        messages.success(request, _("Saved."))
    return HttpResponseRedirect(reverse("freshness_of", args=[place]))
