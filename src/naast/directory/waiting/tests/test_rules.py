"""The five answers and the drawing of a history."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from naast.directory.waiting import rules
from naast.directory.waiting.rules import RANGES, Point, Weeks

weeks = st.tuples(st.integers(0, 60), st.integers(0, 60)).map(lambda pair: Weeks(min(pair), max(pair)))
histories = st.lists(st.dates(date(2020, 1, 1), date(2030, 1, 1)), unique=True, min_size=3, max_size=40).flatmap(
    lambda days: st.tuples(*[st.builds(Point, st.just(day), weeks) for day in days])
)


def test_the_answers_meet_without_a_gap_and_do_not_overlap():
    found = list(RANGES.values())
    for one, following in pairwise(found):
        assert following.least == one.most + 1
    assert found[0] == Weeks(0, 0)
    assert found[-1].open_ended


@pytest.mark.parametrize("code", list(RANGES))
def test_an_answer_is_found_back_by_its_weeks(code):
    found = rules.weeks_of(code)
    assert found is not None
    assert rules.code_of(found.least, found.most) == code


def test_another_range_or_none_is_none_of_the_answers():
    assert rules.code_of(2, 4) == rules.code_of(None, None) == ""
    assert rules.weeks_of("morgen") is None


def test_two_points_are_no_history():
    points = [Point(date(2026, 1, n), Weeks(1, 2)) for n in (1, 2)]
    assert rules.chart(points) is None


@given(histories)
def test_everything_that_is_drawn_stands_within_the_drawing_in_order_of_day(points):
    found = rules.chart(points)
    assert found is not None
    assert len(found.bars) == min(len(points), rules.MOST_DRAWN)
    days = [bar.on for bar in found.bars]
    assert days == sorted(days)
    assert days[-1] == max(point.on for point in points)
    for bar in found.bars:
        assert found.left <= bar.x - 5
        assert bar.x + 5 <= found.right
        assert bar.y >= 0
        assert bar.y + bar.height <= found.base + 3.1
    assert all(0 <= line.y <= found.base for line in found.lines)
    assert min(bar.y for bar in found.bars) >= min(line.y for line in found.lines) - 0.1


def test_a_longer_wait_is_drawn_higher():
    start = date(2026, 1, 1)
    found = rules.chart([Point(start + timedelta(days=30 * n), Weeks(n, n + 2)) for n in range(4)])
    assert found is not None
    heights = [bar.y for bar in found.bars]
    assert heights == sorted(heights, reverse=True)
