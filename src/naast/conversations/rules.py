"""The thinking about threads: states, what a text must be, when it is erased. Pure."""

import calendar
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

MAX_TEXT = 4_000  # characters; about a page and a half
KEPT_MONTHS = 6  # after the last message (docs/safety.md)
TITLE_LENGTH = 80


class Author(StrEnum):
    """Who speaks."""

    RESIDENT = "resident"
    STAFF = "staff"
    SYSTEM = "system"


class State(StrEnum):
    """Whose turn it is."""

    ASKED = "asked"  # the resident wrote last: somebody should read it
    ANSWERED = "answered"  # staff wrote last
    DONE = "done"  # the resident said that it helped; writing again opens it


class Act(StrEnum):
    """What happens to a thread."""

    WRITE = "write"
    ANSWER = "answer"
    FINISH = "finish"


TRANSITIONS: Mapping[State, Mapping[Act, State]] = {
    State.ASKED: {Act.WRITE: State.ASKED, Act.ANSWER: State.ANSWERED, Act.FINISH: State.DONE},
    State.ANSWERED: {Act.WRITE: State.ASKED, Act.ANSWER: State.ANSWERED, Act.FINISH: State.DONE},
    State.DONE: {Act.WRITE: State.ASKED, Act.ANSWER: State.ANSWERED, Act.FINISH: State.DONE},
}


class Refused(ValueError):
    """A text that cannot be kept as it is: `code` is "empty" or "too-long", `over` the characters too many."""

    def __init__(self, code: str, over: int = 0) -> None:
        super().__init__(code)
        self.code, self.over = code, over


@dataclass(frozen=True)
class Turn:
    """One message as a page shows it."""

    mine: bool
    by: str
    where: str  # the desk a name belongs to; empty where `by` says it all
    at: datetime
    text: str


def next_state(state: State, act: Act) -> State:
    """Return the state after an act."""
    return TRANSITIONS[state][act]


def clean_text(text: str) -> str:
    """Return the text as it is counted and kept: one kind of line end, no NUL, no white space around it."""
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "").strip()


def keepable(text: str) -> str:
    """Return the clean text, or raise Refused for an empty or too long one. Words are never cut in silence."""
    clean = clean_text(text)
    if not clean:
        raise Refused("empty")
    if len(clean) > MAX_TEXT:
        raise Refused("too-long", len(clean) - MAX_TEXT)
    return clean


def opening_words(text: str) -> str:
    """Return the first question in a text as its heading, else the first sentence, cut at a word when it is long."""
    line = " ".join(clean_text(text).split())
    sentences = re.findall(r"\S.*?(?:[.?!](?=\s|$)|$)", line)
    asked = next((part for part in sentences if part.endswith("?") and len(part) <= TITLE_LENGTH), "")
    short = asked or (sentences[0] if sentences else "")
    if len(short) <= TITLE_LENGTH:
        return short
    cut = short[: TITLE_LENGTH - 1]
    return (cut.rsplit(" ", 1)[0] if " " in cut else cut).rstrip(" ,;:-") + "…"


def months_later(day: date, months: int) -> date:
    """Return the same day some months later, or the last day of a shorter month."""
    at = day.month - 1 + months
    year, month = day.year + at // 12, at % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def erased_on(last_message: date) -> date:
    """Return the day on which a thread is erased: 6 months after its last message, answer or not (docs/safety.md)."""
    return months_later(last_message, KEPT_MONTHS)


def past_rule(today: date) -> date:
    """Return the day before which a thread's last message must lie for it to be erased today.

    Never a day too early: the last day of a month counts as the end of a shorter month.
    """
    return months_later(today, -KEPT_MONTHS)
