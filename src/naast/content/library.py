"""The shared tree in memory: every live page's card and every slot's national words, read once a tree generation.

A page is found by its address here without a query, and menus, cards and links in texts cost none either.
"""

import threading
from dataclasses import dataclass, field, replace

from django.urls import get_script_prefix
from django.utils.safestring import SafeString, mark_safe
from wagtail.models import Page

from naast.content.models import (
    ArticlePage,
    DoorPage,
    FaqEntry,
    FaqPage,
    HomePage,
    PhasePage,
    RolePage,
    Slot,
    StatementPage,
)
from naast.content.rules import minutes_to_read
from naast.core import generations, languages

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
    group: str = ""  # the same for a page and its translations
    said_in: str = ""  # the language of its title: Dutch while a translation left it as it was

    @property
    def lang_attr(self) -> SafeString:
        """Return the attributes of its words where they are in another language than the page around them."""
        return mark_safe(languages.attributes(self.said_in or self.language))  # codes of our own list

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
    language: str = LANGUAGE


@dataclass(frozen=True)
class Answered:
    """A question that is often asked, with its answer as stored."""

    key: str
    question: str
    answer: str
    audiences: tuple[str, ...]
    language: str = LANGUAGE
    group: str = ""

    @property
    def lang_attr(self) -> SafeString:
        """Return the attributes of its words where they are in another language than the page around them."""
        return mark_safe(languages.attributes(self.language))


@dataclass(frozen=True)
class Library:
    """Everything shared at one generation."""

    generation: tuple[int, int]
    by_path: dict[tuple[str, str], Card] = field(default_factory=dict)
    by_pk: dict[int, Card] = field(default_factory=dict)
    by_slug: dict[tuple[str, str], Card] = field(default_factory=dict)
    slots: dict[str, SlotInfo] = field(default_factory=dict)
    faq: tuple[Answered, ...] = ()
    by_group: dict[tuple[str, str], Card] = field(default_factory=dict)
    slots_in: dict[tuple[str, str], SlotInfo] = field(default_factory=dict)
    faq_in: dict[tuple[str, str], Answered] = field(default_factory=dict)

    def all(self, model: str, language: str = LANGUAGE) -> list[Card]:
        """Return the cards of one kind of page in the order of the Dutch tree, each translated where it is.

        What exists in this language only comes last.
        """
        cards = [card for card in self.by_pk.values() if card.model == model]
        dutch = [card for card in cards if card.language == LANGUAGE]
        if language == LANGUAGE:
            return dutch
        groups = {card.group for card in dutch}
        own = [card for card in cards if card.language == language and card.group not in groups]
        return [self.translated(card, language) for card in dutch] + own

    def translated(self, card: Card, language: str) -> Card:
        """Return a page in a language: its translation, else in Dutch, else as it is."""
        return self.by_group.get((language, card.group)) or self.by_group.get((LANGUAGE, card.group)) or card

    def questions(self, language: str = LANGUAGE) -> list[Answered]:
        """Return the questions people ask, each translated where it is."""
        return [self.faq_in.get((language, entry.group), entry) for entry in self.faq]

    def slot(self, key: str, language: str = LANGUAGE) -> SlotInfo | None:
        """Return a slot with its national words, translated where they are."""
        return self.slots_in.get((language, key)) or self.slots.get(key)


_held: Library | None = None
_lock = threading.Lock()


def _cards(root: Page, language: str) -> list[Card]:
    cut = len(root.url_path)
    # A copy that only follows the Dutch page is no translation: readers get the Dutch one, with the notice.
    live = Page.objects.live().descendant_of(root).filter(alias_of=None)
    base = ("pk", "url_path", "slug", "title", "path", "summary", "translation_key")
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
            "group": str(row["translation_key"]),
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
    dutch = {card.group: card.title for card in cards if card.language == LANGUAGE}
    cards = [replace(card, said_in=LANGUAGE) if dutch.get(card.group) == card.title else card for card in cards]
    slots, slots_in = _read_slots()
    faq = [_answered(entry) for entry in FaqEntry.objects.filter(live=True).select_related("locale")]
    asked = {entry.group: entry.question for entry in faq if entry.language == LANGUAGE}
    return Library(
        generation,
        by_path={(card.language, card.path): card for card in cards},
        by_pk={card.pk: card for card in cards},
        by_slug={(card.language, card.slug): card for card in cards},
        slots=slots,
        faq=tuple(entry for entry in faq if entry.language == LANGUAGE),
        by_group={(card.language, card.group): card for card in cards},
        slots_in=slots_in,
        faq_in={
            (entry.language, entry.group): entry
            for entry in faq
            if entry.language == LANGUAGE or asked.get(entry.group) != entry.question  # not translated yet
        },
    )


def _answered(entry: FaqEntry) -> Answered:
    # Rows of before there were languages have none: they are Dutch.
    language = entry.locale.language_code if entry.locale else LANGUAGE
    return Answered(
        entry.key,
        entry.question,
        entry.answer,
        tuple(entry.audiences),
        language,
        str(entry.translation_key or entry.key),
    )


def _read_slots() -> tuple[dict[str, SlotInfo], dict[tuple[str, str], SlotInfo]]:
    """Return the slots by key, and their translations by language and the same key."""
    rows = list(Slot.objects.select_related("locale"))
    dutch = {row.key: row for row in rows if row.locale is None or row.locale.language_code == LANGUAGE}
    keys = {row.translation_key: key for key, row in dutch.items() if row.translation_key}
    words = {
        key: SlotInfo(pk=row.pk, **{name: getattr(row, name) for name in SLOT_FIELDS}) for key, row in dutch.items()
    }
    translated = {}
    for row in rows:
        key = keys.get(row.translation_key)
        if row.key not in dutch and key and row.fallback != dutch[key].fallback:  # else not translated yet
            values = {name: getattr(row, name) for name in SLOT_FIELDS} | {"key": key}
            code = row.locale.language_code
            translated[(code, key)] = SlotInfo(pk=dutch[key].pk, **values, language=code)
    return words, translated


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
    """Return the page at an address below a place, and whether it is Dutch standing in for a missing translation.

    The address may be the page's in any language: then the page found has another `path`, and the reader is led there.
    """
    held = library()
    if card := held.by_path.get((language, path)):
        return card, False
    for code in (LANGUAGE, *languages.known()):
        if card := held.by_path.get((code, path)):
            found = held.translated(card, language)
            return (found, found.language != language) if found.language in (language, LANGUAGE) else None
    return None


def by_slug(slug: str, language: str = LANGUAGE) -> Card | None:
    """Return a page by its slug (in this language or the Dutch one), in this language or in Dutch."""
    held = library()
    card = held.by_slug.get((language, slug)) or held.by_slug.get((LANGUAGE, slug))
    return held.translated(card, language) if card else None


def forget() -> None:
    """Drop what is held in memory."""
    global _held
    with _lock:
        _held = None
