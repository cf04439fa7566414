"""The engine: whatever is answered, the walk ends, the plan is declared steps in a fixed order, danger is not kept."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from naast.flows import rules
from naast.flows.conditions import Always, Answered, Is, Within
from naast.flows.parts import (
    ORDERS,
    PLAN,
    AnswerError,
    DangerError,
    FlowError,
    Kind,
    Option,
    Order,
    Outcome,
    Route,
    Rule,
)
from naast.flows.tests.factories import (
    answers_for,
    few,
    flows,
    make_flow,
    make_help,
    make_number,
    make_question,
    make_step,
    two_questions,
)

AFRAID = Option("bang", "Ik ben bang", hint="Dan zie je wie je kunt bellen.", danger="hulp")


def flow_with_danger():
    """Make a flow whose first question has a danger option."""
    question = make_question()
    asked = make_question(options=(*question.options, AFRAID), next="wonen")
    return make_flow(questions=(asked, make_question("wonen")), helps=(make_help(),))


# Properties over random flows and any answers.


@few
@given(st.data())
def test_every_walk_ends_and_visits_no_question_twice(data):
    flow = data.draw(flows())
    walk = rules.path(flow, data.draw(answers_for(flow)))
    assert len(set(walk.visited)) == len(walk.visited)
    assert walk.next is None or walk.next not in walk.visited
    assert set(walk.known) == set(walk.visited)


@few
@given(st.data())
def test_answering_each_next_question_reaches_the_plan(data):
    flow = data.draw(flows())
    answers = {}
    for _ in flow.questions:
        question = rules.next_question(flow, answers)
        if question is None:
            break
        value = next(value for value in (0, "o0", ("o0",)) if rules.fits(question, value))
        answers = rules.give(flow, answers, question.id, value)
    assert rules.next_question(flow, answers) is None


@few
@given(st.data())
def test_a_plan_holds_declared_steps_once_and_in_order(data):
    flow = data.draw(flows())
    plan = rules.steps(flow, data.draw(answers_for(flow)))
    ids = [item.step.id for item in plan]
    assert len(ids) == len(set(ids))
    assert set(ids) <= {step.id for step in flow.steps}
    assert [ORDERS.index(item.order) for item in plan] == sorted(ORDERS.index(item.order) for item in plan)
    for order in ORDERS:
        within = [flow.steps.index(item.step) for item in plan if item.order is order]
        assert within == sorted(within)
    assert sum(item.order is Order.NOW for item in plan) <= flow.now_limit


@few
@given(st.data())
def test_the_order_in_which_answers_were_given_changes_nothing(data):
    flow = data.draw(flows())
    answers = data.draw(answers_for(flow))
    shuffled = dict(data.draw(st.permutations(list(answers.items()))))
    assert rules.steps(flow, answers) == rules.steps(flow, shuffled)
    assert rules.path(flow, answers) == rules.path(flow, shuffled)


@few
@given(st.data())
def test_changing_an_answer_never_breaks_and_keeps_the_others(data):
    flow = data.draw(flows())
    answers = rules.tidy(flow, data.draw(answers_for(flow)))
    question = data.draw(st.sampled_from(flow.questions))
    for value in (None, 3, "o1", ("o0", "o2")):
        try:
            changed = rules.give(flow, answers, question.id, value)
        except AnswerError:
            continue
        assert all(changed[key] == kept for key, kept in answers.items() if key != question.id)
        rules.steps(flow, changed)
        rules.outcome(flow, changed)
        rules.remaining(flow, changed)


@few
@given(st.data())
def test_what_lies_off_the_route_does_not_count(data):
    flow = data.draw(flows())
    answers = data.draw(answers_for(flow))
    assert rules.steps(flow, answers) == rules.steps(flow, rules.path(flow, answers).known)


@few
@given(st.data())
def test_going_back_from_the_plan_meets_every_question(data):
    flow = data.draw(flows())
    answers = data.draw(answers_for(flow))
    walk = rules.path(flow, answers)
    here = walk.next or (walk.visited[-1] if walk.visited else None)
    met = []
    while here is not None:
        met.append(here)
        here = rules.back(flow, answers, here)
    assert set(walk.visited) <= set(met)


@few
@given(st.data())
def test_nothing_of_danger_survives_in_what_is_kept(data):
    flow = flow_with_danger()
    answers = data.draw(answers_for(flow))
    assert "bang" not in rules.tidy(flow, answers).values()


# Examples.


def test_routes_choose_the_next_question():
    first = make_number("kinderen", routes=(Route(Within("kinderen", None, 0), PLAN),), next="praten")
    flow = make_flow(questions=(first, make_question()))
    assert rules.next_question(flow, {"kinderen": 0}) is None
    assert rules.next_question(flow, {"kinderen": 2}).id == "praten"


def test_a_changed_answer_keeps_the_later_ones():
    flow = two_questions()
    changed = rules.give(flow, {"praten": "goed", "wonen": "slecht"}, "praten", "slecht")
    assert changed == {"praten": "slecht", "wonen": "slecht"}


def test_an_answer_off_the_route_is_dropped_when_the_plan_is_ready():
    first = make_number("kinderen", routes=(Route(Within("kinderen", None, 0), PLAN),), next="praten")
    flow = make_flow(questions=(first, make_question()))
    assert rules.tidy(flow, {"kinderen": 0, "praten": "goed"}) == {"kinderen": 0}


def test_a_danger_answer_raises_help_before_anything_else():
    flow = flow_with_danger()
    with pytest.raises(DangerError) as raised:
        rules.read_answer(flow.question("praten"), ["onzin", "bang"])
    assert raised.value.help_id == "hulp"


def test_a_danger_answer_cannot_be_given():
    with pytest.raises(AnswerError):
        rules.give(flow_with_danger(), {}, "praten", "bang")


def test_who_met_danger_can_go_on_as_if_the_question_was_skipped():
    flow = flow_with_danger()
    assert rules.next_question(flow, rules.give(flow, {}, "praten", None)).id == "wonen"


@pytest.mark.parametrize(
    ("question", "raw", "code"),
    [
        (make_question(), [], "missing"),
        (make_question(), ["  "], "missing"),
        (make_question(), ["beter"], "unknown"),
        (make_question(), ["goed", "slecht"], "unknown"),
        (make_number(), [], "missing"),
        (make_number(), ["twee"], "number"),
        (make_number(), ["11"], "range"),
        (make_number(), ["-1"], "range"),
    ],
)
def test_an_answer_that_does_not_fit_says_why(question, raw, code):
    with pytest.raises(AnswerError) as raised:
        rules.read_answer(question, raw)
    assert raised.value.code == code


def test_none_of_these_goes_alone():
    options = (Option("geld", "Geld"), Option("geen", "Geen van deze", exclusive=True))
    question = make_question(kind=Kind.SEVERAL, options=options)
    with pytest.raises(AnswerError) as raised:
        rules.read_answer(question, ["geld", "geen"])
    assert raised.value.code == "exclusive"
    assert not rules.fits(question, ("geld", "geen"))


def test_several_answers_come_in_the_order_of_the_flow():
    question = make_question(kind=Kind.SEVERAL)
    assert rules.read_answer(question, ["slecht", "goed"]) == ("goed", "slecht")


def test_rules_bring_a_step_forward_and_never_back():
    later = make_step("bel", order=Order.LATER)
    flow = make_flow(
        steps=(later,),
        rules=(Rule(Always(), ("bel",)), Rule(Is("praten", frozenset({"slecht"})), ("bel",), Order.NOW)),
    )
    assert [item.order for item in rules.steps(flow, {"praten": "goed"})] == [Order.LATER]
    assert [item.order for item in rules.steps(flow, {"praten": "slecht"})] == [Order.NOW]


def test_a_week_holds_no_more_than_its_limit():
    many = tuple(make_step(f"s{place}") for place in range(7))
    flow = make_flow(steps=many, rules=(Rule(Always(), tuple(step.id for step in many)),), now_limit=5)
    assert [item.order for item in rules.steps(flow, {"praten": "goed"})] == [Order.NOW] * 5 + [Order.SOON] * 2


def test_the_first_fitting_outcome_gives_the_words():
    flow = make_flow(
        outcomes=(
            Outcome("slecht", Is("praten", frozenset({"slecht"})), "Zwaar", "Begin klein."),
            Outcome("rest", Always(), "Plan", "Begin bovenaan."),
        )
    )
    assert rules.outcome(flow, {"praten": "slecht"}).title == "Zwaar"
    assert rules.outcome(flow, {"praten": "goed"}).title == "Plan"
    assert rules.outcome(make_flow(), {}).title == "Proef"


def test_the_summary_says_the_answer_as_a_sentence():
    number = make_number(summary="Kinderen: {}.")
    several = make_question(kind=Kind.SEVERAL)
    assert rules.said(number, 2) == "Kinderen: 2."
    assert rules.said(several, ("goed", "slecht")) == "Het gaat goed, Het gaat slecht"
    assert rules.said(number, None) == ""


def test_a_loop_is_an_error_and_not_an_endless_walk():
    flow = make_flow(questions=(make_question(next="praten"),))
    with pytest.raises(FlowError):
        rules.path(flow, {"praten": "goed"})


def test_a_question_may_be_shown_once_it_is_reached():
    flow = two_questions()
    assert rules.may_ask(flow, {}, "praten")
    assert not rules.may_ask(flow, {}, "wonen")
    assert rules.may_ask(flow, {"praten": "goed"}, "wonen")


def test_an_unanswered_condition_leaves_a_step_out():
    flow = make_flow(rules=(Rule(Answered("praten"), ("bel",)),))
    assert rules.steps(flow, {"praten": None}) == ()
