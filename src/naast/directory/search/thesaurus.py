"""
Thesaurus: the directory's knowledge of Dutch, read from three data files of our own.

Purpose: give the analyser its stop words, stems, people's words and danger words as one frozen value, so that editors
change words without touching code. It refuses data that could never match (a phrase of little words only) or that says
two things (a form with two stems): `LanguageError` names the entry. No Django, no clock, no database.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from importlib import resources
from typing import Any

import yaml

from naast.directory.rules import special_groups, subjects
from naast.directory.search.sentences import Turn, turn
from naast.directory.search.words import fold, tokenise

DATA = resources.files("naast.directory") / "data"
FILES = ("stopwords.yaml", "stem_exceptions.yaml", "thesaurus.yaml")
OWN = frozenset({"mijn", "mn", "m", "mij"})  # these words tell no entry apart: "mijn kind" is any kind
LITERALLY = "="  # a hint that begins so is a turn of phrase, word for word


class LanguageError(ValueError):
    """A data file of the analyser cannot be used; the message says which entry and why."""


@dataclass(frozen=True)
class Phrase:
    """One way people say something: the folded words that must stand near each other, in any order."""

    text: str
    words: tuple[str, ...]


@dataclass(frozen=True)
class PeoplesWord:
    """What people say and what the offers call it, best word first."""

    say: tuple[Phrase, ...]
    find: tuple[Phrase, ...]


@dataclass(frozen=True)
class Language:
    """
    Everything the analyser knows before it has seen an offer. All words are folded.

    helplines: kind of danger -> slugs of the offers that come first, in that order. hints and turns: facet -> code -> how
    people say it, in any order or word for word. subjects: words of the fixed lists that offers are described with.
    usual: what the whole directory is about.
    """

    stop: frozenset[str]
    context: Mapping[str, str]
    weak: frozenset[str]
    stems: Mapping[str, str]
    ends: Mapping[str, str]
    joiners: tuple[str, ...]
    least_part: int
    short_parts: frozenset[str]
    whole: frozenset[str]
    same: tuple[tuple[Phrase, ...], ...] = ()
    people: tuple[PeoplesWord, ...] = ()
    danger: Mapping[str, tuple[Phrase, ...]] = field(default_factory=dict)
    helplines: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    hints: Mapping[str, Mapping[str, tuple[Phrase, ...]]] = field(default_factory=dict)
    turns: Mapping[str, Mapping[str, tuple[Turn, ...]]] = field(default_factory=dict)
    subjects: tuple[Phrase, ...] = ()
    usual: frozenset[str] = frozenset()

    def words(self) -> frozenset[str]:
        """All words the data knows: part of every vocabulary, so that spelling and splitting work without offers."""
        found = set(self.stems)
        groups: list[Iterable[Phrase]] = [*self.same, *self.danger.values()]
        groups += [entry.say for entry in self.people] + [entry.find for entry in self.people]
        groups += [phrases for kinds in self.hints.values() for phrases in kinds.values()] + [self.subjects]
        for phrases in groups:
            for phrase in phrases:
                found.update(phrase.words)
        return frozenset(found - self.stop - set(self.context))


def _read(name: str) -> dict[str, Any]:
    loaded = yaml.safe_load((DATA / name).read_text(encoding="utf-8"))
    if not isinstance(loaded, dict):
        raise LanguageError(f"{name}: expected a mapping at the top")
    return loaded


def _phrases(texts: Iterable[str], where: str, is_enough: Callable[[tuple[str, ...]], bool]) -> tuple[Phrase, ...]:
    made = []
    for text in texts:
        words = tuple(tokenise(str(text)))
        if not is_enough(words):
            raise LanguageError(f"{where}: '{text}' has little words only and would match far too much")
        made.append(Phrase(str(text), words))
    return tuple(made)


def _keeps_its_meaning(stop: frozenset[str], entry: frozenset[str]) -> Callable[[tuple[str, ...]], bool]:
    """A danger phrase may not shrink to one word that is not itself in the list: "bang voor haar" would be any "bang"."""

    def is_enough(words: tuple[str, ...]) -> bool:
        left = [word for word in words if word not in stop]
        return len(left) > 1 or (bool(left) and (len(words) == 1 or left[0] in entry))

    return is_enough


def _tells_apart(
    stop: frozenset[str], weak: frozenset[str], context: frozenset[str]
) -> Callable[[tuple[str, ...]], bool]:
    """A weak word alone would turn half of all questions into an entry; beside another word it says something."""

    def is_enough(words: tuple[str, ...]) -> bool:
        content = {word for word in words if word not in stop and word not in context}
        little = [word for word in words if word in context and word not in OWN]
        return bool(content - weak) or len(content) > 1 or (bool(content) and bool(little))

    return is_enough


def peoples_word(language: Language, say: Iterable[str], find: Iterable[str]) -> PeoplesWord:
    """An entry as editors write one. Raises LanguageError for a phrase of little words only."""
    is_enough = _tells_apart(language.stop, language.weak, frozenset(language.context))
    return PeoplesWord(_phrases(say, "say", is_enough), _phrases(find, "find", is_enough))


def extended(language: Language, entries: Iterable[tuple[Iterable[str], Iterable[str]]]) -> Language:
    """The language with entries (say, find) of editors behind the shipped ones; what cannot be used any more is left out."""
    more = []
    for say, find in entries:
        try:
            more.append(peoples_word(language, say, find))
        except LanguageError:
            continue
    return replace(language, people=(*language.people, *more)) if more else language


def build(
    stopwords: Mapping[str, Any],
    exceptions: Mapping[str, Any],
    thesaurus: Mapping[str, Any],
    fixed: Iterable[str] = (),
) -> Language:
    """
    Make a Language from the three files' contents and the words of the fixed lists.

    Raises LanguageError when a form has two stems or a phrase carries no meaning.
    """
    stop = frozenset(fold(word) for word in stopwords.get("stop", ()))
    weak = frozenset(fold(word) for word in stopwords.get("weak", ()))
    context = {fold(word): fold(line[0]) for line in stopwords.get("context", ()) for word in line}
    stems: dict[str, str] = {}
    for stem, forms in exceptions.get("stems", {}).items():
        for form in forms:
            if stems.setdefault(fold(form), stem) != stem:
                raise LanguageError(f"stems: '{form}' stands under '{stems[fold(form)]}' and under '{stem}'")

    def has_meaning(words: tuple[str, ...]) -> bool:
        return any(word not in stop and word not in context for word in words)

    tells_apart = _tells_apart(stop, weak, frozenset(context))

    def phrases(texts: Iterable[str], where: str) -> tuple[Phrase, ...]:
        return _phrases(texts, where, has_meaning)

    for line in thesaurus.get("same", ()):
        if any(len(tokenise(text)) != 1 for text in line):
            raise LanguageError(f"same: {line} must be single words")
    split = exceptions.get("split", {})
    return Language(
        stop=stop,
        context=context,
        weak=weak,
        usual=frozenset(fold(word) for word in stopwords.get("usual", ())),
        stems=stems,
        ends={fold(end): fold(stem) for end, stem in exceptions.get("ends", {}).items()},
        joiners=tuple(split.get("joiners", ())),
        least_part=int(split.get("least", 4)),
        short_parts=frozenset(split.get("short", ())),
        whole=frozenset(split.get("whole", ())),
        same=tuple(phrases(line, "same") for line in thesaurus.get("same", ())),
        people=tuple(
            PeoplesWord(
                _phrases(entry["say"], "people, say", tells_apart), _phrases(entry["find"], "people, find", tells_apart)
            )
            for entry in thesaurus.get("people", ())
        ),
        danger={
            entry["who"]: _phrases(entry["say"], "danger", _keeps_its_meaning(stop, frozenset(map(str, entry["say"]))))
            for entry in thesaurus.get("danger", ())
        },
        helplines={entry["who"]: tuple(entry.get("first", ())) for entry in thesaurus.get("danger", ())},
        hints={
            kind: {
                code: phrases([text for text in texts if not str(text).startswith(LITERALLY)], f"hints, {code}")
                for code, texts in codes.items()
            }
            for kind, codes in thesaurus.get("hints", {}).items()
        },
        turns={
            kind: {
                code: tuple(turn(fold(text[1:])) for text in texts if str(text).startswith(LITERALLY))
                for code, texts in codes.items()
            }
            for kind, codes in thesaurus.get("hints", {}).items()
        },
        subjects=tuple(
            Phrase(text, words) for text in fixed if (words := tuple(tokenise(text))) and has_meaning(words)
        ),
    )


@lru_cache(maxsize=1)
def shipped() -> Language:
    """The language data that comes with the project."""
    stopwords, exceptions, thesaurus = (_read(name) for name in FILES)
    return build(stopwords, exceptions, thesaurus, fixed_words())


def fixed_words() -> tuple[str, ...]:
    """What the fixed lists of subjects and of special groups are called and what people say for them."""
    found = [(entry.label, *entry.words) for entry in subjects()]
    found += [(entry.label, *entry.words) for entry in special_groups()]
    return tuple(text for texts in found for text in texts)
