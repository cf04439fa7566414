"""`/loket/verklaringen/`: what is in order and what is missing. And for machines: the JSON, and security.txt."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from naast.core import clock
from naast.people.policy import StaffRequest, needs, signed_in
from naast.places import hosts
from naast.places import queries as places
from naast.places.rules import PlaceInfo
from naast.upkeep import queries as upkeep
from naast.upkeep.statements import actions, queries, rules, security_txt, shown, words
from naast.upkeep.statements.forms import FORMS, GROUNDS, StatementForm
from naast.upkeep.statements.rules import Kind
from naast.upkeep.views import frame, place_or_403


def _mine(request: StaffRequest) -> list[PlaceInfo]:
    return upkeep.places_of(request.scopes)


@require_safe
@needs(actions.EDIT)
def home(request: StaffRequest) -> HttpResponse:
    """The administrator's place; with several, a table of all of them."""
    mine = _mine(request)
    if len(mine) == 1:
        return HttpResponseRedirect(reverse("statements:place", args=[mine[0].slug]))
    if not mine:
        return render(request, "upkeep/no_place.html", {"desk_href": reverse("upkeep:home")})
    found = queries.overviews([place.id for place in mine])
    context = {
        "desk_href": reverse("upkeep:home"),
        "desk_name": _("Statements"),
        "names": [words.NAMES[kind] for kind in rules.KINDS],
        "rows": [
            (place, [shown.cell(row, words.href(place.slug, row.kind)) for row in found[place.id]]) for place in mine
        ],
    }
    return render(request, "upkeep/statements/places.html", context)


@require_safe
@needs(actions.EDIT)
def place(request: StaffRequest, place: str) -> HttpResponse:
    """How each statement of a place stands, what lacks and what to do."""
    info = place_or_403(request, place)
    rows = queries.overview_of(info)
    context = {
        **frame(request, info, "statements"),
        "rows": [shown.card(row, info) for row in rows],
        "ready": not any(row.in_the_way for row in rows),
    }
    return render(request, "upkeep/statements/place.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(actions.EDIT)
def statement(request: StaffRequest, place: str, kind: Kind) -> HttpResponse:
    """One statement: fill it in, look how readers get it, keep it as a draft, publish it."""
    info = place_or_403(request, place)
    if kind not in FORMS:
        raise Http404
    if request.method != "POST":
        return _page(request, info, kind, FORMS[kind](initial=_initial(request, info, kind)))
    user, do = signed_in(request), request.POST.get("do", "look")
    if do == "drop":
        actions.drop_draft(user=user, place=info, kind=kind)
        messages.success(request, _("Your draft is gone. Readers see what they saw."))
        return _again(info, kind)
    form = FORMS[kind](request.POST)
    if not form.is_valid():
        return _page(request, info, kind, form, status=422)
    filled = form.statement()
    if do == "save":
        actions.save_draft(user=user, place=info, kind=kind, statement=filled)
        messages.success(request, _("Saved as a draft. Readers see nothing of it yet."))
        return _again(info, kind)
    if do == "publish":
        try:
            actions.publish(user=user, place=info, kind=kind, statement=filled)
        except actions.NotComplete as refused:
            form.tell(refused.gaps)
            return _page(request, info, kind, form, status=422)
        messages.success(request, _("Published. Readers see it within a second."))
        return HttpResponseRedirect(reverse("statements:place", args=[info.slug]), status=303)
    return _page(request, info, kind, form, preview=shown.of_readers(info, kind, filled, clock.now()))


def _again(place: PlaceInfo, kind: Kind) -> HttpResponse:
    return HttpResponseRedirect(reverse("statements:statement", args=[place.slug, kind]), status=303)


def _initial(request: StaffRequest, place: PlaceInfo, kind: Kind) -> dict[str, Any]:
    """Begin with the draft, else with what is in force, else with what the region says where that is asked for."""
    kept = queries.draft(place.id, kind)
    known = rules.read(kind, kept.data) if kept else None
    if known is None and (current := queries.in_force(place.id).get(kind)):
        known = current.statement
    region = places.region_of(place)
    if (
        known is None
        and region
        and request.GET.get("van") == "regio"
        and (of_region := queries.in_force(region.id).get(kind))
    ):
        known = of_region.statement
    if known is not None:
        return FORMS[kind].initial_of(known)
    desk = place.desk
    if kind == "contact":
        visit = (
            "\n".join(part for part in (desk.street, f"{desk.postcode} {desk.town}".strip()) if part) if desk else ""
        )
        return {
            "organisation": f"Gemeente {place.name}" if not place.is_region else "",
            "phone": (desk.phone if desk else "") or place.town_hall_phone,
            "email": desk.email if desk else "",
            "visit": visit,
        }
    begin: dict[str, dict[str, Any]] = {
        "privacy": {"grounds": GROUNDS},
        "security": {"languages": ["nl", "en"]},
        "accessibility": {"answer_days": 5},
    }
    return begin[kind]


def _page(
    request: StaffRequest,
    place: PlaceInfo,
    kind: Kind,
    form: StatementForm,
    *,
    preview: dict[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    row = next(row for row in queries.overview_of(place) if row.kind == kind)
    region = places.region_of(place)
    context = {
        **frame(request, place, "statements"),
        "kind": kind,
        "name": words.NAMES[kind],
        "about": words.ABOUT[kind],
        "form": form,
        "row": shown.card(row, place),
        "draft": row.draft_at,
        "earlier": queries.earlier(place.id, kind),
        "preview": preview,
        "statuses": [(code, *words.STATUSES[code]) for code in (*rules.STATUSES, rules.NO_STATEMENT)],
        "from_region": region
        if region
        and region.slug != place.slug
        and row.state == "missing"
        and not row.draft_at
        and kind in queries.in_force(region.id)
        else None,
    }
    return render(request, f"upkeep/statements/form_{kind}.html", context, status=status)


# ---------- for machines ----------


@require_safe
def accessibility_data(request: StaffRequest) -> HttpResponse:
    """`/<place>/toegankelijkheid/verklaring.json`: how far the site is, for registers and dashboards (docs/api.md)."""
    info: PlaceInfo | None = getattr(request, "place", None)
    if info is None or not ((info.takes_part and info.live) or info.is_region):
        raise Http404
    own = hosts.own_address(info.own_host, request) if info.own_host else ""
    address = f"{own}/" if own else f"{hosts.shared_address(request)}/{info.slug}/"
    answer = JsonResponse(shown.for_machines(info, address), json_dumps_params={"ensure_ascii": False, "indent": 1})
    answer.headers["Access-Control-Allow-Origin"] = "*"
    return answer


@require_safe
def security(request: StaffRequest) -> HttpResponse:
    """Whom a finder of a leak tells: a place's own people on its own host, else those of the installation (RFC 9116)."""
    own = places.by_host(hosts.bare(request))
    found = queries.security_of(own.id) if own else None
    here = f"{request.scheme}://{request.get_host()}/.well-known/security.txt"
    if found:
        said = found.statement
        text = security_txt.write(
            contacts=said.contacts,
            canonical=here,
            now=clock.now(),
            policy=said.policy,
            acknowledgments=said.acknowledgments,
            languages=said.languages,
        )
    else:
        text = security_txt.write(contacts=[settings.NAAST_SECURITY_CONTACT], canonical=here, now=clock.now())
    return HttpResponse(text, content_type="text/plain; charset=utf-8")
