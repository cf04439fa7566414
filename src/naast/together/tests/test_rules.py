"""What may be shown of a poll, what a nickname is, and when one can still sign up."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from naast.together import rules

OPTIONS = {"a": "Ja", "b": "Nee", "c": "Weet ik niet"}
COUNTS = st.fixed_dictionaries({code: st.integers(0, 5_000) for code in OPTIONS})


@pytest.mark.parametrize("counts", [{}, {"a": 9}, {"a": 4, "b": 5}])
def test_below_ten_answers_nothing_is_shown(counts):
    assert rules.outcome(OPTIONS, counts) == rules.Outcome(None)


def test_answers_that_are_no_option_of_the_poll_do_not_count():
    assert rules.outcome(OPTIONS, {"x": 50}).about is None


@given(COUNTS)
def test_everything_shown_is_in_steps_of_five(counts):
    shown = rules.outcome(OPTIONS, counts)
    if sum(counts.values()) < rules.LEAST_ANSWERS:
        assert shown == rules.Outcome(None)
    else:
        assert shown.about is not None
        told = [number for share in shown.shares for number in (share.about, share.percent) if number is not None]
        assert all(number % rules.STEP == 0 for number in [shown.about, *told])
        assert [share.code for share in shown.shares] == list(OPTIONS)


@given(COUNTS)
def test_few_answers_are_not_told_and_do_not_follow_from_the_rest(counts):
    hidden = [share.code for share in rules.outcome(OPTIONS, counts).shares if share.about is None]
    assert all(code in hidden for code, number in counts.items() if number < rules.LEAST_ANSWERS) or not hidden
    assert len(hidden) != 1


@given(COUNTS)
def test_percentages_are_told_of_fifty_answers_or_more(counts):
    shown = rules.outcome(OPTIONS, counts)
    for share in shown.shares:
        assert (share.percent is None) == (share.about is None or sum(counts.values()) < rules.LEAST_FOR_PERCENT)


@pytest.mark.parametrize(("day", "expected"), [(1, "waiting"), (2, "open"), (5, "open"), (6, "closed")])
def test_a_poll_is_open_from_its_first_to_its_last_day(day, expected):
    assert rules.stage(date(2026, 12, 2), date(2026, 12, 5), date(2026, 12, day)) == expected


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ("Zonnebloem", None),
        ("  Tante   Toos ", None),
        ("", "empty"),
        ("   ", "empty"),
        ("iemand@voorbeeld.nl", "mail"),
        ("06 12 34 56 78", "number"),
        ("x" * 31, "long"),
        ("Opa 2", None),
    ],
)
def test_a_nickname_reaches_nobody(typed, fault):
    assert rules.nickname_fault(rules.clean_nickname(typed)) == fault


@pytest.mark.parametrize(
    ("cancelled", "minutes", "left", "expected"),
    [(False, 60, 3, "yes"), (False, 60, 0, "full"), (False, 0, 3, "over"), (True, 60, 3, "off")],
)
def test_signing_up_ends_when_it_begins_is_full_or_is_off(cancelled, minutes, left, expected):
    now = datetime(2026, 12, 1, 19, tzinfo=UTC)
    begin = now + timedelta(minutes=minutes)
    assert rules.may_sign_up(starts_at=begin, now=now, cancelled=cancelled, left=left) == expected
