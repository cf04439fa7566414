"""Pages of help nearby: search with filters, and one offer. What someone searches is written nowhere."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from naast.core import clock, limits
from naast.core.sharing import shared_page
from naast.core.views import too_often
from naast.directory import asking, outward, queries, shown
from naast.directory.asking import Asked
from naast.directory.editing import queries as editing
from naast.directory.editing import shown as editing_shown
from naast.directory.map import page as mapping
from naast.directory.models import Offer, State
from naast.directory.overview.actions import count_nothing
from naast.directory.rules import NEIGHBOUR
from naast.directory.search import suggest
from naast.directory.search.understanding import sounds_afraid
from naast.directory.waiting import shown as waiting
from naast.places.rules import PlaceInfo


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """`/<place>/hulp/?q=`: results with filters; without words everything, near first. Never cached, never counted by word."""
    verdict = limits.allow("search", request)
    if not verdict.ok:
        return too_often(request, verdict)
    place: PlaceInfo = request.place  # type: ignore[attr-defined]
    asked = asking.read(request.GET)
    result = queries.search(asked.query(place))
    if not result.total:
        _count_nothing(request, place, asked)
    first = (result.page - 1) * result.query.page_size
    cards = [shown.card(found, place, number) for number, found in enumerate(result.results, start=first + 1)]
    left_out = asking.left_out(asked, result)
    context = {
        "typed": asked.typed,
        "cut_at": asking.LONGEST_QUESTION if asked.cut else 0,
        "kept": asked.pairs,
        "result": result,
        "cards": cards,
        "unchecked": shown.unchecked_words(cards),
        "filters": asking.filters(result),
        "filters_on": sum(len(codes) for codes in asked.chosen.values()),
        "chips": asking.chips(asked),
        "clear_href": Asked(asked.typed, dict.fromkeys(asked.chosen, ()), asked.without, sight=asked.sight).address,
        "understood": asking.understood(asked, result),
        "left_out": left_out,
        # what was said about danger can be set aside, the way to help cannot; fear alone shows it too (docs/safety.md)
        "calm_danger": not result.danger
        and (sounds_afraid(asked.typed) or any(one["facet"] == "danger" for one in left_out)),
        "pages": asking.pages(asked, result),
        "answer_days": _answer_days(place),
        **mapping.context(
            asked, [(card.number, found.offer) for card, found in zip(cards, result.results, strict=True)], place
        ),
    }
    return render(request, "directory/search.html", context)


@require_safe
def suggestions(request: HttpRequest) -> HttpResponse:
    """`/<place>/hulp/suggesties/?q=`: what somebody may mean while they type, as JSON; written nowhere, held by nobody."""
    verdict = limits.allow("suggest", request)
    if not verdict.ok:
        response = JsonResponse({"suggestions": [], "said": ""}, status=429)
        response.headers["Retry-After"] = str(verdict.retry_after)
        return response
    place: PlaceInfo = request.place  # type: ignore[attr-defined]
    found = suggest.suggest(asking.read(request.GET).typed, place)
    rows = [
        {
            "text": one.text,
            "kind": one.kind,
            "about": one.about,
            "href": reverse("directory:offer", args=[one.slug]) if one.slug else "",
        }
        for one in found
    ]
    said = ngettext("%(count)s suggestion", "%(count)s suggestions", len(rows)) % {"count": len(rows)}
    return JsonResponse({"suggestions": rows, "said": said if rows else _("No suggestions")})


@shared_page
@require_safe
def offer(request: HttpRequest, slug: str) -> HttpResponse:
    """`/<place>/hulp/<offer>/`: everything we know of one offer; the same page for everybody."""
    place: PlaceInfo = request.place  # type: ignore[attr-defined]
    found = queries.offer_by_slug(slug)
    if found is None:
        if now := editing.where_now(slug):  # it had this address before
            return HttpResponsePermanentRedirect(reverse("directory:offer", args=[now]))
        raise Http404
    if found.state == State.MERGED and (became := queries.successor(found)):
        return HttpResponsePermanentRedirect(reverse("directory:offer", args=[became.slug]))
    if found.state != State.OPEN or found.organisation.ended:
        return _not_open(request, found, place)
    context = {
        "offer": found,
        "facts": shown.all_facts(found, place),
        **outward.context(found, request),
        "named_apart": shown.named_apart(found),
        "tags": shown.tags(found, clock.today()),
        "who": shown.for_whom(found),
        "areas": shown.area_words(found),
        "marks": editing_shown.marks(found),
        "elsewhere": queries.nearness(found, place) == NEIGHBOUR,
        "checked": found.checked_on,
        "stale": shown.is_overdue(found, clock.today()),
        "history": waiting.history(found),
        "has_desk": bool(_answer_days(place)),
        "way": shown.way_in(found),
        "audience": found.audiences[0] if len(found.audiences) == 1 else "",
        "town_hall_tel": shown.tel(place.town_hall_phone),
        "more": [
            other
            for other in queries.offers_for(place, subjects=found.subjects, limit=4)
            if other.pk != found.pk and not other.is_helpline
        ][:3],
        "picture": mapping.of_offer(found, place),
        "crumbs": _crumbs(place),
    }
    return render(request, "directory/offer.html", context)


def _not_open(request: HttpRequest, offer: Offer, place: PlaceInfo) -> HttpResponse:
    """The page of an offer that readers do not find: 410 where it ended; 200 where nobody confirmed it, as it may return.

    Old links and printed letters lead here, so it says plainly what is the matter and where to go.
    """
    ended = offer.state != State.HIDDEN or offer.organisation.ended
    context = {
        "offer": offer,
        "ended": ended,
        "way": shown.way_in(offer),
        "has_desk": bool(_answer_days(place)),
        "more": [
            other for other in queries.offers_for(place, subjects=offer.subjects, limit=4) if not other.is_helpline
        ][:3],
        "crumbs": _crumbs(place),
    }
    return render(request, "directory/not_open.html", context, status=410 if ended else 200)


def _crumbs(place: PlaceInfo) -> list[dict[str, Any]]:
    return [
        {"url": reverse("home"), "label": place.name},
        {"url": reverse("directory:search"), "label": _("Help nearby")},
    ]


def _count_nothing(request: HttpRequest, place: PlaceInfo, asked: Asked) -> None:
    count_nothing(
        place=place,
        chosen={facet: asked.chosen[key] for key, facet in asking.KEYS.items()},
        method=str(request.method),
        mode=request.headers.get("Sec-Fetch-Mode", ""),
        agent=request.headers.get("User-Agent", ""),
        search=request.headers.get("Naast-Search", ""),
    )


def _answer_days(place: PlaceInfo) -> int:
    """Working days within which the desk answers; 0 where Naast has none."""
    desk = shown.desk_of(place)
    return desk.answer_days if desk and place.takes_part and place.live else 0
