"""How hard a Dutch text reads, without Django: figures, and findings an editor can act on. docs/language-level.md.

An aid and no proof: only readers prove a text. It counts what can be counted and does not understand a word.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from naast.content.level.prose import grams, passive, sentences, syllables, verb_forms, words

Kind = Literal["huge", "sentence", "average", "ease", "long_words", "passive", "hard", "jargon"]

LONG_WORD = 12
# A sentence of more than three times the measure was not cut at all: it gets a message of its own.
HUGE = 3
# Below this a share or an average says nothing: one passive sentence of three is no style.
FEW_SENTENCES = 8


@dataclass(frozen=True)
class Measures:
    """What a text for one audience is held to (docs/experience.md, Voice). Shares lie between 0 and 1."""

    average: int = 15
    longest: int = 20
    ease: int = 60
    long_words: float = 0.10
    passive: float = 0.10
    plain_words: bool = True


ADULTS = Measures()
CHILDREN = Measures(average=10, longest=15, ease=70)
# They know the exact terms of their work; their sentences are as short as everybody's.
PROFESSIONALS = Measures(plain_words=False)


def measures_for(audiences: Sequence[str]) -> Measures:
    """Return the measures of a text's first readers; young people (12+) read as adults do."""
    first = audiences[0] if audiences else ""
    return {"kinderen": CHILDREN, "professionals": PROFESSIONALS}.get(first, ADULTS)


@dataclass(frozen=True)
class WordLists:
    """The lists a text is held against. Keys are small letters; `hard` gives the alternative of a form or phrase."""

    hard: Mapping[str, str] = field(default_factory=dict)
    names: frozenset[str] = frozenset()
    jargon: frozenset[str] = frozenset()
    explained: frozenset[str] = frozenset()

    @cached_property
    def longest(self) -> int:
        """Return how many words the longest entry has."""
        return max((len(entry.split()) for entry in (*self.hard, *self.names, *self.jargon)), default=1)


