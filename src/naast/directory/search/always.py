"""
Always: what deserves a place among the first ten whatever the words were, because of who asks or how little was said.

Purpose: a child or young person sees somebody to talk to; who asks broadly sees the municipality's own desk. These never stand
above what fits the words best: they come after the first few. What the numbers are stands here, with the reasons.
"""

from collections.abc import Mapping, Sequence

from naast.directory.rules import NATION, NEIGHBOUR, OWN, REGION
from naast.directory.search.analysis import Analysis
from naast.directory.search.order import Asked, best
from naast.directory.search.ranking import YOUNG
from naast.directory.search.sentences import PEOPLE
from naast.directory.search.snapshot import Snapshot

BETTER = 5  # results of the words themselves that stay above
LINES, NEAR_BY, DESKS = 1, 2, 2  # lines to talk, other help for the young, desks: few, so that the words keep the ten


def young_asks(analysis: Analysis) -> bool:
    """Whether a child or young person seems to type: not who tells of one ("mijn zoon", "dochter van 9")."""
    told = analysis.codes("audience")
    if not told & YOUNG or told - YOUNG:
        return False
    words = [one.words.split() for one in analysis.recognised if one.facet == "audience" and one.code in YOUNG]
    return any(some and some[0] not in PEOPLE and some[0] not in ("kind", "kinderen", "kids") for some in words)


def always(held: Snapshot, analysis: Analysis, near: Mapping[str, int], asked: Asked, kept: int) -> list[int]:
    """Positions among `kept` (what filters and helplines leave) that keep a place among the first ten, best first."""
    found: list[int] = []
    if young_asks(analysis):
        some = held.young & kept & ~near[NEIGHBOUR]
        found += best(held, some & held.helplines, None, near, asked, most=LINES)
        found += best(held, some & ~held.helplines, None, near, asked, most=NEAR_BY)
    elif analysis.broad:
        own = held.desks & kept & ~near[NEIGHBOUR] & ~near[NATION] & (near[OWN] | near[REGION])
        found += best(held, own, None, near, asked, most=DESKS)
    return found


def with_always(ranked: Sequence[int], places: Sequence[int]) -> list[int]:
    """The ranked positions with these after the first few; what stands there already stays where it is."""
    head = list(ranked[:BETTER])
    late = [position for position in places if position not in head]
    return [*head, *late, *(position for position in ranked[BETTER:] if position not in late)]
