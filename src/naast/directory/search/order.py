"""
Order: the best of what was found, by the factors of ranking.py, each factor computed once for all offers alike.

Purpose: carry the ranking out over a snapshot of any size. What the factors are stands with the ranking.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from heapq import nlargest, nsmallest
from uuid import UUID

from naast.directory.rules import NATION
from naast.directory.search import ranking
from naast.directory.search.analysis import Analysis
from naast.directory.search.ranking import Fit
from naast.directory.search.snapshot import Snapshot, positions

WORTH_A_LOOK = 10  # times as many as are wanted: then it is worth to leave most unweighed
JUST_BELOW = 1 - 1e-9  # numbers that should be equal may differ in their last digit


@dataclass(frozen=True)
class Asked:
    """For whom is asked, and how far each offer is (kilometres by id), where that is known."""

    fit: Fit
    kilometres: Mapping[UUID, float] | None = None

    @classmethod
    def of(
        cls, analysis: Analysis, chosen: Mapping[str, Sequence[str]], kilometres: Mapping[UUID, float] | None
    ) -> "Asked":
        """What was chosen counts; what the words hint at where nothing was chosen."""
        fit = Fit(
            audiences=frozenset(chosen["audience"]) or analysis.hints.get("audience", frozenset()),
            phases=frozenset(chosen["phase"]) or analysis.hints.get("phase", frozenset()),
            ages=analysis.ages,
            forms=frozenset(chosen["form"]) or analysis.codes("form"),
        )
        return cls(fit, kilometres)


def best(
    held: Snapshot,
    kept: int,
    texts: Mapping[int, float] | None,
    near: Mapping[str, int],
    asked: Asked,
    *,
    most: int,
    named: int = 0,
) -> list[int]:
    """The best `most` positions of `kept`, best first, as ranking.score() has it; ranking.comes_last() after all others.

    named: the mask of those that do not come last, as their name was meant.
    """
    fit = asked.fit
    late = ranked_last(held, fit) & ~named
    found: list[int] = []
    for some in (kept & ~late, kept & late):
        if len(found) < most:
            room = most - len(found)
            found += [position for _, _, position in nsmallest(room, _weighed(held, some, texts, near, asked, room))]
    return found


def ranked_last(held: Snapshot, fit: Fit) -> int:
    """The mask of what stands after all others."""
    mask = 0
    for kind, some in zip(held.audiences.kinds, held.audiences.masks, strict=True):
        if ranking.comes_last(fit.audiences, kind):
            mask |= some
    return mask


def _weighed(
    held: Snapshot, kept: int, texts: Mapping[int, float] | None, near: Mapping[str, int], asked: Asked, most: int
) -> list[tuple[float, int, int]]:
    """Positions of `kept` with rank (below nought, so that the best is the least) and tie; the best `most` are among them."""
    factors = _Factors(held, asked)
    by_near = {name: positions(kept & mask) for name, mask in near.items()}
    if texts is None or sum(map(len, by_near.values())) <= most * WORTH_A_LOOK:
        return [one for name, some in by_near.items() for one in factors.weigh(some, texts, ranking.NEAR[name])]
    # What cannot reach the best few by its text, however well the rest fits, is not weighed at all.
    some = next((some for some in by_near.values() if len(some) >= most), [])
    first = nlargest(most, some, key=texts.__getitem__)
    name = next((name for name, there in by_near.items() if there is some), NATION)
    reached = sorted(rank for rank, _, _ in factors.weigh(first, texts, ranking.NEAR[name]))
    least = -reached[most - 1] if len(reached) >= most else 0.0
    weighed: list[tuple[float, int, int]] = []
    for name, there in by_near.items():
        worth = ranking.NEAR[name]
        bar = least / (worth * factors.most) * JUST_BELOW
        weighed += factors.weigh([p for p in there if texts[p] >= bar], texts, worth)
    return weighed


class _Factors:
    """The factors of one question for every kind of offer there is."""

    def __init__(self, held: Snapshot, asked: Asked) -> None:
        fit = asked.fit
        self.held, self.kilometres = held, asked.kilometres
        self.audience = [ranking.audience_factor(fit.audiences, kind) for kind in held.audiences.kinds]
        self.phase = [ranking.phase_factor(fit.phases, kind) for kind in held.phases.kinds]
        self.age = [ranking.age_factor(fit.ages, *kind) for kind in held.ages.kinds]
        self.form = [ranking.form_factor(fit.forms, kind) for kind in held.forms.kinds]
        self.fresh = [ranking.freshness_factor(kind[0], kind[1], held.day) for kind in held.fresh.kinds]
        # a distance only takes away, and so does being a helpline
        self.most = 1.0
        for factors in (self.audience, self.phase, self.age, self.form, self.fresh):
            self.most *= max(factors, default=1.0)

    def weigh(
        self, some: Sequence[int], texts: Mapping[int, float] | None, worth: float
    ) -> list[tuple[float, int, int]]:
        """(rank, tie, position) of each; `worth` is that of their nearness."""
        held = self.held
        audience, phase, age, form, fresh = (
            held.audiences.of,
            held.phases.of,
            held.ages.of,
            held.forms.of,
            held.fresh.of,
        )
        by_audience, by_phase, by_age, by_form, by_fresh = self.audience, self.phase, self.age, self.form, self.fresh
        tie, calm = held.tie, set(positions(held.emergency))
        weighed = [
            (
                -worth
                * (1.0 if texts is None else texts[p])
                * by_audience[audience[p]]
                * by_phase[phase[p]]
                * by_age[age[p]]
                * by_form[form[p]]
                * by_fresh[fresh[p]]
                # without danger the emergency lines stand after the help one looks for
                * (ranking.helpline_factor(None if texts is None else texts[p]) if p in calm else 1.0),
                tie[p],
                p,
            )
            for p in some
        ]
        if not self.kilometres:
            return weighed
        far = self.kilometres
        return [(rank * ranking.distance_factor(far.get(held.ids[p])), order, p) for rank, order, p in weighed]
