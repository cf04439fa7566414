"""
Ranking: in which order offers stand, as numbers written down and as words an editor can read.

    rank = text (0 to 1) x nearness x distance x fit (audience, phase, age, form) x freshness

Money and the alphabet are no part of it: no function here takes what an offer costs, who pays it or what it is called.
Offers for professionals alone stand after all others for who is none; helplines weigh less while no danger was said, and
stand first when it was. docs/search.md has the same numbers with the reasons. Pure: no Django, no clock, no database.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from math import log

from naast.directory.keeping.rules import is_overdue
from naast.directory.rules import LEVELS, NATION, NEIGHBOUR, OWN, REGION
from naast.directory.search.analysis import Group, Term

NEAR: Mapping[str, float] = {OWN: 1.0, REGION: 0.96, NATION: 0.82, NEIGHBOUR: 0.6}
# beside the offers that have all that was asked, others come only when there are fewer than this
ENOUGH = 10
# asked in so many parts that hardly anything can have them all: then all parts are wished, none is needed
MANY_PARTS = 3
HAS_ALL, HAS_ALL_OF_MANY = 1.0, 0.25
LEAST_PART_OF_BEST = 0.25
# a word that nearly all offers have, and a loose word beside a thing that people's words know: they lift, by this share
WEAK_SHARE, LOOSE_SHARE = 0.25, 0.5
# what a thing that people's words know is worth at least, and a loose word beside it at most: one in two offers has it
ONE_IN_TWO = log(1 + 2)
# what a line for emergencies is worth where no word of danger was said, unless its name is what was meant
CALM_HELPLINE, NAMED = 0.7, 0.75

YOUNG = frozenset({"kinderen", "jongeren"})
FAR_KM, LEAST_DISTANCE = 60.0, 0.8
RECENT_DAYS = 183
RECENT, CONFIRMED, NEVER, OVERDUE = 1.03, 1.01, 1.0, 0.92
AUDIENCE, ONLY_PROFESSIONALS, PHASE, AGE, WRONG_AGE, FORM = 1.2, 0.6, 1.05, 1.1, 0.5, 1.1


# ---------- the person and the offer


@dataclass(frozen=True)
class Fit:
    """What a question tells about the person: codes of audience, phase and form, ages in years."""

    audiences: frozenset[str] = frozenset()
    phases: frozenset[str] = frozenset()
    ages: tuple[int, ...] = ()
    forms: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Fits:
    """What an offer is for; an empty set or a missing age means everybody."""

    audiences: frozenset[str] = field(default_factory=frozenset)
    phases: frozenset[str] = field(default_factory=frozenset)
    age_min: int | None = None
    age_max: int | None = None
    forms: frozenset[str] = field(default_factory=frozenset)


def audience_factor(asked: frozenset[str], offer: frozenset[str]) -> float:
    """More for whom an offer is meant; what is for professionals alone sinks for who does not say to be one."""
    if asked & offer:
        return AUDIENCE
    return ONLY_PROFESSIONALS if offer == {"professionals"} else 1.0


def comes_last(asked: frozenset[str], offer: frozenset[str]) -> bool:
    """Whether an offer stands after all others: it is for professionals alone, and who asks does not seem to be one."""
    return offer == {"professionals"} and "professionals" not in asked


def phase_factor(asked: frozenset[str], offer: frozenset[str]) -> float:
    """A little more in the phase that was named."""
    return PHASE if asked & offer else 1.0


def form_factor(asked: frozenset[str], offer: frozenset[str]) -> float:
    """A little more in the form that was wished."""
    return FORM if asked & offer else 1.0


def age_factor(asked: Collection[int], age_min: int | None, age_max: int | None) -> float:
    """Clearly less where no age that was said fits, a little more where one is known to."""
    if not asked or (age_min is None and age_max is None):
        return 1.0
    fits = any((age_min is None or age >= age_min) and (age_max is None or age <= age_max) for age in asked)
    return AGE if fits else WRONG_AGE


def fit_factor(asked: Fit, offer: Fits) -> float:
    """How well an offer fits the person, about 1: by audience, by phase, by age and by form."""
    return (
        audience_factor(asked.audiences, offer.audiences)
        * phase_factor(asked.phases, offer.phases)
        * age_factor(asked.ages, offer.age_min, offer.age_max)
        * form_factor(asked.forms, offer.forms)
    )


def distance_factor(kilometres: float | None) -> float:
    """From 1 next door, slowly down to 0.8 at 60 kilometres and more; 1 where no distance is known or it is online."""
    if kilometres is None:
        return 1.0
    return 1.0 - (1.0 - LEAST_DISTANCE) * min(max(kilometres, 0.0), FAR_KM) / FAR_KM


def freshness_factor(checked_on: date | None, next_check: date | None, today: date) -> float:
    """Recently confirmed a little above never confirmed, and what is overdue (keeping.rules) below both."""
    if is_overdue(checked_on, next_check, today):
        return OVERDUE
    if checked_on is None:
        return NEVER
    return RECENT if (today - checked_on).days <= RECENT_DAYS else CONFIRMED


def for_emergencies(subjects: Sequence[str], *, is_helpline: bool) -> bool:
    """Whether an offer is a line for safety before all else; a line to talk to somebody is help like any other."""
    return is_helpline and list(subjects[:1]) == ["veiligheid"]


def is_for_the_young(subjects: Sequence[str], audiences: Collection[str]) -> bool:
    """Whether an offer is there for children and young people themselves, for what they feel or at school."""
    return bool(audiences) and set(audiences) <= YOUNG and not {"gevoel", "school"}.isdisjoint(subjects)


def is_desk(subjects: Sequence[str], *, is_helpline: bool) -> bool:
    """Whether an offer is a desk that gives advice on everything."""
    return not is_helpline and list(subjects[:1]) == ["advies"]


def for_safety(subjects: Sequence[str], *, is_helpline: bool) -> bool:
    """Whether an offer is help where there is violence: it follows the helplines. Help with something else besides is not."""
    about = set(subjects)
    return not is_helpline and (list(subjects[:1]) == ["veiligheid"] or about == {"veiligheid", "deskundigheid"})


def helpline_factor(text: float | None) -> float:
    """Without danger the emergency lines stand after the help one looks for; a line that was meant by name does not sink."""
    return 1.0 if text is not None and text >= NAMED else CALM_HELPLINE


def score(text: float, near: str, fit: float, distance: float = 1.0, fresh: float = 1.0) -> float:
    """The rank of one offer: text 0 to 1, times nearness, distance, fit and freshness."""
    return text * NEAR[near] * distance * fit * fresh


# ---------- the text

Hit = tuple[Group, Mapping[int, float]]


def text_scores(hits: Sequence[Hit], size: int, enough: Callable[[Collection[int]], bool]) -> dict[int, float]:
    """
    How well each offer's text fits, by its position; 0 to 1, and above 1 for those that have all while others have not.

    hits: each thing that was asked with the offers that have it and how well (0 to 1). size: how many offers there are.
    enough: tells whether these positions leave a searcher with enough to choose from.
    A rare word is worth more than a common one, but loose words of a sentence never rule over a thing that people's words
    know. One or two things asked: who has all stands first, and alone when that is enough. Three and more: all are wished.
    """
    if len(hits) == 1:
        return dict(hits[0][1])
    worth = _worth(hits, size)
    total = sum(worth) or 1.0
    texts: dict[int, float] = {}
    for value, (_, hit) in zip(worth, hits, strict=True):
        share = value / total
        for position, weight in hit.items():
            texts[position] = texts.get(position, 0.0) + weight * share
    strong = [(value, hit) for value, (group, hit) in zip(worth, hits, strict=True) if not group.weak]
    if not any(hit for _, hit in strong):
        return texts  # nothing has the word that matters: better what the weak words give than nothing
    with_all = set.intersection(*(set(hit) for _, hit in strong))
    if len(strong) == 1 or (len(strong) < MANY_PARTS and enough(with_all)):
        return {position: texts[position] for position in with_all}
    covered: dict[int, float] = {}
    for value, hit in strong:
        for position in hit:
            covered[position] = covered.get(position, 0.0) + value
    least = max(covered.values(), default=0.0) * LEAST_PART_OF_BEST
    more = HAS_ALL_OF_MANY if len(strong) >= MANY_PARTS else HAS_ALL
    return {
        position: texts[position] + (more if position in with_all else 0.0)
        for position, value in covered.items()
        if value >= least
    }


def _worth(hits: Sequence[Hit], size: int) -> list[float]:
    worth = []
    any_known = any(group.known for group, _ in hits)
    for group, hit in hits:
        value = log(1 + size / (1 + len(hit)))
        if group.known:
            value = max(value, ONE_IN_TWO)
        elif any_known:
            value = min(value, ONE_IN_TWO)
        share = 1.0 if not group.weak else WEAK_SHARE if group.known else LOOSE_SHARE
        worth.append(value * share)
    return worth


# ---------- explained


@dataclass(frozen=True)
class TextHit:
    """Where a thing that was asked stands in an offer: by which of its terms, on which level (0 = the name), how well."""

    group: Group
    term: Term
    level: int

    @property
    def weight(self) -> float:
        """How much this hit is worth, 0 to 1."""
        return self.term.weight * LEVELS[self.level]


def text_hit(group: Group, levels: Sequence[Collection[str]]) -> TextHit | None:
    """The best way in which an offer's stems by level have a thing that was asked, or None; as the index counts it."""
    best: TextHit | None = None
    for term in group.terms:
        seen: set[str] = set()
        for level, stems in enumerate(levels):
            seen.update(stems)
            if seen.issuperset(term.stems):
                hit = TextHit(group, term, level)
                best = hit if best is None or hit.weight > best.weight else best
                break
    return best


@dataclass(frozen=True)
class Factor:
    """One number of a rank. name: text, near, distance, audience, phase, age, form, helpline, fresh."""

    name: str
    value: float


def explain(
    *,
    text: float | None,
    near: str,
    asked: Fit,
    offer: Fits,
    kilometres: float | None,
    freshness: float,
    calm_helpline: bool = False,
) -> tuple[Factor, ...]:
    """The numbers of one result in the order in which they are multiplied; their product is its rank. text: None = not asked."""
    return (
        Factor("text", 1.0 if text is None else text),
        Factor("near", NEAR[near]),
        Factor("distance", distance_factor(kilometres)),
        Factor("audience", audience_factor(asked.audiences, offer.audiences)),
        Factor("phase", phase_factor(asked.phases, offer.phases)),
        Factor("age", age_factor(asked.ages, offer.age_min, offer.age_max)),
        Factor("form", form_factor(asked.forms, offer.forms)),
        Factor("helpline", helpline_factor(text) if calm_helpline else 1.0),
        Factor("fresh", freshness),
    )


def rank_of(factors: Sequence[Factor]) -> float:
    """The product of explained factors."""
    rank = 1.0
    for factor in factors:
        rank *= factor.value
    return rank
