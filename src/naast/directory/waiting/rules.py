"""Thinking about waiting times: the five answers, what they are in weeks, and the drawing of a history.

No Django, no clock, no database. Weeks are whole; OPEN_END stands for "longer than twelve weeks, nobody knows how long".
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil

OPEN_END = 52
DRAWN_FROM = 3  # points: two are no history
MOST_DRAWN = 12

WIDTH, HEIGHT = 320.0, 140.0
LEFT, RIGHT, TOP, BOTTOM = 30.0, 12.0, 10.0, 26.0
LEAST_SCALE = 4


@dataclass(frozen=True)
class Weeks:
    """A range of weeks, both ends included; (0, 0) is no waiting time."""

    least: int
    most: int

    @property
    def open_ended(self) -> bool:
        """Whether nobody knows how long."""
        return self.most >= OPEN_END


# The answers a provider chooses from, by code. Bands that people can tell apart; filters use the same ends.
RANGES: dict[str, Weeks] = {
    "geen": Weeks(0, 0),
    "1-2": Weeks(1, 2),
    "3-6": Weeks(3, 6),
    "7-12": Weeks(7, 12),
    "langer": Weeks(13, OPEN_END),
}


def weeks_of(code: str) -> Weeks | None:
    """Return the range of an answer; None for a code that is none of ours."""
    return RANGES.get(code)


def code_of(least: int | None, most: int | None) -> str:
    """Return the answer a range stands for; '' when it is another range or none."""
    return next((code for code, weeks in RANGES.items() if (weeks.least, weeks.most) == (least, most)), "")


@dataclass(frozen=True)
class Point:
    """How long people waited on a day."""

    on: date
    weeks: Weeks


@dataclass(frozen=True)
class Bar:
    """One point as it is drawn: middle, top and height in the drawing's units; `label` under it where there is room."""

    x: float
    y: float
    height: float
    on: date
    weeks: Weeks
    labelled: bool


@dataclass(frozen=True)
class Line:
    """A line of the scale: its height and its number of weeks."""

    y: float
    weeks: int


@dataclass(frozen=True)
class Chart:
    """A drawing: bars from least to most weeks, in order of day at equal steps of time, and the lines of the scale."""

    bars: tuple[Bar, ...]
    lines: tuple[Line, ...]
    width: float = WIDTH
    height: float = HEIGHT
    left: float = LEFT
    right: float = WIDTH - RIGHT
    base: float = HEIGHT - BOTTOM
    foot: float = HEIGHT - 8


def chart(points: Sequence[Point]) -> Chart | None:
    """Draw a history, oldest left; None with fewer than three points. Only the last twelve are drawn."""
    if len(points) < DRAWN_FROM:
        return None
    shown = sorted(points, key=lambda point: point.on)[-MOST_DRAWN:]
    # what has no known end is drawn up to the top of the scale
    known = [point.weeks.least if point.weeks.open_ended else point.weeks.most for point in shown]
    top = max(LEAST_SCALE, *known) + (2 if any(point.weeks.open_ended for point in shown) else 0)
    step = ceil(top / 4)
    top = ceil(top / step) * step  # no bar above the highest line
    base, scale = HEIGHT - BOTTOM, (HEIGHT - BOTTOM - TOP) / top
    first, days = shown[0].on, max(1, (shown[-1].on - shown[0].on).days)
    room = WIDTH - LEFT - RIGHT - 40
    bars = []
    for place, point in enumerate(shown):
        most = top if point.weeks.open_ended else point.weeks.most
        x = LEFT + 20 + room * (point.on - first).days / days
        height = max(3.0, (most - point.weeks.least) * scale)
        y = min(base - most * scale, base - 3.0)
        labelled = place in (0, len(shown) - 1)
        bars.append(Bar(round(x, 1), round(y, 1), round(height, 1), point.on, point.weeks, labelled))
    lines = tuple(Line(round(base - weeks * scale, 1), weeks) for weeks in range(0, top + 1, step))
    return Chart(tuple(bars), lines)
