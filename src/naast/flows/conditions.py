"""
Conditions over the answers of one run: small frozen trees without Django, clock or database.

A condition is true or false for answers that are known. An answer that is missing (not asked, not yet given,
or skipped) makes every leaf false, so that a rule never fires on something a person did not say.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

# What one question may hold: an option, a number, several options, or None for "skipped".
Value = str | int | tuple[str, ...] | None
Answers = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Always:
    """True whatever was answered."""


@dataclass(frozen=True, slots=True)
class Is:
    """The answer is (choice) or holds (several) one of these options."""

    question: str
    options: frozenset[str]


@dataclass(frozen=True, slots=True)
class Within:
    """The number lies between both bounds, bounds included; None leaves that side open."""

    question: str
    minimum: int | None = None
    maximum: int | None = None


@dataclass(frozen=True, slots=True)
class Answered:
    """The question has an answer, so it was asked and not skipped."""

    question: str


@dataclass(frozen=True, slots=True)
class AllOf:
    """True when every part is."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """True when at least one part is."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """True when the part is false, so also when its question was skipped."""

    part: Condition


Condition = Always | Is | Within | Answered | AllOf | AnyOf | Not
Leaf = Is | Within | Answered


def leaf_holds(leaf: Leaf, value: Value) -> bool:
    """Say whether one leaf is true for one value; a skipped or missing answer (None) never is."""
    if value is None:
        return False
    if isinstance(leaf, Answered):
        return True
    if isinstance(leaf, Is):
        chosen = value if isinstance(value, tuple) else (value,)
        return any(option in leaf.options for option in chosen)
    if not isinstance(value, int):
        return False
    above = leaf.minimum is None or value >= leaf.minimum
    below = leaf.maximum is None or value <= leaf.maximum
    return above and below


def holds(condition: Condition, answers: Answers) -> bool:
    """Say whether the condition is true for these answers."""
    match condition:
        case Always():
            return True
        case AllOf(parts):
            return all(holds(part, answers) for part in parts)
        case AnyOf(parts):
            return any(holds(part, answers) for part in parts)
        case Not(part):
            return not holds(part, answers)
        case Is() | Within() | Answered():
            return leaf_holds(condition, answers.get(condition.question))


def may_hold(condition: Condition, answers: Answers, open_questions: Collection[str]) -> bool | None:
    """
    Say true, false, or None for "depends", while the questions in `open_questions` have no answer yet.

    Used by the checks to stop early on branches where a condition can no longer become true.
    """
    match condition:
        case Always():
            return True
        case Not(part):
            verdict = may_hold(part, answers, open_questions)
            return None if verdict is None else not verdict
        case AllOf(parts):
            verdicts = [may_hold(part, answers, open_questions) for part in parts]
            if False in verdicts:
                return False
            return None if None in verdicts else True
        case AnyOf(parts):
            verdicts = [may_hold(part, answers, open_questions) for part in parts]
            if True in verdicts:
                return True
            return None if None in verdicts else False
        case Is() | Within() | Answered():
            if condition.question in open_questions:
                return None
            return leaf_holds(condition, answers.get(condition.question))


def leaves(condition: Condition) -> Iterator[Leaf]:
    """Yield every leaf of the condition, left to right."""
    match condition:
        case Always():
            return
        case AllOf(parts) | AnyOf(parts):
            for part in parts:
                yield from leaves(part)
        case Not(part):
            yield from leaves(part)
        case Is() | Within() | Answered():
            yield condition


def asked(condition: Condition) -> frozenset[str]:
    """Return the ids of the questions this condition looks at."""
    return frozenset(leaf.question for leaf in leaves(condition))
