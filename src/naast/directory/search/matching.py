"""
Matching: which offers have the words of a question, and how well their texts fit, from the index's lookups.

Purpose: turn lookups by number into scores by position in the snapshot. What the scores are stands in ranking.py.
"""

from collections.abc import Collection, Mapping
from typing import cast

from naast.directory.search import index, ranking
from naast.directory.search.analysis import Analysis
from naast.directory.search.snapshot import Snapshot, bits


def texts(held: Snapshot, analysis: Analysis, candidates: int, *, asked: bool) -> dict[int, float] | None:
    """How well each offer's text fits, by position; None when nothing was asked: then all fit alike."""
    if not analysis.groups:
        return {} if asked and analysis.unknown else None
    size = len(held.ids)
    hits = [(hit.group, _by_position(held, hit.weights)) for hit in index.find(analysis.groups)]

    def enough(with_all: Collection[int]) -> bool:
        return (bits(with_all, size) & candidates).bit_count() >= ranking.ENOUGH

    return ranking.text_scores(hits, size, enough)


def _by_position(held: Snapshot, weights: Mapping[int, float]) -> dict[int, float]:
    """Weights by position. A number that memory does not know belongs to an offer that readers do not find, or not yet."""
    places = list(map(held.by_number.get, weights))
    found = dict(zip(places, weights.values(), strict=True))
    found.pop(None, None)
    return cast("dict[int, float]", found)
