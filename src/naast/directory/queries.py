"""Reading the directory: search for pages and API alike, offers for a step or a page, one offer.

Everything here is public. A search costs the same number of queries for 1 and for 50 results: one look at the index (plus
one at the generation where no watch runs) and three for the page that is shown.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from heapq import nsmallest
from math import log
from uuid import UUID

from django.db.models import QuerySet

from naast.directory import rules
from naast.directory.models import Offer
from naast.directory.rules import NATION, NEIGHBOUR, OWN, REGION, Fit, Subject
from naast.directory.search import index, snapshot
from naast.directory.search.analysis import Analysis
from naast.directory.search.snapshot import FACETS, Snapshot, bits, positions
from naast.directory.search.understanding import understand
from naast.places import queries as places
from naast.places.rules import PlaceInfo

PAGE_SIZE = 20
MOST_PAGES = 500


def _codes(value: str | Collection[str] | None) -> tuple[str, ...]:
    if not value:
        return ()
    return (value,) if isinstance(value, str) else tuple(dict.fromkeys(value))


@dataclass(frozen=True)
class SearchQuery:
    """What to look for.

    Each filter is one code, several codes (any of them) or nothing; unknown codes find nothing. page begins at 1.
    """

    q: str = ""
    place: PlaceInfo | None = None
    audience: str | Collection[str] | None = None
    phase: str | Collection[str] | None = None
    form: str | Collection[str] | None = None
    costs: str | Collection[str] | None = None
    page: int = 1
    page_size: int = PAGE_SIZE

    def chosen(self, facet: str) -> tuple[str, ...]:
        """The codes chosen of one facet."""
        return _codes({"audience": self.audience, "phase": self.phase, "form": self.form, "costs": self.costs}[facet])


@dataclass(frozen=True)
class Found:
    """One result: the offer, how near its area is (own, region, nation, neighbour), whether danger words put it first."""

    offer: Offer
    near: str
    first: bool = False


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
    analysis = understand(held.analyser, query.q)
    near = _near(held, query.place)
    candidates = near[OWN] | near[REGION] | near[NATION] | near[NEIGHBOUR]
    texts = _texts(held, analysis, candidates, asked=bool(query.q.strip()))
    matched = candidates if texts is None else bits(texts, len(held.ids)) & candidates
    chosen = {facet: query.chosen(facet) for facet in FACETS}
    masks = {facet: held.any_of(facet, codes) for facet, codes in chosen.items()}
    kept = matched
    for mask in masks.values():
        kept &= mask
    first = _helplines_first(held, analysis, candidates)
    kept &= ~bits(first, len(held.ids))
    total = len(first) + kept.bit_count()
    pages = max(1, min(MOST_PAGES, -(-total // query.page_size)))
    page = min(max(1, query.page), pages)
    rest = _ranked(held, kept, texts, near, _fit(analysis, chosen), most=page * query.page_size)
    shown = [*first, *rest][(page - 1) * query.page_size : page * query.page_size]
    return SearchResult(
        query=query,
        analysis=analysis,
        results=_found(held, shown, near, set(first)),
        total=total,
        unfiltered=(matched | bits(first, len(held.ids))).bit_count(),
        facets=_facets(held, matched, masks, chosen),
        page=page,
        pages=pages,
        danger=analysis.danger,
    )


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
    near = _near(held, place)
    kept = (near[OWN] | near[REGION] | near[NATION]) & held.any_of("audience", _codes(audience))
    kept &= held.any_of("phase", _codes(phase))
    asked = frozenset(subjects)
    how_near = {position: name for name, mask in near.items() for position in positions(kept & mask)}

    def key(position: int) -> tuple[bool, float, int]:
        about = len(held.subjects[position] & asked) / len(asked) if asked else 1.0
        worth = rules.NEAR[how_near[position]] * (1 + about)
        return bool(held.helplines >> position & 1), -worth, held.tie[position]

    fitting = [position for position in positions(kept) if not asked or held.subjects[position] & asked]
    return _offers([held.ids[position] for position in sorted(fitting, key=key)[:limit]])


def offer_by_slug(slug: str) -> Offer | None:
    """One offer with everything its page shows, or None."""
    return _complete().filter(slug=slug).first()


def offer_by_id(offer_id: UUID) -> Offer | None:
    """One offer with everything that is known of it, or None."""
    return _complete().filter(pk=offer_id).first()


def subjects() -> tuple[Subject, ...]:
    """The subjects that offers, guides and questions share."""
    return rules.subjects()


def area_of(offer: Offer) -> list[PlaceInfo]:
    """The places an offer serves, by name; places are in memory, so this costs no query where the areas were read."""
    found = [places.by_id(area.place_id) for area in offer.areas.all()]
    return sorted((place for place in found if place), key=lambda place: place.name)


def nearness(offer: Offer, place: PlaceInfo) -> str:
    """How near the area of an offer (areas read already) is to a place: own, region, nation or neighbour."""
    slugs = {area.slug for area in area_of(offer)}
    region = places.region_of(place)
    if place.slug in slugs:
        return OWN
    if region and region.slug in slugs:
        return REGION
    return NATION if rules.COUNTRY in slugs else NEIGHBOUR


def _complete() -> QuerySet[Offer]:
    return Offer.objects.select_related("organisation").prefetch_related("areas", "locations")


def _offers(ids: Sequence[UUID]) -> list[Offer]:
    by_id = {offer.pk: offer for offer in _complete().filter(pk__in=ids)}
    return [by_id[pk] for pk in ids if pk in by_id]


def _found(held: Snapshot, shown: Sequence[int], near: Mapping[str, int], first: Collection[int]) -> list[Found]:
    by_id = {offer.pk: offer for offer in _offers([held.ids[position] for position in shown])}
    return [
        Found(by_id[held.ids[position]], _how_near(near, position), position in first)
        for position in shown
        if held.ids[position] in by_id
    ]


def _near(held: Snapshot, place: PlaceInfo | None) -> dict[str, int]:
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


def _how_near(near: Mapping[str, int], position: int) -> str:
    return next((name for name, mask in near.items() if mask >> position & 1), NATION)


def _texts(held: Snapshot, analysis: Analysis, candidates: int, *, asked: bool) -> dict[int, float] | None:
    """How well each offer's text fits (0 to 1), by position; None when nothing was asked: then all fit alike."""
    if not analysis.groups:
        return {} if asked and analysis.unknown else None
    hits = index.find(analysis.groups)
    size = len(held.ids)
    number_of = held.by_number.get
    # a number that memory does not know yet belongs to an offer that came a moment ago
    by_position = [
        {position: weight for number, weight in hit.weights.items() if (position := number_of(number)) is not None}
        for hit in hits
    ]
    worth = [log(1 + size / (1 + len(hit))) for hit in by_position]
    worth = [value * (rules.WEAK_SHARE if hit.group.weak else 1.0) for value, hit in zip(worth, hits, strict=True)]
    total = sum(worth) or 1.0
    if len(hits) == 1:
        return by_position[0]
    texts: dict[int, float] = {}
    for value, hit in zip(worth, by_position, strict=True):
        share = value / total
        for position, weight in hit.items():
            texts[position] = texts.get(position, 0.0) + weight * share
    strong = [(value, some) for value, some, hit in zip(worth, by_position, hits, strict=True) if not hit.group.weak]
    if not any(some for _, some in strong):
        return texts  # nothing has the word that matters: better what the weak words give than nothing
    with_all = set.intersection(*(set(some) for _, some in strong))
    if len(strong) == 1 or (bits(with_all, size) & candidates).bit_count() >= rules.ENOUGH:
        return {position: texts[position] for position in with_all}
    return _also_some(texts, strong, with_all)


