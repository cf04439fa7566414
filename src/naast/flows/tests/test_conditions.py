"""Conditions say true only about what was answered."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from naast.flows.conditions import AllOf, Always, Answered, AnyOf, Is, Not, Within, asked, holds, may_hold
from naast.flows.tests import factories


@pytest.mark.parametrize(
    ("condition", "answers", "expected"),
    [
        (Always(), {}, True),
        (Is("praten", frozenset({"goed"})), {"praten": "goed"}, True),
        (Is("praten", frozenset({"goed"})), {"praten": "slecht"}, False),
        (Is("zorgen", frozenset({"geld", "werk"})), {"zorgen": ("wonen", "werk")}, True),
        (Within("kinderen", 1, None), {"kinderen": 0}, False),
        (Within("kinderen", 1, 3), {"kinderen": 3}, True),
        (Within("kinderen", 1, 3), {"kinderen": "3"}, False),
        (Answered("praten"), {"praten": "goed"}, True),
        (AllOf((Always(), Answered("praten"))), {}, False),
        (AnyOf((Always(), Answered("praten"))), {}, True),
        (Not(Answered("praten")), {}, True),
    ],
)
def test_a_condition_looks_at_the_answer(condition, answers, expected):
    assert holds(condition, answers) is expected


@pytest.mark.parametrize("leaf", [Is("v", frozenset({"a"})), Within("v", 0, 9), Answered("v")])
def test_a_skipped_question_makes_no_leaf_true(leaf):
    assert not holds(leaf, {"v": None})
    assert not holds(leaf, {})


@factories.few
@given(st.data())
def test_the_early_verdict_never_contradicts_the_final_one(data):
    flow = data.draw(factories.flows())
    condition = data.draw(factories.conditions(list(flow.questions)))
    answers = data.draw(factories.answers_for(flow))
    still_open = data.draw(st.sets(st.sampled_from([question.id for question in flow.questions])))
    known = {key: value for key, value in answers.items() if key not in still_open}
    early = may_hold(condition, known, still_open)
    assert early is None or early is holds(condition, answers)


def test_a_condition_names_its_questions():
    assert asked(AnyOf((Answered("a"), Not(AllOf((Answered("b"), Always())))))) == {"a", "b"}
