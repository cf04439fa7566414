"""Runs, plans, opening hours and calendar lines: pure."""

from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from naast.flows import loading
from naast.flows.parts import FlowError, Order
from naast.flows.tests.factories import few
from naast.guide import rules
from naast.guide.rules import Moment, Opening, Plan, Run
from naast.guide.tests.factories import SMALL
from naast.places.rules import Hours

FLOW = loading.parse(SMALL)
DONE = {"praten": "goed", "aantal": 2, "zorgen": ("geld",)}
names = st.text("abc-", min_size=1, max_size=12)
values = st.none() | st.integers(0, 99) | names | st.lists(names, max_size=4).map(tuple)
# Sunday 22 November 2026, half past eleven at night.
NIGHT = datetime(2026, 11, 22, 23, 30)
OFFICE = tuple(Hours(day, time(9), time(17)) for day in range(1, 6))


@few
@given(st.dictionaries(names, values), st.lists(names).map(tuple), st.booleans(), st.integers(0, 2**33))
def test_a_run_comes_back_as_it_was_written(answers, done, counted, touched):
    run = Run("v", answers, done, counted, touched)
    assert rules.read_run(rules.write_run(run)) == run


@pytest.mark.parametrize("text", ["", "{}", "[]", "null", "[1,2,3,4,5]", '["v",[],[],0,0]', '["v",{},[],0,"x"]'])
def test_a_text_that_is_no_run_is_nothing(text):
    assert rules.read_run(text) is None


def test_a_run_is_good_for_an_hour():
    assert Run("v", touched=1_000).is_fresh(1_000 + 3_600)
    assert not Run("v", touched=1_000).is_fresh(1_000 + 3_601)
    assert not Run("v", touched=1_000).is_fresh(999)


def test_a_plan_holds_steps_and_not_one_answer():
    plan = rules.plan_of(FLOW, DONE, done=("bel", "weg"))
    assert plan == Plan(
        (("bel", Order.NOW), ("rekeningen", Order.NOW), ("samen", Order.SOON), ("rust", Order.LATER)), ("bel",)
    )
    assert "goed" not in rules.write_plan(plan)
    assert rules.read_plan(rules.write_plan(plan)) == plan


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"steps":[["bel","ooit"]],"done":[],"outcome":""}'])
def test_a_text_that_is_no_plan_is_refused(text):
    with pytest.raises(rules.NotAPlanError):
        rules.read_plan(text)


def test_a_step_that_its_guide_does_not_know_is_left_out():
    plan = Plan((("bel", Order.NOW), ("weg", Order.NOW)))
    assert rules.known_steps(FLOW, plan).of(Order.NOW) == ("bel",)


@few
@given(st.lists(names, unique=True).map(tuple), names)
def test_ticking_and_unticking_leaves_the_others_alone(done, step_id):
    ticked = rules.tick(done, step_id, is_done=True)
    assert ticked.count(step_id) == 1
    assert rules.tick(ticked, step_id, is_done=False) == tuple(item for item in done if item != step_id)


def test_progress_counts_what_is_asked_and_what_is_still_to_come():
    found = rules.progress(FLOW, {"praten": "goed"}, "aantal")
    assert (found.number, found.total, found.dots) == (2, 3, ("done", "now", ""))
    with pytest.raises(FlowError):
        rules.progress(FLOW, {}, "zorgen")


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (datetime(2026, 11, 23, 10), Opening(until=time(17))),
        (datetime(2026, 11, 23, 8), Opening(day=date(2026, 11, 23), since=time(9))),
        (datetime(2026, 11, 23, 17), Opening(day=date(2026, 11, 24), since=time(9))),
        (NIGHT, Opening(day=date(2026, 11, 23), since=time(9))),
        (datetime(2026, 11, 27, 23), Opening(day=date(2026, 11, 30), since=time(9))),
    ],
)
def test_a_desk_says_until_when_or_from_when(moment, expected):
    assert rules.opening(OFFICE, False, moment) == expected


def test_a_holiday_is_stepped_over():
    christmas = {date(2026, 12, 25)}
    assert rules.opening(OFFICE, False, datetime(2026, 12, 24, 18), christmas).day == date(2026, 12, 28)


def test_hours_that_nobody_knows_promise_nothing():
    assert rules.opening(None, False, NIGHT) == Opening()
    assert rules.opening((), False, NIGHT) == Opening()
    assert rules.opening(None, True, NIGHT) == Opening(always=True)


hours = st.builds(Hours, st.integers(1, 7), st.times(max_value=time(12)), st.times(min_value=time(12, 1)))


@few
@given(st.lists(hours), st.datetimes(min_value=datetime(2026, 1, 1), max_value=datetime(2028, 1, 1)))
def test_an_opening_never_lies_in_the_past(stretches, moment):
    found = rules.opening(stretches, False, moment)
    if found.until:
        assert found.until > moment.time()
    if found.day:
        assert datetime.combine(found.day, found.since) > moment


def test_the_calendar_calls_when_the_desk_opens_and_does_the_rest_in_the_evening():
    plan = rules.plan_of(FLOW, DONE)
    desk = Opening(day=date(2026, 11, 23), since=time(9))
    assert rules.moments(FLOW, plan, NIGHT, desk, "Terugkijken") == (
        Moment(datetime(2026, 11, 23, 9), 30, "Bellen"),
        Moment(datetime(2026, 11, 24, 20), 30, "Terugkijken"),
        Moment(datetime(2026, 12, 6, 20), 30, "Terugkijken"),
        Moment(datetime(2027, 5, 23, 20), 30, "Terugkijken"),
    )


def test_what_is_done_is_not_in_the_calendar():
    plan = rules.plan_of(FLOW, DONE, done=("bel", "rekeningen", "samen", "rust"))
    assert rules.moments(FLOW, plan, NIGHT, Opening(), "Terugkijken") == ()


def test_a_plan_for_the_older_ones_looks_for_their_offers():
    flow = loading.parse(loading.shipped()["kind-jongere"])
    old = rules.plan_of(flow, {question.id: None for question in flow.questions} | {"leeftijd": "12-15"})
    young = rules.plan_of(flow, {question.id: None for question in flow.questions} | {"leeftijd": "tot-10"})
    assert rules.audience_of(flow, old.outcome) == "jongeren"
    assert rules.audience_of(flow, young.outcome) == "kinderen"