def _also_some(
    texts: Mapping[int, float], strong: Sequence[tuple[float, Mapping[int, float]]], with_all: Collection[int]
) -> dict[int, float]:
    """When few offers have everything that was asked: also the ones with the better part of it, after those."""
    covered: dict[int, float] = {}
    for value, hit in strong:
        for position in hit:
            covered[position] = covered.get(position, 0.0) + value
    best = max(covered.values(), default=0.0)
    some = {position for position, value in covered.items() if value >= best * rules.LEAST_PART_OF_BEST}
    return {position: texts[position] + (1.0 if position in with_all else 0.0) for position in some}


def _fit(analysis: Analysis, chosen: Mapping[str, Sequence[str]]) -> Fit:
    return Fit(
        audiences=frozenset(chosen["audience"]) or analysis.hints.get("audience", frozenset()),
        phases=frozenset(chosen["phase"]) or analysis.hints.get("phase", frozenset()),
        age=analysis.age,
    )


def _ranked(
    held: Snapshot, kept: int, texts: Mapping[int, float] | None, near: Mapping[str, int], fit: Fit, *, most: int
) -> list[int]:
    """The best `most` positions of `kept`, best first: text, nearness and fit, as rules.score() has it.

    What is for professionals alone comes after all that (rules.comes_last).
    """
    by_audience = [rules.audience_factor(fit.audiences, kind) for kind in held.audiences.kinds]
    last = [rules.comes_last(fit.audiences, kind) for kind in held.audiences.kinds]
    by_phase = [rules.phase_factor(fit.phases, kind) for kind in held.phases.kinds]
    by_age = [rules.age_factor(fit.age, *kind) for kind in held.ages.kinds]
    audience, phase, age, tie = held.audiences.of, held.phases.of, held.ages.of, held.tie
    weighed: list[tuple[bool, float, int, int]] = []
    for name, mask in near.items():
        # without danger the emergency lines stand after the help one looks for
        for late, calm in ((held.helplines, rules.CALM_HELPLINE), (~held.helplines, 1.0)):
            factor = -rules.NEAR[name] * calm
            weighed += [
                (
                    last[audience[p]],
                    factor
                    * (texts[p] if texts is not None else 1.0)
                    * by_audience[audience[p]]
                    * by_phase[phase[p]]
                    * by_age[age[p]],
                    tie[p],
                    p,
                )
                for p in positions(kept & mask & late)
            ]
    return [position for _, _, _, position in nsmallest(most, weighed)]


def _helplines_first(held: Snapshot, analysis: Analysis, candidates: int) -> list[int]:
    """Positions of the helplines that danger words put first, in the order of the data. Filters do not hide them."""
    wanted: dict[str, None] = {}
    for who, slugs in held.analyser.language.helplines.items():
        if who in analysis.danger:
            wanted.update(dict.fromkeys(slugs))
    found = [held.by_slug[slug] for slug in wanted if slug in held.by_slug]
    return [position for position in found if candidates >> position & 1]


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
        values = []
        for code in codes:
            count = (beside & held.facets[facet].get(code, 0)).bit_count()
            if count or code in chosen[facet]:
                values.append(FacetValue(code, count, code in chosen[facet]))
        found[facet] = values
    return found


def known_codes(facet: str, values: Iterable[str]) -> tuple[str, ...]:
    """Of these values the ones that are codes of the facet, each once."""
    return tuple(value for value in dict.fromkeys(values) if value in FACETS[facet])
