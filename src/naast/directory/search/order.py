"""
Order: the best of what was found, by the factors of ranking.py, each factor computed once for all offers alike.

Purpose: carry the ranking out over a snapshot of any size. What the factors are stands with the ranking.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from heapq import nsmallest
from uuid import UUID

from naast.directory.search import ranking
from naast.directory.search.analysis import Analysis
from naast.directory.search.ranking import Fit
from naast.directory.search.snapshot import Snapshot, positions


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
    held: Snapshot, kept: int, texts: Mapping[int, float] | None, near: Mapping[str, int], asked: Asked, *, most: int
) -> list[int]:
    """The best `most` positions of `kept`, best first, as ranking.score() has it; ranking.comes_last() after all others."""
    fit = asked.fit
    late = ranked_last(held, fit)
    weighed: list[tuple[float, int, int]] = []
    found: list[int] = []
    for some in (kept & ~late, kept & late):
        if len(found) < most:
            weighed = _weighed(held, some, texts, near, asked)
            found += [position for _, _, position in nsmallest(most - len(found), weighed)]
    return found


def ranked_last(held: Snapshot, fit: Fit) -> int:
    """The mask of what stands after all others."""
    mask = 0
    for kind, some in zip(held.audiences.kinds, held.audiences.masks, strict=True):
        if ranking.comes_last(fit.audiences, kind):
            mask |= some
    return mask


def _weighed(
    held: Snapshot, kept: int, texts: Mapping[int, float] | None, near: Mapping[str, int], asked: Asked
) -> list[tuple[float, int, int]]:
    """Each position of `kept` with its rank (below nought, so that the best is the least) and its tie."""
    fit = asked.fit
    by_audience = [ranking.audience_factor(fit.audiences, kind) for kind in held.audiences.kinds]
    by_phase = [ranking.phase_factor(fit.phases, kind) for kind in held.phases.kinds]
    by_age = [ranking.age_factor(fit.ages, *kind) for kind in held.ages.kinds]
    by_form = [ranking.form_factor(fit.forms, kind) for kind in held.forms.kinds]
    by_fresh = [ranking.freshness_factor(*kind, held.day) for kind in held.fresh.kinds]
    audience, phase, age, form, fresh = held.audiences.of, held.phases.of, held.ages.of, held.forms.of, held.fresh.of
    tie = held.tie
    weighed: list[tuple[float, int, int]] = []
    for name, mask in near.items():
        # without danger the emergency lines stand after the help one looks for
        for group, calm in ((held.helplines, ranking.CALM_HELPLINE), (~held.helplines, 1.0)):
            factor = -ranking.NEAR[name] * calm
            weighed += [
                (
                    factor
                    * (1.0 if texts is None else texts[p])
                    * by_audience[audience[p]]
                    * by_phase[phase[p]]
                    * by_age[age[p]]
                    * by_form[form[p]]
                    * by_fresh[fresh[p]],
                    tie[p],
                    p,
                )
                for p in positions(kept & mask & group)
            ]
    if not asked.kilometres:
        return weighed
    far = asked.kilometres
    return [(rank * ranking.distance_factor(far.get(held.ids[p])), order, p) for rank, order, p in weighed]
