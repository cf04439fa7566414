"""
Words: from a text to folded words, stems, and back from a misspelling; the first steps of the analyser.

Purpose: one way to cut a Dutch text for offers and for questions alike. It does not know what words mean (thesaurus) nor
how they are searched (analyser). Pure and deterministic: no Django, no clock, no database.
"""

import re
from collections.abc import Mapping
from functools import lru_cache

import snowballstemmer

from naast.core.texts import fold as core_fold

_WORD = re.compile(r"[a-z0-9]+(?:[-'][a-z0-9]+)*")
_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "`": "'", "´": "'", "‑": "-", "–": " ", "—": " "})
_LETTERS = str.maketrans({"ß": "ss", "æ": "ae", "ø": "o", "œ": "oe", "ł": "l"})
LONGEST_WORD = 40
# "ge" that the stemmer would take out of the middle of a word ("gezin" -> "zin") is hidden from it behind a q
_INNER_GE = re.compile(r"ge(?=[a-z]{4})")


def fold(text: str) -> str:
    """Lower-case, accents off, one kind of apostrophe; the house's fold, and the letters that it leaves."""
    return core_fold(text.translate(_APOSTROPHES)).translate(_LETTERS)


def tokenise(text: str) -> list[str]:
    """Folded words of a text, in order; "oma's" is one word, "co-ouder" too, "school-moe" is two."""
    found: list[str] = []
    for match in _WORD.findall(fold(text)):
        if match.isalnum():  # nearly every word has neither apostrophe nor hyphen
            found.append(match[:LONGEST_WORD])
            continue
        word = match.replace("'", "")
        first, _, rest = word.partition("-")
        if rest and len(first) <= 3:
            word = word.replace("-", "")
        found.extend(piece[:LONGEST_WORD] for piece in word.split("-") if piece)
    return found


_stemmer = snowballstemmer.stemmer("dutch")


@lru_cache(maxsize=50_000)
def _snowball(word: str) -> str:
    hidden = _INNER_GE.sub("qe", word) if len(word) > 5 else word
    return str(_stemmer.stemWord(hidden)).replace("qe", "ge") if "q" not in word else str(_stemmer.stemWord(word))


def stem(word: str, stems: Mapping[str, str], ends: Mapping[str, str]) -> str:
    """
    The stem of a folded word: our own list first, then its end, then Snowball's Dutch stemmer.

    The list exists because Snowball parts kind/kinderen and cuts "gescheiden" to "gesc" (trial of November 2026).
    """
    own = stems.get(word)
    if own is not None:
        return own
    for end, base in ends.items():
        if word.endswith(end) and len(word) > len(end) + 2:
            return word[: -len(end)] + stems.get(base, base)
    if word.isdigit():
        return word
    found = _snowball(word)
    # cut so short it is another word: "eerdere" is not "eer"
    cut = len(word) - len(found)
    too_short = len(found) <= 3 and cut >= 3 and word[len(found)] != found[-1]  # "mannen" is "man"
    return word.removesuffix("e") if too_short else found


_SOUNDS = (
    ("sch", "sk"),
    ("cht", "gt"),
    ("ch", "g"),
    ("ij", "ei"),
    ("y", "ie"),
    ("ou", "au"),
    ("ck", "k"),
    ("qu", "kw"),
    ("q", "k"),
    ("x", "ks"),
    ("ph", "f"),
    ("th", "t"),
    ("ce", "se"),
    ("ci", "si"),
    ("c", "k"),
    ("z", "s"),
    ("v", "f"),
)
_DOUBLED = re.compile(r"(.)\1+")


@lru_cache(maxsize=100_000)
def sound(word: str) -> str:
    """How a folded word sounds, roughly: two spellings of one sound give one key ("advokaat", "advocaat")."""
    for written, heard in _SOUNDS:
        word = word.replace(written, heard)
    word = _DOUBLED.sub(r"\1", word)
    return word[:-1] + "t" if word.endswith("d") else word
