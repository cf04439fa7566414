"""
Vocabulary: the words the offers use, with what follows from knowing them: splitting compounds and mending spelling.

Purpose: answer "is this a word here, what is it made of, and which word was meant". It never guesses a word that no offer
and no thesaurus entry has. Pure and deterministic: the same words give the same answers in any order of asking.
"""

from collections.abc import Iterable, Mapping
from typing import TypeVar

from rapidfuzz import process
from rapidfuzz.distance import OSA

from naast.directory.search.thesaurus import Language
from naast.directory.search.words import sound, stem

MOST_PARTS = 4
LEAST_KNOWN = 6  # letters of a part that alone says what an unknown compound is about
MOST_TYPED = 2_000  # words of askers that memory holds beside our own: letters without end must not fill it

Held = TypeVar("Held", str, tuple[str, ...])


class Vocabulary:
    """Words of the offers (word -> number of offers) beside the words of the language data."""

    def __init__(self, language: Language, counts: Mapping[str, int]) -> None:
        """`counts`: folded words as tokenise() gives them, with the number of offers that have each."""
        self.language = language
        self.counts = {word: count for word, count in counts.items() if count > 0}
        self._stems: dict[str, str] = {}
        self._same = {
            stem(phrase.words[0], language.stems, language.ends): stem(line[0].words[0], language.stems, language.ends)
            for line in language.same
            for phrase in line
        }
        known = (set(self.counts) | language.words()) - language.stop - set(language.context)
        self.words = frozenset(word for word in known if not word.isdigit())
        self.stems = frozenset(self.stem(word) for word in known)
        self._choices = sorted(word for word in self.words if len(word) >= 4)
        self._by_sound: dict[str, list[str]] = {}
        for word in self._choices:
            self._by_sound.setdefault(sound(word), []).append(word)
        self._splits: dict[str, tuple[str, ...]] = {}
        self._corrections: dict[str, str] = {}  # "" where none was meant

    def stem(self, word: str) -> str:
        """Stem of a folded word by the language's list and the stemmer; words that mean the same have one stem."""
        known = self._stems.get(word)
        if known is None:
            found = stem(word, self.language.stems, self.language.ends)
            known = self._same.get(found, found)
            self._hold(self._stems, word, known)
        return known

    def _hold(self, held: dict[str, Held], word: str, found: Held) -> None:
        if len(held) >= len(self.words) + MOST_TYPED:
            held.clear()
        held[word] = found

    def knows(self, word: str) -> bool:
        """True when an offer or the thesaurus has this word in some form."""
        return word in self.words or self.stem(word) in self.stems

    def split(self, word: str) -> tuple[str, ...]:
        """
        The known words a compound is made of, or nothing: "scheidingsloket" -> ("scheiding", "loket").

        Fewest parts first, then the longest last part (in Dutch the last part says what the thing is).
        """
        found = self._splits.get(word)
        if found is None:
            found = self._best_split(word)
            self._hold(self._splits, word, found)
        return found

    def known_part(self, word: str) -> str | None:
        """The longest word that a compound begins or ends with where its other part is not known; None where none is."""
        pieces = [word[:end] for end in range(LEAST_KNOWN, len(word) - 2)]
        pieces += [word[start:] for start in range(3, len(word) - LEAST_KNOWN + 1)]
        known = [piece for piece in pieces if piece in self.words]
        return max(known, key=lambda piece: (len(piece), word.startswith(piece)), default=None)

    def _is_part(self, piece: str) -> bool:
        long_enough = len(piece) >= self.language.least_part or piece in self.language.short_parts
        return long_enough and piece in self.words

    def _best_split(self, word: str) -> tuple[str, ...]:
        least = self.language.least_part
        if len(word) < 2 * least - 1 or word in self.language.whole or word.isdigit():
            return ()
        ways = [way for way in self._ways(word, MOST_PARTS) if len(way) > 1]
        if not ways:
            return ()
        return min(ways, key=lambda way: (len(way), -len(way[-1]), way))

    def _ways(self, rest: str, parts_left: int) -> Iterable[tuple[str, ...]]:
        if self._is_part(rest):
            yield (rest,)
        if parts_left == 1:
            return
        for end in range(3, len(rest) - 2):
            head = rest[:end]
            if not self._is_part(head):
                continue
            tails = [rest[end:]] + [rest[end + len(j) :] for j in self.language.joiners if rest.startswith(j, end)]
            for tail in tails:
                for way in self._ways(tail, parts_left - 1):
                    yield (head, *way)

    def correct(self, word: str) -> str | None:
        """
        The known word that was meant by an unknown one, or None.

        Same sound first, then at most one slip in 5-8 letters and two in 9 or more (a swap of neighbours is one slip), the
        first letter kept when there are two. Ties: fewer slips, then the word more offers use, then the alphabet.
        """
        found = self._corrections.get(word)
        if found is None:
            found = self._best_correction(word) or ""
            self._hold(self._corrections, word, found)
        return found or None

    def _best_correction(self, word: str) -> str | None:
        if len(word) < 4 or word.isdigit():
            return None
        alike = [choice for choice in self._by_sound.get(sound(word), ()) if abs(len(choice) - len(word)) <= 3]
        if alike:
            return min(alike, key=lambda choice: (OSA.distance(word, choice), -self.counts.get(choice, 0), choice))
        slips = 0 if len(word) < 5 else 1 if len(word) < 9 else 2
        if not slips:
            return None
        near = process.extract(word, self._choices, scorer=OSA.distance, score_cutoff=slips, limit=None)
        meant = [(int(distance), choice) for choice, distance, _ in near if distance < 2 or choice[0] == word[0]]
        if not meant:
            return None
        return min(meant, key=lambda pair: (pair[0], -self.counts.get(pair[1], 0), pair[1]))[1]
