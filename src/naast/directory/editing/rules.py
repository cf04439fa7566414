"""Thinking about changes of offers: what differs, three values beside each other, words that came and went.

A fact's value is plain JSON. No Django, no clock, no database.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from rapidfuzz.distance import LCSseq

# What who gives an offer may propose, in the order of the form; the verdict on a method's effect is never theirs.
OWN_FACTS = (
    "name", "summary", "description", "audiences", "age_min", "age_max", "phases", "subjects", "special_groups",
    "forms", "languages", "area", "locations", "costs", "costs_text", "payers", "referral", "waiting", "phone",
    "website", "hours", "opening", "starts", "offered_when", "offered_by",
)  # fmt: skip
EDITORS_FACTS = ("organisation", "evidence", "evidence_year", "evidence_text", "source", "checked_on", "is_helpline")
FACTS = OWN_FACTS + EDITORS_FACTS
# Beside the facts of a file: the range that waiting/ keeps, and whether an offer ended.
WAITING = ("waiting_min", "waiting_max", "waiting_on")
STATE = "state"
PROPOSABLE = (*OWN_FACTS, *WAITING, STATE)
# "Small facts": what changes often and harms little when wrong for a few days.
SMALL = frozenset({"phone", "hours", "opening", "waiting", *WAITING})
# order does not matter in these
SETS = frozenset({"audiences", "phases", "subjects", "special_groups", "forms", "languages", "area", "payers"})

Fields = Mapping[str, Mapping[str, Any]]
Clash = Literal["clean", "clash", "same"]


def normal(name: str, value: Any) -> Any:
    """Return a value as it is compared: texts without outer spaces, lists without order where order says nothing."""
    if value is None or value in ("", [], ()):
        return None
    if name in SETS:
        return sorted(dict.fromkeys(str(item) for item in value))
    if isinstance(value, str):
        return "\n".join(" ".join(line.split()) for line in value.strip().splitlines())
    if isinstance(value, (list, tuple)):
        rows = [
            {k: v for k, v in row.items() if v not in (None, "")} if isinstance(row, Mapping) else row for row in value
        ]
        return sorted(rows, key=repr)
    return value


def same(name: str, one: Any, other: Any) -> bool:
    """Tell whether two values of a fact say the same."""
    return bool(normal(name, one) == normal(name, other))


def differences(now: Mapping[str, Any], wanted: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Return name → old and new, of each wanted fact that says something else than now; in the order of FACTS."""
    order = {name: place for place, name in enumerate((*FACTS, *WAITING, STATE))}
    names = sorted((name for name in wanted if name in order), key=order.__getitem__)
    return {
        name: {"old": now.get(name), "new": wanted[name]}
        for name in names
        if not same(name, now.get(name), wanted[name])
    }


def clash(name: str, field: Mapping[str, Any], now: Any) -> Clash:
    """Judge a proposed field against what stands there now: clean, changed by somebody else meanwhile, or there already."""
    if same(name, now, field["new"]):
        return "same"
    return "clean" if same(name, now, field["old"]) else "clash"


def verdict_of(verdicts: Mapping[str, str]) -> str:
    """Return the state of a change after each of its fields was judged."""
    given = set(verdicts.values())
    if given == {"accepted"}:
        return "accepted"
    return "partly" if "accepted" in given else "refused"


@dataclass(frozen=True)
class Piece:
    """A stretch of text: `same`, `gone` or `new`."""

    kind: str
    text: str


def word_diff(old: str, new: str) -> list[Piece]:
    """Return both texts as one row of pieces, word by word; joined without the new ones it is the old text.

    A longest common row of words, by bits: difflib takes minutes for a text that says one word 2,000 times.
    """
    before, after = _words(old), _words(new)
    pieces: list[Piece] = []
    gone = came = ""
    for step in LCSseq.opcodes(before, after):
        was = "".join(before[step.src_start : step.src_end])
        if step.tag == "equal":
            pieces += [*_changed(gone, came), Piece("same", was)]
            gone = came = ""
        else:
            gone, came = gone + was, came + "".join(after[step.dest_start : step.dest_end])
    return [*pieces, *_changed(gone, came)]


