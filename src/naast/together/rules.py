"""Thinking about taking part, without Django: when a poll is open, which results may be shown, what a nickname is."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

# docs/safety.md, Numbers: below ten nothing is shown, the rest in steps of five, percentages only of fifty or more, and no
# hidden number can be computed from the others.
LEAST_ANSWERS = 10
LEAST_FOR_PERCENT = 50
STEP = 5
LONGEST_NICKNAME = 30
MOST_TOGETHER = 4

Stage = Literal["waiting", "open", "closed"]
_MAIL = re.compile(r"\S+@\S+\.\S+")
_DIGITS = re.compile(r"\d[\d .-]{6,}\d")


@dataclass(frozen=True)
class Share:
    """One answer of a poll: its words, about how many gave it (None: too few to say) and its percentage of all."""

    code: str
    text: str
    about: int | None
    percent: int | None


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

    Nothing below ten answers in all. An answer that fewer than ten gave is not told; where that is one answer alone, the
    smallest other one is not told either, because it would follow from the total.
    """
    given = {code: counts.get(code, 0) for code in options}
    total = sum(given.values())
    if total < LEAST_ANSWERS:
        return Outcome(None)
    hidden = {code for code, number in given.items() if number < LEAST_ANSWERS}
    if len(hidden) == 1 and len(given) > 1:
        hidden.add(min(given.keys() - hidden, key=lambda code: (given[code], code)))
    shares = []
    for code, text in options.items():
        told = code not in hidden
        percent = rounded(100 * given[code] / total) if told and total >= LEAST_FOR_PERCENT else None
        shares.append(Share(code, text, rounded(given[code]) if told else None, percent))
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
