"""The word list: ours, plain, and safe to say out loud in a night kitchen."""

import os
import re
from collections import defaultdict
from pathlib import Path

import pytest

from naast.lockers import rules

WORDS = rules.words()
FREQUENCIES = "data/taal/nl_50k_opensubtitles2018.txt"
# Never in a code, not even inside a word.
FRIGHTENING = re.compile(
    r"dood|moord|bloed|seks|sex|scheid|slaan|oorlog|gevang|wapen|^bom$|schiet|kogel|ziek|kanker|^graf|huwel|advoc|"
    r"straf|rechter|politie|jager|ruzie|vecht|angst|bang|pijn|haat|vader|moeder|ouders|gezin|naakt|^kut|hoer|^lijk"
)
# Words that only hold such letters: muZIEK, onTVANGst.
FINE = {"gezind", "graffiti", "grafiek", "grafisch", "hoera", "langst", "muziek", "muziekles", "omslaan", "ontvangst"}
FINE |= {"popmuziek", "schaats", "trechter", "zangstem"}


def shared() -> Path:
    return Path(os.environ.get("NAAST_SHARED", Path(__file__).resolve().parents[5] / "shared"))


def inflections(word: str) -> set[str]:
    """Return plural, diminutive and other forms of a word, as far as spelling gives them away."""
    found = {word + end for end in ("s", "en", "n", "e", "r", "er", "je", "tje", "pje", "etje", "t", "eren")}
    found |= {word + word[-1] + end for end in ("en", "e", "etje")}
    if match := re.fullmatch(r"(.*[^aeiou])?([aeou])\2([^aeiou])", word):
        stem = f"{match[1] or ''}{match[2]}{match[3]}"
        found |= {stem + "en", stem + "e"}
        found |= {stem[:-1] + "ven"} if stem.endswith("f") else set()
        found |= {stem[:-1] + "zen"} if stem.endswith("s") else set()
    if word.endswith("f"):
        found.add(word[:-1] + "ven")
    if word.endswith("s"):
        found.add(word[:-1] + "zen")
    return found


def sound(word: str) -> str:
    """Return roughly how a word sounds: ei = ij, ou = au, ch = g, d = t at the end."""
    for written, heard in (("ij", "ei"), ("ou", "au"), ("ch", "g"), ("ks", "x"), ("c", "k"), ("y", "i"), ("th", "t")):
        word = word.replace(written, heard)
    return re.sub(r"(.)\1", r"\1", re.sub(r"d$", "t", word))


def test_there_are_4096_different_words():
    assert len(WORDS) == len(set(WORDS)) == 4_096 == 1 << rules.BITS_PER_WORD


def test_each_word_is_short_and_plain():
    assert [word for word in WORDS if not re.fullmatch(r"[a-z]{3,9}", word)] == []


def test_no_word_frightens():
    assert [word for word in WORDS if FRIGHTENING.search(word) and word not in FINE] == []


def test_no_word_is_a_form_of_another():
    assert [(word, form) for word in WORDS for form in inflections(word) & set(WORDS)] == []


def test_no_two_words_sound_the_same():
    heard = defaultdict(list)
    for word in WORDS:
        heard[sound(word)].append(word)
    assert [words for words in heard.values() if len(words) > 1] == []


def test_no_two_words_differ_in_one_letter_only():
    shapes = defaultdict(set)
    for word in WORDS:
        for place in range(len(word)):
            shapes[f"{word[:place]}_{word[place + 1 :]}"].add(word)
    assert [words for words in shapes.values() if len(words) > 1] == []


def test_most_words_are_in_daily_use():
    file = shared() / FREQUENCIES
    if not file.exists():
        if os.environ.get("CI"):
            pytest.fail(f"{file} is missing")
        pytest.skip(f"{file} is missing: how usual the words are was not looked at")
    used = {line.split()[0] for line in file.read_text(encoding="utf-8").splitlines()}
    assert sum(word in used for word in WORDS) / len(WORDS) > 0.85
