"""The shared tree in memory: every live page's card and every slot's national words, read once a tree generation.

A page is found by its address here without a query, and menus, cards and links in texts cost none either.
"""

import threading
from dataclasses import dataclass, field

from django.urls import get_script_prefix
from wagtail.models import Page

from naast.core import generations

from .models import ArticlePage, DoorPage, FaqEntry, FaqPage, HomePage, PhasePage, RolePage, Slot, StatementPage
from .rules import minutes_to_read

LANGUAGE = "nl"
SLOT_FIELDS = ("key", "title", "heading", "help", "example", "fallback", "required")


@dataclass(frozen=True)
class Card:
    """A live page as lists and links need it. `path` is its address below a place, without a slash in front."""

    pk: int
    model: str
    path: str
    slug: str
    title: str
    language: str
    order: str
    summary: str = ""
    drawing: str = ""
    audience: str = ""
    phase: str = ""
    line: str = ""
    statement: str = ""
    audiences: tuple[str, ...] = ()
    phases: tuple[str, ...] = ()
    minutes: int = 1
    keys: tuple[str, ...] = ()

    @property
    def href(self) -> str:
        """Return the address in the place where we stand."""
        return f"{get_script_prefix()}{self.path}"


@dataclass(frozen=True)
class SlotInfo:
    """A slot and the national words that stand there while a place has none."""

    pk: int
    key: str
    title: str
    heading: str
    help: str
    example: str
    fallback: str
    required: bool


@dataclass(frozen=True)
class Answered:
    """A question that is often asked, with its answer as stored."""

    key: str
    question: str
    answer: str
    audiences: tuple[str, ...]


@dataclass(frozen=True)
class Library:
    """Everything shared at one generation."""

    generation: tuple[int, int]
    by_path: dict[tuple[str, str], Card] = field(default_factory=dict)
    by_pk: dict[int, Card] = field(default_factory=dict)
    by_slug: dict[tuple[str, str], Card] = field(default_factory=dict)
    slots: dict[str, SlotInfo] = field(default_factory=dict)
    faq: tuple[Answered, ...] = ()

    def all(self, model: str, language: str = LANGUAGE) -> list[Card]:
        """Return the cards of one kind of page in the order of the tree; other languages fall back to Dutch."""
        cards = [card for card in self.by_pk.values() if card.model == model and card.language == language]
        return cards or ([card for card in self.by_pk.values() if card.model == model] if language != LANGUAGE else [])


_held: Library | None = None
_lock = threading.Lock()


def _cards(root: Page, language: str) -> list[Card]:
    cut = len(root.url_path)
    live = Page.objects.live().descendant_of(root)
    base = ("pk", "url_path", "slug", "title", "path", "summary")
    found: list[Card] = []

    def common(row: dict[str, object], model: str) -> dict[str, object]:
        return {
            "pk": row["pk"],
            "model": model,
            "path": str(row["url_path"])[cut:],
            "slug": row["slug"],
            "title": row["title"],
            "language": language,
            "order": row["path"],
            "summary": row["summary"],
        }

    for row in DoorPage.objects.filter(pk__in=live).values(*base, "audience", "drawing"):
        found.append(Card(**common(row, "door"), audience=row["audience"], drawing=row["drawing"]))  # type: ignore[arg-type]
    for row in PhasePage.objects.filter(pk__in=live).values(*base, "phase", "line"):
        found.append(Card(**common(row, "phase"), phase=row["phase"], line=row["line"]))  # type: ignore[arg-type]
    for row in FaqPage.objects.filter(pk__in=live).values(*base):
        found.append(Card(**common(row, "faq")))  # type: ignore[arg-type]
    for model, name in ((ArticlePage, "article"), (RolePage, "role"), (StatementPage, "statement")):
        for page in model.objects.filter(pk__in=live):
            row = {name_: getattr(page, name_) for name_ in base}
            # As stored: binding the blocks would ask for their choices, which come from here.
            blocks = [(block["type"], block["value"]) for block in page.body.raw_data]
            found.append(
                Card(
                    **common(row, name),  # type: ignore[arg-type]
                    drawing=page.drawing,
                    audiences=tuple(page.audiences),
                    phases=tuple(page.phases),
                    statement=getattr(page, "statement", ""),
                    minutes=minutes_to_read([pair for pair in blocks if pair[0] in ("text", "quote")]),
                    keys=tuple(value["key"] for kind, value in blocks if kind == "own"),
                )
            )
    return sorted(found, key=lambda card: card.order)


def _read(generation: tuple[int, int]) -> Library:
    roots = list(HomePage.objects.live().select_related("locale").order_by("path"))
    cards = [card for root in roots for card in _cards(root, root.locale.language_code)]
    slots = {
        slot.key: SlotInfo(pk=slot.pk, **{name: getattr(slot, name) for name in SLOT_FIELDS})
        for slot in Slot.objects.all()
    }
    faq = tuple(
        Answered(entry.key, entry.question, entry.answer, tuple(entry.audiences))
        for entry in FaqEntry.objects.filter(live=True)
    )
    return Library(
        generation,
        by_path={(card.language, card.path): card for card in cards},
        by_pk={card.pk: card for card in cards},
        by_slug={(card.language, card.slug): card for card in cards},
        slots=slots,
        faq=faq,
    )


def library() -> Library:
    """Return the shared tree as it is now; read again only when its generation changed."""
    global _held
    generation = generations.seen()
    held = _held
    if held is not None and held.generation == generation and not generations.in_doubt():
        return held
    with _lock:
        fresh = _read(generation)
        _held = fresh
    return fresh


def find(path: str, language: str = LANGUAGE) -> tuple[Card, bool] | None:
    """Return the page at an address below a place, and whether it is Dutch standing in for a missing translation."""
    held = library()
    if card := held.by_path.get((language, path)):
        return card, False
    if language != LANGUAGE and (card := held.by_path.get((LANGUAGE, path))):
        return card, True
    return None


def by_slug(slug: str, language: str = LANGUAGE) -> Card | None:
    """Return a page by its slug, in this language or in Dutch."""
    held = library()
    return held.by_slug.get((language, slug)) or held.by_slug.get((LANGUAGE, slug))


def forget() -> None:
    """Drop what is held in memory."""
    global _held
    with _lock:
        _held = None
