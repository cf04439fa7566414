"""Thinking about taking part, without Django: when a poll is open, which results may be shown, what a nickname is."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

# docs/safety.md and the figures' publication rule: below ten answers nothing is shown, the rest in steps of five.
LEAST_ANSWERS = 10
STEP = 5
LONGEST_NICKNAME = 30
MOST_TOGETHER = 4

Stage = Literal["waiting", "open", "closed"]
_MAIL = re.compile(r"\S+@\S+\.\S+")
_DIGITS = re.compile(r"\d[\d .-]{6,}\d")


@dataclass(frozen=True)
class Share:
    """One answer of a poll: its words and its share in whole percents, in steps of five."""

    code: str
    text: str
    percent: int


@dataclass(frozen=True)
class Outcome:
    """What a poll shows: `about` answers (rounded to five), or None while there are too few to show anything."""

    about: int | None
    shares: tuple[Share, ...] = ()


def stage(opens_on: date, closes_on: date, today: date) -> Stage:
    """Return whether a poll can be answered today; its last day counts."""
    if today < opens_on:
        return "waiting"
    return "open" if today <= closes_on else "closed"


def rounded(value: float, step: int = STEP) -> int:
    """Round to the nearest step, halves up."""
    return int(value / step + 0.5) * step


def outcome(options: Mapping[str, str], counts: Mapping[str, int]) -> Outcome:
    """Return what may be shown of a poll (option code → words, option code → answers).

    Nothing below ten answers; shares and the total in steps of five, so that one answer more tells nothing about one person.
    """
    total = sum(counts.get(code, 0) for code in options)
    if total < LEAST_ANSWERS:
        return Outcome(None)
    shares = (Share(code, text, rounded(100 * counts.get(code, 0) / total)) for code, text in options.items())
    return Outcome(rounded(total), tuple(shares))


def clean_nickname(text: str) -> str:
    """Return a nickname as it is kept: one line, single spaces."""
    return " ".join(text.split())[: LONGEST_NICKNAME + 1]


def nickname_fault(nickname: str) -> Literal["empty", "long", "mail", "number"] | None:
    """Return what is wrong with a nickname: nobody needs an address or a number to be let in."""
    if not nickname:
        return "empty"
    if _MAIL.search(nickname):
        return "mail"
    if _DIGITS.search(nickname):
        return "number"
    return "long" if len(nickname) > LONGEST_NICKNAME else None


def seats_left(seats: int, taken: int) -> int:
    """Return how many seats are free; never below zero."""
    return max(0, seats - taken)


def may_sign_up(
    *, starts_at: datetime, now: datetime, cancelled: bool, left: int
) -> Literal["yes", "full", "over", "off"]:
    """Return whether somebody can still sign up for an evening."""
    if cancelled:
        return "off"
    if now >= starts_at:
        return "over"
    return "yes" if left > 0 else "full"
