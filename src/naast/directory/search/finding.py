"""
Finding: one search over what memory and the index hold: whom it fits, near first, with filters, counts and pages.

Purpose: pages, the API, guides and the desk find by the same way. A search costs the same number of queries for 1 and for 50
results: one look at the index (plus one at the generation where no watch runs) and three for the page that is shown.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from uuid import UUID

from django.db.models import QuerySet

from naast.directory import rules
from naast.directory.models import Offer
from naast.directory.rules import NATION, NEIGHBOUR, OWN, REGION
from naast.directory.search import matching, ranking, snapshot
from naast.directory.search.always import always, with_always
from naast.directory.search.analysis import Analysis
from naast.directory.search.filters import FACETS, known_codes
from naast.directory.search.order import Asked, best, ranked_last
from naast.directory.search.snapshot import Snapshot, bits, positions
from naast.directory.search.understanding import understand
from naast.places import queries as places
from naast.places.rules import PlaceInfo

PAGE_SIZE = 20
VIOLENT = frozenset({"violence", "abuse", "sexual"})  # dangers after whose helplines the help for safety follows
YOUNG = frozenset({"kinderen", "jongeren"})
MOST_SAFETY = 6
# a term that says what was asked; the part of a question that a name must have; one word is no name that somebody knew
LIKE_OWN, NEARLY_ALL, LEAST_NAMED = 0.9, 0.6, 2
LINES_FOR_PROFESSIONALS = 2  # Veilig Thuis and 112
MOST_PAGES = 500
Codes = str | Collection[str] | None


def _codes(value: Codes) -> tuple[str, ...]:
    if not value:
        return ()
    return (value,) if isinstance(value, str) else tuple(dict.fromkeys(value))


@dataclass(frozen=True)
class SearchQuery:
    """
    What to look for.

    Each filter (filters.FACETS) is one code, several codes (any of them) or nothing; unknown codes find nothing, and an age in
    years ("9") is a code of `age`. without: what was recognised in `q` and switched off, as "audience:kinderen". kilometres:
    how far an offer is from who asks, by id, where that is known. only: no other offers than these. page begins at 1.
    """

    q: str = ""
    place: PlaceInfo | None = None
    audience: Codes = None
    age: Codes = None
    phase: Codes = None
    form: Codes = None
    costs: Codes = None
    payer: Codes = None
    language: Codes = None
    referral: Codes = None
    waiting: Codes = None
    group: Codes = None
    without: frozenset[str] = frozenset()
    kilometres: Mapping[UUID, float] | None = None
    only: Collection[UUID] | None = None
    page: int = 1
    page_size: int = PAGE_SIZE

    def chosen(self, facet: str) -> tuple[str, ...]:
        """The codes chosen of one facet."""
        if facet not in FACETS:
            raise KeyError(facet)
        return _codes(getattr(self, facet))


@dataclass(frozen=True)
class Found:
    """
    One result: the offer, how near its area is (own, region, nation, neighbour), whether danger words put it first.

    kilometres: how far it is from who asks, where that is known.
    """

    offer: Offer
    near: str
    first: bool = False
    kilometres: float | None = None


@dataclass(frozen=True)
class FacetValue:
    """A filter's value with the number of results it would give beside the other filters."""

    code: str
    count: int
    on: bool


@dataclass(frozen=True)
class SearchResult:
    """What a search found. `total` counts all pages; `unfiltered` what it would be without filters."""

    query: SearchQuery
    analysis: Analysis
    results: list[Found]
    total: int
    unfiltered: int
    facets: dict[str, list[FacetValue]]
    page: int
    pages: int
    danger: frozenset[str] = field(default_factory=frozenset)


