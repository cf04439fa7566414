"""One test per node of every shipped flow, made from the flow itself: each question, answer, route, rule and step.

After smart-answers: a node without a test does not exist here, because the list of nodes is read from the data. No
snapshots: what is asked of a node follows from the flow.
"""

from functools import cache

import pytest

from naast.flows import loading, paths, rules
from naast.flows.conditions import holds
from naast.flows.parts import PLAN, DangerError, Kind

FLOWS = {slug: loading.parse(text) for slug, text in loading.shipped().items()}
QUESTIONS = [(slug, question.id) for slug, flow in FLOWS.items() for question in flow.questions]
OPTIONS = [(slug, q.id, option.id) for slug, flow in FLOWS.items() for q in flow.questions for option in q.options]
STEPS = [(slug, step.id) for slug, flow in FLOWS.items() for step in flow.steps]
RULES = [(slug, place) for slug, flow in FLOWS.items() for place in range(1, len(flow.rules) + 1)]
OUTCOMES = [(slug, item.id) for slug, flow in FLOWS.items() for item in flow.outcomes]


@cache
def covering(slug):
    """Return the listed paths of a flow, worked out once."""
    return paths.covering(FLOWS[slug])


@cache
def on_the_way(slug, question_id):
    """Return the answers of a listed path up to this question, or None."""
    for path in covering(slug):
        if question_id in path.route and not path.help:
            answers = dict(path.answers)
            return {name: answers[name] for name in path.route[: path.route.index(question_id)]}
    return None


@pytest.mark.parametrize(("slug", "question_id"), QUESTIONS)
def test_question_is_reached_and_can_be_gone_back_from(slug, question_id):
    flow, before = FLOWS[slug], on_the_way(slug, question_id)
    assert before is not None, "no listed path asks this question"
    asked = rules.next_question(flow, before)
    assert asked is not None
    assert asked.id == question_id
    assert rules.back(flow, before, question_id) == (list(before)[-1] if before else None)
    assert 1 <= rules.remaining(flow, before) <= len(flow.questions)


@pytest.mark.parametrize(("slug", "question_id"), QUESTIONS)
def test_question_skipped_leads_on_or_may_not_be_skipped(slug, question_id):
    flow, before = FLOWS[slug], on_the_way(slug, question_id)
    question = flow.question(question_id)
    assert rules.fits(question, None) == question.optional
    if question.optional:
        after = rules.path(flow, {**before, question_id: None})
        assert after.next != question_id
        assert question_id in after.visited


@pytest.mark.parametrize(("slug", "question_id", "option_id"), OPTIONS)
def test_answer_leads_on_or_to_help(slug, question_id, option_id):
    flow, before = FLOWS[slug], on_the_way(slug, question_id)
    question = flow.question(question_id)
    option = question.option(option_id)
    if option.danger:
        with pytest.raises(DangerError) as found:
            rules.read_answer(question, [option_id])
        assert flow.help(found.value.help_id).lines
        return
    value = rules.read_answer(question, [option_id])
    answers = rules.give(flow, before, question_id, value)
    walk = rules.path(flow, answers)
    assert question_id in walk.visited
    assert walk.finished or walk.next not in walk.visited
    assert rules.said(question, value)
    assert any(dict(path.answers).get(question_id) == value for path in covering(slug)), "no listed path gives it"


@pytest.mark.parametrize(("slug", "step_id"), STEPS)
def test_step_is_reached_by_a_listed_path(slug, step_id):
    reached = [path for path in covering(slug) if step_id in path.steps]
    assert reached
    answers = dict(reached[0].answers)
    assert rules.reasons(FLOWS[slug], answers)[step_id]


@pytest.mark.parametrize(("slug", "place"), RULES)
def test_rule_fires_on_a_listed_path(slug, place):
    rule = FLOWS[slug].rules[place - 1]
    fired = [
        path
        for path in covering(slug)
        if not path.help and holds(rule.when, rules.path(FLOWS[slug], dict(path.answers)).known)
    ]
    assert fired
    assert set(rule.add) <= set(fired[0].steps)


@pytest.mark.parametrize(("slug", "outcome_id"), OUTCOMES)
def test_words_above_the_plan_are_met_on_some_run(slug, outcome_id):
    flow = FLOWS[slug]
    place = next(at for at, item in enumerate(flow.outcomes) if item.id == outcome_id)
    met = paths.witness(flow, flow.outcomes[place].when)
    assert met is not None
    assert rules.outcome(flow, met).id in {item.id for item in flow.outcomes[: place + 1]}


@pytest.mark.parametrize("slug", FLOWS)
def test_every_route_of_a_flow_is_walked_by_a_listed_path(slug):
    flow = FLOWS[slug]
    walked = {
        (one, two)
        for path in covering(slug)
        if not path.help
        for one, two in zip(path.route, (*path.route[1:], PLAN), strict=True)
    }
    for question in flow.questions:
        for target in (question.next, *(route.to for route in question.routes)):
            assert (question.id, target) in walked


@pytest.mark.parametrize("slug", FLOWS)
def test_numbers_at_their_ends_are_answers(slug):
    for question in FLOWS[slug].questions:
        if question.kind is Kind.NUMBER:
            for value in (question.minimum, question.maximum):
                assert rules.read_answer(question, [str(value)]) == value