def _changed(gone: str, came: str) -> list[Piece]:
    return [piece for piece in (Piece("gone", gone), Piece("new", came)) if piece.text]


def _words(text: str) -> list[str]:
    """Return the words and the spaces between them, each a token: nothing of the text is lost."""
    return re.findall(r"\s+|[^\s]+", text)


def slug_path(start: str, leads: Mapping[str, str], most: int = 50) -> str | None:
    """Follow old addresses to the end; None where they run in a ring or go on too long."""
    seen = {start}
    at = start
    while at in leads:
        at = leads[at]
        if at in seen or len(seen) > most:
            return None
        seen.add(at)
    return at


def fresh_slug(name: str, taken: Iterable[str], *, longest: int = 90) -> str:
    """Return a slug that nobody has yet: the name in small letters with dashes, and a number where it is taken."""
    base = re.sub(r"[^a-z0-9]+", "-", _plain(name)).strip("-")[:longest].strip("-") or "hulp"
    known = set(taken)
    if base not in known:
        return base
    return next(made for number in range(2, 100_000) if (made := f"{base}-{number}") not in known)


def _plain(text: str) -> str:
    from unicodedata import combining, normalize

    return "".join(letter for letter in normalize("NFKD", text.casefold()) if not combining(letter))


# ---------- times and days as people write them

_SPAN = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?\s*(?:uur)?\s*(?:-|–|tot)\s*(\d{1,2})(?:[:.](\d{2}))?(?:\s*uur)?")
_DAY = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})|(\d{4})-(\d{2})-(\d{2})")


def hours_of(text: str, weekday: int) -> list[dict[str, Any]]:
    """Read the times of one day, such as "9.00-12.30 en 13-17"; raises ValueError with the part that is no time."""
    rows = []
    for part in re.split(r"[,;]|\ben\b", text):
        bare = part.strip()
        if not bare:
            continue
        found = _SPAN.fullmatch(bare)
        if found is None:
            raise ValueError(bare)
        first, first_minutes, last, last_minutes = found.groups()
        opens = f"{int(first):02d}:{first_minutes or '00'}"
        closes = f"{int(last):02d}:{last_minutes or '00'}"
        if opens >= closes or closes > "23:59" or max(opens[3:], closes[3:]) > "59":
            raise ValueError(bare)
        rows.append({"weekday": weekday, "opens": opens, "closes": closes})
    return rows


def hours_text(rows: Iterable[Mapping[str, Any]] | None, weekday: int) -> str:
    """Return the times of one day as hours_of() reads them."""
    mine = sorted((row["opens"], row["closes"]) for row in rows or () if row["weekday"] == weekday)
    return ", ".join(f"{opens}-{closes}" for opens, closes in mine)


def starts_of(text: str) -> list[dict[str, str]]:
    """Read days one a line, each "12-01-2027" with words behind it; raises ValueError with the line that has no day."""
    from datetime import date

    rows = []
    for line in text.splitlines():
        bare = line.strip()
        if not bare:
            continue
        found = _DAY.match(bare)
        if found is None:
            raise ValueError(bare)
        day, month, year, iso_year, iso_month, iso_day = found.groups()
        try:
            on = date(int(year or iso_year), int(month or iso_month), int(day or iso_day))
        except ValueError as error:
            raise ValueError(bare) from error
        words = bare[found.end() :].strip(" :-–")
        rows.append({"date": on.isoformat(), **({"text": words} if words else {})})
    return sorted(rows, key=lambda row: row["date"])


def starts_text(rows: Iterable[Mapping[str, Any]] | None) -> str:
    """Return days as starts_of() reads them."""
    lines = []
    for row in rows or ():
        year, month, day = str(row["date"]).split("-")
        lines.append(f"{day}-{month}-{year} {row.get('text') or ''}".strip())
    return "\n".join(lines)
