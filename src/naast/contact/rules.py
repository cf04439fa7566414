"""The thinking behind a question: who should read it, when an answer is due, what may happen to it next.

Pure: no Django, no clock, no database. The actions gather the facts, these functions decide, and the tests hold them
to their promise: every question has a desk, and no deadline falls on a day on which nobody works.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from pathlib import Path

import yaml

from naast.conversations.rules import MAX_TEXT, clean_text, opening_words
from naast.core.texts import fold

__all__ = ["MAX_TEXT", "clean_text", "opening_words"]

SUBJECTS_FILE = Path(__file__).parent / "data" / "subjects.yaml"

AUDIENCES = ("ouders", "kinderen", "jongeren", "omgeving", "professionals")
"""Who asks: the codes that stay, see docs/glossary.md."""

EXPERTISES = ("behaviour", "social-work", "youth", "legal")
"""What an adviser may be good at; the coordinator is a role, not an expertise."""

LEAST_WORDS = 4
"""Words that a question needs to stand for a whole text in a list."""

ANSWER_DAYS = 2
"""Working days in which a desk answers when the place has set nothing else."""


# --- What a question is about -----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Subject:
    """One subject: its code, the expertise that suits it, and the beginnings of words that point at it."""

    key: str
    expertise: frozenset[str]
    words: tuple[str, ...]


@dataclass(frozen=True)
class SubjectTable:
    """All of `data/subjects.yaml`: the subjects in order of preference and what audiences bring of themselves."""

    subjects: tuple[Subject, ...]
    audience_expertise: Mapping[str, frozenset[str]]
    likely: Mapping[str, str]

    def expertise(self, subject: str, audience: str) -> frozenset[str]:
        """Return the expertise that a question of this subject and audience asks for; unknown codes ask for none."""
        own = next((item.expertise for item in self.subjects if item.key == subject), frozenset())
        return own | self.audience_expertise.get(audience, frozenset())


@cache
def subject_table() -> SubjectTable:
    """Read `data/subjects.yaml` once. Raises KeyError or yaml.YAMLError when the file is broken (a test reads it)."""
    raw = yaml.safe_load(SUBJECTS_FILE.read_text(encoding="utf-8"))
    return SubjectTable(
        subjects=tuple(
            Subject(item["key"], frozenset(item["expertise"]), tuple(item["words"])) for item in raw["subjects"]
        ),
        audience_expertise={key: frozenset(value) for key, value in raw["audiences"].items()},
        likely=dict(raw["likely"]),
    )


def subject_keys() -> tuple[str, ...]:
    """Return the codes of all subjects, in the order of the file; "advies" is always among them."""
    return tuple(item.key for item in subject_table().subjects)


@cache
def _patterns() -> tuple[tuple[str, tuple[re.Pattern[str], ...]], ...]:
    """Compile the words of each subject once: a beginning of a word, or the whole word where it ends in "$"."""

    def compiled(word: str) -> re.Pattern[str]:
        body = re.escape(fold(word.removesuffix("$")))
        return re.compile(rf"\b{body}\b" if word.endswith("$") else rf"\b{body}")

    return tuple((item.key, tuple(compiled(word) for word in item.words)) for item in subject_table().subjects)


def guess_subject(text: str, audience: str) -> str:
    """Guess the subject of a question from its words: the subject with most different words found in it.

    A help for the adviser, never a reason to refuse or to hide. Without a known word the audience's likeliest subject.
    """
    flat = fold(text)
    best, most = "", 0
    for key, patterns in _patterns():
        found = sum(1 for pattern in patterns if pattern.search(flat))
        if found > most:
            best, most = key, found
    return best or subject_table().likely.get(audience, "advies")


def headline(text: str) -> str:
    """Return the line under which a question stands in a list: its first real question, else its first sentence.

    People often begin with their story; the desk wants to see what they ask. "Mag dat?" alone says too little.
    """
    line = " ".join(clean_text(text).split())
    for sentence in re.findall(r"[^.!?]+[.!?]+", line):
        if sentence.endswith("?") and len(sentence.split()) >= LEAST_WORDS:
            return opening_words(sentence)
    return opening_words(text)


# --- Who should read it -----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class DeskPlace:
    """A place whose desk may take a question. `kind` is municipality, region or country; `slug` is unique."""

    kind: str
    slug: str


@dataclass(frozen=True)
class Adviser:
    """Who works at desks: the slugs of those places, what they are good at, their open questions, their absence.

    `subjects` are those that their teams know. `away` holds (first day, last day), both included. `coordinator` marks
    who catches what nobody else can take.
    """

    id: str
    desks: frozenset[str]
    expertise: frozenset[str] = frozenset()
    away: tuple[tuple[date, date], ...] = ()
    open_items: int = 0
    coordinator: bool = False
    subjects: frozenset[str] = frozenset()

    def present(self, day: date) -> bool:
        """Return whether this adviser works on that day, as far as the absences say."""
        return not any(first <= day <= last for first, last in self.away)


@dataclass(frozen=True)
class QuestionFacts:
    """What routing may look at: the way up from the asker's place (nearest first), the audience and the subject."""

    path: tuple[DeskPlace, ...]
    audience: str
    subject: str


