"""
Analyser: from an offer's text to the tokens of the index, and from a question in people's words to what to look for.

Purpose: SQLite and PostgreSQL get the same tokens and the same question from here, so that both give the same hits.
Steps: fold, tokenise, stop words, stem with exceptions, split compounds, mend spelling, people's words, danger words.
It does not rank offers and knows none of them: it sees a vocabulary of words. Pure: no Django, no clock, no database.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from naast.directory.search.analysis import Analysis, Group, Recognised, Term, sort_recognised
from naast.directory.search.thesaurus import Language, Phrase
from naast.directory.search.vocabulary import Vocabulary
from naast.directory.search.words import tokenise

LONGEST_QUESTION = 400
MOST_TOKENS = 40
MOST_GROUPS = 8
# how far apart the words of a phrase may stand: "papa ziet al maanden de kinderen niet"
LOOSE = 3
OWN, FIELD, PARTS = 1.0, 0.75, 0.4


@dataclass(frozen=True)
class _Token:
    typed: str
    word: str
    stem: str
    content: bool
    known: bool = True


@dataclass(frozen=True)
class _Pattern:
    """A phrase ready to match: all stems it needs; `meaning` are those that are searched."""

    needs: frozenset[str]
    meaning: tuple[str, ...]
    text: str


class Analyser:
    """The analyser for one language and one vocabulary."""

    def __init__(self, language: Language, vocabulary: Vocabulary) -> None:
        """Both must be made from the same language data."""
        self.language = language
        self.vocabulary = vocabulary

    # --- the index side

    def words(self, text: str) -> list[str]:
        """The words of a text that count: folded, in order, without stop words."""
        skip = self.language.stop
        return [word for word in tokenise(text) if word not in skip and word not in self.language.context]

    def stems(self, words: Iterable[str]) -> list[str]:
        """Stems of words, in order; what goes into the index's main columns."""
        return [self.vocabulary.stem(word) for word in words]

    def parts(self, words: Iterable[str]) -> list[str]:
        """Stems of what the compounds among the words are made of, sorted; the index's low-weight column."""
        found = {self.vocabulary.stem(part) for word in words for part in self.vocabulary.split(word)}
        return sorted(found)

    # --- the question side

    def analyse(self, text: str, without: frozenset[str] = frozenset()) -> Analysis:
        """
        Understand a question. Any text is allowed; only its first 400 characters and 40 words are read.

        without: keys ("audience:kinderen") of what must not be recognised, because the asker switched it off.
        """
        typed = tokenise(text[:LONGEST_QUESTION])[:MOST_TOKENS]
        corrections: dict[str, str] = {}
        tokens = [self._token(word, corrections) for word in typed]
        recognised, left_out = sort_recognised(self._recognised(tokens), without)
        matched, free = self._match_phrases(tokens)
        groups: list[Group] = [self._phrase_group(pattern) for pattern in matched]
        also = [phrase.text for pattern in matched for phrase in self._new_finds(pattern)]
        unknown = []
        for token in free:
            if not token.content or token.word.isdigit():
                continue
            if not token.known:
                unknown.append(token.typed)
                continue
            groups.append(self._word_group(token))
            also += [phrase.text for pattern in self._single.get(token.stem, ()) for phrase in self._new_finds(pattern)]
        return Analysis(
            groups=_mark_weak(groups, self._weak_stems)[:MOST_GROUPS],
            corrections=tuple(corrections.items()),
            also=tuple(dict.fromkeys(also))[:4],
            recognised=recognised,
            left_out=left_out,
            unknown=tuple(unknown),
        )

    def _token(self, typed: str, corrections: dict[str, str]) -> _Token:
        if typed in self.language.context:
            return _Token(typed, typed, self.language.context[typed], content=False)
        if typed in self.language.stop:
            return _Token(typed, typed, "", content=False)
        vocabulary = self.vocabulary
        word = typed
        if not vocabulary.knows(typed) and not vocabulary.split(typed):
            meant = vocabulary.correct(typed)
            if meant is None:
                return _Token(typed, typed, vocabulary.stem(typed), content=True, known=False)
            word = corrections[typed] = meant
        return _Token(typed, word, vocabulary.stem(word), content=True)

    def _pattern(self, phrase: Phrase) -> _Pattern:
        context, stop = self.language.context, self.language.stop
        stems = [self.vocabulary.stem(word) for word in phrase.words if word not in context and word not in stop]
        little = [context[word] for word in phrase.words if word in context]
        meaning = tuple(dict.fromkeys(stems))
        return _Pattern(frozenset([*meaning, *little]), meaning, phrase.text)

    def _patterns(self, phrases: Iterable[Phrase]) -> list[_Pattern]:
        return [self._pattern(phrase) for phrase in phrases]

    @cached_property
    def _finds(self) -> dict[_Pattern, tuple[Phrase, ...]]:
        found: dict[_Pattern, tuple[Phrase, ...]] = {}
        for entry in self.language.people:
            for pattern in self._patterns(entry.say):
                found[pattern] = tuple(dict.fromkeys(found.get(pattern, ()) + entry.find))
        return found

    @cached_property
    def _longer(self) -> list[_Pattern]:
        longer = [pattern for pattern in self._finds if len(pattern.needs) > 1]
        return sorted(longer, key=lambda pattern: (-len(pattern.needs), pattern.text))

    @cached_property
    def _single(self) -> dict[str, list[_Pattern]]:
        single: dict[str, list[_Pattern]] = {}
        for pattern in self._finds:
            if len(pattern.needs) == 1:
                single.setdefault(pattern.meaning[0], []).append(pattern)
        return single

    @cached_property
    def _danger(self) -> dict[str, list[_Pattern]]:
        return {who: self._patterns(phrases) for who, phrases in self.language.danger.items()}

    @cached_property
    def _hints(self) -> dict[str, dict[str, list[_Pattern]]]:
        return {
            kind: {code: self._patterns(phrases) for code, phrases in codes.items()}
            for kind, codes in self.language.hints.items()
        }

    @cached_property
    def _weak_stems(self) -> frozenset[str]:
        return frozenset(self.vocabulary.stem(word) for word in self.language.weak)

    def _match_phrases(self, tokens: Sequence[_Token]) -> tuple[list[_Pattern], list[_Token]]:
        """Phrases of two words and more, longest first; each word serves one phrase. Returns the phrases and the rest."""
        line = [token for token in tokens if token.stem]
        matched: list[_Pattern] = []
        for pattern in self._longer:
            span = _window(pattern.needs, [token.stem for token in line])
            if span is None:
                continue
            matched.append(pattern)
            needed = set(pattern.needs)
            kept = []
            for place, token in enumerate(line):
                if span[0] <= place <= span[1] and token.stem in needed:
                    needed.discard(token.stem)
                else:
                    kept.append(token)
            line = kept
        return matched, line

    def _recognised(self, tokens: Sequence[_Token]) -> Iterator[Recognised]:
        """Everything a sentence tells about who asks and what is wished, with the words that told it."""
        line = [token for token in tokens if token.stem]
        for facet, codes in {"danger": self._danger, **self._hints}.items():
            for code, patterns in codes.items():
                for pattern in patterns:
                    span = _window(pattern.needs, [token.stem for token in line])
                    if span is not None:
                        some = line[span[0] : span[1] + 1]
                        yield Recognised(facet, code, " ".join(t.typed for t in some if t.stem in pattern.needs))
        for place, age in _ages([token.typed for token in tokens]):
            yield Recognised("age", str(age), " ".join(token.typed for token in tokens[max(0, place - 2) : place + 1]))

    def _new_finds(self, pattern: _Pattern) -> list[Phrase]:
        return [phrase for phrase in self._finds[pattern] if self._pattern(phrase).meaning != pattern.meaning]

    def _field_terms(self, phrases: Iterable[Phrase]) -> list[Term]:
        return [Term(self._pattern(phrase).meaning, FIELD) for phrase in phrases]

    def _phrase_group(self, pattern: _Pattern) -> Group:
        own = Term(pattern.meaning, OWN)
        return Group(pattern.text, _best_terms([own, *self._field_terms(self._finds[pattern])]))

    def _word_group(self, token: _Token) -> Group:
        terms = [Term((token.stem,), OWN)]
        for pattern in self._single.get(token.stem, ()):
            terms += self._field_terms(self._finds[pattern])
        parts = tuple(dict.fromkeys(self.vocabulary.stem(part) for part in self.vocabulary.split(token.word)))
        if parts:
            terms.append(Term(parts, PARTS))
        return Group(token.word, _best_terms(terms))


