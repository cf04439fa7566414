"""When somebody is asked again, which links stand in a text, when one is broken."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from naast.freshness import rules

DUE = date(2026, 12, 15)
NOW = datetime(2026, 12, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("days", "stage"), [(-15, None), (-14, "soon"), (-1, "soon"), (0, "due"), (13, "due"), (14, "late"), (400, "late")]
)
def test_the_keeper_is_asked_two_weeks_ahead_on_the_day_and_two_weeks_late(days, stage):
    assert rules.stage(DUE, DUE + timedelta(days=days)) == stage


def test_without_a_date_nobody_is_asked():
    assert rules.stage(None, DUE) is None


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ('<a href="https://voorbeeld.nl/a?b=1&amp;c=2">x</a>', {"https://voorbeeld.nl/a?b=1&c=2"}),
        ("Kijk op https://voorbeeld.nl/pad. Of bel.", {"https://voorbeeld.nl/pad"}),
        ('{"value": "<a href=\\"http://voorbeeld.nl\\">"}', {"http://voorbeeld.nl"}),
        ('<a href="/ouders/">x</a> mailto:a@b.nl', set()),
    ],
)
def test_links_are_found_in_html_and_in_plain_words(text, links):
    assert rules.links_in([text]) == links


def test_one_bad_night_breaks_no_link():
    assert not rules.is_broken(2)
    assert rules.is_broken(3)


@given(st.integers(1, 50))
def test_a_link_that_fails_is_looked_at_ever_later_and_at_least_once_a_week(failures):
    now, later = rules.next_look(failures, NOW), rules.next_look(failures + 1, NOW)
    assert NOW < now <= later <= NOW + timedelta(days=7)
