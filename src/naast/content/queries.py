"""Reading pages, slots and questions. What is shared comes from memory; a page costs one query for its body."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.urls import get_script_prefix, reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from naast.content import library as lib
from naast.content.glossary import queries as glossary
from naast.content.languages.rules import Said, pieces
from naast.content.level import queries as levels
from naast.content.library import Answered, Card, SlotInfo
from naast.content.media import queries as extras
from naast.content.models import (
    ArticlePage,
    BasePage,
    DoorPage,
    FaqPage,
    PhasePage,
    RolePage,
    SlotFill,
    StatementPage,
    TextPage,
)
from naast.content.rules import CheckState, FillState, check_state, fill_state
from naast.content.search import shelf
from naast.content.shown import reading, safety
from naast.core import clock, generations, languages
from naast.directory import shown
from naast.directory.models import Costs, Offer, Referral
from naast.directory.queries import nearness, offers_for
from naast.places import queries as places
from naast.places.rules import PHASES, PlaceInfo
from naast.places.views import desk_context

OFFERS_BESIDE = 3
FAQ_ON_A_DOOR = 5


@dataclass(frozen=True)
class Words:
    """What stands in an own slot: a place's own words, or the national ones (`own` False)."""

    key: str
    title: str
    body: str
    own: bool
    place_name: str = ""
    late: bool = False
    is_example: bool = False
    language: str = lib.LANGUAGE
    title_language: str = lib.LANGUAGE

    @property
    def lang_attr(self) -> SafeString:
        """Return the attributes of the words where they are in another language than the page around them."""
        return mark_safe(languages.attributes(self.language))  # codes of our own list

    @property
    def title_lang_attr(self) -> SafeString:
        """Return the same for the heading."""
        return mark_safe(languages.attributes(self.title_language))


@dataclass(frozen=True)
class Fill:
    """A place's own words for one slot."""

    body: str
    review_due: date | None
    updated_on: date
    is_example: bool = False


_fills: dict[str, tuple[tuple[int, int], dict[str, Fill]]] = {}
_lock = threading.Lock()


def forget() -> None:
    """Drop what is held in memory (tests, and after a restore)."""
    lib.forget()
    extras.forget()
    glossary.forget()
    shelf.forget()
    levels.forget()
    with _lock:
        _fills.clear()


def fills_along(steps: Sequence[PlaceInfo]) -> list[tuple[PlaceInfo, dict[str, Fill]]]:
    """Return the own words of these places by slot key; read again, in one query, only what changed."""
    wanted = {step.slug: generations.seen(step.slug) for step in steps}
    doubt = generations.in_doubt()
    stale = [step for step in steps if doubt or step.slug not in _fills or _fills[step.slug][0] != wanted[step.slug]]
    if stale:
        fresh = _read_fills(stale)
        with _lock:
            for step in stale:
                _fills[step.slug] = (wanted[step.slug], fresh[step.id])
    return [(step, _fills[step.slug][1]) for step in steps]


def _read_fills(steps: Sequence[PlaceInfo]) -> dict[UUID, dict[str, Fill]]:
    fresh: dict[UUID, dict[str, Fill]] = {step.id: {} for step in steps}
    rows = SlotFill.objects.filter(place_id__in=list(fresh)).exclude(body="")
    for row in rows.select_related("slot"):
        fresh[row.place_id][row.slot.key] = Fill(row.body, row.review_due, row.updated_at.date(), row.is_example)
    return fresh


def fills_of(place: PlaceInfo) -> dict[str, Fill]:
    """Return a place's own words by slot key."""
    return fills_along([place])[0][1]


def words_for(key: str, place: PlaceInfo | None) -> Words | None:
    """Return what a reader sees in a slot: the place's own words, else its region's, else the national ones.

    None when the slot is unknown or nobody has words for it: then it is left out.
    """
    slot = lib.library().slot(key, languages.reading())
    if slot is None:
        return None
    for step, fills in fills_along(places.path(place)) if place else ():
        if fill := fills.get(key):
            late = fill_state(fill.body, fill.review_due, clock.today()) == "late"
            return Words(
                key, slot.heading, fill.body, True, step.name, late, fill.is_example, title_language=slot.language
            )
    if not slot.fallback:
        return None
    return Words(key, slot.heading, slot.fallback, False, language=slot.language, title_language=slot.language)


def check_of(page: BasePage) -> CheckState:
    """Return what readers see about a page's facts."""
    return check_state(page.checked_on, page.review_due, clock.today())


def door_card(audience: str, language: str = lib.LANGUAGE) -> Card | None:
    """Return the card of an audience's door."""
    return next((card for card in lib.library().all("door", language) if card.audience == audience), None)


def doors(language: str = lib.LANGUAGE) -> list[Card]:
    """Return the five doors in their order."""
    return lib.library().all("door", language)