class Reason(StrEnum):
    """Why a question lies where it lies; `contact.models` has the words for the desk."""

    EXPERTISE = "expertise"
    OWN_DESK = "own-desk"
    REGION_EXPERTISE = "region-expertise"
    REGION = "region"
    COORDINATOR = "coordinator"
    ALL_AWAY = "all-away"
    NOBODY = "nobody"


@dataclass(frozen=True)
class Routing:
    """Where a question goes: the desk, who should take it (best first, may be empty), and why."""

    desk: DeskPlace
    candidates: tuple[str, ...]
    reason: Reason


def route(facts: QuestionFacts, advisers: Iterable[Adviser], day: date) -> Routing:
    """Choose the desk and the advisers for a question. Every question gets a desk, also when nobody is there.

    The nearest desk where an adviser is present takes it; among those present the ones with the fitting expertise come
    first, then who has least to do. Nobody present near or far: a present coordinator, nearest first. Nobody at all:
    the nearest desk where people work though all are away; and where no desk has anyone, the region's (else the
    nearest), where the list is watched. Place goes before expertise: a colleague can be asked, a far desk is unknown.
    Raises ValueError when the path is empty, because then there is no place to speak of.
    """
    if not facts.path:
        raise ValueError("A question needs a place.")
    staff = tuple(advisers)
    wanted = subject_table().expertise(facts.subject, facts.audience)

    for step, desk in enumerate(facts.path):
        here = [a for a in staff if desk.slug in a.desks and not a.coordinator and a.present(day)]
        if here:
            fitting = [a for a in here if wanted & a.expertise or facts.subject in a.subjects]
            own = step == 0
            if fitting:
                reason = Reason.EXPERTISE if own else Reason.REGION_EXPERTISE
            else:
                reason = Reason.OWN_DESK if own else Reason.REGION
            return Routing(desk, _best_first(fitting or here, wanted, facts.subject), reason)
    for desk in facts.path:
        here = [a for a in staff if desk.slug in a.desks and a.coordinator and a.present(day)]
        if here:
            return Routing(desk, _best_first(here, wanted, facts.subject), Reason.COORDINATOR)
    for desk in facts.path:
        if any(desk.slug in a.desks for a in staff):
            return Routing(desk, (), Reason.ALL_AWAY)
    region = next((desk for desk in facts.path if desk.kind == "region"), facts.path[0])
    return Routing(region, (), Reason.NOBODY)


def _best_first(advisers: Sequence[Adviser], wanted: frozenset[str], subject: str) -> tuple[str, ...]:
    """Order advisers: a team that knows the subject, most fitting expertise, fewest open questions, then id: total."""

    def key(a: Adviser) -> tuple[bool, int, int, str]:
        return (subject not in a.subjects, -len(wanted & a.expertise), a.open_items, a.id)

    return tuple(a.id for a in sorted(advisers, key=key))


