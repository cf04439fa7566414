"""Serving pages: the address is looked up in memory, the page read with one query. And the editors' slots screen."""

from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from naast.content import actions, library, queries
from naast.content.forms import FillForm
from naast.content.models import ArticlePage, BasePage, DoorPage, FaqPage, PhasePage, RolePage, StatementPage
from naast.core import languages
from naast.core.sharing import shared_page
from naast.people.models import User
from naast.people.policy import StaffRequest, needs
from naast.people.queries import places_at
from naast.places.rules import PlaceInfo
from naast.places.tongues import Tongue, address, tongue

MODELS: dict[str, type[BasePage]] = {
    "door": DoorPage,
    "phase": PhasePage,
    "article": ArticlePage,
    "role": RolePage,
    "statement": StatementPage,
    "faq": FaqPage,
}


@shared_page
@require_safe
def serve(request: HttpRequest, path: str) -> HttpResponse:
    """A page of the shared tree, in the place we read in. 404 where there is none, or outside a place that takes part."""
    place: PlaceInfo | None = getattr(request, "place", None)
    if place is None or not ((place.takes_part and place.live) or place.is_region):
        raise Http404
    found = library.find(path, request.at.language)  # type: ignore[attr-defined]
    if found is None:
        raise Http404
    card, stands_in = found
    if card.path != path:  # its address in another language
        return HttpResponseRedirect(card.href)
    page = MODELS[card.model].objects.filter(pk=card.pk, live=True).first()
    if page is None:
        raise Http404
    context = {**page.get_context(request), "dutch_stands_in": stands_in, "tongues": _tongues(request, card)}
    return render(request, page.get_template(request), context)


def _tongues(request: HttpRequest, card: library.Card) -> list[Tongue]:
    """Return this page in each language that has it, and in those of the interface, where Dutch may stand in."""
    held, now = library.library(), languages.reading()
    found = []
    for code in languages.known():
        whole = (code, card.group) in held.by_group
        if whole or code in (*languages.INTERFACES, now):
            href = address(request, code, f"/{held.translated(card, code).path}")
            found.append(tongue(code, href, now, whole=whole))
    return found


# ---------- "Our places in the text" ----------


def _place(request: StaffRequest, slug: str | None) -> tuple[PlaceInfo, list[PlaceInfo]]:
    mine = places_at(request.scopes)
    if not mine:
        raise Http404
    if slug is None:
        return mine[0], mine
    chosen = next((info for info in mine if info.slug == slug), None)
    if chosen is None:
        raise PermissionDenied("content.slots")
    return chosen, mine


@needs("content.slots")
def slots(request: StaffRequest, place: str | None = None) -> HttpResponse:
    """All slots of a place: empty, filled, past its date."""
    chosen, mine = _place(request, place)
    rows = queries.slot_rows(chosen)
    wanted = request.GET.get("stand", "")
    context = {
        "chosen": chosen,
        "mine": mine,
        "rows": [row for row in rows if not wanted or row.state == wanted],
        "wanted": wanted,
        "counts": [(state, sum(row.state == state for row in rows)) for state in ("late", "empty", "filled")],
    }
    return render(request, "content/admin/slots.html", context)


@needs("content.slots")
def slot(request: StaffRequest, place: str, key: str) -> HttpResponse:
    """Fill one slot in a place's own words."""
    chosen, mine = _place(request, place)
    row = next((row for row in queries.slot_rows(chosen) if row.slot.key == key), None)
    if row is None:
        raise Http404
    initial: dict[str, Any] = {"body": row.fill.body, "review_due": row.fill.review_due} if row.fill else {}
    form = FillForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        actions.fill_slot(user=cast(User, request.user), place=chosen, key=key, **form.cleaned_data)
        messages.success(request, _("Saved. Readers in %(place)s see it at once.") % {"place": chosen.name})
        return HttpResponseRedirect(reverse("content_slots_of", args=[chosen.slug]))
    words = queries.words_for(key, chosen)
    context = {"chosen": chosen, "row": row, "form": form, "words": words, "mine": mine}
    return render(request, "content/admin/slot.html", context, status=422 if form.errors else 200)
