"""Citizen service numbers (BSN): nine digits that pass the eleven test. We do not want to keep them (docs/safety.md). Pure.

It finds numbers written with dots, spaces or hyphens between the digits, and never a number that is part of a longer
one. Old numbers of eight digits are not looked for: too many dates and phone numbers look like them. A phone number of
ten digits is never one.
"""

import re
from dataclasses import dataclass

DIGITS = 9
MARK = "[…]"
MOST_READ = 20_000  # characters looked at: five times what is ever kept

# Nine digits with at most one dot, space, no-break space or hyphen between two of them; no digit just before or after.
_CANDIDATE = re.compile(r"(?<!\d)(?<!\d[.,])\d(?:[. \u00a0-]?\d){8}(?!\d)(?![.,-]\d)")
_MORE_BEFORE = re.compile(r"\d[ \u00a0]$")
_MORE_AFTER = re.compile(r"[ \u00a0]\d")


@dataclass(frozen=True)
class Span:
    """Where a number stands: text[start:end], and its nine digits."""

    start: int
    end: int
    digits: str


def passes_eleven_test(digits: str) -> bool:
    """Tell whether nine digits can be a BSN: 9a+8b+7c+6d+5e+4f+3g+2h−i is a multiple of 11, and not all zero."""
    if len(digits) != DIGITS or not digits.isascii() or not digits.isdigit() or not int(digits):
        return False
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    return sum(weight * int(digit) for weight, digit in zip(weights, digits, strict=True)) % 11 == 0


def find(text: str) -> list[Span]:
    """Return every number in the text that can be a BSN, in order."""
    found = []
    for match in _CANDIDATE.finditer(text, 0, MOST_READ):
        digits = "".join(letter for letter in match.group() if letter.isdigit())
        # With only spaces between digits, a neighbour makes it part of a longer number: "06 12 34 56 78 9".
        spaced = " " in match.group() or "\u00a0" in match.group()
        longer = _MORE_BEFORE.search(text, max(0, match.start() - 2), match.start()) or _MORE_AFTER.match(
            text, match.end()
        )
        if not (spaced and longer) and passes_eleven_test(digits):
            found.append(Span(match.start(), match.end(), digits))
    return found


def without(text: str) -> str:
    """Return the text with every such number taken out and "[…]" in its place."""
    kept, last = [], 0
    for span in find(text):
        kept += [text[last : span.start], MARK]
        last = span.end
    return "".join([*kept, text[last:]])