def hard_words(data: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    """Make the list of forms from data/words/hard.yaml: verbs get their regular forms, a form written out wins."""
    forms: dict[str, str] = {}
    for key, instead in data.get("verbs", {}).items():
        first, *others = (part.strip().lower() for part in key.split(","))
        for form in (*verb_forms(first), *others):
            forms[form] = instead
    for group in ("words", "phrases"):
        for key, instead in data.get(group, {}).items():
            forms |= {part.strip().lower(): instead for part in key.split(",")}
    return forms


@dataclass(frozen=True)
class Finding:
    """One thing to mend. `text` is the sentence or word as it stands, `say` the advice in Dutch, `at` the sentence."""

    kind: Kind
    text: str
    say: str
    at: int = -1


@dataclass(frozen=True)
class Level:
    """The figures of a text and what to mend. An empty text has no figures and no findings."""

    words: int = 0
    sentences: int = 0
    average: float = 0.0
    longest: int = 0
    ease: float = 0.0
    long_words: float = 0.0
    passive: float = 0.0
    findings: tuple[Finding, ...] = ()

    @property
    def good(self) -> bool:
        """Tell whether nothing is to be mended."""
        return not self.findings


def ease(syllable_count: int, word_count: int, sentence_count: int) -> float:
    """Return Flesch's reading ease as W.H. Douma fitted it to Dutch (De leesbaarheid van landbouwbladen, 1960).

    206.84 − 0.77 × syllables per 100 words − 0.93 × words a sentence; higher is easier: in
    his own table 60 is ordinary, 70 fairly easy, 80 easy. Raises ZeroDivisionError without words.
    """
    return 206.84 - 0.77 * (100 * syllable_count / word_count) - 0.93 * (word_count / sentence_count)


def measure(paragraphs: Iterable[str], measures: Measures, lists: WordLists) -> Level:
    """Measure a text given as paragraphs and list items of plain text (`prose.pieces` makes them of HTML)."""
    found = [sentence for paragraph in paragraphs for sentence in sentences(paragraph)]
    split = [words(sentence) for sentence in found]
    total = sum(map(len, split))
    if not total:
        return Level()
    named = [_covered(each, lists.names, lists.longest) for each in split]
    long = [
        word
        for each, names in zip(split, named, strict=True)
        for place, word in enumerate(each)
        if len(word) > LONG_WORD and place not in names
    ]
    passives = {place: seen for place, sentence in enumerate(found) if (seen := passive(sentence))}
    level = Level(
        words=total,
        sentences=len(found),
        average=total / len(found),
        longest=max(map(len, split)),
        ease=ease(sum(syllables(word) for each in split for word in each), total, len(found)),
        long_words=len(long) / total,
        passive=len(passives) / len(found),
    )
    findings = [
        *_long_sentences(found, split, measures),
        *_on_the_whole(level, measures, long),
        *(_passive_findings(found, passives) if _many(level) and level.passive > measures.passive else ()),
        *_hard(found, split, named, measures, lists),
    ]
    return Level(**{**vars(level), "findings": tuple(findings)})


def _many(level: Level) -> bool:
    return level.sentences >= FEW_SENTENCES


def _long_sentences(found: Sequence[str], split: Sequence[Sequence[str]], measures: Measures) -> Iterable[Finding]:
    for place, (sentence, each) in enumerate(zip(found, split, strict=True)):
        if len(each) > HUGE * measures.longest:
            say = (
                f"Deze zin telt {len(each)} woorden. Dat leest niemand in één adem. "
                f"Knip hem in zinnen van hoogstens {measures.longest} woorden."
            )
            yield Finding("huge", sentence, say, place)
        elif len(each) > measures.longest:
            yield Finding(
                "sentence", sentence, f"{len(each)} woorden; hoogstens {measures.longest}. Knip de zin.", place
            )


def _on_the_whole(level: Level, measures: Measures, long: Sequence[str]) -> Iterable[Finding]:
    if not _many(level):
        return
    if level.average > measures.average:
        say = f"Gemiddeld {_nl(level.average)} woorden per zin; hoogstens {measures.average}."
        yield Finding("average", "", say)
    if level.ease < measures.ease:
        say = f"Leesgemak {_nl(level.ease)}; ten minste {measures.ease}. Kies kortere woorden en zinnen."
        yield Finding("ease", "", say)
    if level.long_words > measures.long_words:
        seen = ", ".join(dict.fromkeys(sorted(long, key=len, reverse=True)))
        say = f"{_percent(level.long_words)} van de woorden is langer dan {LONG_WORD} letters; hoogstens 10 %."
        yield Finding("long_words", seen, say)


def _passive_findings(found: Sequence[str], passives: Mapping[int, str]) -> Iterable[Finding]:
    for place, seen in passives.items():
        yield Finding("passive", found[place], f"Wie doet het? ‘{seen}’ zegt dat niet. Noem wie het doet.", place)


def _hard(
    found: Sequence[str],
    split: Sequence[Sequence[str]],
    named: Sequence[set[int]],
    measures: Measures,
    lists: WordLists,
) -> Iterable[Finding]:
    if not measures.plain_words:
        return
    told: set[str] = set()
    for place, (each, names) in enumerate(zip(split, named, strict=True)):
        low = [_bare(word) for word in each]
        taken: set[int] = set()
        for start, gram in grams(low, lists.longest):
            span = set(range(start, start + gram.count(" ") + 1))
            if span & taken:
                continue
            if gram in lists.explained:
                taken |= span
                continue
            if gram in lists.jargon:
                taken |= span
                if gram not in told:
                    yield Finding("jargon", gram, "Vakwoord zonder uitleg in de woordenlijst.", place)
            elif gram in lists.hard and not span & names:
                taken |= span
                if gram not in told:
                    yield Finding("hard", gram, f"Liever: {lists.hard[gram]}.", place)
            else:
                continue
            told.add(gram)


def _covered(each: Sequence[str], entries: frozenset[str], longest: int) -> set[int]:
    """Return the places of the words that are part of an entry."""
    low = [_bare(word) for word in each]
    return {
        start + step for start, gram in grams(low, longest) if gram in entries for step in range(gram.count(" ") + 1)
    }


def _bare(word: str) -> str:
    return word.strip("’'-").lower()


def _nl(number: float) -> str:
    return f"{number:.1f}".replace(".", ",")


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %"