def phases(language: str = lib.LANGUAGE) -> list[Card]:
    """Return the phases of life in the order of the line."""
    order = {code: number for number, code in enumerate(PHASES)}
    return sorted(lib.library().all("phase", language), key=lambda card: order[card.phase])


def articles(*, audience: str | None = None, phase: str | None = None, language: str = lib.LANGUAGE) -> list[Card]:
    """Return articles for an audience or in a phase, in the order of the tree.

    The audience's own come first, and in a phase those that begin there.
    """
    held = lib.library()
    cards = held.all("article", language)
    if phase is not None:
        cards = [card for card in cards if phase in card.phases]
        cards.sort(key=lambda card: card.phases[0] != phase)
    if audience is not None:
        cards = [card for card in cards if audience in card.audiences]
        cards.sort(key=lambda card: card.audiences.index(audience))
    if language != lib.LANGUAGE:  # what somebody can read comes before what is still in Dutch
        cards.sort(key=lambda card: card.language != language)
    return cards


def roles(audience: str, language: str = lib.LANGUAGE) -> list[Card]:
    """Return the pages of roles beside a family."""
    return [card for card in lib.library().all("role", language) if audience in card.audiences]


def faq_for(audience: str | None = None, limit: int | None = None) -> list[Answered]:
    """Return the questions people ask first, for an audience or all, in the editors' order."""
    entries = lib.library().questions(languages.reading())
    found = [entry for entry in entries if audience is None or audience in entry.audiences]
    return found[:limit] if limit else found


def faq_first_for(audience: str) -> list[Answered]:
    """Return the questions whose first readers these are: on the page with all questions each stands once."""
    return [entry for entry in faq_for(audience) if entry.audiences[0] == audience]


def statement(kind: str, language: str = lib.LANGUAGE) -> Card | None:
    """Return the card of a statement (privacy, accessibility, about)."""
    return next((card for card in lib.library().all("statement", language) if card.statement == kind), None)


def popular(limit: int = 3) -> list[Card]:
    """Return what a municipality's page puts forward: the first articles for parents."""
    return articles(audience="ouders")[:limit]


@dataclass(frozen=True)
class Beside:
    """An offer as it stands beside a text: what it is, what it costs, where, how long one waits, who must send you."""

    name: str
    summary: str
    href: str
    facts: list[tuple[str, str]]
    for_children: bool


def offers_beside(
    place: PlaceInfo | None, *, audience: str, phase: str = "", subjects: Sequence[str] = (), limit: int = OFFERS_BESIDE
) -> list[Beside]:
    """Return the offers that stand beside a text, near first, from the directory; none without a place."""
    if place is None:
        return []
    found = offers_for(place, audience=audience, phase=phase or None, subjects=list(subjects), limit=limit)
    if audience == "kinderen":  # the lines they need stand on the page already; a line about abuse beside it frightens
        found = [offer for offer in found if not offer.is_helpline]
    return [_beside(offer, place) for offer in found]


def _beside(offer: Offer, place: PlaceInfo) -> Beside:
    facts = [
        (_("What it costs you"), languages.dutch(offer.costs_text) or str(Costs(offer.costs).label)),
        (_("Where"), shown.where(offer, place, nearness(offer, place))),
        (_("Waiting time"), languages.dutch(offer.waiting)),
        (_("Referral"), "" if offer.referral == Referral.UNKNOWN else str(Referral(offer.referral).label)),
    ]
    return Beside(
        name=offer.name,
        summary=offer.summary,
        href=reverse("directory:offer", args=[offer.slug]),
        facts=[(label, value) for label, value in facts if value],
        for_children=bool({"kinderen", "jongeren"} & set(offer.audiences)),
    )


def page_context(page: BasePage, request: HttpRequest) -> dict[str, Any]:
    """Return what a page's template needs beyond the page: place, crumbs, neighbours, help beside it."""
    place: PlaceInfo | None = getattr(request, "place", None)
    at = getattr(request, "at", None)
    language = at.language if at else lib.LANGUAGE
    card = lib.library().by_pk.get(page.pk)
    context: dict[str, Any] = {
        "place": place,
        "check": check_of(page),
        "audience": _audience_of(page),
        "lang_attr": card.lang_attr if card else "",
        "said": said_of(page, card),
        "terms": glossary.marker(card.language if card else lib.LANGUAGE, for_children=page.for_children),
    }
    if isinstance(page, DoorPage):
        context |= _door(page, place, language)
    elif isinstance(page, PhasePage):
        context |= {
            "cards": articles(audience="ouders", phase=page.phase, language=language),
            "offers": offers_beside(place, audience="ouders", phase=page.phase),
            "life": phases(language),
            **_desk(place),
        }
    elif isinstance(page, FaqPage):
        context |= {
            "groups": [(card, entries) for card in doors(language) if (entries := faq_first_for(card.audience))]
        }
    elif isinstance(page, TextPage):
        context |= _text(page, place, language)
    context["crumbs"] = _crumbs(page, place, language)
    return context


