"""Threads: states, texts, and the day on which they are erased."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from naast.conversations import rules
from naast.conversations.rules import Act, State

days = st.dates(date(2020, 1, 1), date(2100, 1, 1))


def test_every_act_is_possible_in_every_state():
    assert {(state, act) for state in State for act in Act} == {
        (state, act) for state, acts in rules.TRANSITIONS.items() for act in acts
    }


@pytest.mark.parametrize(
    ("act", "after"), [(Act.WRITE, State.ASKED), (Act.ANSWER, State.ANSWERED), (Act.FINISH, State.DONE)]
)
def test_whoever_speaks_last_decides_whose_turn_it_is(act, after):
    assert {rules.next_state(state, act) for state in State} == {after}


@pytest.mark.parametrize("text", ["", "  \r\n ", "\x00"])
def test_an_empty_text_is_refused(text):
    with pytest.raises(rules.Refused) as refused:
        rules.keepable(text)
    assert refused.value.code == "empty"


def test_a_long_text_is_refused_with_the_number_of_characters_too_many():
    with pytest.raises(rules.Refused) as refused:
        rules.keepable("a" * (rules.MAX_TEXT + 7))
    assert (refused.value.code, refused.value.over) == ("too-long", 7)


@given(st.text(min_size=1, max_size=200))
def test_cleaning_twice_changes_nothing_more(text):
    assert rules.clean_text(rules.clean_text(text)) == rules.clean_text(text)


@pytest.mark.parametrize(
    ("text", "heading"),
    [
        ("We zijn uit elkaar. Mag ze zelf kiezen? Ze is 11.", "Mag ze zelf kiezen?"),
        ("We zijn uit elkaar. Ik weet het niet.", "We zijn uit elkaar."),
        ("zonder punt", "zonder punt"),
        ("", ""),
    ],
)
def test_the_heading_is_the_first_question_or_sentence(text, heading):
    assert rules.opening_words(text) == heading


@given(st.text(max_size=300))
def test_opening_words_fit_a_heading(text):
    assert len(rules.opening_words(text)) <= rules.TITLE_LENGTH


def test_a_thread_is_erased_six_months_after_its_last_message():
    assert rules.erased_on(date(2026, 11, 24)) == date(2027, 5, 24)
    assert rules.erased_on(date(2026, 8, 31)) == date(2027, 2, 28)


@given(days, st.integers(0, 400))
def test_nothing_is_erased_before_its_day(last, passed):
    today = last + timedelta(days=passed)
    if last < rules.past_rule(today):
        assert rules.erased_on(last) <= today


@given(days)
def test_everything_is_erased_at_most_a_few_days_after_its_day(last):
    assert last < rules.past_rule(rules.erased_on(last) + timedelta(days=4))
