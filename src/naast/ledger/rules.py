"""What may be counted, and in which coarse steps. Pure."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

# Every fact with its dimensions and their allowed values ("*" = a code of a room: subject, flow, page kind).
FACTS: Mapping[str, tuple[str, ...]] = {
    "visit": ("page", "source"),
    "question": ("audience", "subject", "urgent", "hours"),
    "answer": ("audience", "subject", "band"),
    "question-state": ("state",),
    "guide-start": ("flow",),
    "guide-finish": ("flow",),
    "plan-kept": ("flow", "way"),
    "search": ("audience", "phase", "found"),
    # by chosen filters only, never by a word; "several" where more than one was chosen of a filter
    "search-nothing": ("audience", "phase", "form", "costs"),
    "locker": ("audience",),
    "poll-answer": ("poll", "option"),
    "evening-sign-up": ("state",),
    "offer-check": ("by", "answer"),
    "offer-proposal": ("state",),
    "offer-saved": ("state",),
}

BANDS: tuple[tuple[timedelta, str], ...] = (
    (timedelta(hours=4), "within-4-hours"),
    (timedelta(days=1), "within-1-day"),
    (timedelta(days=2), "within-2-days"),
    (timedelta(days=5), "within-5-days"),
    (timedelta(days=10), "within-10-days"),
)
LAST_BAND = "longer"


def band(duration: timedelta) -> str:
    """Return the fixed band of a duration; an exact duration could point at one person."""
    return next((name for limit, name in BANDS if duration <= limit), LAST_BAND)


def part_of_day(moment: datetime) -> str:
    """Return office, evening or weekend for a local moment; an exact hour could point at one person."""
    if moment.weekday() >= 5:
        return "weekend"
    return "office" if 8 <= moment.hour < 18 else "evening"


def month_of(day: date) -> str:
    """Return the month as 2026-11."""
    return f"{day.year:04d}-{day.month:02d}"


def canonical(fact: str, dimensions: Mapping[str, str]) -> str:
    """Return dimensions as one sorted text. ValueError for an unknown fact, dimension or a value that is not a code."""
    if fact not in FACTS:
        raise ValueError(f"Unknown fact '{fact}'.")
    unknown = set(dimensions) - set(FACTS[fact])
    if unknown:
        raise ValueError(f"Fact '{fact}' has no dimension {sorted(unknown)}.")
    for value in dimensions.values():
        if not value or len(value) > 40 or not value.replace("-", "").replace("_", "").isalnum():
            raise ValueError(f"'{value}' is not a code.")
    return ";".join(f"{name}={dimensions[name]}" for name in sorted(dimensions))
