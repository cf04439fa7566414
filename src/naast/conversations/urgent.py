"""Urgent words: does a text sound as if somebody is in danger? Pure, a millisecond a page.

The words are data (`data/urgent.yaml`): patterns of words with gaps, groups of words, idioms that only sound urgent. It
knows Dutch with common misspellings and children's words. What it does not do: decide anything about a person, give a
score, or send anything to anyone. A match shows help to the writer and puts the message first for the adviser.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from naast.core.texts import fold

DATA = Path(__file__).parent / "data" / "urgent.yaml"
KINDS = ("violence", "abuse", "suicide", "abduction", "danger-now")
BEREAVED = "bereaved"  # the kind of idioms that tell of somebody who died
BOUNDARY = "."  # the end of a sentence, as a token: no gap reaches over it
MOST_READ = 20_000  # characters looked at: five times what is ever kept; megabytes would hold everybody else up
PREFIX = 3  # letters by which words are indexed for "word*"

# Only for speed: words that stand in almost every text.
EVERYDAY = frozenset(
    re.findall(
        r"\w+",
        "ik me mij mijn hij zij ze we is ben was er en de het een op aan in met van voor niet niets geen meer dat als of om "
        "heb heeft had moet kan wil ga gaat naar bij uit weg over mee papa mama kind kinderen man vrouw je ons haar hem",
    )
)

_TOKEN = re.compile(r"[a-z0-9]+(?:'[a-z]+)*|[.!?\n;]")
_STRETCHED = re.compile(r"([a-z])\1{2,}")
_QUOTES = str.maketrans({"’": "'", "‘": "'", "`": "'", "´": "'"})


@dataclass(frozen=True)
class Judgement:
    """Whether a text sounds urgent, of which kinds, and the words that said so (shown in tests, never kept)."""

    urgent: bool
    kinds: frozenset[str] = frozenset()
    words: tuple[str, ...] = ()


CALM = Judgement(False)


@dataclass(frozen=True)
class Element:
    """One place in a pattern: words, beginnings of words, a gap of at most so many words; optional or not."""

    words: frozenset[str] = frozenset()
    beginnings: tuple[str, ...] = ()
    gap: int = 0
    optional: bool = False

    def fits(self, token: str) -> bool:
        """Tell whether this word stands here."""
        return token in self.words or (bool(self.beginnings) and token.startswith(self.beginnings))


@dataclass(frozen=True)
class Pattern:
    """A kind ("" for an idiom) and its elements."""

    kind: str
    elements: tuple[Element, ...]

    @property
    def single(self) -> bool:
        """Tell whether one word alone is enough."""
        return len(self.elements) == 1


class Shelf:
    """Patterns, each filed under its rarest place, so that a page of ordinary words touches few of them."""

    def __init__(self, patterns: Iterable[Pattern]) -> None:
        self.patterns = tuple(patterns)
        self.by_word: dict[str, list[int]] = {}
        self.by_prefix: dict[str, list[tuple[str, int]]] = {}
        for number, pattern in enumerate(self.patterns):
            needed = [element for element in pattern.elements if not element.gap and not element.optional]
            key = min(needed, key=_commonness)
            for word in key.words:
                self.by_word.setdefault(word, []).append(number)
            for beginning in key.beginnings:
                self.by_prefix.setdefault(beginning[:PREFIX], []).append((beginning, number))

    def candidates(self, text: "Text") -> Iterator[Pattern]:
        """Yield, in order, the patterns whose rarest place occurs in the text."""
        numbers: set[int] = set()
        for token in text.at:
            numbers.update(self.by_word.get(token, ()))
            numbers.update(
                number for beginning, number in self.by_prefix.get(token[:PREFIX], ()) if token.startswith(beginning)
            )
        return (self.patterns[number] for number in sorted(numbers))


def _commonness(element: Element) -> tuple[int, int]:
    """Order elements from rare to common: everyday words first count against them, then how many words fit."""
    return len(element.words & EVERYDAY), len(element.words) + len(element.beginnings)


@dataclass(frozen=True)
class Lists:
    """Everything that was read from the data."""

    patterns: Shelf
    idioms: Shelf
    negators: frozenset[str]
    negators_before: frozenset[str]
    no_negation_before: frozenset[str]
    denied_first: frozenset[str]
    stops: frozenset[str]
    wishes: frozenset[str] = frozenset()


class Text:
    """A text as tokens, with where each word stands."""

    def __init__(self, text: str) -> None:
        folded = _STRETCHED.sub(r"\1\1", fold(text.translate(_QUOTES)))
        self.tokens = [BOUNDARY if word in "!?\n;" else word for word in _TOKEN.findall(folded)]
        self.at: dict[str, list[int]] = {}
        for index, token in enumerate(self.tokens):
            self.at.setdefault(token, []).append(index)
        self.by_prefix: dict[str, list[str]] = {}
        for token in self.at:
            self.by_prefix.setdefault(token[:PREFIX], []).append(token)

    def places_of(self, element: Element) -> list[int]:
        """Return where an element's words stand."""
        words = element.words & self.at.keys()
        for beginning in element.beginnings:
            words |= {token for token in self.by_prefix.get(beginning[:PREFIX], ()) if token.startswith(beginning)}
        return sorted(index for word in words for index in self.at[word])

    def may_hold(self, pattern: Pattern) -> bool:
        """Tell quickly whether every needed word of a pattern occurs at all."""
        return all(
            element.optional
            or element.gap
            or not element.words.isdisjoint(self.at)
            or any(
                token.startswith(beginning)
                for beginning in element.beginnings
                for token in self.by_prefix.get(beginning[:PREFIX], ())
            )
            for element in pattern.elements
        )

    def matches(self, pattern: Pattern) -> Iterator[tuple[list[int], list[int]]]:
        """Yield (indexes of the pattern's own words, indexes of words in its gaps) for every way it stands here."""
        if not self.may_hold(pattern):
            return
        for start in self.places_of(pattern.elements[0]):
            yield from self._rest(pattern.elements, 1, start + 1, [start], [])

    def _rest(
        self, elements: tuple[Element, ...], number: int, at: int, own: list[int], skipped: list[int]
    ) -> Iterator[tuple[list[int], list[int]]]:
        if number == len(elements):
            yield own, skipped
            return
        element = elements[number]
        if element.gap:
            passed: list[int] = []
            for offset in range(element.gap + 1):
                yield from self._rest(elements, number + 1, at + offset, own, skipped + passed)
                if at + offset >= len(self.tokens) or self.tokens[at + offset] == BOUNDARY:
                    return
                passed.append(at + offset)
            return
        if at < len(self.tokens) and element.fits(self.tokens[at]):
            yield from self._rest(elements, number + 1, at + 1, [*own, at], skipped)
        if element.optional:
            yield from self._rest(elements, number + 1, at, own, skipped)