def search(query: SearchQuery) -> SearchResult:
    """Find offers by what people type and choose; near first. Any text is allowed, none fails."""
    held = snapshot.current()
    size = len(held.ids)
    analysis = understand(held.analyser, query.q, query.without)
    near = near_masks(held, query.place)
    candidates = near[OWN] | near[REGION] | near[NATION] | near[NEIGHBOUR]
    if query.only is not None:
        candidates &= bits((place for place, offer_id in enumerate(held.ids) if offer_id in query.only), size)
    texts = matching.texts(held, analysis, candidates, asked=bool(query.q.strip()))
    matched = candidates if texts is None else bits(texts, size) & candidates
    if not matched and (person := _of_the_person(held, analysis)):
        texts, matched = None, candidates & person
    chosen = {facet: query.chosen(facet) for facet in FACETS}
    masks = {facet: held.any_of(facet, codes) for facet, codes in chosen.items() if codes}
    kept = matched
    for mask in masks.values():
        kept &= mask
    asked = Asked.of(analysis, chosen, query.kilometres)
    first = helplines_first(held, analysis, candidates)
    ahead = bits(first, size)
    kept &= ~ahead
    safe = _safety(held, asked, near, ahead) if analysis.danger & VIOLENT else []
    for mask in masks.values():
        safe = [position for position in safe if mask >> position & 1]
    open_to = candidates & ~ahead & ~bits(safe, size)
    for mask in masks.values():
        open_to &= mask
    there = always(held, analysis, near, asked, open_to) if query.q.strip() else []
    kept &= ~bits(safe, size)
    ranked = kept & ~bits(there, size)
    kept |= bits(there, size)
    total = len(first) + len(safe) + kept.bit_count()
    pages = max(1, min(MOST_PAGES, -(-total // query.page_size)))
    page = min(max(1, query.page), pages)
    inside = [one for one in there if texts is None or one in texts]
    named = _named(held, analysis, ranked & ranked_last(held, asked.fit), texts)
    most = page * query.page_size
    rest = best(held, ranked | bits(inside, size), texts, near, asked, most=most, named=named)
    rest = with_always(rest, there)
    shown = [*_ahead(first, safe, asked), *rest][(page - 1) * query.page_size : page * query.page_size]
    return SearchResult(
        query=query,
        analysis=analysis,
        results=_found(held, shown, near, set(first), query.kilometres or {}),
        total=total,
        unfiltered=(matched | ahead | bits([*safe, *there], size)).bit_count(),
        facets=_facets(held, matched, masks, chosen),
        page=page,
        pages=pages,
        danger=analysis.danger,
    )


def _of_the_person(held: Snapshot, analysis: Analysis) -> int:
    """No offer has these words, but they tell who asks ("dochter van 9"): the mask of what fits that person."""
    told = {facet: analysis.codes(facet) for facet in ("audience", "age", "phase", "form")}
    if analysis.unknown or not any(told.values()):
        return 0
    mask = held.everything
    for facet, codes in told.items():
        mask &= held.any_of(facet, codes)
    return mask


def offers_for(
    place: PlaceInfo | None,
    audience: str | None = None,
    phase: str | None = None,
    subjects: Sequence[str] = (),
    limit: int = 5,
) -> list[Offer]:
    """Offers for a step of a plan or beside a text: those with any of the subjects, best fit and nearest first.

    Neighbouring municipalities' own offers are left out: a plan names only what is there for the reader.
    """
    held = snapshot.current()
    near = near_masks(held, place)
    kept = (near[OWN] | near[REGION] | near[NATION]) & held.any_of("audience", _codes(audience))
    kept &= held.any_of("phase", _codes(phase))
    asked = frozenset(subjects)
    how_near = {position: name for name, mask in near.items() for position in positions(kept & mask)}

    def key(position: int) -> tuple[bool, float, int]:
        about = len(held.subjects[position] & asked) / len(asked) if asked else 1.0
        worth = ranking.NEAR[how_near[position]] * (1 + about)
        return bool(held.helplines >> position & 1), -worth, held.tie[position]

    fitting = [position for position in how_near if not asked or held.subjects[position] & asked]
    return offers([held.ids[position] for position in sorted(fitting, key=key)[:limit]])


def whole() -> QuerySet[Offer]:
    """Offers with everything that a page shows of them."""
    return Offer.objects.select_related("organisation").prefetch_related("areas", "locations")


def offers(ids: Sequence[UUID]) -> list[Offer]:
    """Offers by id, in this order; ids that are gone are left out."""
    by_id = {offer.pk: offer for offer in whole().filter(pk__in=ids)}
    return [by_id[pk] for pk in ids if pk in by_id]


def near_masks(held: Snapshot, place: PlaceInfo | None) -> dict[str, int]:
    """Masks of the offers by nearness; each offer stands in the nearest only. Without a place all are near."""
    if place is None:
        return {OWN: held.everything, REGION: 0, NATION: 0, NEIGHBOUR: 0}
    region = places.region_of(place)
    others = places.members(region) if region else []
    own = held.areas.get(place.slug, 0)
    if place.is_region:
        for member in others:
            own |= held.areas.get(member.slug, 0)
        others = []
    regional = held.areas.get(region.slug, 0) & ~own if region else 0
    nation = held.areas.get(rules.COUNTRY, 0) & ~own & ~regional
    neighbour = 0
    for other in others:
        neighbour |= held.areas.get(other.slug, 0)
    return {OWN: own, REGION: regional, NATION: nation, NEIGHBOUR: neighbour & ~own & ~regional & ~nation}


def _found(
    held: Snapshot,
    shown: Sequence[int],
    near: Mapping[str, int],
    first: Collection[int],
    kilometres: Mapping[UUID, float],
) -> list[Found]:
    by_id = {offer.pk: offer for offer in offers([held.ids[position] for position in shown])}
    return [
        Found(by_id[pk], _how_near(near, position), position in first, kilometres.get(pk))
        for position in shown
        if (pk := held.ids[position]) in by_id
    ]


def _how_near(near: Mapping[str, int], position: int) -> str:
    return next((name for name, mask in near.items() if mask >> position & 1), NATION)


def helplines_first(held: Snapshot, analysis: Analysis, candidates: int) -> list[int]:
    """Positions of the helplines that danger words put first, in the order of the data. Filters do not hide them."""
    lines = [slugs for who, slugs in held.analyser.language.helplines.items() if who in analysis.danger]
    # in turn, so that of two dangers both have their own line near the top
    wanted = dict.fromkeys(slug for row in zip_longest(*lines) for slug in row if slug is not None)
    found = [held.by_slug[slug] for slug in wanted if slug in held.by_slug]
    return [position for position in found if candidates >> position & 1]


def _named(held: Snapshot, analysis: Analysis, late: int, texts: Mapping[int, float] | None) -> int:
    """The mask of offers for professionals whose name has nearly all that was asked: these do not stand last."""
    groups = [group for group in analysis.groups if not group.weak]
    if texts is None or len(groups) < LEAST_NAMED:
        return 0
    found = []
    for position in positions(late):
        if texts.get(position, 0.0) < ranking.NAMED:
            continue
        name = set(held.analyser.stems(held.analyser.words(held.names[position])))
        had = sum(any(name.issuperset(t.stems) for t in group.terms if t.weight >= LIKE_OWN) for group in groups)
        if had >= max(LEAST_NAMED, len(groups) * NEARLY_ALL):
            found.append(position)
    return bits(found, len(held.ids))


def _safety(held: Snapshot, asked: Asked, near: Mapping[str, int], ahead: int) -> list[int]:
    """Positions of what is for safety and serves the place, best first; what is for professionals only for who is one."""
    some = held.safety & ~ahead & ~near[NEIGHBOUR] & ~ranked_last(held, asked.fit)
    some &= near[OWN] | near[REGION] | near[NATION]
    return best(held, some, None, near, asked, most=MOST_SAFETY)


def _ahead(first: Sequence[int], safe: Sequence[int], asked: Asked) -> list[int]:
    """The helplines, then help for safety; a professional sees that directly after the two lines that come first."""
    told = asked.fit.audiences
    lines = LINES_FOR_PROFESSIONALS if "professionals" in told and not told & YOUNG else len(first)
    return [*first[:lines], *safe, *first[lines:]]


def _facets(
    held: Snapshot, matched: int, masks: Mapping[str, int], chosen: Mapping[str, Sequence[str]]
) -> dict[str, list[FacetValue]]:
    """For each facet its values with what they would give beside the other facets; values without results are left out."""
    found: dict[str, list[FacetValue]] = {}
    for facet, codes in FACETS.items():
        beside = matched
        for other, mask in masks.items():
            if other != facet:
                beside &= mask
        exact = [code for code in chosen[facet] if code not in codes and known_codes(facet, [code])]
        values = []
        for code in (*codes, *exact):
            count = (beside & held.having(facet, code)).bit_count()
            if count or code in chosen[facet]:
                values.append(FacetValue(code, count, code in chosen[facet]))
        found[facet] = values
    return found
