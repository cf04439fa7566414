"""Pages of what is there for whom: the table, as a sheet, on paper; and the municipalities of a region side by side."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from naast.core import languages, limits
from naast.core.sharing import shared_page
from naast.core.views import too_often
from naast.directory.models import Audience, Phase
from naast.directory.overview import compare, pages, paper, queries, rules, sheet
from naast.places.rules import PHASES, PlaceInfo

KEYS = ("doelgroep", "fase", "kosten", "betaalt", "land")


@shared_page(keys=KEYS)
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """`/<place>/hulp/overzicht/`: how much there is by audience and phase, and the offers of one cell."""
    place: PlaceInfo = request.place  # type: ignore[attr-defined]
    choice = pages.wanted(request.GET)
    whole = queries.overview(place)
    found = choice.apply(whole)
    all_counts = rules.counts(whole.rows)
    counts = rules.counts(found.rows) if choice.narrowed else all_counts
    context = {
        "title": pages.title(place),
        "choice": choice,
        "summary": pages.summary(found),
        "checked_words": pages.checked_words(found),
        "gap_words": pages.gap_words(all_counts),
        "missing": [pages.cell_words(cell) for cell in rules.gaps(all_counts, "none")],
        "phases": [pages.phase_label(phase) for phase in PHASES],
        "table": pages.table(counts, choice),
        "cell": pages.cell_words(choice.cell),
        "reaches": pages.by_reach(found, choice),
        "country_href": choice.query(audience=choice.audience, phase=choice.phase, country=True) + "#land",
        "number": counts[choice.cell].all,
        "audiences": [
            {
                "label": label,
                "href": choice.query(audience=code, phase=choice.phase) or "?",
                "on": code == choice.audience,
            }
            for code, label in Audience.choices
        ],
        "phase_links": [
            {
                "label": label,
                "href": choice.query(audience=choice.audience, phase=code) or "?",
                "on": code == choice.phase,
            }
            for code, label in Phase.choices
        ],
        "costs": pages.costs_options(whole.rows),
        "payers": pages.payer_options(whole.rows),
        "file_query": choice.query(),
        "may_compare": queries.can_compare(place),
        "crumbs": [_home(place), {"url": reverse("directory:search"), "label": _("Help nearby")}],
    }
    return render(request, "directory/overview/overview.html", context)


@shared_page(keys=KEYS)
@require_safe
def as_sheet(request: HttpRequest) -> HttpResponse:
    """`/<place>/hulp/overzicht.csv`: a line for each cell an offer stands in; held in memory like a page."""

    def made(place: PlaceInfo, choice: pages.Wanted) -> bytes:
        return sheet.csv_of(choice.apply(queries.overview(place)), _address_of(request))

    return _file(request, made, content_type="text/csv; charset=utf-8", ending="csv")


@shared_page(keys=KEYS)
@require_safe
def on_paper(request: HttpRequest) -> HttpResponse:
    """`/<place>/hulp/overzicht.pdf`: every audience and phase, tagged; held in memory like a page."""

    def made(place: PlaceInfo, choice: pages.Wanted) -> bytes:
        return paper.pdf(queries.overview(place), choice)

    return _file(request, made, content_type="application/pdf", ending="pdf")


def _file(
    request: HttpRequest, make: Callable[[PlaceInfo, pages.Wanted], bytes], *, content_type: str, ending: str
) -> HttpResponse:
    verdict = limits.allow("search", request)
    if not verdict.ok:
        return too_often(request, verdict)
    # in Dutch on every address, as the offers are: the words in it carry no mark of their language
    with languages.reading_in(languages.DUTCH):
        body = make(request.place, pages.wanted(request.GET))  # type: ignore[attr-defined]
    response = HttpResponse(body, content_type=content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="overzicht-{request.place.slug}.{ending}"'  # type: ignore[attr-defined]
    return response


def _address_of(request: HttpRequest) -> Callable[[str], str]:
    start = request.build_absolute_uri(reverse("directory:search"))
    return lambda slug: f"{start}{slug}/"


@shared_page(keys=("op",))
@require_safe
def side_by_side(request: HttpRequest) -> HttpResponse:
    """`/<place>/hulp/vergelijken/`: what each municipality of the region has of its own; 404 where there is no region."""
    place: PlaceInfo = request.place  # type: ignore[attr-defined]
    compared = queries.compared(place)
    if compared is None:
        raise Http404
    context = {
        **compare.context(compared, request.GET.get("op", "")),
        "place_slug": place.slug,
        "crumbs": [
            _home(place),
            {"url": reverse("directory:search"), "label": _("Help nearby")},
            {"url": reverse("directory:overview"), "label": _("What is there for whom")},
        ],
    }
    return render(request, "directory/overview/compare.html", context)


def _home(place: PlaceInfo) -> dict[str, str]:
    return {"url": reverse("home"), "label": place.name}
