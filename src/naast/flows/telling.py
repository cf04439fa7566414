"""A flow in words: what a condition asks, and each question with its answers and where they lead. Pure.

The words are for editors: question titles and answers, never technical names, unless something does not exist.
"""

from __future__ import annotations

from dataclasses import dataclass

from naast.flows.conditions import AllOf, Always, Answered, AnyOf, Condition, Is, Not, Within
from naast.flows.parts import PLAN, Flow, Kind, Question

WORDS: dict[str, tuple[str, str]] = {
    "always": ("altijd", "always"),
    "and": (" en ", " and "),
    "or": (" of ", " or "),
    "not": ("niet: {}", "not: {}"),
    "is": ("bij ‘{}’ is gekozen: {}", "at ‘{}’ the choice is: {}"),
    "from-to": ("{} tot en met {}", "{} up to {}"),
    "from": ("{} of meer", "{} or more"),
    "to": ("{} of minder", "{} or less"),
    "number": ("bij ‘{}’ is het getal {}", "at ‘{}’ the number is {}"),
    "answered": ("‘{}’ is beantwoord", "‘{}’ is answered"),
    "given": ("beantwoord", "answered"),
    "else": ("anders", "otherwise"),
    "plan": ("Het plan", "The plan"),
    "missing": ("{} (bestaat niet)", "{} (does not exist)"),
    "skip": ("overslaan kan", "can be skipped"),
    "from-number": ("een getal van {} tot en met {}", "a number from {} to {}"),
}


def word(key: str, language: str = "nl") -> str:
    """Return one of this module's words in Dutch ("nl") or English."""
    return WORDS[key][0 if language == "nl" else 1]


def _question(flow: Flow, question_id: str) -> Question | None:
    return next((question for question in flow.questions if question.id == question_id), None)


def question_title(flow: Flow, question_id: str, language: str = "nl") -> str:
    """Return a question's title, the plan's name for `plan`, or the id with "does not exist"."""
    if question_id == PLAN:
        return word("plan", language)
    found = _question(flow, question_id)
    return found.title or found.id if found else word("missing", language).format(question_id)


def _options(flow: Flow, leaf: Is, language: str) -> str:
    question = _question(flow, leaf.question)
    known = {option.id: option.text or option.id for option in question.options} if question else {}
    inside = [text for option_id, text in known.items() if option_id in leaf.options]
    outside = sorted(leaf.options - known.keys())
    return word("or", language).join([*inside, *(word("missing", language).format(name) for name in outside)])


def _bounds(leaf: Within, language: str) -> str:
    if leaf.minimum is not None and leaf.maximum is not None:
        if leaf.minimum == leaf.maximum:
            return str(leaf.minimum)
        return word("from-to", language).format(leaf.minimum, leaf.maximum)
    if leaf.minimum is not None:
        return word("from", language).format(leaf.minimum)
    return word("to", language).format(leaf.maximum)


def condition_words(flow: Flow, condition: Condition, language: str = "nl", at: str = "") -> str:
    """Return the condition as words; the title of the question `at`, where the reader already is, is left out."""
    return _words(flow, condition, language, at, inner=False)


def _words(flow: Flow, condition: Condition, language: str, at: str, *, inner: bool) -> str:
    match condition:
        case Always():
            return word("always", language)
        case Is(question_id):
            told = _options(flow, condition, language)
            title = question_title(flow, question_id, language)
            return told if question_id == at else word("is", language).format(title, told)
        case Within(question_id):
            told = _bounds(condition, language)
            title = question_title(flow, question_id, language)
            return told if question_id == at else word("number", language).format(title, told)
        case Answered(question_id):
            if question_id == at:
                return word("given", language)
            return word("answered", language).format(question_title(flow, question_id, language))
        case Not(part):
            return word("not", language).format(_words(flow, part, language, at, inner=True))
        case AllOf(parts) | AnyOf(parts):
            glue = word("and" if isinstance(condition, AllOf) else "or", language)
            told = glue.join(_words(flow, part, language, at, inner=True) for part in parts)
            return f"({told})" if inner and len(parts) > 1 else told


@dataclass(frozen=True, slots=True)
class Way:
    """One way on from a question: when (empty: always), and where to; `danger` for a way to help."""

    when: str
    to: str
    danger: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """One question as a row of the table that says the same as the drawing."""

    number: int
    id: str
    title: str
    answers: tuple[str, ...]
    ways: tuple[Way, ...]
    optional: bool


def answers_of(question: Question, language: str = "nl") -> tuple[str, ...]:
    """Return the safe answers as words; for a number its bounds."""
    if question.kind is Kind.NUMBER:
        return (word("from-number", language).format(question.minimum, question.maximum),)
    return tuple(option.text or option.id for option in question.options if not option.danger)


def help_title(flow: Flow, help_id: str, language: str = "nl") -> str:
    """Return the title of a help, or its id with "does not exist"."""
    found = next((item for item in flow.helps if item.id == help_id), None)
    return found.title or found.id if found else word("missing", language).format(help_id)


def told(flow: Flow, language: str = "nl") -> tuple[Told, ...]:
    """Return every question with its answers and its ways on: routes in order, the rest, danger last."""
    rows = []
    for number, question in enumerate(flow.questions, 1):
        ways = [
            Way(condition_words(flow, route.when, language, question.id), question_title(flow, route.to, language))
            for route in question.routes
        ]
        rest = word("else", language) if ways else ""
        ways.append(Way(rest, question_title(flow, question.next, language)))
        ways += [
            Way(option.text, help_title(flow, option.danger, language), danger=True)
            for option in question.options
            if option.danger
        ]
        rows.append(
            Told(number, question.id, question.title, answers_of(question, language), tuple(ways), question.optional)
        )
    return tuple(rows)


def as_lines(flow: Flow, language: str = "nl") -> list[str]:
    """Return the table as lines of plain text."""
    lines = []
    for row in told(flow, language):
        lines.append(f"{row.number}. {row.title} [{' / '.join(row.answers)}]")
        for way in row.ways:
            mark = "!" if way.danger else "→"
            lines.append(f"   {mark} {way.when + ': ' if way.when else ''}{way.to}")
    return lines
