"""
Analyser: from an offer's text to the tokens of the index, and from a question in people's words to what to look for.

Purpose: SQLite and PostgreSQL get the same tokens and the same question from here, so that both give the same hits.
Steps: fold, tokenise, stop words, stem with exceptions, split compounds, mend spelling, people's words, danger words.
It does not rank offers and knows none of them: it sees a vocabulary of words. Pure: no Django, no clock, no database.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from naast.directory.search.analysis import Analysis, Group, Recognised, Term, sort_recognised
from naast.directory.search.sentences import NUMBERS, ORDINALS, SCHOOLS, YEARS, Age, audiences_of, where
from naast.directory.search.sentences import ages as find_ages
from naast.directory.search.thesaurus import Language, Phrase
from naast.directory.search.vocabulary import Vocabulary
from naast.directory.search.words import tokenise

LONGEST_QUESTION = 400
MOST_TOKENS = 40
MOST_GROUPS = 8
# how far apart the words of a phrase may stand: "papa ziet al maanden de kinderen niet"
LOOSE = 3
CLOSE = 1  # for what is told by the way
BY_AGE = frozenset({"kinderen", "jongeren"})
SAID_BY_AGE = frozenset({"groep", "klas", "leerjaar"}) | YEARS | SCHOOLS | frozenset(NUMBERS) | frozenset(ORDINALS)
# the asker's own words; what offers call it, the first best; what is left of own words without "niet"; parts of a compound
OWN, PARTS = 1.0, 0.4
FIELD = (0.9, 0.8, 0.55)


@dataclass(frozen=True)
class _Token:
    typed: str
    word: str
    stem: str
    content: bool
    known: bool = True


@dataclass(frozen=True)
class Pattern:
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

    @cached_property
    def findable(self) -> frozenset[str]:
        """Stems that offers have, or the fixed lists that describe them."""
        fixed = [word for phrase in self.language.subjects for word in phrase.words]
        return frozenset(self.vocabulary.stem(word) for word in (*self.vocabulary.counts, *fixed))

    # --- the question side

    def analyse(self, text: str, without: frozenset[str] = frozenset()) -> Analysis:
        """
        Understand a question. Any text is allowed; only its first 400 characters and 40 words are read.

        without: keys ("audience:kinderen") of what must not be recognised, because the asker switched it off.
        """
        typed = tokenise(text[:LONGEST_QUESTION])[:MOST_TOKENS]
        corrections: dict[str, str] = {}
        tokens = [self._token(word, corrections) for word in typed]
        ages = find_ages(typed)
        recognised, left_out = sort_recognised(self._recognised(tokens, ages), without)
        # an age is told by its facet; its words ("groep 5") are no words to look for
        told = {place for age in ages for place in range(age.first, age.last + 1) if typed[place] in SAID_BY_AGE}
        matched, free = self._match_phrases([token for place, token in enumerate(tokens) if place not in told])
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
        if all(group.weak for group in groups) and any(one.facet == "age" for one in recognised):
            groups = []  # "iets voor mijn zoon van 4": the age tells all there is to tell
        return Analysis(
            broad=bool(typed) and not unknown and all(self._is_broad(group) for group in groups),
            groups=_mark_weak(groups, self._usual_stems),
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
            part = vocabulary.known_part(typed) if meant is None else None
            if part:
                return _Token(typed, part, vocabulary.stem(part), content=True)
            if meant is None:
                return _Token(typed, typed, vocabulary.stem(typed), content=True, known=False)
            word = corrections[typed] = meant
        return _Token(typed, word, vocabulary.stem(word), content=True)

    def pattern(self, phrase: Phrase) -> Pattern:
        """A phrase as it is matched: in stems, its little words told by one word of their line."""
        context, stop = self.language.context, self.language.stop
        stems = [self.vocabulary.stem(word) for word in phrase.words if word not in context and word not in stop]
        little = [context[word] for word in phrase.words if word in context]
        meaning = tuple(dict.fromkeys(stems))
        return Pattern(frozenset([*meaning, *little]), meaning, phrase.text)

    def _patterns(self, phrases: Iterable[Phrase]) -> list[Pattern]:
        return [self.pattern(phrase) for phrase in phrases]

    @cached_property
    def _finds(self) -> dict[Pattern, tuple[Phrase, ...]]:
        found: dict[Pattern, tuple[Phrase, ...]] = {}
        for entry in self.language.people:
            for pattern in self._patterns(entry.say):
                found[pattern] = tuple(dict.fromkeys(found.get(pattern, ()) + entry.find))
        return found

    @cached_property
    def _longer(self) -> list[Pattern]:
        longer = [pattern for pattern in self._finds if len(pattern.needs) > 1]
        return sorted(longer, key=lambda pattern: (-len(pattern.needs), pattern.text))

    @cached_property
    def _single(self) -> dict[str, list[Pattern]]:
        single: dict[str, list[Pattern]] = {}
        for pattern in self._finds:
            if len(pattern.needs) == 1:
                single.setdefault(pattern.meaning[0], []).append(pattern)
        return single

    @cached_property
    def _danger(self) -> dict[str, list[Pattern]]:
        return {who: self._patterns(phrases) for who, phrases in self.language.danger.items()}

    @cached_property
    def _hints(self) -> dict[str, dict[str, list[Pattern]]]:
        return {
            kind: {code: self._patterns(phrases) for code, phrases in codes.items()}
            for kind, codes in self.language.hints.items()
        }

    @cached_property
    def _weak_stems(self) -> frozenset[str]:
        """Words that nearly every offer has, and those that name a form or costs: a facet says these better."""
        weak = {self.vocabulary.stem(word) for word in self.language.weak}
        for facet in ("form", "costs"):
            for patterns in self._hints.get(facet, {}).values():
                weak.update(pattern.meaning[0] for pattern in patterns if len(pattern.needs) == 1)
        return frozenset(weak)

    @cached_property
    def _usual_stems(self) -> frozenset[str]:
        return frozenset(self.vocabulary.stem(word) for word in self.language.usual)

    def _is_broad(self, group: Group) -> bool:
        """Whether a group tells no more than that somebody separates, or wants to talk or to be helped."""
        return self._broad_stems.issuperset(group.terms[0].stems)

    @cached_property
    def _broad_stems(self) -> frozenset[str]:
        talk = {self.vocabulary.stem(word) for word in ("praten", "gesprek", "advies")}
        return self._weak_stems | self._usual_stems | talk

    @cached_property
    def _topics(self) -> frozenset[str]:
        """Stems that by themselves tell what is wished: the thesaurus has the word alone, or the fixed lists have it."""
        phrases: list[Phrase] = []
        for entry in self.language.people:
            phrases += [*entry.say, *entry.find]
        lines = [*self.language.same, *self.language.danger.values()]
        for line in [*lines, *(line for codes in self.language.hints.values() for line in codes.values())]:
            phrases += line
        alone = {phrase.words[0] for phrase in phrases if len(phrase.words) == 1}
        fixed = {word for phrase in self.language.subjects for word in phrase.words}
        return frozenset(self.vocabulary.stem(word) for word in alone | fixed)

    def _match_phrases(self, tokens: Sequence[_Token]) -> tuple[list[Pattern], list[_Token]]:
        """Phrases of two words and more, longest first; each word serves one phrase. Returns the phrases and the rest."""
        line = [token for token in tokens if token.stem]
        said = {token.stem for token in line}
        left = [pattern for pattern in self._longer if pattern.needs <= said]
        matched: list[Pattern] = []
        while left:
            stems = [token.stem for token in line]
            spans = [(pattern, span) for pattern in left if (span := _window(pattern.needs, stems))]
            if not spans:
                break
            # most words first, then those that stand closest together
            best, span = min(spans, key=lambda found: (-len(found[0].needs), found[1][1] - found[1][0], found[0].text))
            matched.append(best)
            left = [pattern for pattern, _ in spans if pattern is not best]
            needed = set(best.needs)
            kept = []
            for place, token in enumerate(line):
                if span[0] <= place <= span[1] and token.stem in needed:
                    needed.discard(token.stem)
                else:
                    kept.append(token)
            line = kept
        return matched, line

    def _recognised(self, tokens: Sequence[_Token], ages: Sequence[Age]) -> list[Recognised]:
        """Everything a sentence tells about who asks and what is wished, with the words that told it."""
        typed, meant = [token.typed for token in tokens], [token.word for token in tokens]
        taken = {place for age in ages for place in range(age.first, age.last + 1)}
        found: list[Recognised] = []
        for facet, codes in self.language.turns.items():
            for code, turns in codes.items():
                for one in turns:
                    span = where(one, meant)
                    # "voor mijn dochter" asks for the daughter, "mijn dochter" alone tells of a parent too
                    if span is not None and not (span[0] and typed[span[0] - 1] == "voor"):
                        found.append(Recognised(facet, code, " ".join(typed[span[0] : span[1] + 1])))
                        if code in BY_AGE:  # "mijn ouders" tells of a child, and not of parents
                            taken.update(range(span[0], span[1] + 1))
        found += self._by_patterns(tokens, taken)
        if ages:
            # an age tells better than a word whether a child or a young person is meant
            fitting = {code for age in ages for code in audiences_of(age)}
            found = [one for one in found if one.facet != "audience" or one.code not in BY_AGE or one.code in fitting]
        for age in ages:
            words = " ".join(typed[age.first : age.last + 1])
            found.append(Recognised("age", str(age.years), words))
            found += [Recognised("audience", code, words) for code in sorted(audiences_of(age))]
        return found

    def _by_patterns(self, tokens: Sequence[_Token], taken: Collection[int]) -> Iterator[Recognised]:
        """By words in any order. Danger is looked for in all words; for whom only in those that told nothing else yet."""
        everything = [place for place, token in enumerate(tokens) if token.stem]
        free = [place for place in everything if place not in taken]
        for facet, codes in {"danger": self._danger, **self._hints}.items():
            places, loose = (everything, LOOSE) if facet == "danger" else (free, CLOSE)
            stems = [tokens[place].stem for place in places]
            said = set(stems)
            for code, patterns in codes.items():
                for pattern in patterns:
                    if not pattern.needs <= said:
                        continue
                    span = _window(pattern.needs, stems, loose)
                    if span is not None:
                        words = tokens[places[span[0]] : places[span[1]] + 1]
                        yield Recognised(facet, code, " ".join(token.typed for token in words))

    def _new_finds(self, pattern: Pattern) -> list[Phrase]:
        return [phrase for phrase in self._finds[pattern] if self.pattern(phrase).meaning != pattern.meaning]

    def _field_terms(self, phrases: Iterable[Phrase]) -> list[Term]:
        return [
            Term(self.pattern(phrase).meaning, FIELD[min(place, len(FIELD) - 1)])
            for place, phrase in enumerate(phrases)
        ]

    def _phrase_group(self, pattern: Pattern) -> Group:
        # "geen huis" is not "huis": without its little word one word says too little
        whole = len(pattern.meaning) > 1 or len(pattern.needs) == len(pattern.meaning)
        own = Term(pattern.meaning, OWN if whole else PARTS)
        return Group(pattern.text, _best_terms([own, *self._field_terms(self._finds[pattern])]))

    def _word_group(self, token: _Token) -> Group:
        terms = [Term((token.stem,), OWN)]
        for pattern in self._single.get(token.stem, ()):
            terms += self._field_terms(self._finds[pattern])
        parts = tuple(dict.fromkeys(self.vocabulary.stem(part) for part in self.vocabulary.split(token.word)))
        if parts:
            terms.append(Term(parts, PARTS))
        weak = token.stem in self._weak_stems
        known = weak or token.stem in self._topics or (bool(parts) and self._topics.issuperset(parts))
        return Group(token.word, _best_terms(terms), weak, known)


def _best_terms(terms: Iterable[Term]) -> tuple[Term, ...]:
    best: dict[tuple[str, ...], float] = {}
    for term in terms:
        best[term.stems] = max(best.get(term.stems, 0.0), term.weight)
    return tuple(Term(stems, weight) for stems, weight in best.items())


def _is_usual(group: Group, usual: frozenset[str]) -> bool:
    return usual.issuperset(group.terms[0].stems)


def _mark_weak(groups: Sequence[Group], usual: frozenset[str] = frozenset()) -> tuple[Group, ...]:
    """
    The groups that are searched: what lifts only does so unless nothing else was said.

    Weak are words of the list, loose words beside anything that the thesaurus or the fixed lists know, and what the whole
    directory is about beside any other such thing.
    """
    topic = any(group.known and not group.weak for group in groups)
    other = any(group.known and not group.weak and not _is_usual(group, usual) for group in groups)
    marked = [
        replace(group, weak=group.weak or (topic and not group.known) or (other and _is_usual(group, usual)))
        for group in groups
    ]
    if all(group.weak for group in marked):
        return tuple(replace(group, weak=False) for group in marked)[:MOST_GROUPS]
    kept = sorted(marked, key=lambda group: group.weak)[:MOST_GROUPS]
    return tuple(group for group in marked if group in kept)


def _window(needs: frozenset[str], stems: Sequence[str], loose: int = LOOSE) -> tuple[int, int] | None:
    """First place where all needed stems stand within their number plus `loose` words, as (first, last)."""
    if not needs.issubset(stems):
        return None
    width = len(needs) + loose
    for start in range(len(stems)):
        if stems[start] in needs and needs.issubset(stems[start : start + width]):
            last = max(stems.index(stem, start) for stem in needs)
            return start, last
    return None
