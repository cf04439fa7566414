"""What an editor fills in for each part of a guide, and how that is written into the draft's text.

A draft may hold anything: nothing typed is refused here, `checking` says what is wrong. Fields that no form shows pass
through untouched.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from naast.flows import loading, writing
from naast.flows.parts import PLAN, Kind
from naast.flows.problems import LoadError
from naast.flows.writing import Ask, Blocks, Tree, listed

Label = Any
Choices = Sequence[tuple[str, Label]]


@dataclass(frozen=True)
class Field:
    """One field of a form: its key in the file, what it is called, what belongs there, and how it is filled in."""

    name: str
    label: Label
    help: Label = ""
    kind: str = "line"  # line, text, lines, choice, checks, flag, number
    choices: str = ""  # which list of choices (see `choices_for`)
    default: str = ""  # what a missing key means


TEXT = {
    "guide": (
        Field("title", _("Title"), _("As somebody would say it: ‘We gaan uit elkaar’.")),
        Field("lead", _("Under the title"), _("Two or three short sentences: what you ask, what the reader gets."), "text"),
        Field("audience", _("For whom"), "", "choice", "audiences"),
        Field("phase", _("Phase of life"), _("Decides which local offers stand beside the steps."), "choice", "phases"),
        Field("minutes", _("Minutes"), _("How long it takes to answer."), "number"),
        Field("now_limit", _("Most steps for now"), _("More than this move to ‘soon’. Five is a full week."), "number"),
        Field("drawing", _("Drawing"), "", "choice", "drawings"),
        Field("owner", _("Kept true by"), _("A team or function, no person's name.")),
    ),
    "questions": (
        Field("title", _("The question"), _("One thing at a time, short, with ‘je’.")),
        Field("why", _("Why you ask"), _("Readers see this under the question. Say what you do with the answer."), "text"),
        Field("help", _("Help with answering"), _("Empty: nothing stands there."), "text"),
        Field("kind", _("How one answers"), "", "choice", "kinds", Kind.CHOICE.value),
        Field("optional", _("May be skipped"), _("A question with a danger answer must be one."), "flag", "", "true"),
        Field("summary", _("In the summary"), _("The sentence with the answer at {}. A number needs it."), "line"),
        Field("minimum", _("Smallest number"), _("Only for a number."), "number"),
        Field("maximum", _("Largest number"), _("Only for a number."), "number"),
        Field("unit", _("Unit"), _("Only for a number: years, months."), "line"),
        Field("next", _("Then go to"), _("Where the reader goes when no route below fits."), "choice", "targets"),
    ),
    "options": (
        Field("text", _("Answer"), ""),
        Field("hint", _("Small print"), ""),
        Field("summary", _("In the summary"), ""),
        Field("danger", _("Points at danger"), "", "choice", "helps"),
        Field("exclusive", _("Goes alone"), "", "flag"),
    ),
    "routes": (Field("to", _("Then go to"), "", "choice", "targets_only"),),
    "steps": (
        Field("title", _("What to do"), _("Begin with a verb.")),
        Field("why", _("Why it helps"), "", "text"),
        Field("how", _("How to do it"), _("One sentence a line. Each becomes a point."), "lines"),
        Field("avoid", _("Rather not"), _("One sentence a line; empty: left out."), "lines"),
        Field("order", _("When"), _("A rule may bring it forward."), "choice", "orders"),
        Field("who", _("Who does it"), "", "choice", "who", "self"),
        Field("with", _("With whom"), _("A person or a service.")),
        Field("costs", _("Costs"), _("What the reader pays. Write ‘Gratis.’ when it is free.")),
        Field("call", _("Whom to call"), "", "checks", "calls"),
        Field("subjects", _("Local help about"), _("Offers about these subjects stand beside the step."), "checks", "subjects"),
        Field("audience", _("Help for whom"), _("Empty: for the readers of the guide."), "choice", "audiences_or_none"),
        Field("form", _("Help in which form"), "", "choice", "forms"),
        Field("read", _("Read more on our pages"), _("Only pages that are published."), "checks", "pages"),
        Field("link", _("Button"), "", "choice", "links"),
        Field("calendar", _("In the calendar"), _("Neutral words: others may see the calendar.")),
        Field("local", _("Municipalities may put words of their own here"), "", "flag"),
    ),
    "rules": (
        Field("add", _("Then these steps join the plan"), "", "checks", "steps"),
        Field("order", _("When"), _("Empty: the moment that stands with the step."), "choice", "orders_or_none"),
    ),
    "help": (
        Field("title", _("Title"), ""),
        Field("text", _("Text"), _("One sentence a line."), "lines"),
        Field("lines", _("Whom to call"), _("In the order of this list."), "checks", "lines"),
    ),
    "outcomes": (
        Field("title", _("Title"), ""),
        Field("text", _("Text"), "", "text"),
        Field("audience", _("Help for whom"), _("Empty: for the readers of the guide."), "choice", "audiences_or_none"),
        Field("phase", _("Phase of life"), _("Empty: that of the guide."), "choice", "phases_or_none"),
    ),
    "sources": (
        Field("name", _("Source"), ""),
        Field("url", _("Address"), ""),
        Field("checked", _("Seen on"), _("As 2026-11-22; empty: nobody looked yet.")),
    ),
}  # fmt: skip
# Parts whose things hang on answers.
CONDITIONAL = ("rules", "outcomes")
STARTS: Mapping[str, Tree] = {
    "questions": {"kind": Kind.CHOICE.value, "title": "", "why": "", "options": []},
    "steps": {"title": "", "why": "", "order": "soon", "with": "", "costs": ""},
    "rules": {"when": "always", "add": []},
    "help": {"title": "", "text": [], "lines": ["112"]},
    "outcomes": {"when": "always", "title": "", "text": ""},
    "sources": {"name": "", "url": "", "checked": ""},
}
NAMES = {"questions": "vraag", "steps": "stap", "help": "hulp", "outcomes": "slot"}


def stamp(thing: object) -> str:
    """Return a short hash of a thing as it is, to notice that somebody else changed it meanwhile."""
    return hashlib.sha256(json.dumps(thing, ensure_ascii=False, sort_keys=True).encode()).hexdigest()[:16]


# --- Reading what was typed ------------------------------------------------------------------------------------------


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _typed(field: Field, post: QueryDict, prefix: str) -> Any:
    """Return a field as the file holds it; an empty one is None."""
    key = f"{prefix}{field.name}"
    if field.kind == "flag":
        value = "true" if post.get(key) else "false"
        return None if value == (field.default or "false") else value
    if field.kind == "checks":
        return [item for item in post.getlist(key) if item] or None
    text = post.get(key, "")
    if field.kind == "lines":
        return [_one_line(line) for line in text.splitlines() if line.strip()] or None
    return _one_line(text) or None


def fill(fields: Iterable[Field], thing: Mapping[str, Any], post: QueryDict, prefix: str = "") -> Tree:
    """Return the thing with every field of the form as it was typed; other keys stay."""
    made = dict(thing)
    for field in fields:
        value = _typed(field, post, prefix)
        before = made.get(field.name)
        if before is None and value == field.default:
            continue  # what a missing key means needs no key
        if value is None:
            if before not in (None, "", []) or field.kind == "flag":
                made.pop(field.name, None)
            elif before is not None:
                made[field.name] = before
        # One line may stand as a text or as a list of one: what says the same stays as it was written.
        elif not (isinstance(before, str) and value in ([before], _one_line(before))):
            made[field.name] = value
    return made


# --- Conditions ------------------------------------------------------------------------------------------------------


def condition_typed(raw: Any, post: QueryDict, prefix: str, questions: Sequence[Mapping[str, Any]]) -> Any:
    """Return a condition as it was typed; one that was not touched stays exactly as it was written."""
    if f"{prefix}yaml" in post:  # too knotted for the form: it is shown and kept as it is
        return raw
    typed = tuple(block for number in block_numbers(post, prefix) if (block := _block(post, prefix, number, questions)))
    if post.get(f"{prefix}always"):
        typed = ()
    before = writing.blocks_of(raw)
    if before is not None and _same(before, typed):
        return raw
    return writing.raw_condition(typed)


def _same(one: Blocks, two: Blocks) -> bool:
    return {frozenset(block) for block in one} == {frozenset(block) for block in two}


def block_numbers(post: QueryDict, prefix: str) -> list[int]:
    """Return the numbers of the blocks that a form sent."""
    return [int(item) for item in post.getlist(f"{prefix}block") if item.isdigit()]


def _number(text: str) -> int | None:
    return int(text) if text.strip().lstrip("-").isdigit() else None


def _block(post: QueryDict, prefix: str, number: int, questions: Sequence[Mapping[str, Any]]) -> tuple[Ask, ...]:
    found = []
    known = [str(question.get("id", "")) for question in questions]
    gone = [item for item in post.getlist(f"{prefix}{number}-gone") if item not in known]
    for name in [*known, *gone]:
        key = f"{prefix}{number}-{name}"
        options = frozenset(item for item in post.getlist(f"{key}-is") if item)
        low, high = _number(post.get(f"{key}-min", "")), _number(post.get(f"{key}-max", ""))
        never = bool(post.get(f"{key}-never"))
        if options:
            found.append(Ask(name, options, never=never))
        elif low is not None or high is not None:
            found.append(Ask(name, minimum=low, maximum=high, never=never))
        elif post.get(f"{key}-answered"):
            found.append(Ask(name, answered=True, never=never))
    return tuple(found)


# --- The draft as a whole --------------------------------------------------------------------------------------------


def thing_at(tree: Tree, part: str, number: int) -> Tree | None:
    """Return the thing at this place (from 1) of a part, or None; anything that is no mapping counts as empty."""
    things = listed(tree, part)
    if not 1 <= number <= len(things):
        return None
    thing = things[number - 1]
    return thing if isinstance(thing, dict) else {}


def put(tree: Tree, part: str, number: int, thing: Tree) -> Tree:
    """Return the draft with this thing at that place."""
    things = listed(tree, part)
    things[number - 1] = thing
    return {**tree, part: things}


def add(tree: Tree, part: str, title: str = "") -> tuple[Tree, int]:
    """Return the draft with a new thing at the end of a part, and its place. Its name comes from the title, for good."""
    things = listed(tree, part)
    made = dict(STARTS[part])
    if "title" in made:
        made["title"] = _one_line(title)
    if part in NAMES:
        taken = {str(thing.get("id")) for thing in things if isinstance(thing, dict)}
        made = {"id": writing.new_id(title, taken, NAMES[part]), **made}
    return {**tree, part: [*things, made]}, len(things) + 1


def remove(tree: Tree, part: str, number: int) -> Tree:
    """Return the draft without the thing at this place."""
    things = listed(tree, part)
    return {**tree, part: [thing for place, thing in enumerate(things, 1) if place != number]}


def move(tree: Tree, part: str, number: int, by: int) -> Tree:
    """Return the draft with the thing one place up (-1) or down (1); at the edge nothing moves."""
    return {**tree, part: shifted(listed(tree, part), number, by)}


def shifted(things: list[Any], number: int, by: int) -> list[Any]:
    """Return the list with one thing moved."""
    to = number - 1 + by
    if 0 <= number - 1 < len(things) and 0 <= to < len(things):
        things = list(things)
        things[number - 1], things[to] = things[to], things[number - 1]
    return things


def thing_typed(tree: Tree, part: str, number: int, post: QueryDict) -> Tree:
    """Return the thing at this place as it was typed, options, routes and conditions included."""
    thing = thing_at(tree, part, number) or {}
    made = fill(TEXT[part], thing, post)
    questions = [item for item in listed(tree, "questions") if isinstance(item, dict)]
    if part in CONDITIONAL:
        when = condition_typed(thing.get("when", "always"), post, "when-", questions)
        if "when" in thing or when != "always":
            made["when"] = when
    if part == "questions":
        made["options"] = _rows(thing, post, "options", questions)
        made["routes"] = _rows(thing, post, "routes", questions)
        for name in ("options", "routes"):
            if not made[name] and name not in thing:
                del made[name]
    return made


def _rows(thing: Tree, post: QueryDict, part: str, questions: list[Tree]) -> list[Any]:
    """Return the answers or routes of a question as typed; the empty row at the end is none."""
    before = listed(thing, part)
    made: list[Any] = []
    for text in post.getlist(f"{part}-row"):
        place = int(text) if text.isdigit() else len(before)
        old = before[place] if place < len(before) and isinstance(before[place], dict) else {}
        prefix = f"{part}-{place}-"
        if post.get(f"{prefix}gone"):
            continue
        row = fill(TEXT[part], old, post, prefix)
        if part == "routes":
            if not old and not row.get("to"):
                continue
            row = {**row, "when": condition_typed(old.get("when", "always"), post, f"{prefix}when-", questions)}
        elif not old and not row.get("text"):
            continue
        elif not row.get("id"):
            taken = {str(item.get("id")) for item in [*before, *made] if isinstance(item, dict)}
            row = {"id": writing.new_id(str(row.get("text", "")), taken, "antwoord"), **row}
        made.append(row)
    return made


def targets(tree: Tree) -> list[tuple[str, str]]:
    """Return (id, title) of all questions, then the plan."""
    found = [
        (str(item.get("id", "")), f"{place}. {item.get('title', '')}")
        for place, item in enumerate(listed(tree, "questions"), 1)
        if isinstance(item, dict)
    ]
    return [*found, (PLAN, str(_("The plan")))]


# --- Translations ----------------------------------------------------------------------------------------------------

_TRANSLATED = re.compile(r"translations\.(\w+)\.(\w+)\[([^\]]+)\]")


def without_misfits(tree: Tree) -> tuple[Tree, int]:
    """Return the draft without translated parts that no longer fit their Dutch (another number of lines, an answer that
    went), and how many those were: readers see the Dutch there until somebody translates it again.
    """
    dropped = 0
    for _round in range(3):
        try:
            loading.parse(writing.write(tree))
            break
        except LoadError as error:
            wrong = {found.groups() for problem in error.problems if (found := _TRANSLATED.match(problem.where))}
        if not wrong:
            break
        others = dict(tree.get("translations") or {})
        for language, part, name in wrong:
            words = dict(others.get(language) or {})
            kept = [item for item in listed(words, part) if not (isinstance(item, dict) and item.get("id") == name)]
            dropped += len(listed(words, part)) - len(kept)
            others[language] = {**words, part: kept}
        tree = {**tree, "translations": others}
    return tree, dropped