def _element(part: str, groups: Mapping[str, str]) -> Element:
    """Read one element: word, word*, a|b, <group>, [optional], _3 for a gap."""
    if part.startswith("_"):
        return Element(gap=int(part[1:]))
    optional = part.startswith("[")
    words: set[str] = set()
    beginnings: set[str] = set()
    for choice in part.strip("[]").split("|"):
        names = groups[choice[1:-1]].split() if choice.startswith("<") else [choice]
        for name in names:
            if name.endswith("*"):
                if len(name) <= PREFIX:
                    raise ValueError(f"'{name}' is too short a beginning.")
                beginnings.add(name[:-1])
            else:
                words.add(name)
    return Element(frozenset(words), tuple(sorted(beginnings)), optional=optional)


def read_pattern(kind: str, line: str, groups: Mapping[str, str]) -> Pattern:
    """Read one pattern. ValueError or KeyError for one that cannot be read, so that a slip shows in the first test."""
    elements = tuple(_element(part, groups) for part in line.split())
    if not elements or elements[0].gap or elements[0].optional or elements[-1].gap:
        raise ValueError(f"'{line}' must begin and end with a word.")
    return Pattern(kind, elements)


def read_lists(data: Mapping[str, Any]) -> Lists:
    """Read the word lists. Raises ValueError on an unknown kind."""
    groups = data["groups"]
    if set(data["kinds"]) != set(KINDS):
        raise ValueError("The kinds are " + ", ".join(KINDS))
    return Lists(
        patterns=Shelf(read_pattern(kind, line, groups) for kind in KINDS for line in data["kinds"][kind]),
        idioms=Shelf(
            [
                *(read_pattern("", line, groups) for line in data["idioms"]),
                *(read_pattern(BEREAVED, line, groups) for line in data.get("bereaved", ())),
            ]
        ),
        negators=frozenset(data["negators"].split()),
        negators_before=frozenset(data["negators_before"].split()),
        no_negation_before=frozenset(data["no_negation_before"].split()),
        denied_first=frozenset(data["denied_first"].split()),
        stops=frozenset(data["stops"].split()),
        wishes=frozenset(data.get("wishes", "").split()),
    )


