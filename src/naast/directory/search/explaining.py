"""
Explaining: why results stand in their order, offer by offer, in the numbers of ranking.py.

Purpose: editors see what a question became and what each result's rank is made of. The public page does none of this.
"""

from dataclasses import dataclass

from naast.core import clock
from naast.directory.models import Offer
from naast.directory.rules import NATION, NEIGHBOUR, OWN, REGION
from naast.directory.search import finding, index, matching, ranking, snapshot
from naast.directory.search.analyser import Analyser
from naast.directory.search.analysis import Analysis
from naast.directory.search.filters import FACETS
from naast.directory.search.finding import Found, SearchQuery
from naast.directory.search.order import Asked
from naast.directory.search.ranking import Factor, Fit, Fits, TextHit


@dataclass(frozen=True)
class Explained:
    """One result: how its rank came about. first: danger words put it here. last: for professionals, who did not ask."""

    found: Found
    hits: tuple[TextHit, ...]
    factors: tuple[Factor, ...]
    rank: float
    last: bool


@dataclass(frozen=True)
class Explanation:
    """What a question became, and the first results with their numbers."""

    analysis: Analysis
    total: int
    results: tuple[Explained, ...]


def explain(query: SearchQuery) -> Explanation:
    """Search as everybody does and explain the page that is shown."""
    result = finding.search(query)
    held = snapshot.current()
    near = finding.near_masks(held, query.place)
    candidates = near[OWN] | near[REGION] | near[NATION] | near[NEIGHBOUR]
    texts = matching.texts(held, result.analysis, candidates, asked=bool(query.q.strip()))
    asked = Asked.of(result.analysis, {facet: query.chosen(facet) for facet in FACETS}, query.kilometres)
    full = index.analyser()
    explained = [
        _one(full, found, result.analysis, _text(texts, held.by_slug.get(found.offer.slug)), asked.fit)
        for found in result.results
    ]
    return Explanation(result.analysis, result.total, tuple(explained))


def _text(texts: dict[int, float] | None, position: int | None) -> float | None:
    if texts is None:
        return None
    return texts.get(position, 0.0) if position is not None else 0.0


def _one(full: Analyser, found: Found, analysis: Analysis, text: float | None, asked: Fit) -> Explained:
    offer = found.offer
    factors = ranking.explain(
        text=text,
        near=found.near,
        asked=asked,
        offer=Fits(
            frozenset(offer.audiences), frozenset(offer.phases), offer.age_min, offer.age_max, frozenset(offer.forms)
        ),
        kilometres=found.kilometres,
        freshness=ranking.freshness_factor(offer.checked_on, offer.next_check, clock.today()),
        calm_helpline=not found.first and ranking.for_emergencies(offer.subjects, is_helpline=offer.is_helpline),
    )
    last = ranking.comes_last(asked.audiences, frozenset(offer.audiences))
    return Explained(found, _hits(full, offer, analysis), factors, ranking.rank_of(factors), last)


def _hits(full: Analyser, offer: Offer, analysis: Analysis) -> tuple[TextHit, ...]:
    levels = index.stems_by_level(full, index.document_of(full, offer, 0))
    hits = (ranking.text_hit(group, levels) for group in analysis.groups)
    return tuple(hit for hit in hits if hit)
