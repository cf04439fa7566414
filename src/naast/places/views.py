"""Pages of the places: choosing one, a place's home, help now, how leaving works."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from naast.core import languages
from naast.core.sharing import outside, shared_page

from . import emergency, emergency_lines, queries, rules
from .rules import PlaceInfo
from .standing import At
from .tongues import address, tongue, tongues

FOR_EVER = "public, max-age=31536000, immutable"


@shared_page
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """`/`: choose your place by postcode or name. The same page for everybody."""
    return render(request, "places/start.html", _choices())


def _choices() -> dict[str, Any]:
    taking_part = queries.all_places(taking_part=True)
    return {
        "regions": [
            (region, [info for info in queries.members(region) if info.takes_part and info.live])
            for region in taking_part
            if region.is_region
        ],
        "single": [info for info in taking_part if not info.is_region and not info.parent_slug],
    }


# Nothing is written, so there is nothing to forge: a house number is posted to stay out of addresses and histories.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: HttpRequest) -> HttpResponse:
    """`/kies/?postcode=`: lead a postcode or a name to its place, ask where several fit, help where none does."""
    if request.method == "POST":
        return _by_house_number(request)
    typed = request.GET.get("postcode", "").strip()[:80]
    if not typed:
        return _not_found(request, typed, error="empty")
    pc4 = rules.pc4_of(typed)
    if pc4:
        found = queries.by_postcode(pc4)
        if len(found) == 1:
            return _to(found[0][0])
        if found:
            return _which(request, pc4, rules.pc6_of(typed), [info for info, _ in found])
        return _not_found(request, typed, error="postcode")
    exact = queries.by_name(typed) or queries.by_slug(typed.lower())
    if exact and exact.kind != "country":
        return _to(exact)
    return _not_found(request, typed, error="digits" if any(c.isdigit() for c in typed) else "name")


def _which(request: HttpRequest, pc4: str, pc6: str | None, options: list[PlaceInfo]) -> HttpResponse:
    """Four digits lie in several places: the full postcode may say which, else its house number, else a choice."""
    exact = queries.by_house_number(pc6) if pc6 else []
    if len(exact) == 1:
        return _to(exact[0])
    context = {
        "pc4": pc4,
        "pc6": pc6,
        "options": exact or options,
        "ask": "number" if exact else "postcode" if not pc6 and queries.house_numbers_known(pc4) else "",
    }
    return render(request, "places/which.html", context)


def _by_house_number(request: HttpRequest) -> HttpResponse:
    """Lead a full postcode with a house number to its place. The number is used once and kept nowhere."""
    pc6 = rules.pc6_of(request.POST.get("postcode", "")[:20])
    options = queries.by_house_number(pc6) if pc6 else []
    if pc6 is None or not options:
        return _to_start()
    typed = request.POST.get("huisnummer", "").strip()[:20]
    number = rules.house_number_of(typed)
    found = queries.by_house_number(pc6, number) if number is not None else []
    if len(found) == 1:
        return _to(found[0])
    context = {"pc4": pc6[:4], "pc6": pc6, "options": options, "ask": "number", "typed": typed}
    context["error"] = "unknown" if number is not None else "empty"
    return render(request, "places/which.html", context)


def _to_start() -> HttpResponse:
    response = HttpResponseRedirect(outside("choose"))
    response.status_code = 303
    return response


def _to(place: PlaceInfo) -> HttpResponse:
    response = HttpResponseRedirect(f"{At(place, languages.reading()).prefix}/")
    response.status_code = 303
    return response


def _not_found(request: HttpRequest, typed: str, *, error: str) -> HttpResponse:
    near = queries.like_name(typed) if error == "name" else []
    context = {**_choices(), "typed": typed, "error": error, "near": near, "country_known": queries.postcodes_known()}
    return render(request, "places/start.html", context, status=200)


@shared_page
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """`/<slug>/`: a region's or municipality's home; one that does not take part gets national help."""
    place: PlaceInfo = request.place  # type: ignore[attr-defined]
    if not (place.takes_part and place.live):
        return render(request, "places/not_taking_part.html", {"region": queries.region_of(place)})
    if place.is_region:
        inside = queries.members(place)
        taking_part = [info for info in inside if info.takes_part and info.live]
        context = {"members": taking_part, "others": [info for info in inside if info not in taking_part]}
        return render(request, "places/region.html", {**context, **desk_context(place)})
    return render(request, "places/home.html", {"region": queries.region_of(place), **desk_context(place)})


def desk_context(place: PlaceInfo) -> dict[str, Any]:
    """Return the desk that serves a place, when one may walk in or call in words, and the days it is shut as data."""
    desk = desk_of(place)
    hours = desk.hours if desk else ()
    walk_in = [stretch for stretch in hours if stretch.walk_in]
    calling = [stretch for stretch in hours if not stretch.walk_in]
    return {
        "desk": desk,
        "walk_in": walk_in,
        "walk_in_text": rules.hours_in_words(walk_in),
        "calling": calling,
        "calling_text": rules.hours_in_words(calling),
        "shut": ",".join(day.isoformat() for day in sorted(queries.holidays())),
    }


def desk_of(place: PlaceInfo) -> Any:
    """Return the desk that serves a place: its own, else its region's."""
    return next((info.desk for info in queries.path(place) if info.desk), None)


@shared_page
@require_safe
def help_now(request: HttpRequest) -> HttpResponse:
    """Help in an emergency: 112, then by what is the matter, then the other lines in groups (P10)."""
    code = languages.reading()
    further = [(one, address(request, one), languages.direction(one)) for one in sorted(emergency.codes())]
    links = [link for link in tongues(request) if link.code in languages.INTERFACES]
    links += [tongue(one, href, code) for one, href, _ in further]
    if code in emergency.codes():
        own = emergency.page(code, queries.helplines())
        context = {"own": own, "direction": languages.direction(code), "tongues": links}
        return render(request, "places/emergency.html", context)
    lines = [*queries.helplines(), *queries.helplines("kinderen"), *queries.helplines("jongeren")]
    context = {
        "ordered": emergency_lines.ordered(lines),
        "helplines": [],  # the frame's: they stand on this page already
        "further": [(one, href, way, emergency.words(one)["link"]) for one, href, way in further],
        "tongues": links,
    }
    return render(request, "places/help_now.html", context)


@shared_page
@require_safe
def leaving(request: HttpRequest) -> HttpResponse:
    """How 'leave this site' works, what it cannot do, and how to clear a browser's history (P9)."""
    return render(request, "places/leaving.html")


@require_safe
def theme(request: HttpRequest, place: str, digest: str) -> HttpResponse:
    """A place's style sheet: immutable, because its address carries its hash. One that was in use before stays."""
    info = queries.by_slug(place)
    text = queries.style_sheet(info, digest) if info else ""
    if not text:
        raise Http404
    response = HttpResponse(text, content_type="text/css; charset=utf-8")
    response.headers["Cache-Control"] = FOR_EVER
    return response


@require_safe
def logo(request: HttpRequest, place: str, digest: str) -> HttpResponse:
    """A place's logo, made anew from what was uploaded: immutable."""
    data = queries.logo_data(place, digest)
    if data is None:
        raise Http404
    response = HttpResponse(data, content_type="image/webp")
    response.headers["Cache-Control"] = FOR_EVER
    return response
