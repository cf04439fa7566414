"""The covering set: every route, every answer, every pair that can go together, every rule."""

from itertools import combinations

import pytest
from hypothesis import given

from naast.flows import loading, paths, rules
from naast.flows.conditions import AllOf, Is, Within, holds, leaves
from naast.flows.parts import PLAN, Kind, Option, Route, Rule
from naast.flows.tests.factories import few, flows, make_flow, make_help, make_number, make_question


@few
@given(flows())
def test_every_path_of_the_set_is_a_complete_run(flow):
    for path in paths.covering(flow):
        walk = rules.path(flow, dict(path.answers))
        assert walk.finished
        assert walk.visited == path.route
        assert path.steps == tuple(item.step.id for item in rules.steps(flow, dict(path.answers)))


@few
@given(flows())
def test_every_route_is_in_the_set(flow):
    assert {path.route for path in paths.covering(flow)} == set(paths.routes(flow))


@few
@given(flows())
def test_a_witness_makes_its_condition_true(flow):
    for rule in flow.rules:
        run = paths.witness(flow, rule.when)
        assert run is None or holds(rule.when, run)


@few
@given(flows())
def test_a_condition_without_witness_fires_in_no_run(flow):
    dead = [rule.when for rule in flow.rules if paths.witness(flow, rule.when) is None]
    every = [leaf for rule in flow.rules for leaf in leaves(rule.when)]
    if dead:
        for run in paths.walks(flow, [*paths.routing_leaves(flow), *every]):
            assert not any(holds(condition, run) for condition in dead)


@pytest.mark.parametrize("slug", loading.shipped())
def test_each_answer_and_each_pair_of_answers_of_a_shipped_guide_is_walked(slug):
    flow = loading.parse(loading.shipped()[slug])
    found = paths.covering(flow)
    walked = {pair for path in found for pair in combinations(path.answers, 2)}
    singles = {answer for path in found for answer in path.answers}
    for question in flow.questions:
        for option in question.options:
            pressed = (question.id, (option.id,) if question.kind is Kind.SEVERAL else option.id)
            danger = any(path.help == option.danger and path.route[-1] == question.id for path in found)
            assert danger if option.danger else pressed in singles
    assert len(walked) > 500


def test_two_thresholds_of_a_number_are_both_tried():
    number = make_number(routes=(Route(Within("aantal", 3), PLAN),), next="praten")
    flow = make_flow(questions=(number, make_question()))
    assert set(paths.routes(flow)) == {("aantal",), ("aantal", "praten")}


def test_a_rule_over_two_of_several_answers_has_a_witness():
    options = tuple(Option(name, name) for name in "abcd")
    question = make_question(kind=Kind.SEVERAL, options=options)
    both = AllOf((Is("praten", frozenset("a")), Is("praten", frozenset("c"))))
    flow = make_flow(questions=(question,), rules=(Rule(both, ("bel",)),))
    assert paths.witness(flow, both) == {"praten": ("a", "c")}


def test_each_danger_answer_ends_at_its_help_and_keeps_nothing():
    question = make_question()
    afraid = Option("bang", "Ik ben bang", danger="hulp")
    flow = make_flow(questions=(make_question(options=(*question.options, afraid)),), helps=(make_help(),))
    ends = [path for path in paths.covering(flow) if path.help]
    assert [(path.help, path.answers, path.steps) for path in ends] == [("hulp", (), ())]


def test_a_drawing_survives_quotes_in_the_words():
    drawn = paths.dot(make_flow(questions=(make_question(title='Zeg "ja" \\ nee'),)))
    assert 'label="Zeg \\"ja\\" \\\\ nee"' in drawn


@pytest.mark.parametrize("slug", loading.shipped())
def test_the_few_paths_for_a_browser_still_show_everything(slug):
    flow = loading.parse(loading.shipped()[slug])
    every, few_paths = paths.covering(flow), paths.fewest(flow)
    assert len(few_paths) < len(every) / 2
    assert {step for path in few_paths for step in path.steps} == {step.id for step in flow.steps}
    assert {path.route[-1] for path in few_paths if path.help} == {path.route[-1] for path in every if path.help}
    for question in flow.questions:
        given_answers = [dict(path.answers).get(question.id, ()) for path in few_paths]
        for option in question.options:
            if not option.danger:
                assert any(option.id == value or option.id in (value or ()) for value in given_answers)
