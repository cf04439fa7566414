"""Passwords that somebody would guess, found offline: made of a few words, names, years and rows that everybody tries.

Pure but for `GuessableValidator`, which adds the names of places and of the person, and `LongEnoughValidator`, which says
Django's rule in our words. The list is our own (`data/guessable.txt`). Source: NIST SP 800-63B-4, 3.1.1.2 (blocklist
with context words); OWASP ASVS 5.0, 6.2.11.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.contrib.auth.password_validation import MinimumLengthValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

LIST = Path(__file__).parent / "data" / "guessable.txt"
SHORTEST_WORD = 2
# What is left of a password without known pieces. Fewer signs than this, in so few pieces, is a guess away: a sentence
# of known words is long enough in pieces, a random row has nothing known in it.
LEFT_NEEDED = 6
PIECES_NEEDED = 5
FEWEST_SIGNS = 5
LOOKED_AT = 256  # signs; what begins badly does not become good behind them
# 1:1, so that places in the text stay the same. "1" is read both ways.
_LEET = str.maketrans("0134578@$!|+€", "oieastbasiite")
_LEET_L = str.maketrans("0134578@$!|+€", "oleastbaslite")
_YEAR = re.compile(r"(?:19|20)\d\d")
_SAME = re.compile(r"(.)\1{2,}")
_AGAIN = re.compile(r"(.{1,8}?)\1+")


@lru_cache(maxsize=1)
def known_words() -> frozenset[str]:
    """Return the words of our own list."""
    lines = LIST.read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


def letters(text: str) -> str:
    """Return a text in small letters without accents and without signs between: as a guesser compares."""
    flat = unicodedata.normalize("NFKD", text.lower())
    return "".join(sign for sign in flat if sign.isalnum() or sign in "@$!|+€")


def is_guessable(password: str, extra: Iterable[str] = ()) -> bool:
    """Tell whether a password is made of so little that it is guessed: known words, years, rows, repeats.

    `extra` are words of the context: names of places, of the person, of their address.
    """
    text = letters(password[:LOOKED_AT])
    if len(set(text)) < FEWEST_SIGNS or _is_repeated(text):
        return True
    words = known_words() | {word for one in extra if len(word := re.sub(r"[^a-z]", "", letters(one))) >= 3}
    return any(_too_little(text.translate(leet), text, words) for leet in (_LEET, _LEET_L))


def _is_repeated(text: str) -> bool:
    """Tell whether a text is one short piece again and again, with a few signs before or behind."""
    return any(
        len(text) - len(found[0]) < LEFT_NEEDED for found in _AGAIN.finditer(text) if len(found[0]) > len(text) // 2
    )


def _too_little(text: str, raw: str, words: frozenset[str]) -> bool:
    """Cover a text with known pieces, leaving as few signs as possible open; tell whether too little is left."""
    found = [*_rows(raw), *_words(text, words)]
    ends_at: dict[int, list[tuple[int, str]]] = {}
    for start, end in found:
        ends_at.setdefault(end, []).append((start, text[start:end]))
    # best[n]: (signs left open, pieces) of the first n signs
    best: list[tuple[int, frozenset[str]]] = [(0, frozenset())]
    for end in range(1, len(text) + 1):
        left, pieces = best[end - 1]
        options = [(left + 1, pieces)]
        options += [(best[start][0], best[start][1] | {piece}) for start, piece in ends_at.get(end, ())]
        best.append(min(options, key=lambda one: (one[0], len(one[1]))))
    left, pieces = best[-1]
    return left < LEFT_NEEDED and len(pieces) < PIECES_NEEDED


def _words(text: str, words: frozenset[str]) -> list[tuple[int, int]]:
    longest = max(map(len, words))
    return [
        (start, start + size)
        for start in range(len(text))
        for size in range(SHORTEST_WORD, min(longest, len(text) - start) + 1)
        if text[start : start + size] in words
    ]


def _rows(text: str) -> list[tuple[int, int]]:
    """Find years, runs of one sign, and rows that go up or down (123, cba) in a text."""
    found = [match.span() for pattern in (_YEAR, _SAME) for match in pattern.finditer(text)]
    start = 0
    for at in range(1, len(text) + 1):
        step = ord(text[at]) - ord(text[at - 1]) if at < len(text) else 0
        if step not in (1, -1) or (at - start > 1 and step != ord(text[start + 1]) - ord(text[start])):
            if at - start >= 3:
                found.append((start, at))
            start = at if step not in (1, -1) else at - 1
    return found


class LongEnoughValidator(MinimumLengthValidator):
    """Django's own rule in our words: Django's are not always there in Dutch."""

    def get_error_message(self) -> str:
        """Say how long it must be."""
        return _("This password is too short. Take at least %(number)d characters.") % {"number": self.min_length}


class GuessableValidator:
    """Refuses what `is_guessable` finds, with the names of all places and of the person as context."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raise ValidationError with how to do better; the password is never repeated."""
        if is_guessable(password, (*_place_words(), *_person_words(user))):
            raise ValidationError(
                _("This password is easy to guess: it is made of words, names or rows that everybody tries first."),
                code="password_guessable",
            )

    def get_help_text(self) -> str:
        """Say what makes a good one."""
        return _("Take a sentence that only you know.")


def _place_words() -> list[str]:
    from naast.places.queries import snapshot

    return [word for place in snapshot().by_id.values() for word in (place.name, *re.split(r"[\s-]+", place.name))]


def _person_words(user: Any) -> list[str]:
    if user is None:
        return []
    return re.split(r"[\s@._-]+", f"{getattr(user, 'display_name', '')} {getattr(user, 'email', '')}")
