"""What changed between two versions of a flow: added, removed, changed field by field, with the words marked. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any

from naast.flows import telling
from naast.flows.conditions import Condition
from naast.flows.parts import Flow, Question, Route, Rule

SAME, GONE, NEW = "same", "gone", "new"


class Act(StrEnum):
    """What happened to a thing."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words: the same in both, gone from the old, or new."""

    mark: str
    text: str


@dataclass(frozen=True, slots=True)
class Field:
    """One field that differs: its name in the file, both texts, and the words with their marks."""

    name: str
    before: str
    after: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """What happened to one thing (`kind` is flow, question, option, rule, step, help, outcome or source)."""

    act: Act
    kind: str
    id: str
    title: str
    fields: tuple[Field, ...] = ()


def compare(old: Flow, new: Flow, language: str = "nl") -> tuple[Change, ...]:
    """Return everything that differs, in the order of the file; nothing for the same flow."""
    found = list(_own(old, new))
    for kind, before, after in (
        ("question", old.questions, new.questions),
        ("step", old.steps, new.steps),
        ("help", old.helps, new.helps),
        ("outcome", old.outcomes, new.outcomes),
    ):
        found += _things(kind, before, after, old, new, language)
    found += _rules(old, new, language)
    found += _sources(old, new)
    return tuple(found)


def pieces(before: str, after: str) -> tuple[Piece, ...]:
    """Return both texts as one line of pieces, word by word."""
    left, right = before.split(), after.split()
    found: list[Piece] = []
    for what, i, j, k, m in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        if what == "equal":
            found.append(Piece(SAME, " ".join(left[i:j])))
            continue
        if j > i:
            found.append(Piece(GONE, " ".join(left[i:j])))
        if m > k:
            found.append(Piece(NEW, " ".join(right[k:m])))
    return tuple(found)


def _field(name: str, before: str, after: str) -> Field:
    return Field(name, before, after, pieces(before, after))


def _text(value: Any, flow: Flow, language: str) -> str:
    """Return a field's value as words."""
    if isinstance(value, tuple):
        return " / ".join(_text(item, flow, language) for item in value)
    if isinstance(value, Route):
        told = telling.condition_words(flow, value.when, language)
        return f"{told} → {telling.question_title(flow, value.to, language)}"
    if isinstance(value, bool):
        return {"nl": ("nee", "ja"), "en": ("no", "yes")}["nl" if language == "nl" else "en"][value]
    if isinstance(value, Condition):
        return telling.condition_words(flow, value, language)
    return "" if value is None else str(value)


def _differing(
    before: Any, after: Any, flows: tuple[Flow, Flow], language: str, leave: Sequence[str] = ("id",)
) -> Iterator[Field]:
    """Yield each field of two things of one kind that differs."""
    for item in fields(before):
        one, two = getattr(before, item.name), getattr(after, item.name)
        if item.name not in leave and one != two:
            name = "with" if item.name == "with_whom" else item.name
            if item.name == "next":
                one = telling.question_title(flows[0], one, language)
                two = telling.question_title(flows[1], two, language)
                if one == two:
                    continue
            yield _field(name, _text(one, flows[0], language), _text(two, flows[1], language))


def _own(old: Flow, new: Flow) -> Iterator[Change]:
    parts = ("questions", "rules", "steps", "helps", "outcomes", "sources")
    differing = tuple(_differing(old, new, (old, new), "nl", parts))
    if differing:
        yield Change(Act.CHANGED, "flow", new.slug, new.title, differing)


def _title(thing: Any) -> str:
    return str(getattr(thing, "title", "") or getattr(thing, "text", "") or thing.id)


def _things(
    kind: str, before: Sequence[Any], after: Sequence[Any], old: Flow, new: Flow, language: str
) -> Iterator[Change]:
    """Yield the changes among things that have an id."""
    was, now = {thing.id: thing for thing in before}, {thing.id: thing for thing in after}
    for name, thing in was.items():
        if name not in now:
            yield Change(Act.REMOVED, kind, name, _title(thing))
    staying = [name for name in was if name in now]
    moved = _moved(staying, [name for name in now if name in was])
    for name, thing in now.items():
        if name not in was:
            yield Change(Act.ADDED, kind, name, _title(thing))
            continue
        differing = tuple(_differing(was[name], thing, (old, new), language, ("id", "options")))
        if differing:
            yield Change(Act.CHANGED, kind, name, _title(thing), differing)
        elif name in moved:
            yield Change(Act.MOVED, kind, name, _title(thing))
        if isinstance(thing, Question):
            yield from _options(was[name], thing, old, new, language)


def _options(before: Question, after: Question, old: Flow, new: Flow, language: str) -> Iterator[Change]:
    """Yield the changes among a question's answers; their title names the question too."""
    for change in _things("option", before.options, after.options, old, new, language):
        yield Change(
            change.act, change.kind, f"{after.id}.{change.id}", f"{after.title} – {change.title}", change.fields
        )


def _moved(before: list[str], after: list[str]) -> set[str]:
    """Return the names that stand elsewhere among the others (the fewest that explain it)."""
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    kept = {name for block in matcher.get_matching_blocks() for name in after[block.b : block.b + block.size]}
    return set(after) - kept


def _rules(old: Flow, new: Flow, language: str) -> Iterator[Change]:
    """Yield the changes among rules: they have no name, so one that adds or asks the same counts as the same."""
    gone = [rule for rule in old.rules if rule not in new.rules]
    fresh = [rule for rule in new.rules if rule not in old.rules]
    for rule in list(gone):
        twin = next((other for other in fresh if other.add == rule.add or other.when == rule.when), None)
        if twin is not None:
            gone.remove(rule)
            fresh.remove(twin)
            differing = tuple(_differing(_told(rule, old), _told(twin, new), (old, new), language))
            yield Change(Act.CHANGED, "rule", "", _rule_title(twin, new, language), differing)
    for act, rules, flow in ((Act.REMOVED, gone, old), (Act.ADDED, fresh, new)):
        for rule in rules:
            yield Change(act, "rule", "", _rule_title(rule, flow, language))


def _told(rule: Rule, flow: Flow) -> Rule:
    """Return the rule with its steps by title."""
    titles = {step.id: step.title for step in flow.steps}
    return Rule(rule.when, tuple(titles.get(name, name) for name in rule.add), rule.order)


def _rule_title(rule: Rule, flow: Flow, language: str) -> str:
    told = telling.condition_words(flow, rule.when, language)
    return f"{told} → {' / '.join(_told(rule, flow).add)}"


def _sources(old: Flow, new: Flow) -> Iterator[Change]:
    was, now = {source.name: source for source in old.sources}, {source.name: source for source in new.sources}
    for name in (name for name in was if name not in now):
        yield Change(Act.REMOVED, "source", name, name)
    for name, source in now.items():
        if name not in was:
            yield Change(Act.ADDED, "source", name, name)
        elif was[name] != source:
            differing = tuple(_differing(was[name], source, (old, new), "nl", ("name",)))
            yield Change(Act.CHANGED, "source", name, name, differing)
