"""Thinking about text, without Django: shipped pages read from Markdown, states of a fill or a check."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from html import escape
from typing import Any, Literal, TypeVar

from naast.content.level.prose import pieces, words
from naast.places.rules import AUDIENCES, PHASES

SLOT_KINDS = ("contact", "helplines", "offers", "own", "film", "takepart")

WORDS_A_MINUTE = 180
# A shipped text that nobody looked at yet is asked about from this day; one that holds, within a year (product.md P6).
FIRST_LOOK = date(2027, 5, 1)
LOOK_AGAIN = timedelta(days=365)

Block = tuple[str, Any]
T = TypeVar("T")
FillState = Literal["empty", "filled", "late"]
CheckState = Literal["unchecked", "checked", "late"]

_SLOT = re.compile(r"^\{\{slot:(?P<kind>[a-z]+)(?P<rest>(?: [a-z]+=[a-z-]+)*)\}\}$")
_INLINE = re.compile(r"\*\*(?P<bold>.+?)\*\*|\[(?P<text>.+?)\]\((?P<href>.+?)\)")
_ITEM = re.compile(r"^(?:-|\d+\.) +(?P<text>.+)$")


class ContentError(ValueError):
    """A shipped text does not follow its form; the message says where."""


@dataclass(frozen=True)
class Shipped:
    """One shipped page: its front matter and its body as blocks."""

    slug: str
    title: str
    summary: str
    blocks: tuple[Block, ...]
    audiences: tuple[str, ...] = ()
    phases: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    short: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    owner: str = ""
    drawing: str = ""
    kind: str = ""
    checked: date | None = None
    raw: str = field(default="", repr=False, compare=False)


def read_shipped(name: str, meta: Mapping[str, Any], body: str) -> Shipped:
    """Make a page from its front matter and Markdown body.

    Raises ContentError when a field is missing, a code is unknown or a line cannot be read; `name` stands in the message.
    """
    for needed in ("title", "slug", "summary", "owner", "sources"):
        if not meta.get(needed):
            raise ContentError(f"{name}: {needed} is missing")
    for codes, known in ((meta.get("audiences") or (), AUDIENCES), (meta.get("phases") or (), PHASES)):
        if unknown := set(codes) - set(known):
            raise ContentError(f"{name}: unknown code {sorted(unknown)}")
    checked = meta.get("checked")
    if checked is not None and not isinstance(checked, date):
        raise ContentError(f"{name}: checked is a date or empty")
    return Shipped(
        slug=str(meta["slug"]),
        title=str(meta["title"]),
        summary=str(meta["summary"]),
        blocks=tuple(blocks_of(name, body)),
        audiences=tuple(meta.get("audiences") or ()),
        phases=tuple(meta.get("phases") or ()),
        subjects=tuple(meta.get("subjects") or ()),
        short=tuple(meta.get("short") or ()),
        related=tuple(meta.get("related") or ()),
        sources=tuple(str(source) for source in meta["sources"]),
        owner=str(meta["owner"]),
        drawing=str(meta.get("drawing") or ""),
        kind=str(meta.get("kind") or ""),
        checked=checked,
        raw=body,
    )


def blocks_of(name: str, body: str) -> Iterator[Block]:
    """Read Markdown into blocks: ("heading", {level, text}), ("text", html), ("quote", text) and ("slot", {…}).

    Only what we write ourselves is known: ## and ###, paragraphs, lists, > quotes, bold, links and slot lines.
    Raises ContentError on a slot that does not exist.
    """
    text: list[str] = []
    for chunk in re.split(r"\n\s*\n", body.strip()):
        lines = [line.strip() for line in chunk.strip().splitlines()]
        while lines:
            line = lines[0]
            if line.startswith(("#", ">", "{{")) and text:
                yield "text", "".join(text)
                text = []
            if line.startswith("#"):
                marks, _, words = line.partition(" ")
                yield "heading", {"level": str(len(marks)), "text": words}
                lines = lines[1:]
            elif line.startswith("{{"):
                yield "slot", _slot(name, line)
                lines = lines[1:]
            elif line.startswith(">"):
                quote = [one.lstrip("> ") for one in lines if one.startswith(">")]
                yield "quote", " ".join(quote)
                lines = lines[len(quote) :]
            elif _ITEM.match(line):
                items = [match["text"] for one in lines if (match := _ITEM.match(one))]
                tag = "ul" if line.startswith("-") else "ol"
                text.append(f"<{tag}>" + "".join(f"<li>{inline(item)}</li>" for item in items) + f"</{tag}>")
                lines = lines[len(items) :]
            else:
                plain = [one for one in lines if not one.startswith(("#", ">", "{{")) and not _ITEM.match(one)]
                text.append(f"<p>{inline(' '.join(plain))}</p>")
                lines = lines[len(plain) :]
    if text:
        yield "text", "".join(text)


def _slot(name: str, line: str) -> dict[str, str]:
    match = _SLOT.match(line)
    if not match or match["kind"] not in SLOT_KINDS:
        raise ContentError(f"{name}: unknown slot {line}")
    pairs = dict(part.split("=", 1) for part in match["rest"].split())
    if match["kind"] == "own" and "key" not in pairs:
        raise ContentError(f"{name}: an own slot has a key: {line}")
    if match["kind"] == "film" and "key" not in pairs:
        raise ContentError(f"{name}: a film has a key: {line}")
    return {"kind": match["kind"], **pairs}


def inline(text: str) -> str:
    """Turn bold and links into HTML and escape the rest. `naast:<slug>` links stay for the loader to resolve."""
    parts: list[str] = []
    last = 0
    for match in _INLINE.finditer(text):
        parts.append(escape(text[last : match.start()], quote=False))
        if match["bold"]:
            parts.append(f"<b>{escape(match['bold'], quote=False)}</b>")
        else:
            parts.append(f'<a href="{escape(match["href"])}">{escape(match["text"], quote=False)}</a>')
        last = match.end()
    parts.append(escape(text[last:], quote=False))
    return "".join(parts)


def slot_keys(blocks: Sequence[Block]) -> tuple[str, ...]:
    """Return the keys of the own slots in a body, in order, each once."""
    keys = [value["key"] for kind, value in blocks if kind == "slot" and value["kind"] == "own"]
    return tuple(dict.fromkeys(keys))


def paragraphs(blocks: Iterable[Block]) -> Iterator[str]:
    """Return the plain text of a body as a reader meets it: paragraphs, list items and quotes, not headings."""
    for kind, value in blocks:
        if kind in ("text", "quote"):
            yield from pieces(str(value))


def minutes_to_read(blocks: Sequence[Block]) -> int:
    """Return how many minutes reading takes, at least one."""
    total = sum(len(words(piece)) for piece in paragraphs(blocks))
    return max(1, round(total / WORDS_A_MINUTE))


def by_phase(cards: Iterable[T], phases_of: Callable[[T], Sequence[str]]) -> list[tuple[str, list[T]]]:
    """Group cards by phase of life in the order of the line, each card once, under its own first phase.

    What fits every phase, or names none, comes last under "".
    """
    groups: dict[str, list[T]] = {phase: [] for phase in (*PHASES, "")}
    for card in cards:
        own = phases_of(card)
        groups[own[0] if own and len(own) < len(PHASES) else ""].append(card)
    return [(phase, found) for phase, found in groups.items() if found]


def shipped_due(checked: date | None, due: date | None) -> date:
    """Return before which day somebody looks: the text's own date, a year after the last look, else the first look."""
    return due or (checked + LOOK_AGAIN if checked else FIRST_LOOK)


def fill_state(body: str | None, review_due: date | None, today: date) -> FillState:
    """Return where a place's own words stand: nothing written, written, or past the date it set itself."""
    if not body or not body.strip():
        return "empty"
    return "late" if review_due is not None and review_due < today else "filled"


def check_state(checked: date | None, review_due: date | None, today: date) -> CheckState:
    """Return what readers see about a page's facts: never looked at, looked at, or past its date."""
    if checked is None:
        return "unchecked"
    return "late" if review_due is not None and review_due < today else "checked"
