"""
Checking: is the thesaurus still true? What an entry leads to, which leads nowhere, and which says what another said.

Purpose: tests hold the shipped entries to it, and the editors' screen answers with it before a word is taken. Pure: it sees
an analyser, which holds the language and the words of offers.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from naast.directory.search.analyser import Analyser
from naast.directory.search.thesaurus import LanguageError, Phrase, peoples_word


@dataclass(frozen=True)
class Problem:
    """Why a text cannot be taken. what: "general" (little words only), "nowhere" (no offer has it), "known"."""

    what: str
    text: str


def leads(analyser: Analyser, phrase: Phrase) -> bool:
    """Tell whether the offers or the fixed lists know every word of a phrase that is looked for."""
    return all(stem in analyser.findable for stem in analyser.pattern(phrase).meaning)


def dead(analyser: Analyser) -> list[tuple[str, str]]:
    """What entries look for and no offer and no subject has: (first words people say, the words that lead nowhere)."""
    return [
        (entry.say[0].text, phrase.text)
        for entry in analyser.language.people
        for phrase in entry.find
        if not leads(analyser, phrase)
    ]


def doubles(analyser: Analyser) -> list[tuple[str, str]]:
    """Pairs of phrases that the search takes for the same, in one entry or in two."""
    first: dict[frozenset[str], str] = {}
    found = []
    for entry in analyser.language.people:
        for phrase in entry.say:
            needs = analyser.pattern(phrase).needs
            if needs in first:
                found.append((first[needs], phrase.text))
            first.setdefault(needs, phrase.text)
    return found


def finds_of(analyser: Analyser, phrase: Phrase) -> tuple[str, ...]:
    """What the thesaurus looks for already where somebody says this."""
    needs = analyser.pattern(phrase).needs
    return tuple(
        find.text
        for entry in analyser.language.people
        if any(analyser.pattern(said).needs == needs for said in entry.say)
        for find in entry.find
    )


def problems(analyser: Analyser, say: Iterable[str], find: Iterable[str]) -> list[Problem]:
    """Everything against an entry that an editor wrote; empty = it can be taken."""
    said, wanted, found = list(say), list(find), []
    for text in (*said, *wanted):
        try:
            peoples_word(analyser.language, [text], [])
        except LanguageError:
            found.append(Problem("general", text))
    if found:
        return found
    entry = peoples_word(analyser.language, said, wanted)
    found += [Problem("nowhere", phrase.text) for phrase in entry.find if not leads(analyser, phrase)]
    new = {analyser.pattern(phrase).meaning for phrase in entry.find}
    for phrase in entry.say:
        known = peoples_word(analyser.language, [], finds_of(analyser, phrase)).find
        if new <= {analyser.pattern(one).meaning for one in known}:
            found.append(Problem("known", phrase.text))
    return found
