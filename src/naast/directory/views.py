"""Pages of help nearby: search with filters, and one offer. What someone searches is written nowhere."""

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from naast.core import clock, limits
from naast.core.sharing import shared_page
from naast.directory import queries, shown
from naast.directory.models import Audience, Costs, Form, Phase
from naast.directory.overview.actions import count_nothing
from naast.directory.queries import FacetValue, SearchQuery, SearchResult
from naast.directory.rules import NEIGHBOUR
from naast.places.rules import PlaceInfo

# query key in the address -> facet, its heading, its labels; in the order in which people see them
FILTERS: dict[str, tuple[str, Any]] = {
    "doelgroep": ("audience", Audience),
    "kosten": ("costs", Costs),
    "vorm": ("form", Form),
    "fase": ("phase", Phase),
}
LONGEST_QUESTION = 400
FILTERS_SHOWN = 4


def _headings() -> dict[str, str]:
    return {
        "doelgroep": _("For whom"),
        "kosten": _("Costs to you"),
        "vorm": _("How"),
        "fase": _("In which phase"),
    }


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """`/<place>/hulp/?q=`: results with filters; without words everything, near first. Never cached, never counted by word."""
    verdict = limits.allow("search", request)
    if not verdict.ok:
        response = render(request, "core/429.html", {"retry_minutes": 1}, status=429)
        response.headers["Retry-After"] = str(verdict.retry_after)
        return response
    place: PlaceInfo = request.place  # type: ignore[attr-defined]
    typed = request.GET.get("q", "").replace("\x00", " ").strip()[:LONGEST_QUESTION]
    chosen = {key: queries.known_codes(facet, request.GET.getlist(key)) for key, (facet, _labels) in FILTERS.items()}
    result = queries.search(
        SearchQuery(
            q=typed,
            place=place,
            audience=chosen["doelgroep"],
            phase=chosen["fase"],
            form=chosen["vorm"],
            costs=chosen["kosten"],
            page=_page_number(request.GET),
        )
    )
    if not result.total:
        _count_nothing(request, place, chosen)
    first = (result.page - 1) * result.query.page_size
    cards = [shown.card(found, place, number) for number, found in enumerate(result.results, start=first + 1)]
    context = {
        "typed": typed,
        "result": result,
        "cards": cards,
        "unchecked": shown.unchecked_words(cards),
        "filters": _filters(result),
        "filters_on": sum(len(codes) for codes in chosen.values()),
        "chips": _chips(typed, chosen),
        "clear_href": _address(typed, {}),
        "pages": _pages(result, typed, chosen),
        "answer_days": _answer_days(place),
    }
    return render(request, "directory/search.html", context)


@shared_page
@require_safe
def offer(request: HttpRequest, slug: str) -> HttpResponse:
    """`/<place>/hulp/<offer>/`: everything we know of one offer; the same page for everybody."""
    place: PlaceInfo = request.place  # type: ignore[attr-defined]
    found = queries.offer_by_slug(slug)
    if found is None:
        raise Http404
    context = {
        "offer": found,
        "facts": shown.all_facts(found, place),
        "named_apart": shown.named_apart(found),
        "tags": shown.tags(found, clock.today()),
        "who": shown.for_whom(found),
        "areas": shown.area_words(found),
        "elsewhere": queries.nearness(found, place) == NEIGHBOUR,
        "checked": found.checked_on,
        "stale": shown.is_stale(found.checked_on, clock.today()),
        "has_desk": bool(_answer_days(place)),
        "way": shown.way_in(found),
        "audience": found.audiences[0] if len(found.audiences) == 1 else "",
        "town_hall_tel": shown.tel(place.town_hall_phone),
        "more": [
            other
            for other in queries.offers_for(place, subjects=found.subjects, limit=4)
            if other.pk != found.pk and not other.is_helpline
        ][:3],
        "crumbs": [
            {"url": reverse("home"), "label": place.name},
            {"url": reverse("directory:search"), "label": _("Help nearby")},
        ],
    }
    return render(request, "directory/offer.html", context)


def _count_nothing(request: HttpRequest, place: PlaceInfo, chosen: dict[str, tuple[str, ...]]) -> None:
    count_nothing(
        place=place,
        chosen={facet: chosen[key] for key, (facet, _labels) in FILTERS.items()},
        method=str(request.method),
        mode=request.headers.get("Sec-Fetch-Mode", ""),
        agent=request.headers.get("User-Agent", ""),
    )


def _page_number(data: QueryDict) -> int:
    text = data.get("pagina", "1")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 1


def _address(typed: str, chosen: dict[str, tuple[str, ...]], page: int = 1) -> str:
    pairs = [("q", typed)] if typed else []
    pairs += [(key, code) for key, codes in chosen.items() for code in codes]
    if page > 1:
        pairs.append(("pagina", str(page)))
    return f"{reverse('directory:search')}{'?' if pairs else ''}{urlencode(pairs)}"


def _chips(typed: str, chosen: dict[str, tuple[str, ...]]) -> list[dict[str, str]]:
    """One chip a filter that is on; its address is the same search without it."""
    chips = []
    for key, codes in chosen.items():
        labels = dict(FILTERS[key][1].choices)
        for code in codes:
            rest = {**chosen, key: tuple(other for other in codes if other != code)}
            chips.append({"text": str(labels[code]), "href": _address(typed, rest)})
    return chips


def _filters(result: SearchResult) -> list[dict[str, Any]]:
    headings = _headings()
    made = []
    for key, (facet, labels) in FILTERS.items():
        names = dict(labels.choices)
        values: list[FacetValue] = result.facets[facet]
        options = [{"code": v.code, "label": names[v.code], "count": v.count, "on": v.on} for v in values]
        if options:
            first, more = options[:FILTERS_SHOWN], options[FILTERS_SHOWN:]
            made.append(
                {
                    "key": key,
                    "heading": headings[key],
                    "options": options,
                    "first": first,
                    "more": more,
                    "open": any(option["on"] for option in more),
                }
            )
    return made


def _pages(result: SearchResult, typed: str, chosen: dict[str, tuple[str, ...]]) -> dict[str, Any]:
    page = result.page
    return {
        "number": page,
        "last": result.pages,
        "previous": _address(typed, chosen, page - 1) if page > 1 else "",
        "next": _address(typed, chosen, page + 1) if page < result.pages else "",
    }


def _answer_days(place: PlaceInfo) -> int:
    """Working days within which the desk answers; 0 where Naast has none."""
    desk = shown.desk_of(place)
    return desk.answer_days if desk and place.takes_part and place.live else 0
