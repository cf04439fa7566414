"""The place administrator's pages: which place, what there is to look after, the own host name."""

import socket
import threading
from concurrent.futures import Future
from concurrent.futures import TimeoutError as FutureTimeout
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from naast.people.policy import StaffRequest, needs, signed_in
from naast.places import hosts
from naast.places import queries as places
from naast.places.rules import PlaceInfo

from . import actions, queries
from .forms import HostForm

LONGEST_LOOK = 2.0  # seconds that a page waits for a name server
_asking = threading.BoundedSemaphore(4)  # looks at a time: one that hangs keeps its own thread, and no more than these


def place_or_403(request: StaffRequest, slug: str) -> PlaceInfo:
    """Return a place that is this administrator's. Raises PermissionDenied for any other, known or not."""
    mine = queries.places_of(request.scopes)
    found = next((place for place in mine if place.slug == slug), None)
    if found is None:
        raise PermissionDenied(actions.EDIT)
    return found


def frame(request: StaffRequest, place: PlaceInfo, current: str) -> dict[str, Any]:
    """Return what every page here needs: the place, the way between its pages, the other places."""
    links = (
        ("upkeep:place", _("Overview")),
        ("upkeep:style", _("House style")),
        ("upkeep:host", _("Own address")),
        ("statements:place", _("Statements")),
        ("keeping:register", _("What is kept")),
    )
    return {
        "chosen": place,
        "desk_name": place.name,
        "desk_href": reverse("upkeep:home"),
        "desk_nav": [
            {
                "url": reverse(name, args=[place.slug]),
                "label": label,
                "current": current
                == (name.partition(":")[2] if name.startswith("upkeep:") else name.partition(":")[0]),
            }
            for name, label in links
        ],
        "mine": queries.places_of(request.scopes),
    }


@require_safe
@needs(actions.EDIT)
def home(request: StaffRequest) -> HttpResponse:
    """Begin at the administrator's place; with several, at the first: the page leads to the others."""
    mine = queries.places_of(request.scopes)
    if not mine:
        return render(request, "upkeep/no_place.html", {"desk_href": reverse("upkeep:home")})
    return HttpResponseRedirect(reverse("upkeep:place", args=[mine[0].slug]))


@require_safe
@needs(actions.EDIT)
def overview(request: StaffRequest, place: str) -> HttpResponse:
    """What there is to look after: the style in use, a draft, the own address."""
    info = place_or_403(request, place)
    context = {
        **frame(request, info, "place"),
        "in_use": places.current_style(info),
        "draft": places.draft_style(info),
        "host": places.own_host(info),
        "region": places.region_of(info),
        "address": f"{hosts.shared_address(request)}/{info.slug}/",
        "own_address": f"{hosts.own_address(info.own_host, request)}/" if info.own_host else "",
    }
    return render(request, "upkeep/place.html", context)


def resolves(host: str) -> bool | None:
    """Tell whether a name leads to some computer; names under localhost always do, None: nobody said in time.

    A name server that never answers would hold one of the few threads of this process, so it is asked in another one.
    """
    if host.endswith(".localhost"):
        return True
    if not _asking.acquire(blocking=False):
        return None

    def ask() -> bool:
        try:
            return bool(socket.getaddrinfo(host, 443))
        except OSError:
            return False
        finally:
            _asking.release()

    answer: Future[bool] = Future()
    threading.Thread(target=lambda: answer.set_result(ask()), daemon=True, name="own-host").start()
    try:
        return answer.result(timeout=LONGEST_LOOK)
    except FutureTimeout:
        return None


@require_http_methods(["GET", "HEAD", "POST"])
@needs(actions.EDIT)
def host(request: StaffRequest, place: str) -> HttpResponse:
    """A place's own host name: enter it, see what must be done outside Naast, let it go live, stop it."""
    info = place_or_403(request, place)
    row = places.own_host(info)
    form = HostForm(request.POST or None, initial={"host": row.host if row else ""}, label_suffix="")
    missing: list[str] = []
    user = signed_in(request)
    if request.method == "POST":
        do = request.POST.get("do", "save")
        if do == "live" and row:
            if request.POST.get("seen") != "on":
                missing = [_("Tick that DNS, certificate and registers are in order.")]
            else:
                try:
                    actions.host_goes_live(user=user, place=info)
                    messages.success(request, _("Live. Open the address and look."))
                    return _back(info)
                except actions.NotYet as refused:
                    missing = refused.missing
            form = HostForm(initial={"host": row.host}, label_suffix="")
        elif do == "stop" and row:
            actions.host_stops(user=user, place=info)
            messages.success(request, _("Stopped. The shared address goes on."))
            return _back(info)
        elif form.is_valid():
            try:
                actions.set_host(user=user, place=info, host=form.cleaned_data["host"])
                messages.success(request, _("Saved."))
                return _back(info)
            except actions.HostTaken:
                form.add_error("host", _("Another place has this name already."))
    context = {
        **frame(request, info, "host"),
        "form": form,
        "host": row,
        "missing": missing,
        "shared_host": hosts.shared_address(request).partition("://")[2].partition(":")[0],
        "own_address": hosts.own_address(row.host, request) if row else "",
        "shared_address": f"{hosts.shared_address(request)}/{info.slug}/",
        "found": resolves(row.host) if row and not row.live else None,
    }
    return render(request, "upkeep/host.html", context)


def _back(place: PlaceInfo) -> HttpResponse:
    return HttpResponseRedirect(reverse("upkeep:host", args=[place.slug]), status=303)
