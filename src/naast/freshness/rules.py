"""Thinking about freshness, without Django: when somebody is asked to look again, when a link counts as broken."""

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Literal

# product.md P6: the owner is asked in time. Two weeks ahead, on the day, and two weeks late.
STAGES: tuple[tuple[str, timedelta], ...] = (
    ("soon", timedelta(days=-14)),
    ("due", timedelta(0)),
    ("late", timedelta(days=14)),
)
LOOK_AGAIN = timedelta(days=365)  # a text that still holds is looked at again within a year

Stage = Literal["soon", "due", "late"]

AGAIN_WHEN_THERE = timedelta(days=7)
BACK_OFF = (timedelta(days=1), timedelta(days=2), timedelta(days=4), timedelta(days=7))
BROKEN_AFTER = 3  # looks in a row, so over at least three days: one bad night breaks no link
_HREF = re.compile(r'href=\\?"(https?://[^"\\]+)')
_BARE = re.compile(r"https?://[^\s<>\"'\\)\]]+")


def stage(due: date | None, today: date) -> Stage | None:
    """Return the furthest stage that a text has come to, or None while it is fresh."""
    if due is None:
        return None
    reached: Stage | None = None
    for name, shift in STAGES:
        if today >= due + shift:
            reached = name  # type: ignore[assignment]
    return reached


def links_in(texts: Iterable[str]) -> set[str]:
    """Return the outside addresses in texts, HTML or plain; a full stop at the end belongs to the sentence."""
    found: set[str] = set()
    for text in texts:
        found.update(_HREF.findall(text))
        found.update(match.rstrip(".,;:!?") for match in _BARE.findall(text))
    return {url.replace("&amp;", "&") for url in found}


def next_look(failures: int, now: datetime) -> datetime:
    """Return when to look again: in a week after a good look, sooner and then ever later after bad ones."""
    if failures == 0:
        return now + AGAIN_WHEN_THERE
    return now + BACK_OFF[min(failures, len(BACK_OFF)) - 1]


def is_broken(failures: int) -> bool:
    """Tell whether readers and editors should know: it failed several looks in a row."""
    return failures >= BROKEN_AFTER
