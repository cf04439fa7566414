"""What an editor's form shows: fields with their choices, conditions as blocks to tick, beside what readers see now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from naast.content import library
from naast.content.models import AUDIENCE_CHOICES, PHASE_CHOICES
from naast.directory import rules as directory
from naast.flows import queries as flows
from naast.flows import writing
from naast.flows.parts import Kind
from naast.flows.writing import Ask, Blocks, Tree, listed
from naast.guide import checking
from naast.guide.editing import Field, targets
from naast.places import queries as places

Choices = list[tuple[str, str]]


@dataclass(frozen=True)
class Shown:
    """One field as a form prints it. `live` is what readers see now, where it differs."""

    name: str
    label: str
    help: str
    kind: str
    value: str = ""
    values: tuple[str, ...] = ()
    choices: tuple[tuple[str, str], ...] = ()
    live: str = ""

    @property
    def id(self) -> str:
        """Return the id of its control."""
        return f"veld-{self.name}"

    @property
    def rows(self) -> int:
        """Return how high its box is."""
        return min(10, max(3, len(self.value) // 70 + 1, self.value.count("\n") + 2))


def choices_for(tree: Tree) -> dict[str, Choices]:
    """Return every list of choices by its name, for this draft."""
    none = [("", "–")]
    audiences = [(code, str(words)) for code, words in AUDIENCE_CHOICES]
    phases = [(code, str(words)) for code, words in PHASE_CHOICES]
    orders = [("now", _("Now")), ("soon", _("Soon")), ("later", _("Later"))]
    lines = [(line.key, line.name) for line in places.snapshot().helplines if line.number]
    guides = [(f"{checking.GUIDE}{item.flow.slug}", item.flow.title) for item in flows.all_current()]
    pages = sorted(
        ((card.slug, card.title) for card in library.library().by_pk.values() if card.model in ("article", "role")),
        key=lambda pair: pair[1],
    )
    steps = [(str(s.get("id", "")), str(s.get("title", ""))) for s in listed(tree, "steps") if isinstance(s, dict)]
    helps = [(str(h.get("id", "")), str(h.get("title", ""))) for h in listed(tree, "help") if isinstance(h, dict)]
    ways = targets(tree)
    return {
        "audiences": audiences,
        "audiences_or_none": none + audiences,
        "phases": phases,
        "phases_or_none": none + phases,
        "drawings": none + [(name, name) for name in checking.drawings()],
        "kinds": [
            (Kind.CHOICE.value, _("One answer")),
            (Kind.SEVERAL.value, _("More answers")),
            (Kind.YES_NO_UNKNOWN.value, _("Yes, no or don’t know")),
            (Kind.NUMBER.value, _("A number")),
        ],
        "targets": [("", _("The question below it")), *ways],
        "targets_only": none + ways,
        "helps": [("", _("No"))] + [(name, _("Yes: %s") % title) for name, title in helps],
        "orders": orders,
        "orders_or_none": none + orders,
        "who": [("self", _("The reader alone")), ("both", _("Both parents"))],
        "calls": [(checking.DESK, _("The desk of the municipality")), *lines],
        "lines": lines,
        "subjects": [(subject.slug, subject.label) for subject in directory.subjects()],
        "forms": none + [(form, form) for form in directory.FORMS],
        "pages": list(dict.fromkeys(pages)),
        "links": [("", _("None")), (checking.ASK, _("Ask a question")), *guides],
        "steps": steps,
    }


def _as_text(value: Any, kind: str) -> str:
    if isinstance(value, list):
        return ("\n" if kind == "lines" else ", ").join(str(item) for item in value)
    return "" if value is None else str(value)


def shown(
    fields: Iterable[Field],
    thing: Mapping[str, Any],
    lists: Mapping[str, Choices],
    *,
    prefix: str = "",
    live: Mapping[str, Any] | None = None,
) -> list[Shown]:
    """Return the fields with what stands in the draft; a value that no list knows stays, and says so."""
    found = []
    for field in fields:
        raw = thing.get(field.name, field.default)
        many = [str(item) for item in raw] if isinstance(raw, list) else [str(raw)] if raw else []
        known = list(lists.get(field.choices, []))
        names = [name for name, _words in known]
        if field.kind in ("choice", "checks"):
            known += [(name, _("%s (does not exist)") % name) for name in many if name not in names]
        if field.kind == "checks":
            # In the order in which they stand, then the rest.
            known.sort(key=lambda pair: many.index(pair[0]) if pair[0] in many else len(many))
        now = _as_text(live.get(field.name, field.default), field.kind) if live is not None else ""
        text = _as_text(raw, field.kind)
        words = dict(known)
        if field.kind in ("choice", "checks", "flag"):
            now = ""
        found.append(
            Shown(
                name=f"{prefix}{field.name}",
                label=str(field.label),
                help=str(field.help),
                kind=field.kind,
                value=text,
                values=tuple(many),
                choices=tuple((name, words[name]) for name, _label in known),
                live=now if now and now != text else "",
            )
        )
    return found


# --- Conditions ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class AskShown:
    """One question within a block: its options with a tick, or its bounds."""

    name: str
    title: str
    is_number: bool
    options: tuple[tuple[str, str, bool], ...]
    minimum: str
    maximum: str
    answered: bool
    never: bool
    gone: bool

    @property
    def used(self) -> bool:
        """Tell whether the condition asks something here."""
        return bool(self.minimum or self.maximum or self.answered or any(on for _n, _t, on in self.options))


@dataclass(frozen=True)
class BlockShown:
    """One block: all of what is ticked in it must be so."""

    number: int
    asks: tuple[AskShown, ...]

    @property
    def used(self) -> bool:
        """Tell whether anything is ticked."""
        return any(ask.used for ask in self.asks)


@dataclass(frozen=True)
class ConditionShown:
    """A condition as its form prints it; `knotted` holds the text of one that ticking cannot say."""

    prefix: str
    always: bool
    blocks: tuple[BlockShown, ...]
    knotted: str = ""


def condition_shown(raw: Any, prefix: str, questions: Sequence[Mapping[str, Any]]) -> ConditionShown:
    """Return the condition's blocks, and one empty block to add."""
    found = writing.blocks_of(raw)
    if found is None:
        return ConditionShown(prefix, False, (), writing.write({"when": raw}))
    blocks: Blocks = (*found, ())
    made = tuple(BlockShown(number, _asks(block, questions)) for number, block in enumerate(blocks))
    return ConditionShown(prefix, not found, made)