def _best_terms(terms: Iterable[Term]) -> tuple[Term, ...]:
    best: dict[tuple[str, ...], float] = {}
    for term in terms:
        best[term.stems] = max(best.get(term.stems, 0.0), term.weight)
    return tuple(Term(stems, weight) for stems, weight in best.items())


def _mark_weak(groups: Sequence[Group], weak: frozenset[str]) -> tuple[Group, ...]:
    """Mark the groups that only say a weak word, unless nothing else was said."""
    marked = [
        replace(group, weak=group.terms[0].stems[0] in weak and len(group.terms[0].stems) == 1) for group in groups
    ]
    return tuple(groups) if all(group.weak for group in marked) else tuple(marked)


def _window(needs: frozenset[str], stems: Sequence[str]) -> tuple[int, int] | None:
    """First place where all needed stems stand within their number plus LOOSE words, as (first, last)."""
    if not needs.issubset(stems):
        return None
    width = len(needs) + LOOSE
    for start in range(len(stems)):
        if stems[start] in needs and needs.issubset(stems[start : start + width]):
            return start, min(start + width, len(stems)) - 1
    return None


def _ages(words: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Ages in years with their place, where a question says one: "van 9", "9 jaar", "ik ben 9"."""
    for place, word in enumerate(words):
        if not word.isdigit() or not 0 < len(word) < 3:
            continue
        before = words[place - 1] if place else ""
        after = words[place + 1] if place + 1 < len(words) else ""
        if after in ("jaar", "jarige", "jr", "jarig") or before in ("van", "ben", "is", "wordt"):
            yield place, int(word)
