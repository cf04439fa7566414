"""The editors' screens: people's words, and why results stand in their order."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from naast.core.sharing import place_address
from naast.directory.search.analyser import LONGEST_QUESTION
from naast.directory.search.explaining import explain
from naast.directory.search.finding import SearchQuery
from naast.people.policy import StaffRequest, needs, signed_in
from naast.people.queries import places_at

from . import actions, queries, shown
from .forms import WordingForm

MOST_EXPLAINED = 20


@needs("directory.words")
def words(request: StaffRequest) -> HttpResponse:
    """The editors' words: list, add, and try what a question becomes (`?proef=`)."""
    form = WordingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.add(user=signed_in(request), say=form.cleaned_data["say"], find=form.cleaned_data["find"])
        except actions.CannotTake as refused:
            form.add_problems(refused.problems)
        else:
            messages.success(request, _("Added. Everybody searches with it within a second."))
            return HttpResponseRedirect(reverse("directory_words"))
    context = {
        "form": form,
        "rows": queries.rows(),
        "shipped": queries.shipped_count(),
        **_tried(_typed(request, "proef")),
    }
    return render(request, "directory/wording/words.html", context, status=422 if form.errors else 200)


@needs("directory.words")
@require_POST
def remove(request: StaffRequest, wording_id: UUID) -> HttpResponse:
    """Take an entry of editors out."""
    actions.remove(user=signed_in(request), wording_id=wording_id)
    messages.success(request, _("Taken out."))
    return HttpResponseRedirect(reverse("directory_words"))


@needs("directory.edit")
@require_safe
def explained(request: StaffRequest) -> HttpResponse:
    """`?q=&plaats=`: what a question became, and each result with the numbers of its rank."""
    mine = places_at(request.scopes)
    slug = request.GET.get("plaats") or None
    chosen = next((info for info in mine if slug in (None, info.slug)), None)
    if chosen is None:
        raise Http404
    typed = _typed(request, "q")
    context: dict[str, Any] = {"chosen": chosen, "mine": mine, "typed": typed}
    if typed:
        explanation = explain(SearchQuery(q=typed, place=chosen, page_size=MOST_EXPLAINED))
        address = place_address(chosen.slug)
        context |= {
            "understood": shown.understood(explanation.analysis),
            "total": explanation.total,
            "results": [shown.result(one, number, address) for number, one in enumerate(explanation.results, start=1)],
            "columns": shown.columns(),
        }
    return render(request, "directory/wording/explained.html", context)


def _typed(request: StaffRequest, key: str) -> str:
    return request.GET.get(key, "").replace("\x00", " ").strip()[:LONGEST_QUESTION]


def _tried(typed: str) -> dict[str, Any]:
    if not typed:
        return {"tried": ""}
    explanation = explain(SearchQuery(q=typed, page_size=5))
    return {
        "tried": typed,
        "understood": shown.understood(explanation.analysis),
        "first": [one.found.offer.name for one in explanation.results],
        "total": explanation.total,
    }
