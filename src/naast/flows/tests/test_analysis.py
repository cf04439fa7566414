"""Each check catches a flow made to break it (the canaries), and leaves a sound flow alone."""

from dataclasses import replace

import pytest

from naast.flows import analysis, paths
from naast.flows.conditions import AllOf, Always, Answered, Is, Not, Within
from naast.flows.parts import PLAN, Kind, Option, Order, Outcome, Route, Rule
from naast.flows.problems import MESSAGES
from naast.flows.tests.factories import make_flow, make_help, make_number, make_question, make_step, two_questions

GOOD = Is("praten", frozenset({"goed"}))
BAD = Is("praten", frozenset({"slecht"}))
AFRAID = Option("bang", "Ik ben bang", hint="Dan zie je wie je kunt bellen.", danger="hulp")


def with_options(*options, **changes):
    """Make a flow with one question of these options."""
    return make_flow(questions=(make_question(options=options, **changes),), helps=(make_help(),))


CANARIES = {
    "no-questions": make_flow(questions=()),
    "double-id": make_flow(steps=(make_step(), make_step())),
    "double-words": with_options(Option("a", "Ja"), Option("b", "Ja")),
    "no-options": make_flow(questions=(make_question(options=(Option("a", "Ja"),)),)),
    "no-range": make_flow(questions=(make_number(minimum=3, maximum=3),)),
    "unknown-target": make_flow(questions=(make_question(next="nergens"),)),
    "loop": make_flow(questions=(make_question(next="wonen"), make_question("wonen", next="praten"))),
    "dead-end": make_flow(questions=(make_question(next="wonen"), make_question("wonen", next="wonen"))),
    "unreachable": make_flow(questions=(make_question(), make_question("wonen"))),
    "route-never": make_flow(questions=(make_question(routes=(Route(AllOf((GOOD, BAD)), PLAN),)),)),
    "unknown-question": make_flow(rules=(Rule(Always(), ("bel",)), Rule(Answered("weg"), ("bel",)))),
    "unknown-option": make_flow(rules=(Rule(Not(Is("praten", frozenset({"beter"}))), ("bel",)),)),
    "wrong-kind": make_flow(rules=(Rule(Not(Within("praten", 1)), ("bel",)),)),
    "danger-in-condition": replace(
        with_options(Option("a", "Ja"), Option("b", "Nee"), AFRAID),
        rules=(Rule(Not(Is("praten", frozenset({"bang"}))), ("bel",)),),
    ),
    "contradiction": make_flow(rules=(Rule(Always(), ("bel",)), Rule(AllOf((GOOD, BAD)), ("bel",)))),
    "step-never": make_flow(steps=(make_step(), make_step("nooit"))),
    "unknown-step": make_flow(rules=(Rule(Always(), ("bel", "weg")),)),
    "empty-plan": make_flow(rules=(Rule(GOOD, ("bel",)),)),
    "nothing-now": make_flow(steps=(make_step(order=Order.SOON),)),
    "missing-words": make_flow(steps=(make_step(why=""),)),
    "long-sentence": make_flow(lead="woord " * 21),
    "danger-without-help": replace(with_options(Option("a", "Ja"), Option("b", "Nee"), AFRAID), helps=()),
    "danger-not-optional": with_options(Option("a", "Ja"), Option("b", "Nee"), AFRAID, optional=False),
    "help-without-lines": replace(
        with_options(Option("a", "Ja"), Option("b", "Nee"), AFRAID), helps=(replace(make_help(), lines=()),)
    ),
    "help-unused": make_flow(helps=(make_help(),)),
}
CANARIES["not-yet-asked"] = make_flow(
    questions=(
        make_question(routes=(Route(Is("wonen", frozenset({"goed"})), PLAN),), next="wonen"),
        make_question("wonen"),
    )
)


@pytest.mark.parametrize("code", CANARIES)
def test_each_check_catches_its_canary(code):
    assert code in {problem.code for problem in analysis.check(CANARIES[code])}


@pytest.mark.parametrize(
    "flow",
    [
        make_flow(),
        two_questions(),
        with_options(Option("a", "Ja"), Option("b", "Nee"), AFRAID),
        make_flow(questions=(make_number(routes=(Route(Within("aantal", 3), PLAN),)),)),
    ],
)
def test_a_sound_flow_has_no_problems(flow):
    assert analysis.check(flow) == ()


def test_every_code_of_the_checks_has_a_canary():
    of_loading = list(MESSAGES)[: list(MESSAGES).index("double-id")]
    assert set(MESSAGES) - set(of_loading) - {"too-many-paths"} == set(CANARIES)


def test_a_question_behind_a_route_that_never_opens_is_unreachable():
    first = make_question(routes=(Route(AllOf((GOOD, BAD)), "wonen"),))
    found = analysis.check(make_flow(questions=(first, make_question("wonen"))))
    assert {problem.code for problem in found} >= {"unreachable", "route-never"}


def test_a_route_behind_one_that_always_fits_is_never_taken():
    first = make_question(routes=(Route(Always(), "wonen"), Route(GOOD, PLAN)))
    found = analysis.check(make_flow(questions=(first, make_question("wonen"))))
    assert [(problem.code, problem.where) for problem in found] == [("route-never", "questions[praten].routes[2]")]


def test_a_contradiction_over_two_questions_of_different_routes_is_found():
    # Who says "goed" never sees `wonen`, so no run can have both.
    first = make_question(routes=(Route(GOOD, PLAN),), next="wonen")
    both = AllOf((GOOD, Answered("wonen")))
    flow = make_flow(questions=(first, make_question("wonen")), rules=(Rule(Always(), ("bel",)), Rule(both, ("bel",))))
    assert [problem.code for problem in analysis.check(flow)] == ["contradiction"]


def test_an_outcome_behind_one_that_always_fits_is_a_contradiction():
    outcomes = (Outcome("a", Always(), "Plan", "Begin."), Outcome("b", GOOD, "Plan", "Begin."))
    found = analysis.check(make_flow(outcomes=outcomes))
    assert [problem.where for problem in found] == ["outcomes[b]"]


def test_children_get_shorter_sentences():
    lead = "woord " * 16
    assert analysis.check(make_flow(lead=lead)) == ()
    assert [problem.code for problem in analysis.check(make_flow(lead=lead, audience="kinderen"))] == ["long-sentence"]


def test_a_flow_that_branches_without_end_is_said_to_be_too_tangled(monkeypatch):
    monkeypatch.setattr(paths, "BUDGET", 1)
    assert "too-many-paths" in {problem.code for problem in analysis.check(two_questions())}


def test_a_number_without_a_summary_misses_words():
    flow = make_flow(questions=(make_number(summary=""),))
    assert [problem.code for problem in analysis.check(flow)] == ["missing-words"]


def test_a_kind_of_several_needs_two_safe_options():
    flow = make_flow(questions=(make_question(kind=Kind.SEVERAL, options=(Option("a", "A"),)),))
    assert [problem.code for problem in analysis.check(flow)] == ["no-options"]
