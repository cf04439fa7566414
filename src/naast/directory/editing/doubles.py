"""Thinking about doubles: how alike two offers or organisations are, and why. No Django, no clock, no database.

One organisation often has one number and one site for all it does, so the same contact says little without a like name.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Literal
from unicodedata import combining, normalize
from uuid import UUID

from rapidfuzz import fuzz

Reason = Literal["name", "phone", "website", "address", "organisation"]
# Of 100: two names that mean one thing; names that are alike enough when contact or address is the same as well.
SAME_NAME, LIKE_NAME, LIKE_NAME_ONE_HOUSE = 92.0, 62.0, 84.0
SUBSET = 0.9  # all words of the one stand in the other: alike, but not the same without more
MOST_IN_A_BLOCK = 60
LEAST_WORD = 4


@dataclass(frozen=True)
class Sketch:
    """What is compared of an offer or organisation; `organisation` is empty for the latter, `area` codes of places."""

    id: UUID
    name: str
    organisation: str = ""
    phone: str = ""
    website: str = ""
    addresses: frozenset[tuple[str, str]] = frozenset()
    area: frozenset[str] = field(default_factory=frozenset)


@dataclass(frozen=True)
class Likeness:
    """How alike, 0 to 100, and why."""

    score: float
    reasons: tuple[Reason, ...]


def folded(text: str) -> str:
    """Return small letters without accents and marks, words apart by one space."""
    plain = "".join(letter for letter in normalize("NFKD", text.casefold()) if not combining(letter))
    return " ".join(re.findall(r"[a-z0-9]+", plain))


def phone_key(phone: str) -> str:
    """Return the digits of a Dutch number as one dials them at home; '' when it is too short to be one."""
    digits = re.sub(r"[^0-9+]", "", phone)
    digits = re.sub(r"^(\+31|0031)", "0", digits)
    return digits if len(digits) >= 3 else ""


def site_key(website: str) -> str:
    """Return a web address without scheme, www, query and outer slashes."""
    bare = re.sub(r"^https?://(www\.)?", "", website.strip().casefold())
    return bare.split("#")[0].split("?")[0].strip("/")


def address_key(street: str, postcode: str, town: str) -> tuple[str, str]:
    """Return what two addresses have in common when they are one: the postcode with the number, else street and town."""
    code = re.sub(r"\s", "", postcode.upper())
    number = (re.findall(r"\d+", street) or [""])[0]
    return (code, number) if code and number else (folded(street), folded(town))


def likeness(one: Sketch, other: Sketch) -> Likeness:
    """Judge two sketches; a score of 0 says that they are not likely to be one."""
    a, b = folded(one.name), folded(other.name)
    names = _names(a, b) if a and b else 0.0
    reasons: list[Reason] = []
    if names >= LIKE_NAME:
        reasons.append("name")
    if phone_key(one.phone) and phone_key(one.phone) == phone_key(other.phone):
        reasons.append("phone")
    if site_key(one.website) and site_key(one.website) == site_key(other.website):
        reasons.append("website")
    if {at for at in one.addresses & other.addresses if all(at)}:
        reasons.append("address")
    house = bool(one.organisation) and one.organisation == other.organisation
    if house:
        reasons.append("organisation")
    contact = len({"phone", "website", "address"} & set(reasons))
    near = not one.area or not other.area or bool(one.area & other.area)
    least = LIKE_NAME_ONE_HOUSE if house else LIKE_NAME
    likely = names >= SAME_NAME and (near or contact) if not house else names >= SAME_NAME
    if not (likely or (contact and names >= least)):
        return Likeness(0.0, ())
    return Likeness(min(100.0, names + 4.0 * contact), tuple(reasons))


def _names(a: str, b: str) -> float:
    joined = fuzz.ratio(a.replace(" ", ""), b.replace(" ", ""))  # a compound written apart
    return max(joined, fuzz.token_sort_ratio(a, b), SUBSET * fuzz.token_set_ratio(a, b))


def like(one: Sketch, others: Iterable[Sketch], most: int = 5) -> list[tuple[Sketch, Likeness]]:
    """Return what looks like `one` among the others, most alike first."""
    judged = [(other, likeness(one, other)) for other in others if other.id != one.id]
    found = [(other, how) for other, how in judged if how.score]
    return sorted(found, key=lambda row: -row[1].score)[:most]


def pairs(sketches: Sequence[Sketch], most: int = 100) -> list[tuple[Sketch, Sketch, Likeness]]:
    """Return likely doubles, most alike first. Only those are compared that share a rare word or a contact."""
    blocks: dict[tuple[str, str], list[int]] = defaultdict(list)
    for position, sketch in enumerate(sketches):
        for key in _keys(sketch):
            blocks[key].append(position)
    compared = {
        pair for block in blocks.values() if len(block) <= MOST_IN_A_BLOCK for pair in combinations(sorted(block), 2)
    }
    judged = [(sketches[a], sketches[b], likeness(sketches[a], sketches[b])) for a, b in sorted(compared)]
    return sorted((row for row in judged if row[2].score), key=lambda row: -row[2].score)[:most]


def _keys(sketch: Sketch) -> set[tuple[str, str]]:
    words = [word for word in folded(sketch.name).split() if len(word) >= LEAST_WORD]
    found = {("word", word) for word in words} | {("name", folded(sketch.name).replace(" ", ""))}
    found |= {("phone", phone_key(sketch.phone)), ("site", site_key(sketch.website))}
    found |= {("at", " ".join(at)) for at in sketch.addresses if all(at)}
    return {key for key in found if key[1]}
