"""The glossary in memory: terms with their explanations, read once a generation, and how texts show them."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from naast.content.glossary.models import GlossaryTerm
from naast.content.glossary.rules import Explanation, Finder, Marker
from naast.content.level import measure as level
from naast.content.level.prose import sentences
from naast.core import generations

LANGUAGE = "nl"
SENTENCES = 2


@dataclass(frozen=True)
class Term:
    """A term as pages need it."""

    key: str
    term: str
    forms: tuple[str, ...]
    text: str
    simple: str
    sources: tuple[str, ...]

    @property
    def others(self) -> tuple[str, ...]:
        """Return the other forms, without the term itself."""
        return self.forms[1:]

    @property
    def letter(self) -> str:
        """Return the letter it stands under."""
        return self.term[:1].upper()


@dataclass(frozen=True)
class Glossary:
    """The terms of one language at one generation, by alphabet."""

    generation: tuple[int, int]
    terms: tuple[Term, ...] = ()
    by_language: dict[str, tuple[Term, ...]] = field(default_factory=dict)

    @cached_property
    def finders(self) -> dict[tuple[str, bool], Finder]:
        """Return what finds terms in texts, by language and whether children read."""
        return {
            (language, simple): Finder([_explanation(term, simple) for term in terms])
            for language, terms in self.by_language.items()
            for simple in (False, True)
        }


def _explanation(term: Term, simple: bool) -> Explanation:
    return Explanation(term.key, term.term, term.forms, (simple and term.simple) or term.text)


_held: Glossary | None = None
_lock = threading.Lock()


def glossary() -> Glossary:
    """Return the glossary as it is now; read again only when the shared tree's generation changed."""
    global _held
    generation = generations.seen()
    held = _held
    if held is not None and held.generation == generation and not generations.in_doubt():
        return held
    with _lock:
        _held = _read(generation)
        return _held


def _read(generation: tuple[int, int]) -> Glossary:
    found: dict[str, list[Term]] = {LANGUAGE: []}
    for row in GlossaryTerm.objects.filter(live=True).select_related("locale"):
        language = row.locale.language_code if row.locale else LANGUAGE
        term = Term(row.key, row.term, tuple(row.form_list), row.text, row.simple, tuple(row.source_list))
        found.setdefault(language, []).append(term)
    ordered = {code: tuple(sorted(terms, key=lambda term: term.term.lower())) for code, terms in found.items()}
    return Glossary(generation, ordered[LANGUAGE], ordered)


def terms(language: str = LANGUAGE) -> tuple[Term, ...]:
    """Return the terms by alphabet; a language without terms of its own has the Dutch ones."""
    held = glossary()
    return held.by_language.get(language) or held.terms


def by_letter(language: str = LANGUAGE) -> list[tuple[str, list[Term]]]:
    """Return the terms under their letters."""
    groups: dict[str, list[Term]] = {}
    for term in terms(language):
        groups.setdefault(term.letter, []).append(term)
    return list(groups.items())


def marker(language: str, *, for_children: bool, prefix: str = "") -> Marker | None:
    """Return what marks the terms of one page, each at its first place; None in a language without terms.

    `prefix` keeps the ids of texts that stand in one page apart.
    """
    finder = glossary().finders.get((language, for_children))
    return Marker(finder, prefix) if finder is not None and finder.any else None


def forget() -> None:
    """Drop what is held in memory."""
    global _held
    with _lock:
        _held = None


def faults_of(text: str, simple: str) -> dict[str, list[str]]:
    """Return what is wrong with an explanation, by field, in Dutch: more than two sentences, or too long ones."""
    return {"text": _faults(text, ["ouders"]), "simple": _faults(simple, ["kinderen"])}


def _faults(text: str, audiences: Sequence[str]) -> list[str]:
    found = [
        finding.say for finding in level.of_text([text], audiences).findings if finding.kind in ("huge", "sentence")
    ]
    count = len(list(sentences(text)))
    if count > SENTENCES:
        found.append(f"Dit zijn {count} zinnen; hoogstens {SENTENCES}.")
    return found
