"""
Analysis: what the analyser makes of a question, as values that the index, the ranking and the chips of a page read.

Purpose: one shape for "look for this" (groups of terms) and for "this was recognised, by these words" (facets), so that a
page can show each recognition and somebody can switch it off. Values only: nothing here reads a text. Pure.
"""

from collections.abc import Iterable
from dataclasses import dataclass

# what can be recognised in a sentence; the codes are those of offers, an age is a number, danger names a kind of helpline
FACETS = ("danger", "audience", "age", "phase", "form", "costs")


@dataclass(frozen=True)
class Term:
    """Stems that must all be in an offer, and how much such a hit is worth (0 to 1)."""

    stems: tuple[str, ...]
    weight: float


@dataclass(frozen=True)
class Group:
    """
    One thing the asker wants: any of its terms will do. `text` is how the asker put it.

    weak: a word that nearly every offer has beside better ones: it lifts an offer and is not asked of it.
    known: people's words or the fixed lists know what it means; otherwise it is just a word that some offer has.
    """

    text: str
    terms: tuple[Term, ...]
    weak: bool = False
    known: bool = True


@dataclass(frozen=True, order=True)
class Recognised:
    """
    Something about the asker or the wish that a sentence told: ("age", "9", "dochter van 9").

    facet: one of FACETS. code: an offer's code, an age in years, a kind of danger. words: the asker's own, folded.
    """

    facet: str
    code: str
    words: str

    @property
    def key(self) -> str:
        """How a page names it to switch it off: "age:9"."""
        return f"{self.facet}:{self.code}"


@dataclass(frozen=True)
class Analysis:
    """
    What a question asks for.

    corrections: (typed, meant) pairs. also: field words shown as "we also look for". unknown: words that nothing knows.
    broad: no more was told than that somebody separates, or wants to talk or to be helped.
    recognised: what counts, in the order of FACETS; each facet and code once. left_out: what the asker switched off.
    """

    groups: tuple[Group, ...] = ()
    corrections: tuple[tuple[str, str], ...] = ()
    also: tuple[str, ...] = ()
    recognised: tuple[Recognised, ...] = ()
    left_out: tuple[Recognised, ...] = ()
    unknown: tuple[str, ...] = ()
    broad: bool = False

    def codes(self, facet: str) -> frozenset[str]:
        """The codes recognised of one facet."""
        return frozenset(one.code for one in self.recognised if one.facet == facet)

    @property
    def danger(self) -> frozenset[str]:
        """Kinds of helplines that come first."""
        return self.codes("danger")

    @property
    def hints(self) -> dict[str, frozenset[str]]:
        """For whom and in which phase, as codes."""
        return {facet: self.codes(facet) for facet in ("audience", "phase")}

    @property
    def ages(self) -> tuple[int, ...]:
        """Ages in years, youngest first."""
        return tuple(sorted(int(code) for code in self.codes("age")))

    @property
    def age(self) -> int | None:
        """The youngest age, when one was said."""
        return min(self.ages, default=None)


def sort_recognised(
    found: Iterable[Recognised], without: frozenset[str]
) -> tuple[tuple[Recognised, ...], tuple[Recognised, ...]]:
    """What counts and what was switched off, each key once (its first words), in the order of FACETS."""
    once: dict[str, Recognised] = {}
    for one in found:
        once.setdefault(one.key, one)
    ordered = sorted(once.values(), key=lambda one: FACETS.index(one.facet))
    return tuple(one for one in ordered if one.key not in without), tuple(one for one in ordered if one.key in without)