@cache
def lists() -> Lists:
    """Return the shipped word lists."""
    return read_lists(yaml.safe_load(DATA.read_text(encoding="utf-8")))


def judge(text: str, words: Lists | None = None) -> Judgement:
    """Judge a text. An idiom hides the words it covers; a denial ("hij slaat me niet") hides a match."""
    words = words or lists()
    read = Text(text[:MOST_READ])
    hidden: set[int] | None = None  # looked up at the first match: most texts have none
    kinds: set[str] = set()
    found: dict[str, None] = {}
    for pattern in words.patterns.candidates(read):
        for own, skipped in read.matches(pattern):
            hidden = _hidden(read, words) if hidden is None else hidden
            if hidden.intersection(own) or _denied(read, words, pattern, own, skipped):
                continue
            kinds.add(pattern.kind)
            found[" ".join(read.tokens[index] for index in own)] = None
            break
    return Judgement(True, frozenset(kinds), tuple(found)) if kinds else CALM


def _hidden(read: Text, words: Lists) -> set[int]:
    """Return the indexes of words that belong to an idiom."""
    return {
        index
        for idiom in words.idioms.candidates(read)
        for own, skipped in read.matches(idiom)
        if idiom.kind != BEREAVED or not _is_wish(read, words, own[-1], skipped)
        for index in own
    }


def _is_wish(read: Text, words: Lists, last: int, skipped: Iterable[int]) -> bool:
    """Tell whether death is wished for, not told of: "mijn zus wil dood" and "dat hij dood wil" beside "opa is dood"."""
    following = read.tokens[last + 1] if last + 1 < len(read.tokens) else ""
    told = read.tokens[last - 1] in ("is", "was", "zijn", "ging")
    return any(read.tokens[index] in words.wishes for index in skipped) or (following in words.wishes and not told)


def _denied(read: Text, words: Lists, pattern: Pattern, own: Iterable[int], skipped: Iterable[int]) -> bool:
    """Tell whether the text says that it is not so: a denial in a gap, just before, or just after."""
    if any(_is_denial(read, words, index) for index in skipped):
        return True
    indexes = list(own)
    weak = pattern.single or read.tokens[indexes[0]] in words.denied_first
    before = words.negators | words.negators_before if weak else words.negators_before
    for index in range(indexes[0] - 1, max(-1, indexes[0] - 3), -1):
        token = read.tokens[index]
        if token == BOUNDARY or token in words.stops:
            break
        if token in before and (token not in words.negators or _is_denial(read, words, index)):
            return True
    for index in range(indexes[-1] + 1, min(len(read.tokens), indexes[-1] + 3)):
        token = read.tokens[index]
        if token == BOUNDARY or token in words.stops:
            break
        if token in words.negators and _is_denial(read, words, index):
            return True
    return False


def _is_denial(read: Text, words: Lists, index: int) -> bool:
    """Tell whether "niet" at this place denies: "niet alleen" and "niet hard" do not."""
    if read.tokens[index] not in words.negators | words.negators_before:
        return False
    following = read.tokens[index + 1] if index + 1 < len(read.tokens) else ""
    return following not in words.no_negation_before
