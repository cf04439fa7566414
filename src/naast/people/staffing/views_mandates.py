"""Who decides what for a place, until when: the list, and noting or changing one."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from naast.people.policy import StaffRequest, needs, signed_in
from naast.people.queries import places_at
from naast.people.staffing import actions, queries
from naast.people.staffing.forms import MandateForm
from naast.people.staffing.frame import frame, place_or_403
from naast.people.staffing.models import Mandate
from naast.places import queries as places
from naast.places.rules import PlaceInfo

GET_OR_POST = ["GET", "HEAD", "POST"]


@require_safe
@needs(queries.MANDATES)
def home(request: StaffRequest) -> HttpResponse:
    """Begin at the first place; its page leads to the others."""
    mine = places_at(request.scopes)
    if not mine:
        raise Http404
    return HttpResponseRedirect(reverse("people:mandates", args=[mine[0].slug]))


@require_safe
@needs(queries.MANDATES)
def mandates(request: StaffRequest, place: str) -> HttpResponse:
    """Show the mandates of a place, and the region's that hold there too."""
    info = place_or_403(request, place)
    region = None if info.is_region else places.region_of(info)
    context = {
        **frame(request, info, "people:mandates"),
        "lines": queries.mandates_of(info),
        "region": region,
        "region_lines": queries.mandates_of(region) if region else [],
    }
    return render(request, "people/staffing/mandates.html", context)


@require_http_methods(GET_OR_POST)
@needs(queries.MANDATES)
def new(request: StaffRequest, place: str) -> HttpResponse:
    """Note a mandate."""
    info = place_or_403(request, place)
    return _edit(request, info, None)


@require_http_methods(GET_OR_POST)
@needs(queries.MANDATES)
def mandate(request: StaffRequest, place: str, mandate_id: UUID) -> HttpResponse:
    """Change a mandate: its end, its substitute, its paper."""
    info = place_or_403(request, place)
    row = Mandate.objects.within([queries.scope_of(info)]).filter(pk=mandate_id).first()
    if row is None:
        raise Http404
    return _edit(request, info, row)


def _edit(request: StaffRequest, info: PlaceInfo, row: Mandate | None) -> HttpResponse:
    user = signed_in(request)
    people = [line.user for line in queries.people_of(info, user)]
    form = MandateForm(request.POST or None, instance=row, people=people)
    if request.method == "POST" and form.is_valid():
        # A ModelForm writes into its instance while it looks; the action compares with what is kept.
        kept = Mandate.objects.get(pk=row.pk) if row else None
        actions.save_mandate(by=user, place=info, values=form.values(), mandate=kept)
        messages.success(request, _("Saved."))
        return HttpResponseRedirect(reverse("people:mandates", args=[info.slug]), status=303)
    context = {
        **frame(request, info, "people:mandates"),
        "form": form,
        "title": _("Change a mandate") if row else _("Note a mandate"),
        "intro": _("A mandate says which office decides something, until when, and on which paper that rests."),
        "send": _("Save"),
        "back": reverse("people:mandates", args=[info.slug]),
    }
    return render(request, "people/staffing/form.html", context)
