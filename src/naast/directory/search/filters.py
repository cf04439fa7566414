"""
Filters: what people can choose, as codes, and which codes an offer has of each.

Purpose: the page, the counts, the API and the snapshot speak of the same ten facets. A facet is a property of offers; its codes
are any-of; between facets all must hold. Pure: no Django, no clock, no database.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, timedelta
from functools import lru_cache

from naast.core import languages
from naast.directory.rules import COSTS, FORMS, LANGUAGE_NAMES, PAYERS, REFERRALS, special_groups
from naast.places.rules import AUDIENCES, PHASES

UNKNOWN = "onbekend"
OLDEST = 120
Span = tuple[int, int]
# by the schools a child goes to: before, primary, secondary, young adult, adult
AGE_BANDS: Mapping[str, Span] = {
    "0-3": (0, 3),
    "4-11": (4, 11),
    "12-17": (12, 17),
    "18-23": (18, 23),
    "24-plus": (24, OLDEST),
}
# whose ages are meant where an offer names none; the child of a parent can be of any age
AGES_OF: Mapping[str, Span] = {"kinderen": (0, 12), "jongeren": (12, 23)}
EVERY_AGE: Span = (0, OLDEST)
# weeks one waits at most, as an offer's own range says
WAITING_BANDS: Mapping[str, Span] = {"geen": (0, 0), "1-4": (1, 4), "5-12": (5, 12), "13-plus": (13, 10_000)}
# a waiting time of longer ago says nothing about today
WAITING_HOLDS = timedelta(days=183)

FACETS: Mapping[str, tuple[str, ...]] = {
    "audience": AUDIENCES,
    "age": tuple(AGE_BANDS),
    "phase": PHASES,
    "form": FORMS,
    "costs": COSTS,
    "payer": PAYERS,
    "language": tuple(dict.fromkeys([*languages.known(), *LANGUAGE_NAMES])),
    "referral": REFERRALS,
    "waiting": (*WAITING_BANDS, UNKNOWN),
    "group": tuple(group.slug for group in special_groups()),
}


def known_codes(facet: str, values: Iterable[str]) -> tuple[str, ...]:
    """Of these values the ones that are codes of a facet, each once; an age in years ("9") is a code of "age" too."""
    return tuple(
        value for value in dict.fromkeys(values) if value in FACETS[facet] or (facet == "age" and span_of(value))
    )


@lru_cache(maxsize=256)
def span_of(code: str) -> Span | None:
    """The ages in years that a code of "age" names: a band or one age; None where it is neither."""
    if code in AGE_BANDS:
        return AGE_BANDS[code]
    if code.isascii() and code.isdigit() and len(code) < 4 and int(code) <= OLDEST:
        return int(code), int(code)
    return None


def ages_meant(audiences: Collection[str], youngest: int | None, oldest: int | None) -> Span:
    """The ages an offer is for, in years. Where it names none: those of its audiences, when they are children or young."""
    if youngest is not None or oldest is not None:
        return youngest or 0, OLDEST if oldest is None else oldest
    if not audiences or not set(audiences) <= set(AGES_OF):
        return EVERY_AGE
    spans = [AGES_OF[audience] for audience in audiences]
    return min(span[0] for span in spans), max(span[1] for span in spans)


def overlaps(one: Span, other: Span) -> bool:
    """Whether two stretches share a number."""
    return one[0] <= other[1] and other[0] <= one[1]


def waiting_holds(on: date | None, today: date) -> bool:
    """Whether a waiting time of this day still says something."""
    return on is not None and today - on <= WAITING_HOLDS


def waiting_band(most: int | None, on: date | None, today: date) -> str:
    """The code of a waiting time: by the most weeks one waits; unknown where nobody said so or it was too long ago."""
    if most is None or not waiting_holds(on, today):
        return UNKNOWN
    return next((code for code, (least, top) in WAITING_BANDS.items() if least <= most <= top), UNKNOWN)
