"""
A flow in another language: the same questions, rules and steps by id, other words. Pure.

What a translation lacks stays in the flow's own language, a whole item at a time (a question with its options, a step,
a help, the words above a plan), so that no sentence is half of one language and half of the other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

from naast.flows.parts import Flow, Help, Option, Outcome, Question, Step

if TYPE_CHECKING:
    from naast.flows.loading import _Reader

Item = TypeVar("Item", Question, Step, Help, Outcome)

QUESTION = {"id", "title", "why", "help", "summary", "unit", "options"}
OPTION = {"id", "text", "hint", "summary"}
STEP = {"id", "title", "why", "how", "avoid", "with", "costs", "calendar"}
FLOW = {"flow", "language", "title", "lead", "questions", "help", "outcomes", "steps"}
NEEDED = {"title", "lead"}


def translated(reader: _Reader, flow: Flow, language: str, raw: object, where: str) -> Flow:
    """Return the flow in a language from its raw translation; what is wrong with it goes to the reader's problems.

    An id that the flow does not have, another number of lines or a lost `{}` is wrong; what is missing is not.
    """
    data = reader.mapping(raw, where, FLOW, NEEDED)
    for key, meant in (("flow", flow.slug), ("language", language)):
        if data.get(key, meant) != meant:
            reader.wrong("translation-unknown", where, f"{key}: {data[key]}")

    def each(part: str, items: tuple[Item, ...], fields: set[str], say: Any) -> tuple[Item, ...]:
        found = _by_id(reader, data.get(part), f"{where}.{part}", fields, {item.id for item in items})
        return tuple(
            (say(reader, item, found[item.id], f"{where}.{part}[{item.id}]") if item.id in found else None)
            or replace(item, language=flow.language)
            for item in items
        )

    return replace(
        flow,
        language=language,
        title=reader.text(data.get("title"), f"{where}.title"),
        lead=reader.text(data.get("lead"), f"{where}.lead"),
        questions=each("questions", flow.questions, QUESTION, _question),
        steps=each("steps", flow.steps, STEP, _step),
        helps=each("help", flow.helps, {"id", "title", "text"}, _help),
        outcomes=each("outcomes", flow.outcomes, {"id", "title", "text"}, _outcome),
        translations=(),
    )


def untranslated(flow: Flow) -> tuple[str, ...]:
    """Return what a translated flow still says in the language it was written in, as `steps[bel]`."""
    parts: tuple[tuple[str, Iterable[Question | Step | Help | Outcome]], ...] = (
        ("questions", flow.questions),
        ("steps", flow.steps),
        ("help", flow.helps),
        ("outcomes", flow.outcomes),
    )
    return tuple(f"{part}[{item.id}]" for part, items in parts for item in items if item.language)


def _by_id(reader: _Reader, raw: object, where: str, fields: set[str], known: set[str]) -> dict[str, dict[str, Any]]:
    """Read a list of things by their id; an id that the flow does not have is wrong."""
    found: dict[str, dict[str, Any]] = {}
    for place, item in enumerate(reader.listed(raw, where), 1):
        data = reader.mapping(item, f"{where}[{place}]", fields, {"id"})
        name = reader.identifier(data.get("id"), where)
        if name and name not in known:
            reader.wrong("translation-unknown", where, name)
        elif name in found:
            reader.wrong("double-id", where, name)
        else:
            found[name] = data
    return found


def _line(reader: _Reader, said: str, raw: object, where: str) -> str | None:
    """Return the translation of one text: empty where nothing was said, None where it is missing."""
    words = reader.text(raw, where)
    if "{}" in said and words and "{}" not in words:
        reader.wrong("translation-braces", where, words)
    return words or (None if said else "")


def _lines(reader: _Reader, said: tuple[str, ...], raw: object, where: str) -> tuple[str, ...] | None:
    """Return the translation of a list of sentences, one for one; None where it is missing."""
    words = reader.texts(raw, where)
    if words and len(words) != len(said):
        reader.wrong("translation-lines", where, f"{len(words)} ≠ {len(said)}")
    return words if len(words) == len(said) and all(words) else None


def _fields(reader: _Reader, item: Any, data: dict[str, Any], where: str, names: Iterable[str]) -> Iterator[Any]:
    """Yield (field, translation or None); `with` is the file's word for with_whom."""
    for name in names:
        said = getattr(item, "with_whom" if name == "with" else name)
        take = _lines if isinstance(said, tuple) else _line
        yield ("with_whom" if name == "with" else name), take(reader, said, data.get(name), f"{where}.{name}")


def _said(reader: _Reader, item: Any, data: dict[str, Any], where: str, names: Iterable[str]) -> Any:
    """Return the item with these fields translated, or None when one of them is missing."""
    found = dict(_fields(reader, item, data, where, names))
    return None if None in found.values() else replace(item, **found)


def _question(reader: _Reader, question: Question, data: dict[str, Any], where: str) -> Question | None:
    raw = _by_id(reader, data.get("options"), f"{where}.options", OPTION, {option.id for option in question.options})
    options: list[Option | None] = [
        _said(reader, option, raw.get(option.id, {}), f"{where}.options[{option.id}]", ("text", "hint", "summary"))
        for option in question.options
    ]
    found: Question | None = _said(reader, question, data, where, ("title", "why", "help", "summary", "unit"))
    sure = tuple(option for option in options if option is not None)
    return replace(found, options=sure) if found is not None and len(sure) == len(options) else None


def _step(reader: _Reader, step: Step, data: dict[str, Any], where: str) -> Step | None:
    names = ("title", "why", "how", "avoid", "with", "costs", "calendar")
    found: Step | None = _said(reader, step, data, where, names)
    return found


def _help(reader: _Reader, item: Help, data: dict[str, Any], where: str) -> Help | None:
    found: Help | None = _said(reader, item, data, where, ("title", "text"))
    return found


def _outcome(reader: _Reader, outcome: Outcome, data: dict[str, Any], where: str) -> Outcome | None:
    found: Outcome | None = _said(reader, outcome, data, where, ("title", "text"))
    return found
