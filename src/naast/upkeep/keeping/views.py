"""`/loket/gegevens/`: what is kept about people, what was erased by which rule, what the law holds back."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from naast.core import kept
from naast.core.models import LegalHold
from naast.core.retention.actions import BadHold
from naast.people.policy import StaffRequest, needs, scopes_for, signed_in
from naast.people.start import first_page
from naast.places.rules import PlaceInfo
from naast.upkeep import queries as upkeep
from naast.upkeep.keeping import actions, queries
from naast.upkeep.keeping.forms import HoldForm


def _mine(request: StaffRequest) -> list[PlaceInfo]:
    return upkeep.places_of(request.scopes)


def place_or_403(request: StaffRequest, slug: str) -> PlaceInfo:
    """Return a place that is this person's. Raises PermissionDenied for any other, known or not."""
    found = next((place for place in _mine(request) if place.slug == slug), None)
    if found is None:
        raise PermissionDenied(slug)
    return found


def _address(name: str, place: PlaceInfo) -> str:
    """Return where a link leads; those of the register share one name and say which paper."""
    room, _dot, kind = name.partition(":")
    if room == "register":
        return reverse("register:page", args=[place.slug, kind])
    return reverse(name, args=[place.slug])


def frame(request: StaffRequest, place: PlaceInfo, current: str) -> dict[str, Any]:
    """Return what every page here needs: the place, the way between its pages, the other places."""
    user = signed_in(request)
    links = [("keeping:register", _("What is kept")), ("keeping:protocol", _("What was erased"))]
    if place.id in {scope.id for scope in scopes_for(user, queries.HOLD)}:
        links.append(("keeping:holds", _("Held back")))
    links += [("register:register", _("Register")), ("register:dpia", _("DPIA")), ("people:place", _("People"))]
    return {
        "chosen": place,
        "desk_name": place.name,
        "desk_href": first_page(user),
        "desk_nav": [
            {"url": first_page(user), "label": _("Your work"), "current": False},
            *({"url": _address(name, place), "label": label, "current": name == current} for name, label in links),
        ],
        "mine": _mine(request),
        "to": current,
    }


@require_safe
@needs(queries.READ)
def home(request: StaffRequest) -> HttpResponse:
    """Begin at the first place; its page leads to the others."""
    mine = _mine(request)
    if not mine:
        raise Http404
    return HttpResponseRedirect(reverse("keeping:register", args=[mine[0].slug]))


@require_safe
@needs(queries.READ)
def register(request: StaffRequest, place: str) -> HttpResponse:
    """Show every kind of record about people: why, on what ground, how long, who sees it."""
    info = place_or_403(request, place)
    titles = {
        "inwoners": _("About residents"),
        "aanbieders": _("About people at providers"),
        "medewerkers": _("About staff"),
        "niemand": _("About nobody: what the house itself needs"),
    }
    groups = [(titles[whom], whom, entries) for whom, entries in kept.in_words() if entries]
    return render(
        request, "upkeep/keeping/register.html", {**frame(request, info, "keeping:register"), "groups": groups}
    )


@require_safe
@needs(queries.READ)
def protocol(request: StaffRequest, place: str) -> HttpResponse:
    """Show what was erased by which rule, and when the last run was."""
    info = place_or_403(request, place)
    context = {
        **frame(request, info, "keeping:protocol"),
        "lines": queries.protocol(info),
        "last": queries.last_run(),
        "most": queries.LINES,
    }
    return render(request, "upkeep/keeping/protocol.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(queries.HOLD)
def holds(request: StaffRequest, place: str) -> HttpResponse:
    """Show what is held back here, and hold back more."""
    info = place_or_403(request, place)
    form = HoldForm(request.POST or None)
    status = 200
    if request.method == "POST":
        if form.is_valid():
            data = form.cleaned_data
            try:
                actions.hold(
                    user=signed_in(request),
                    place=info,
                    kind=data["kind"],
                    number=data["number"],
                    reason=data["reason"],
                    until=data["until"],
                )
            except BadHold as bad:
                form.refuse(str(bad))
            else:
                messages.success(request, _("From now on it is not erased."))
                return HttpResponseRedirect(reverse("keeping:holds", args=[info.slug]), status=303)
        status = 422
    now, ended = queries.holds(info)
    context = {
        **frame(request, info, "keeping:holds"),
        "form": form,
        "now": [(row, _what(row)) for row in now],
        "ended": [(row, _what(row)) for row in ended],
    }
    return render(request, "upkeep/keeping/holds.html", context, status=status)


def _what(row: LegalHold) -> str:
    if row.number:
        return _("Question %(number)s") % {"number": row.number}
    return queries.name_of(row.kind) if row.kind else _("Everything about residents here")


@require_POST
@needs(queries.HOLD)
def end_hold(request: StaffRequest, place: str, hold_id: UUID) -> HttpResponse:
    """End a hold: what is past its rule goes at the next run."""
    info = place_or_403(request, place)
    try:
        actions.end(user=signed_in(request), place=info, hold_id=hold_id)
    except LegalHold.DoesNotExist as unknown:
        raise Http404 from unknown
    messages.success(request, _("It is no longer held. What is past its time goes at the next run."))
    return HttpResponseRedirect(reverse("keeping:holds", args=[info.slug]), status=303)
