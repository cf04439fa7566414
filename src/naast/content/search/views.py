"""`/<place>/zoeken/`: one box over pages, questions, guides and help. What someone searches is written nowhere."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from naast.content.search import queries
from naast.core import limits
from naast.core.views import too_often
from naast.directory import shown as offers_shown
from naast.directory.search.analyser import LONGEST_QUESTION
from naast.places.rules import PlaceInfo


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Results in groups: to read, questions with answers, guides, help nearby. Never cached, never counted by word."""
    verdict = limits.allow("search", request)
    if not verdict.ok:
        return too_often(request, verdict)
    place: PlaceInfo = request.place  # type: ignore[attr-defined]
    typed = request.GET.get("q", "").replace("\x00", " ").strip()[:LONGEST_QUESTION]
    found = queries.everything(typed, place, request.at.language) if typed else None  # type: ignore[attr-defined]
    desk = offers_shown.desk_of(place)
    offers = [
        offers_shown.card(one, place, number) for number, one in enumerate(found.help.results if found else [], start=1)
    ]
    context = {
        "typed": typed,
        "found": found,
        "result": found.help if found else None,
        "offers": offers,
        "unchecked": offers_shown.unchecked_words(offers),
        "answer_days": desk.answer_days if desk and place.takes_part and place.live else 0,
    }
    return render(request, "content/search.html", context)
