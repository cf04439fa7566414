"""What is wrong with a guide's text, for its editor: the engine's checks, what the rest of the house knows, the language.

Errors refuse publishing, warnings do not. Each finding names the part in words and says where to mend it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from naast.content import library, loading
from naast.content.level import readability
from naast.core.templatetags.naast import DRAWINGS
from naast.directory import rules as directory
from naast.flows import analysis, writing
from naast.flows import loading as flow_texts
from naast.flows.models import Flow as FlowRow
from naast.flows.parts import Flow
from naast.flows.problems import LoadError, Problem
from naast.flows.writing import Tree
from naast.guide.editing import TEXT
from naast.places import queries as places
from naast.places.rules import AUDIENCES, PHASES

DESK = "loket"
ASK, GUIDE = "vraag", "wegwijzer:"
WHERE = re.compile(r"(questions|steps|rules|help|outcomes|sources)\[([^\]]+)\](.*)")
MOST_WARNINGS = 12


@dataclass(frozen=True)
class Finding:
    """One thing to mend: which part in words, what is wrong, and the part and place of its form (0: none)."""

    where: str
    text: str
    part: str = ""
    number: int = 0


@dataclass(frozen=True)
class Report:
    """All findings; `flow` is None while the text cannot be read."""

    errors: tuple[Finding, ...] = ()
    warnings: tuple[Finding, ...] = ()
    flow: Flow | None = field(default=None, compare=False)

    @property
    def good(self) -> bool:
        """Tell whether it may be published."""
        return not self.errors


def report(text: str) -> Report:
    """Check a guide's text as it would be published now."""
    try:
        flow = flow_texts.parse(text)
    except LoadError as error:
        try:
            tree = writing.read(text)
        except LoadError:
            tree = {}
        return Report(errors=tuple(_finding(problem, tree) for problem in error.problems))
    tree = writing.read(text)
    problems = [*analysis.check(flow), *_house(flow)]
    if not any(option.danger for question in flow.questions for option in question.options):
        problems.append(Problem("no-danger", ""))
    errors = tuple(dict.fromkeys(_finding(problem, tree) for problem in problems))
    return Report(errors, tuple(_language(flow)), flow)


# --- What the rest of the house knows -------------------------------------------------------------------------------

HOUSE = {
    "no-danger": lambda detail: _("No answer points at danger. Every guide needs one that leads to help at once."),
    "unknown-page": lambda detail: _("The page ‘%s’ does not exist or is not published.") % detail,
    "unknown-guide": lambda detail: _("The guide ‘%s’ does not exist or is not published.") % detail,
    "unknown-link": lambda detail: _("The button leads to ‘%s’, and we do not know that.") % detail,
    "unknown-call": lambda detail: _("There is no telephone number for ‘%s’.") % detail,
    "unknown-subject": lambda detail: _("The subject ‘%s’ does not exist in the directory of help.") % detail,
    "unknown-form": lambda detail: _("The form of help ‘%s’ does not exist.") % detail,
    "unknown-audience": lambda detail: _("Choose for whom this is. ‘%s’ is not on the list.") % detail,
    "unknown-phase": lambda detail: _("Choose a phase of life. ‘%s’ is not on the list.") % detail,
    "unknown-drawing": lambda detail: _("The drawing ‘%s’ does not exist.") % detail,
}


def drawings() -> list[str]:
    """Return the names of the house's drawings."""
    return sorted(file.stem for file in DRAWINGS.glob("*.svg"))


def page_slugs() -> frozenset[str]:
    """Return the slugs of all published pages that a step can name."""
    return frozenset(card.slug for card in library.library().by_pk.values() if card.model in ("article", "role"))


def _house(flow: Flow) -> Iterator[Problem]:
    """Names that must exist outside the guide."""
    lines = {line.key for line in places.snapshot().helplines if line.number}
    subjects = {subject.slug for subject in directory.subjects()}
    guides = set(FlowRow.objects.exclude(current=None).values_list("slug", flat=True))
    pages = page_slugs()
    yield from _in((flow.audience,), AUDIENCES, "unknown-audience", "audience")
    yield from _in((flow.phase,), PHASES, "unknown-phase", "phase")
    yield from _in(filter(None, (flow.drawing,)), drawings(), "unknown-drawing", "drawing")
    for step in flow.steps:
        where = f"steps[{step.id}]"
        yield from _in(step.call, lines | {DESK}, "unknown-call", where)
        yield from _in(step.subjects, subjects, "unknown-subject", where)
        yield from _in(filter(None, (step.form,)), directory.FORMS, "unknown-form", where)
        yield from _in(filter(None, (step.audience,)), AUDIENCES, "unknown-audience", where)
        yield from _in(step.read, pages, "unknown-page", where)
        if step.link.startswith(GUIDE):
            yield from _in((step.link.removeprefix(GUIDE),), guides, "unknown-guide", where)
        elif step.link not in ("", ASK):
            yield Problem("unknown-link", where, step.link)
    for item in flow.helps:
        yield from _in(item.lines, lines, "unknown-call", f"help[{item.id}]")
    for words in flow.outcomes:
        yield from _in(filter(None, (words.audience,)), AUDIENCES, "unknown-audience", f"outcomes[{words.id}]")
        yield from _in(filter(None, (words.phase,)), PHASES, "unknown-phase", f"outcomes[{words.id}]")


