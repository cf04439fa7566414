"""
Suggestions: what somebody may mean while they type: subjects and people's words, and names of offers near them.

Purpose: help who does not know the word, or how to spell it. Every typed word must be in a suggestion in some form, the last
one as its beginning; a slip of the pen is forgiven. Words of danger put the helplines first. It reads memory only and keeps
nothing of what was typed. Words of danger are never suggested: somebody may look over a shoulder.
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from threading import Lock
from typing import Literal

from rapidfuzz import process
from rapidfuzz.distance import OSA

from naast.directory import rules
from naast.directory.rules import NATION, NEIGHBOUR, OWN, REGION, SpecialGroup, Subject
from naast.directory.search import snapshot
from naast.directory.search.analyser import LONGEST_QUESTION
from naast.directory.search.finding import helplines_first, near_masks
from naast.directory.search.snapshot import Snapshot, bits, positions
from naast.directory.search.thesaurus import Language
from naast.directory.search.understanding import understand
from naast.directory.search.words import fold, sound, tokenise
from naast.places.rules import PlaceInfo

Kind = Literal["subject", "words", "offer"]
MOST, MOST_TEXTS, MOST_OFFERS = 8, 5, 4
MOST_WORDS = 8
LEAST_LETTERS, LEAST_FOR_NAMES, LEAST_FOR_SLIPS = 2, 3, 4
MOST_ENDINGS = 300  # words that begin alike; who typed so little sees the first of them


@dataclass(frozen=True)
class Suggestion:
    """A text to search for, or an offer to go to (slug). about: who gives it, where the name does not say so."""

    text: str
    kind: Kind
    about: str = ""
    slug: str = ""


@dataclass(frozen=True)
class _Text:
    text: str
    kind: Kind
    words: tuple[str, ...]


class _Words:
    """Which entries have a word: by its stem, by its beginning, by how its beginning sounds, and with a slip in it."""

    def __init__(self, entries: Iterable[Sequence[str]]) -> None:
        self.having: dict[str, list[int]] = {}
        for number, words in enumerate(entries):
            for word in set(words):
                self.having.setdefault(word, []).append(number)
        self.sorted = sorted(self.having)

    @cached_property
    def by_sound(self) -> list[tuple[str, str]]:
        return sorted((sound(word), word) for word in self.sorted)

    @cached_property
    def by_letter(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for word in self.sorted:
            found.setdefault(word[0], []).append(word)
        return found

    def beginning(self, typed: str, *, forgiving: bool) -> list[str]:
        """Words that begin as was typed; else, forgiving, that sound so or do with one slip after the same first letter."""
        found = _range(self.sorted, typed)
        if found or not forgiving or len(typed) < LEAST_FOR_SLIPS:
            return found
        heard = sound(typed)
        start = bisect_left(self.by_sound, (heard, ""))
        alike = [word for key, word in self.by_sound[start : start + MOST_ENDINGS] if key.startswith(heard)]
        if alike:
            return alike
        choices = self.by_letter.get(typed[0], [])
        found = []
        for size in (len(typed), len(typed) + 1):  # a letter was wrong, or one was forgotten
            cut = [word[:size] for word in choices]
            near = process.extract(typed, cut, scorer=OSA.distance, score_cutoff=1, limit=MOST_ENDINGS)
            found += [choices[place] for _, _, place in near]
        return list(dict.fromkeys(found))

    def entries(self, words: Iterable[str]) -> set[int]:
        """The entries that have any of these words."""
        found: set[int] = set()
        for word in words:
            found.update(self.having.get(word, ()))
        return found


def _range(words: Sequence[str], typed: str) -> list[str]:
    start = bisect_left(words, typed)
    found = []
    for word in words[start : start + MOST_ENDINGS]:
        if not word.startswith(typed):
            break
        found.append(word)
    return found


class Suggester:
    """All that can be suggested from one snapshot."""

    def __init__(self, held: Snapshot) -> None:
        """Cut every text and name once; `held` may have no offers."""
        self.held = held
        self.language = held.analyser.language
        self.texts = _texts(self.language)
        self.of_texts = _Words(text.words for text in self.texts)
        self.names = [tuple(tokenise(name)) for name in held.names]
        self.of_names = _Words(self.names)

    def suggest(self, question: str, place: PlaceInfo | None) -> list[Suggestion]:
        """At most eight suggestions for what was typed so far; any text is allowed."""
        typed = tokenise(question[:LONGEST_QUESTION])[-MOST_WORDS:]
        if not typed or (len(typed) == 1 and len(typed[0]) < LEAST_LETTERS):
            return []
        near = near_masks(self.held, place)
        found: list[Suggestion] = []
        for forgiving in (False, True):
            found = found or [*self._of_texts(typed, forgiving), *self._of_names(typed, near, forgiving)]
        helplines = self._helplines(question, near)
        found = [*helplines, *(found or ([] if helplines else self._completed(typed)))]
        return list({(one.kind, one.text, one.slug): one for one in found}.values())[:MOST]

    def _helplines(self, question: str, near: dict[str, int]) -> list[Suggestion]:
        analysis = understand(self.held.analyser, question)
        if not analysis.danger:
            return []
        candidates = near[OWN] | near[REGION] | near[NATION]
        return [self._offer(position) for position in helplines_first(self.held, analysis, candidates)[:2]]

    def _entries(self, among: _Words, typed: Sequence[str], forgiving: bool) -> set[int]:
        """Entries that have all typed words that say something, the last one as a beginning."""
        last = among.beginning(typed[-1], forgiving=forgiving)
        found = among.entries(last) if len(typed[-1]) >= LEAST_LETTERS else None
        little = self.language.stop | set(self.language.context)
        for word in typed[:-1]:
            if word in little:
                continue
            meant = [word] if word in among.having else among.beginning(word, forgiving=forgiving)
            some = among.entries(meant)
            found = some if found is None else found & some
        return found or set()

    def _of_texts(self, typed: Sequence[str], forgiving: bool) -> list[Suggestion]:
        whole, counts = " ".join(typed), self.held.analyser.vocabulary.counts

        def key(number: int) -> tuple[bool, bool, bool, int, int, int]:
            text = self.texts[number]
            words = " ".join(text.words)
            often = min(counts.get(word, 0) for word in text.words)
            last_begins = any(word.startswith(typed[-1]) for word in text.words)
            return not words.startswith(whole), not last_begins, text.kind != "subject", len(text.words), -often, number

        found = sorted(self._entries(self.of_texts, typed, forgiving), key=key)
        once = {self.texts[number].text: self.texts[number] for number in found}
        return [Suggestion(text.text, text.kind) for text in list(once.values())[:MOST_TEXTS]]

    def _of_names(self, typed: Sequence[str], near: dict[str, int], forgiving: bool) -> list[Suggestion]:
        if len(typed[-1]) < LEAST_FOR_NAMES:
            return []
        having = bits(self._entries(self.of_names, typed, forgiving), len(self.names))
        tie, chosen = self.held.tie, list[int]()
        for name in (OWN, REGION, NATION, NEIGHBOUR):
            some = positions(having & near[name])
            chosen += sorted(some, key=lambda p: (not self.names[p][0].startswith(typed[0]), tie[p]))[:MOST_OFFERS]
            if len(chosen) >= MOST_OFFERS:
                break
        return [self._offer(position) for position in chosen[:MOST_OFFERS]]

    def _offer(self, position: int) -> Suggestion:
        name, by = self.held.names[position], self.held.organisations[position]
        return Suggestion(name, "offer", "" if fold(by) in fold(name) else by, self.held.slugs[position])

    def _completed(self, typed: Sequence[str]) -> list[Suggestion]:
        """Nothing has all words: at least the last one can be written to its end, the commonest way first."""
        if len(typed[-1]) < LEAST_FOR_NAMES or len(typed) == 1:
            return []
        counts = self.held.analyser.vocabulary.counts
        endings = [word for word in self.of_texts.beginning(typed[-1], forgiving=True) if word != typed[-1]]
        best = sorted(endings, key=lambda word: (-counts.get(word, 0), word))[:3]
        return [Suggestion(" ".join([*typed[:-1], word]), "words") for word in best]


def _texts(language: Language) -> list[_Text]:
    """Subjects and special groups (found by the words people say for them too), and people's words as they say them."""
    made = []
    danger = [set(phrase.words) for phrases in language.danger.values() for phrase in phrases]
    named: list[Subject | SpecialGroup] = [*rules.subjects(), *rules.special_groups()]
    for subject in named:
        if any(words.issubset(tokenise(subject.label)) for words in danger):
            continue
        words = [*tokenise(subject.label), *(part for word in subject.words for part in tokenise(word))]
        made.append(_Text(subject.label, "subject", tuple(words)))
    for entry in language.people:
        for phrase in entry.say:
            if not any(words.issubset(phrase.words) for words in danger):
                made.append(_Text(phrase.text, "words", phrase.words))
    return made


_held: Suggester | None = None
_lock = Lock()


def suggest(question: str, place: PlaceInfo | None) -> list[Suggestion]:
    """What somebody may mean who typed this so far, at a place."""
    global _held
    held = snapshot.current()
    ready = _held
    if ready is None or ready.held is not held:
        with _lock:
            ready = _held = Suggester(held)
    return ready.suggest(question, place)
