"""
Figures of one list of results against judged answers. Pure.

Purpose: nDCG@10, recall@10 and success@3, so that a change of search can be seen to help or to harm.
Input: slugs in the order of the results, and grades (slug -> 1 to 3; not named is 0). Output: figures from 0 to 1.
Source: Järvelin and Kekäläinen (2002) for the discounted gain, with the gain 2^grade - 1 of Burges et al. (2005).
"""

from collections.abc import Mapping, Sequence
from math import log2

DEPTH = 10
FIRST = 3
GOOD = 2  # from this grade on an answer counts as found


def gain(grade: int) -> int:
    """What an answer of this grade is worth: 0, 1, 3 or 7."""
    return int(2**grade - 1)


def _discounted(grades: Sequence[int]) -> float:
    return sum(gain(grade) / log2(place + 1) for place, grade in enumerate(grades, start=1))


def ndcg(results: Sequence[str], grades: Mapping[str, int], depth: int = DEPTH) -> float:
    """How near the first `depth` results come to the best order there is. Raises ValueError without any graded answer."""
    best = _discounted(sorted(grades.values(), reverse=True)[:depth])
    if not best:
        raise ValueError("no answer has a grade")
    return _discounted([grades.get(slug, 0) for slug in results[:depth]]) / best


def recall(results: Sequence[str], grades: Mapping[str, int], depth: int = DEPTH) -> float:
    """Which part of the good answers stands among the first `depth`. Raises ValueError without a good answer."""
    good = {slug for slug, grade in grades.items() if grade >= GOOD}
    if not good:
        raise ValueError("no answer is good")
    return len(good & set(results[:depth])) / len(good)


def success(results: Sequence[str], grades: Mapping[str, int], first: int = FIRST) -> float:
    """1 where a good answer stands among the first `first`, else 0."""
    return float(any(grades.get(slug, 0) >= GOOD for slug in results[:first]))