def _in(named: Any, known: Any, code: str, where: str) -> Iterator[Problem]:
    for item in named:
        if item not in known:
            yield Problem(code, where, item)


# --- Language --------------------------------------------------------------------------------------------------------


def _language(flow: Flow) -> Iterator[Finding]:
    """Warn of words and sentences that ask too much of a reader."""
    if flow.language != "nl":
        return
    measures, lists = readability.measures_for((flow.audience,)), loading.word_lists()
    seen = 0
    for where, _name, text, _needed in analysis.all_words(flow):
        for found in readability.measure((text,), measures, lists).findings:
            if found.kind in ("hard", "jargon", "huge"):
                seen += 1
                if seen <= MOST_WARNINGS:
                    name, part, number = _named(where, {}, flow)
                    yield Finding(name, f"‘{Truncator(found.text).words(12)}’: {found.say}", part, number)


# --- Where, in words -------------------------------------------------------------------------------------------------


def _finding(problem: Problem, tree: Tree) -> Finding:
    where, part, number = _named(problem.where, tree)
    if problem.code in HOUSE:
        return Finding(where, HOUSE[problem.code](problem.detail), part, number)
    code = "missing-words" if problem.code == "missing-field" else problem.code  # an emptied field is a missing text
    bare = Problem(code, "", _by_title(problem, tree)).message("nl")
    return Finding(where, f"{bare.rstrip('.')}.", part, number)


def _by_title(problem: Problem, tree: Tree) -> str:
    """Return the detail with titles in the place of technical names."""
    titles = {
        str(item.get("id")): str(item.get("title") or item.get("id"))
        for part in ("questions", "steps", "help")
        for item in writing.listed(tree, part)
        if isinstance(item, dict)
    }
    if problem.code == "loop":
        return " → ".join(titles.get(name, name) for name in problem.detail.split(" → "))
    if problem.code in ("missing-words", "missing-field"):
        return _label(problem)
    return titles.get(problem.detail, problem.detail)


def _label(problem: Problem) -> str:
    """Return the name that a field has in its form."""
    found = WHERE.match(problem.where)
    part = found[1] if found else "guide"
    for name in ("options", "routes"):
        if found and found[3].startswith(f".{name}["):
            part = name
    return next((str(item.label) for item in TEXT[part] if item.name == problem.detail), problem.detail)


def _words_of(part: str) -> str:
    return {
        "questions": _("Question"),
        "steps": _("Step"),
        "rules": _("Rule"),
        "help": _("Help in danger"),
        "outcomes": _("Words above the plan"),
        "sources": _("Source"),
    }[part]


def _named(where: str, tree: Tree, flow: Flow | None = None) -> tuple[str, str, int]:
    """Return (words, part, place) for a place as the engine names it."""
    found = WHERE.match(where)
    if not found:
        return (_("The guide") if where in ("title", "lead", "") else where), "guide", 0
    part, name, rest = found.groups()
    things: list[Any] = writing.listed(tree, part)
    if flow is not None:
        things = [
            {"id": getattr(item, "id", ""), "title": getattr(item, "title", "")}
            for item in getattr(flow, {"help": "helps"}.get(part, part))
        ]
    number = next((at for at, item in enumerate(things, 1) if isinstance(item, dict) and item.get("id") == name), 0)
    if not number and name.isdigit():
        number = int(name)
    thing = things[number - 1] if 0 < number <= len(things) else {"title": name}
    thing = thing if isinstance(thing, dict) else {}  # a word where fields belong
    title = str(thing.get("title") or "")
    inner = re.match(r"\.(options|routes)\[([^\]]+)\]", rest)
    words = f"{_words_of(part)} {number or ''} {f'‘{title}’' if title else ''}".strip().replace("  ", " ")
    if inner and inner[1] == "routes":
        words += f", {_('route')} {inner[2]}"
    elif inner:
        options = writing.listed(thing, "options")
        told = next((item.get("text") for item in options if isinstance(item, dict) and item.get("id") == inner[2]), "")
        words += f", {_('answer')} ‘{told or inner[2]}’"
    return words, part, number