def said_of(page: BasePage, card: Card | None) -> Said:
    """Return in which language each piece of a page is: one query, and only for a translation."""
    original = lib.library().by_group.get((lib.LANGUAGE, card.group)) if card else None
    if card is None or card.language == lib.LANGUAGE or original is None:
        return Said(card.language if card else lib.LANGUAGE)
    dutch = type(page).objects.filter(pk=original.pk).first()
    return Said(card.language, pieces(dutch) if dutch else frozenset())


def _audience_of(page: BasePage) -> str:
    if isinstance(page, DoorPage):
        return page.audience
    if isinstance(page, TextPage) and page.audiences:
        return str(page.audiences[0])
    return "ouders"


def _door(page: DoorPage, place: PlaceInfo | None, language: str) -> dict[str, Any]:
    cards = articles(audience=page.audience, language=language)
    beside = roles(page.audience, language)  # one role is no choice: it stands among the texts
    to_read = cards if len(beside) > 1 else [*beside, *cards]
    return {
        "reading": reading(page.audience, to_read, phases(language)),
        "roles": beside if len(beside) > 1 else [],
        "life": phases(language) if page.audience == "ouders" else [],
        "faq": faq_for(page.audience, FAQ_ON_A_DOOR),
        "offers": offers_beside(place, audience=page.audience),
        "helplines_here": places.helplines(page.audience)[:3],
        "safety": safety(page.audience, language),
        **_desk(place),
        "words": words_for("kinderen-wie-leest", place),
        "faq_href": next((card.href for card in lib.library().all("faq", language)), ""),
    }


def _desk(place: PlaceInfo | None) -> dict[str, Any]:
    """Return what the band with the desk needs (places/part/desk.html)."""
    return desk_context(place) if place else {}


def _text(page: TextPage, place: PlaceInfo | None, language: str) -> dict[str, Any]:
    phase = str(page.phases[0]) if page.phases else ""
    related = [card for slug in page.related_slugs if (card := lib.by_slug(slug, language))]
    in_body = any(block.block_type == "offers" for block in page.body)
    offers = (
        []
        if in_body or isinstance(page, StatementPage)
        else offers_beside(place, audience=_audience_of(page), phase=phase, subjects=page.subject_list)
    )
    return {"related": related, "offers": offers, "phase": phase, "beside": not isinstance(page, StatementPage)}


def _crumbs(page: BasePage, place: PlaceInfo | None, language: str) -> list[dict[str, str]]:
    held = lib.library()
    crumbs = [{"url": get_script_prefix(), "label": place.name if place else "Naast"}]
    card = held.by_pk.get(page.pk)
    if card is not None and "/" in card.path.rstrip("/"):
        door = held.by_path.get((lib.LANGUAGE, card.path.split("/")[0] + "/"))
        if door is not None:
            door = held.translated(door, language)
            crumbs.append({"url": door.href, "label": door.title, "lang_attr": door.lang_attr})
    return crumbs


# ---------- the editors' screen ----------


@dataclass(frozen=True)
class SlotRow:
    """One line of 'Our places in the text': the slot, where this place stands with it, and where readers meet it."""

    slot: SlotInfo
    state: FillState
    fill: Fill | None
    pages: tuple[Card, ...]


def slot_rows(place: PlaceInfo) -> list[SlotRow]:
    """Return every slot with this place's state: past its date first, then what is required and empty, then the rest."""
    held = lib.library()
    fills = _read_fills([place])[place.id]
    today = clock.today()
    rows = []
    for slot in held.slots.values():
        fill = fills.get(slot.key)
        state = fill_state(fill.body if fill else None, fill.review_due if fill else None, today)
        pages = tuple(card for card in held.by_pk.values() if slot.key in card.keys and card.language == lib.LANGUAGE)
        rows.append(SlotRow(slot, state, fill, pages))
    weight = {"late": 0, "empty": 1, "filled": 2}
    return sorted(rows, key=lambda row: (weight[row.state], not row.slot.required, row.slot.title))


@dataclass(frozen=True)
class ReviewRow:
    """A shared text that waits to be looked at."""

    pk: int
    title: str
    owner: str
    state: CheckState
    review_due: date | None


def to_review() -> list[ReviewRow]:
    """Return live texts past their date and texts nobody looked at, the late ones first."""
    today = clock.today()
    rows = []
    for model in (ArticlePage, RolePage, StatementPage):
        for page in model.objects.live().filter(locale__language_code=lib.LANGUAGE).defer("body"):
            state = check_state(page.checked_on, page.review_due, today)
            if state != "checked":
                rows.append(ReviewRow(page.pk, page.title, page.owner_name, state, page.review_due))
    return sorted(rows, key=lambda row: (row.state != "late", row.title))