# --- What may happen to it --------------------------------------------------------------------------------------------


class State(StrEnum):
    """The states of a question."""

    NEW = "new"
    TAKEN = "taken"
    WAITING = "waiting"
    ANSWERED = "answered"
    CLOSED = "closed"


class Act(StrEnum):
    """What a person does with a question. `WRITE` is the asker's own act; all others are the desk's.

    `HAND_BACK` has no button: it happens when its holder may no longer answer.
    """

    TAKE = "take"
    ANSWER = "answer"
    ASK_BACK = "ask_back"
    HAND_TO_PERSON = "hand_to_person"
    HAND_TO_DESK = "hand_to_desk"
    HAND_BACK = "hand_back"
    CLOSE = "close"
    WRITE = "write"


OPEN_STATES = (State.NEW, State.TAKEN, State.WAITING)
"""States in which the desk still has something to do or to await."""

TICKING_STATES = (State.NEW, State.TAKEN)
"""States in which the clock of the promised answer runs; while the desk awaits the asker it stands still."""

TRANSITIONS: Mapping[State, Mapping[Act, State]] = {
    State.NEW: {
        Act.TAKE: State.TAKEN,
        Act.ANSWER: State.ANSWERED,
        Act.ASK_BACK: State.WAITING,
        Act.HAND_TO_PERSON: State.TAKEN,
        Act.HAND_TO_DESK: State.NEW,
        Act.CLOSE: State.CLOSED,
        Act.WRITE: State.NEW,
    },
    State.TAKEN: {
        Act.TAKE: State.TAKEN,
        Act.ANSWER: State.ANSWERED,
        Act.ASK_BACK: State.WAITING,
        Act.HAND_TO_PERSON: State.TAKEN,
        Act.HAND_TO_DESK: State.NEW,
        Act.HAND_BACK: State.NEW,
        Act.CLOSE: State.CLOSED,
        Act.WRITE: State.TAKEN,
    },
    State.WAITING: {
        Act.TAKE: State.WAITING,
        Act.ANSWER: State.ANSWERED,
        Act.ASK_BACK: State.WAITING,
        Act.HAND_TO_PERSON: State.WAITING,
        Act.HAND_TO_DESK: State.NEW,
        Act.HAND_BACK: State.WAITING,
        Act.CLOSE: State.CLOSED,
        Act.WRITE: State.TAKEN,
    },
    State.ANSWERED: {
        Act.ANSWER: State.ANSWERED,
        Act.ASK_BACK: State.WAITING,
        Act.CLOSE: State.CLOSED,
        Act.WRITE: State.TAKEN,
    },
    State.CLOSED: {
        Act.WRITE: State.TAKEN,
    },
}
"""The state machine: state → act → next state. What does not stand here may not happen; the asker may always write."""


class NotNow(ValueError):
    """An act that the state of the question does not allow: somebody else was earlier."""


def next_state(state: State, act: Act, *, holder: bool = True) -> State:
    """Return the state after an act. Raises NotNow when the state does not allow it.

    `holder` says whether somebody holds the question: when the asker writes again and nobody does, it is new once more.
    """
    try:
        after = TRANSITIONS[state][act]
    except KeyError as error:
        raise NotNow(f"{act} is not possible in state {state}") from error
    return State.NEW if act is Act.WRITE and after is State.TAKEN and not holder else after


def allowed(state: State) -> frozenset[Act]:
    """Return what the desk may do in a state (the asker may always write)."""
    return frozenset(TRANSITIONS[state]) - {Act.WRITE}


def is_overdue(state: State, due: datetime | None, now: datetime) -> bool:
    """Return whether the promised moment has passed while the clock ran."""
    return due is not None and state in TICKING_STATES and due < now
