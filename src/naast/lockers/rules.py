"""The thinking about lockers: codes of five words, how they are typed, found and kept. Pure.

A code is five words of our own list of 4,096: 60 bits. It is never stored. What is stored is its locator, a slow
keyed hash that is the same for the same code, so that a locker is found by code alone.
Sources of the figures: docs/decisions/0003 and docs/safety.md.
"""

import hmac
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from difflib import get_close_matches
from functools import cache
from hashlib import sha256
from pathlib import Path

from argon2.low_level import Type, hash_secret_raw

WORDS_FILE = Path(__file__).parent / "data" / "words.txt"
WORDS_IN_CODE = 5
BITS_PER_WORD = 12  # 4,096 words
LOCATOR_BYTES = 32
MEMORY_KIB = 19 * 1024  # 19 MiB, t=2, p=1: OWASP's figure for Argon2id; 28 ms in our trial
PASSES = 2
LANES = 1
IDLE = timedelta(minutes=20)
UNUSED_FOR = timedelta(days=365)
NOTICE_BEFORE = timedelta(days=30)
LONGEST_CODE = 200  # characters looked at; nobody types more

_NUMBERING = re.compile(r"(?<![a-z])\d+\s*[.):]*")


@cache
def words() -> tuple[str, ...]:
    """Return the list of 4,096 words, in order."""
    return tuple(WORDS_FILE.read_text(encoding="ascii").split())


@cache
def _known() -> frozenset[str]:
    return frozenset(words())


@dataclass(frozen=True)
class Typed:
    """A code as someone typed it: its words, and those that are not on the list with the word that is most like it."""

    words: tuple[str, ...]
    unknown: tuple[tuple[str, str], ...] = ()

    @property
    def complete(self) -> bool:
        """Return whether this can be a code: five words, all known."""
        return len(self.words) == WORDS_IN_CODE and not self.unknown


def read_code(text: str) -> Typed:
    """Read what was typed: capitals, accents, numbering, spaces, commas and hyphens make no difference.

    The list is public, so saying that a word is not on it gives nothing away.
    """
    folded = unicodedata.normalize("NFKD", text[:LONGEST_CODE].casefold())
    plain = "".join(letter for letter in folded if not unicodedata.combining(letter))
    found = tuple(re.findall(r"[a-z]+", _NUMBERING.sub(" ", plain)))
    unknown = tuple((word, _nearest(word)) for word in dict.fromkeys(found) if word not in _known())
    return Typed(found, unknown)


def _nearest(word: str) -> str:
    near = get_close_matches(word, words(), n=1, cutoff=0.75)
    return near[0] if near else ""


def canonical(code: Sequence[str]) -> str:
    """Return the one form of a code that is hashed: the words with a space between them."""
    return " ".join(code)


def derive_words(*, key: bytes, nonce: bytes) -> tuple[str, ...]:
    """Return the five words that belong to one form's random number, with the ring key it was made with.

    The same number and key give the same words, so that a form sent twice shows the same code.
    """
    mark = hmac.new(key, b"locker-code" + nonce, sha256).digest()
    drawn = int.from_bytes(mark[:8], "big")
    listed = words()
    code = []
    for _step in range(WORDS_IN_CODE):
        drawn, at = divmod(drawn, 1 << BITS_PER_WORD)
        code.append(listed[at])
    return tuple(code)


def locator(code: Sequence[str], *, salt: bytes) -> bytes:
    """Return the 32 bytes under which a locker with this code is found. Slow by design: 19 MiB, about 28 ms."""
    return hash_secret_raw(
        canonical(code).encode(),
        salt,
        time_cost=PASSES,
        memory_cost=MEMORY_KIB,
        parallelism=LANES,
        hash_len=LOCATOR_BYTES,
        type=Type.ID,
    )


def session_ended(*, last_seen: float, now: float) -> bool:
    """Tell whether an open locker closed by itself: 20 minutes without use (both in seconds since 1970)."""
    return not 0 <= now - last_seen <= IDLE.total_seconds()


def unused_since(today: date) -> date:
    """Return the day before which an empty locker must have been used last to be erased: 12 months (docs/safety.md)."""
    return today - UNUSED_FOR


def notice_since(today: date) -> date:
    """Return the day before which an empty locker's owner is told that it will be erased: 30 days ahead."""
    return unused_since(today) + NOTICE_BEFORE
