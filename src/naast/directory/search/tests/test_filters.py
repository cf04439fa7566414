"""Filters: which codes exist, whose ages are meant, and how long one waits."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from naast.directory.search.filters import (
    AGE_BANDS,
    FACETS,
    OLDEST,
    UNKNOWN,
    WAITING_BANDS,
    WAITING_HOLDS,
    ages_meant,
    known_codes,
    overlaps,
    span_of,
    waiting_band,
)
from naast.places.rules import AUDIENCES

TODAY = date(2026, 11, 22)


def test_there_are_ten_filters_and_each_has_codes() -> None:
    assert len(FACETS) == 10
    assert all(FACETS.values())


def test_codes_that_nobody_knows_are_left_out_and_each_counts_once() -> None:
    assert known_codes("audience", ["ouders", "x", "ouders"]) == ("ouders",)
    assert known_codes("group", ["autisme", "laag inkomen"]) == ("autisme",)


def test_an_age_in_years_is_a_code_of_age() -> None:
    assert known_codes("age", ["9", "4-11", "121", "-3", "9.5", "٩", "0", ""]) == ("9", "4-11", "0")


@given(st.integers(0, OLDEST))
def test_every_age_stands_in_one_band(age: int) -> None:
    assert len([band for band in AGE_BANDS.values() if overlaps((age, age), band)]) == 1
    assert span_of(str(age)) == (age, age)


@given(st.sets(st.sampled_from(AUDIENCES)), st.none() | st.integers(0, 60), st.none() | st.integers(61, OLDEST))
def test_ages_that_are_named_are_the_ages_that_are_meant(who: set[str], young: int | None, old: int | None) -> None:
    least, most = ages_meant(who, young, old)
    assert 0 <= least <= most <= OLDEST
    if young is not None:
        assert least == young
    if old is not None:
        assert most == old


def test_without_named_ages_children_are_children_and_parents_have_children_of_every_age() -> None:
    assert ages_meant(["kinderen"], None, None) == (0, 12)
    assert ages_meant(["kinderen", "jongeren"], None, None) == (0, 23)
    assert ages_meant(["ouders", "kinderen"], None, None) == (0, OLDEST)


def test_a_waiting_time_stands_in_the_band_of_the_most_weeks() -> None:
    weeks = {0: "geen", 1: "1-4", 4: "1-4", 5: "5-12", 12: "5-12", 13: "13-plus", 300: "13-plus"}
    assert {most: waiting_band(most, TODAY, TODAY) for most in weeks} == weeks


def test_a_waiting_time_of_long_ago_or_without_a_day_is_unknown() -> None:
    late = TODAY - WAITING_HOLDS - timedelta(days=1)
    assert [waiting_band(2, late, TODAY), waiting_band(2, None, TODAY), waiting_band(None, TODAY, TODAY)] == [
        UNKNOWN
    ] * 3


@given(st.integers(0, 520))
def test_every_waiting_time_has_one_band(weeks: int) -> None:
    assert waiting_band(weeks, TODAY, TODAY) in WAITING_BANDS
