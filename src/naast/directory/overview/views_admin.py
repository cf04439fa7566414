"""The staff screen: where the offer has gaps, what the region's municipalities have, and what was searched in vain."""

from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from naast.core.sharing import place_address
from naast.core.templatetags.naast import nl_date
from naast.directory.models import Audience, Phase
from naast.directory.overview import compare, pages, queries, rules
from naast.directory.overview.rules import Told
from naast.people.policy import StaffRequest, needs, scopes_for, signed_in
from naast.people.queries import places_at
from naast.places.rules import AUDIENCES, PHASES, PlaceInfo


@needs("directory.gaps")
@require_safe
def gaps(request: StaffRequest, place: str | None = None) -> HttpResponse:
    """Gaps of a place that somebody keeps or has the figures of."""
    mine = places_at(request.scopes)
    chosen = next((info for info in mine if place in (None, info.slug)), None)
    if chosen is None:
        raise Http404
    rows = rules.chosen(queries.overview(chosen).rows)
    counts = rules.counts(rows)
    compared = queries.compared(chosen)
    context = {
        "chosen": chosen,
        "mine": mine,
        "phases": [str(Phase(phase).label) for phase in PHASES],
        "table": [
            (
                str(Audience(audience).label),
                [(str(Phase(phase).label), counts[(audience, phase)]) for phase in PHASES],
            )
            for audience in AUDIENCES
        ],
        "gap_words": pages.gap_words(counts),
        "months": _told(queries.searches_without_result(chosen)),
        "years": _told(queries.children_in_a_year(chosen)),
        "least": rules.LEAST_TO_TELL,
        "page": f"{place_address(chosen.slug)}hulp/overzicht/",
        "desk_name": _("Directory"),
        "desk_href": reverse("directory_gaps"),
        "desk_nav": _nav(request),
        **(_compared(compared, chosen, request.GET.get("op", "")) if compared else {}),
    }
    return render(request, "directory/overview/admin/gaps.html", context)


def _nav(request: StaffRequest) -> list[dict[str, Any]]:
    """Editors get their way back to the admin."""
    links = [{"url": reverse("directory_gaps"), "label": _("Gaps in the offer"), "current": True}]
    if scopes_for(signed_in(request), "content.slots"):
        links.append({"url": reverse("content_slots"), "label": _("To the editors’ screens"), "current": False})
    return links


def _compared(compared: queries.Compared, chosen: PlaceInfo, view: str) -> dict[str, Any]:
    return {**compare.context(compared, view), "place_slug": chosen.slug}


def _told(months: list[queries.MonthTold]) -> list[dict[str, Any]]:
    return [
        {
            "period": _period(month.period),
            "lines": [
                {"audience": _label(Audience, one.audience), "phase": _label(Phase, one.phase), "about": one.about}
                for one in month.lines
                if not _rest(one)
            ],
            "rest": any(_rest(one) for one in month.lines),
        }
        for month in months
    ]


def _period(period: str) -> str:
    """A month or year as people write it."""
    return nl_date(date.fromisoformat(f"{period}-01"), "month") if "-" in period else period


def _rest(line: Told) -> bool:
    return line.about is None


def _label(names: Any, code: str) -> str:
    """A filter in words: '' where it was not chosen, 'several' where more than one was."""
    return str(names(code).label) if code in names.values else code
