"""Emergency pages in further languages: one file of words each in data/emergency/ (docs/languages.md).

The words are the file's; numbers and hours come from the one list of helplines, so that they change in one place.
"""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from .rules import HelplineInfo, clock_words

DATA = Path(__file__).resolve().parent / "data/emergency"
LARGE = 4  # so many lines stand as large numbers on top
_APART = re.compile(r"\{([^{}]+)\}")


@cache
def codes() -> frozenset[str]:
    """Return the languages that have an emergency page of their own."""
    return frozenset(path.stem for path in DATA.glob("*.yaml"))


@cache
def words(code: str) -> dict[str, Any]:
    """Return the words of a language's page. Raises FileNotFoundError where it has none."""
    found: dict[str, Any] = yaml.safe_load((DATA / f"{code}.yaml").read_text(encoding="utf-8"))
    return found


def apart(text: str) -> SafeString:
    """Return text in which {a name or number} stands apart, so that it keeps its own direction."""
    return mark_safe(_APART.sub(r'<bdi dir="ltr">\1</bdi>', escape(text)))  # escaped before, marks are our own


@dataclass(frozen=True)
class Line:
    """A helpline in a further language."""

    key: str
    tel: str
    number: str
    name: SafeString
    about: str
    hours: SafeString
    free: bool


@dataclass(frozen=True)
class EmergencyPage:
    """What the template shows."""

    code: str
    words: dict[str, Any]
    lead: SafeString
    large: list[Line]
    more: list[Line]


def page(code: str, helplines: list[HelplineInfo]) -> EmergencyPage:
    """Return a language's page with these helplines, in the order of its file; unknown and silent ones are left out."""
    said = words(code)
    known = {line.key: line for line in helplines if line.tel}
    lines = [_line(known[key], own, said) for key, own in said["lines"].items() if key in known]
    return EmergencyPage(code, said, apart(said["lead"]), lines[:LARGE], lines[LARGE:])


def _line(line: HelplineInfo, own: dict[str, str], said: dict[str, Any]) -> Line:
    return Line(
        line.key, line.tel, line.number, apart(own["name"]), own["about"], _hours(line, said["hours"]), bool(line.free)
    )


def _hours(line: HelplineInfo, said: dict[str, str]) -> SafeString:
    """Return hours that these words can say: always, or the same hours every day; else nothing rather than a mistake."""
    if line.always_open:
        return escape(said["always"])
    times = {(stretch.opens, stretch.closes) for stretch in line.hours or ()}
    if len(times) == 1 and len({stretch.weekday for stretch in line.hours or ()}) == 7:
        opens, closes = times.pop()
        apart_times = {"from": _ltr(clock_words(opens, "en")), "to": _ltr(clock_words(closes, "en"))}
        return format_html(said["daily"], **apart_times)
    return mark_safe("")


def _ltr(text: str) -> SafeString:
    return format_html('<bdi dir="ltr">{}</bdi>', text)