def _asks(block: tuple[Ask, ...], questions: Sequence[Mapping[str, Any]]) -> tuple[AskShown, ...]:
    asked = {ask.question: ask for ask in block}
    found = []
    for place, question in enumerate(questions, 1):
        name = str(question.get("id", ""))
        ask = asked.pop(name, Ask(name))
        known = [
            (str(option.get("id", "")), str(option.get("text", "")))
            for option in _options(question)
            if isinstance(option, dict) and not option.get("danger")
        ]
        found.append(_ask_shown(ask, f"{place}. {question.get('title', '')}", question.get("kind"), known, gone=False))
    for ask in asked.values():
        found.append(_ask_shown(ask, _("%s (does not exist)") % ask.question, None, [], gone=True))
    return tuple(found)


def _options(question: Mapping[str, Any]) -> list[Any]:
    options = listed(dict(question), "options")
    if not options and question.get("kind") == Kind.YES_NO_UNKNOWN.value:
        return [{"id": "ja", "text": "Ja"}, {"id": "nee", "text": "Nee"}, {"id": "weet-niet", "text": "Weet ik niet"}]
    return options


def _ask_shown(ask: Ask, title: str, kind: Any, known: Choices, *, gone: bool) -> AskShown:
    names = {name for name, _text in known}
    options = [(name, text, name in ask.options) for name, text in known]
    options += [(name, _("%s (does not exist)") % name, True) for name in sorted(ask.options - names)]
    return AskShown(
        name=ask.question,
        title=title,
        is_number=kind == Kind.NUMBER.value,
        options=tuple(options),
        minimum="" if ask.minimum is None else str(ask.minimum),
        maximum="" if ask.maximum is None else str(ask.maximum),
        answered=ask.answered,
        never=ask.never,
        gone=gone,
    )
