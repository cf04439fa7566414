"""Thinking about places."""

from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from naast.places import rules
from naast.places.rules import Hours

NEW_YEAR = {date(2027, 1, 1)}


@pytest.mark.parametrize(
    ("typed", "pc4"),
    [("7511", "7511"), (" 7511 ab ", "7511"), ("7511AB", "7511"), ("0511", None), ("75111", None), ("zeven", None)],
)
def test_postcodes_as_people_type_them(typed, pc4):
    assert rules.pc4_of(typed) == pc4


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Hof van Twente", "hof-van-twente"),
        ("'s-Hertogenbosch", "s-hertogenbosch"),
        ("Bergen (NH.)", "bergen-nh"),
        ("Súdwest-Fryslân", "sudwest-fryslan"),
    ],
)
def test_slugs(name, slug):
    assert rules.slug_of(name) == slug


@pytest.mark.parametrize(
    ("path", "cut"),
    [
        ("/enschede/hulp/", ("nl", "enschede", "/hulp/")),
        ("/en/enschede/", ("en", "enschede", "/")),
        ("/", ("nl", "", "/")),
        ("/en/", ("en", "", "/")),
        ("//enschede/vraag/", ("nl", "", "/enschede/vraag/")),
    ],
)
def test_an_address_is_cut_in_language_place_and_rest(path, cut):
    found = rules.split_path(path)
    assert (found.language, found.slug, found.rest) == cut


@given(st.text(max_size=60))
def test_cutting_never_fails(path):
    assert rules.split_path(path).rest.startswith("/")


def test_a_question_on_monday_morning_with_two_days_is_answered_on_wednesday():
    monday = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
    assert rules.working_deadline(monday, 2, set()) == datetime(2026, 11, 25, 17, 0, tzinfo=UTC)


def test_one_at_night_counts_from_the_next_working_day():
    friday_night = datetime(2026, 11, 27, 23, 30, tzinfo=UTC)
    assert rules.working_deadline(friday_night, 2, set()).date() == date(2026, 12, 2)


def test_new_year_is_no_working_day():
    before = datetime(2026, 12, 31, 9, 0, tzinfo=UTC)
    assert rules.working_deadline(before, 1, NEW_YEAR).date() == date(2027, 1, 4)


@given(
    st.datetimes(min_value=datetime(2026, 1, 1), max_value=datetime(2029, 1, 1)),
    st.integers(min_value=0, max_value=15),
    st.sets(st.dates(min_value=date(2026, 1, 1), max_value=date(2029, 1, 1)), max_size=40),
)
def test_a_deadline_is_a_working_day_and_never_before_the_question(start, days, holidays):
    deadline = rules.working_deadline(start, days, holidays)
    assert deadline >= start
    assert rules.is_working_day(deadline.date(), holidays)


def test_hours_in_words():
    week = [Hours(day, time(9), time(17)) for day in range(1, 6)]
    assert rules.hours_in_words(week) == "maandag t/m vrijdag 9.00–17.00 uur"
    assert rules.hours_in_words([Hours(2, time(9, 30), time(12))]) == "dinsdag 9.30–12.00 uur"
    assert rules.hours_in_words([Hours(d, time(11), time(21)) for d in range(1, 8)]) == "elke dag 11.00–21.00 uur"


def test_open_until():
    tuesday = datetime(2026, 11, 24, 10, 0)
    hours = [Hours(2, time(9), time(12))]
    assert rules.open_until(hours, tuesday) == time(12)
    assert rules.open_until(hours, tuesday.replace(hour=12)) is None
    assert rules.open_until(hours, tuesday, {tuesday.date()}) is None


def test_hours_as_data():
    assert rules.parse_hours("24/7") == (True, ())
    assert rules.parse_hours(None) == (False, None)
    assert rules.parse_hours([{"days": [1], "from": "9:00", "to": "17:00"}]) == (False, (Hours(1, time(9), time(17)),))
