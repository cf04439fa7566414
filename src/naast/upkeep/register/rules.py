"""Thinking about register and DPIA, without Django, clock or database: what a place fills in, and what it still lacks.

A register holds what AVG article 30 asks. The DPIA follows the model of the state: four parts, seventeen points.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from naast.upkeep.statements.rules import months_after

Kind = Literal["register", "dpia"]
KINDS: tuple[Kind, ...] = ("register", "dpia")
REVIEW_MONTHS = 36  # a DPIA is looked at again within three years (WP248 rev.01, III.D)

# Why a paper cannot be decided on yet; words.py says each in Dutch, with what to do.
GapCode = Literal[
    "controller", "officer", "processors", "agreed", "agreed-future", "special", "why", "advice", "advice-on",
    "advice-future", "decided-by", "decided-on", "decided-future", "decided-early", "review", "review-late",
]  # fmt: skip


@dataclass(frozen=True)
class Gap:
    """One thing that is not there yet: why, the field it is about, and what it concerns."""

    code: GapCode
    field: str = ""
    about: str = ""


@dataclass(frozen=True)
class Processor:
    """An organisation that handles data for the place, and since when that is agreed in writing."""

    name: str
    what: str = ""
    agreed: date | None = None


@dataclass(frozen=True)
class OwnRisk:
    """A risk that the place sees itself, what it does about it, and what is left."""

    risk: str
    measure: str = ""
    left: str = ""


@dataclass(frozen=True)
class Register:
    """What a place adds to the register."""

    processors: tuple[Processor, ...] = ()
    joint: str = ""  # who decides along (AVG article 26)
    outside: str = ""  # what leaves the European Economic Area
    special: str = ""  # the exception of AVG article 9
    open: str = ""
    decided_by: str = ""  # a function, never a person's name
    decided_on: date | None = None

    def gaps(self, today: date) -> list[Gap]:
        """Return what lacks before it can be decided on."""
        found = [] if self.processors else [Gap("processors", "processors")]
        for one in self.processors:
            if one.agreed is None:
                found.append(Gap("agreed", "processors", one.name))
            elif one.agreed > today:
                found.append(Gap("agreed-future", "processors", one.name))
        found += [] if self.special else [Gap("special", "special")]
        return found + _decision(self.decided_by, self.decided_on, today)


@dataclass(frozen=True)
class Dpia:
    """What a place adds to the DPIA."""

    why: str = ""
    where: str = ""
    policy: str = ""
    children: str = ""
    risks: tuple[OwnRisk, ...] = ()
    accepts: str = ""
    advice_on: date | None = None
    advice: str = ""
    followed: str = ""
    open: str = ""
    decided_by: str = ""
    decided_on: date | None = None
    review_on: date | None = None

    def gaps(self, today: date) -> list[Gap]:
        """Return what lacks before it can be decided on."""
        found = [] if self.why else [Gap("why", "why")]
        if self.advice_on is None:
            found.append(Gap("advice-on", "advice_on"))
        elif self.advice_on > today:
            found.append(Gap("advice-future", "advice_on"))
        found += [] if self.advice else [Gap("advice", "advice")]
        found += _decision(self.decided_by, self.decided_on, today)
        if self.decided_on and self.advice_on and self.decided_on < self.advice_on:
            found.append(Gap("decided-early", "decided_on"))
        begins = self.decided_on or today
        if self.review_on is None or self.review_on <= begins:
            found.append(Gap("review", "review_on"))
        elif self.review_on > months_after(begins, REVIEW_MONTHS):
            found.append(Gap("review-late", "review_on"))
        return found


Filled = Register | Dpia
TYPES: dict[str, type[Register] | type[Dpia]] = {"register": Register, "dpia": Dpia}
ROWS: dict[str, type[Processor] | type[OwnRisk]] = {"processors": Processor, "risks": OwnRisk}
DAYS = frozenset({"agreed", "decided_on", "advice_on", "review_on"})


def _decision(by: str, on: date | None, today: date) -> list[Gap]:
    found = [] if by else [Gap("decided-by", "decided_by")]
    if on is None:
        found.append(Gap("decided-on", "decided_on"))
    elif on > today:
        found.append(Gap("decided-future", "decided_on"))
    return found


def read(kind: str, data: Mapping[str, Any]) -> Filled:
    """Return what a place filled in from what was kept of it; unknown keys are left out. KeyError for an unknown kind."""
    return _read(TYPES[kind], data)  # type: ignore[no-any-return]


def _read(made: Any, data: Mapping[str, Any]) -> Any:
    values: dict[str, Any] = {}
    for name in made.__dataclass_fields__:
        value = data.get(name)
        if value in (None, ""):
            continue
        if name in DAYS:
            value = date.fromisoformat(value)
        elif name in ROWS:
            value = tuple(_read(ROWS[name], row) for row in value)
        values[name] = value
    return made(**values)


def write(filled: Any) -> dict[str, Any]:
    """Return what is kept of it: JSON with days as ISO dates."""

    def plain(value: Any) -> Any:
        if isinstance(value, date):
            return value.isoformat()
        return [write(one) for one in value] if isinstance(value, tuple) else value

    return {name: plain(getattr(filled, name)) for name in filled.__dataclass_fields__}


def review_due(filled: Filled, today: date, *, ahead_days: int = 60) -> bool:
    """Tell whether a decided DPIA must be looked at again, or nearly."""
    return isinstance(filled, Dpia) and filled.review_on is not None and (filled.review_on - today).days <= ahead_days
