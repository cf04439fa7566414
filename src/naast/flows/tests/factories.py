"""Small flows for tests: sound ones to change, and strategies for random flows and answers."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st

from naast.flows.conditions import AllOf, Always, Answered, AnyOf, Condition, Is, Not, Within
from naast.flows.parts import (
    PLAN,
    Flow,
    Help,
    Kind,
    Option,
    Order,
    Question,
    Route,
    Rule,
    Step,
)

# Enough to meet every kind of condition; no deadline, because the suite runs in parallel on small machines.
few = settings(max_examples=40, deadline=None)


def make_question(name: str = "praten", **changes: Any) -> Question:
    """Make a choice between `goed` and `slecht`, leading to the plan."""
    options = (Option("goed", "Het gaat goed"), Option("slecht", "Het gaat slecht"))
    question = Question(id=name, kind=Kind.CHOICE, title="Hoe gaat het?", why="Zo weten we wat past.", options=options)
    return replace(question, **changes)


def make_number(name: str = "aantal", **changes: Any) -> Question:
    """Make a question for a number from 0 to 10."""
    question = Question(
        id=name, kind=Kind.NUMBER, title="Hoeveel?", why="Zo weten we wat past.", summary="{}", maximum=10
    )
    return replace(question, **changes)


def make_step(name: str = "bel", **changes: Any) -> Step:
    """Make a step that is due now."""
    step = Step(id=name, title="Bel", why="Dat helpt.", order=Order.NOW, with_whom="Het loket", costs="Gratis.")
    return replace(step, **changes)


def make_help(name: str = "hulp") -> Help:
    """Make the help that a danger option leads to."""
    return Help(name, "Praat met iemand", ("Bel 112.",), ("112",))


def make_flow(**changes: Any) -> Flow:
    """Make the smallest sound flow: one question, one step that is always in the plan."""
    flow = Flow(
        slug="proef",
        title="Proef",
        lead="Een vraag en een plan.",
        audience="ouders",
        phase="uit-elkaar",
        language="nl",
        minutes=1,
        drawing="",
        owner="Redactie",
        questions=(make_question(),),
        rules=(Rule(Always(), ("bel",)),),
        steps=(make_step(),),
    )
    return replace(flow, **changes)


def two_questions(**changes: Any) -> Flow:
    """Make a flow of `praten` and then `wonen`."""
    first = make_question(next="wonen")
    return make_flow(questions=(first, make_question("wonen")), **changes)


def leaf_for(question: Question) -> st.SearchStrategy[Condition]:
    """Draw a leaf that fits the question."""
    if question.kind is Kind.NUMBER:
        bounds = st.integers(0, 10)
        return st.builds(Within, st.just(question.id), bounds, st.none() | bounds)
    names = st.sets(st.sampled_from([option.id for option in question.options]), min_size=1)
    return st.builds(Is, st.just(question.id), names.map(frozenset)) | st.just(Answered(question.id))


def conditions(questions: list[Question]) -> st.SearchStrategy[Condition]:
    """Draw a condition over these questions."""
    leaf = st.sampled_from(questions).flatmap(leaf_for)
    several = st.lists(leaf, min_size=1, max_size=3).map(tuple)
    return leaf | leaf.map(Not) | several.map(AllOf) | several.map(AnyOf) | st.just(Always())


@st.composite
def flows(draw: st.DrawFn) -> Flow:
    """Draw a flow without loops: each question leads only to later ones or to the plan."""
    count = draw(st.integers(1, 5))
    questions: list[Question] = []
    for place in range(count):
        name = f"v{place}"
        kind = draw(st.sampled_from(Kind))
        options = () if kind is Kind.NUMBER else tuple(Option(f"o{i}", f"Optie {i}") for i in range(3))
        question = make_question(name, kind=kind, options=options, maximum=10, optional=draw(st.booleans()))
        later = st.sampled_from([f"v{other}" for other in range(place + 1, count)] + [PLAN])
        routes = draw(st.lists(st.builds(Route, conditions([*questions, question]), later), max_size=2).map(tuple))
        questions.append(replace(question, routes=routes, next=draw(later)))
    steps = tuple(make_step(f"s{place}", order=draw(st.sampled_from(Order))) for place in range(8))
    chosen = st.lists(st.sampled_from([step.id for step in steps]), min_size=1, max_size=4).map(tuple)
    rules = st.lists(st.builds(Rule, conditions(questions), chosen, st.none() | st.sampled_from(Order)), max_size=5)
    return make_flow(
        questions=tuple(questions), steps=steps, rules=draw(rules.map(tuple)), now_limit=draw(st.integers(1, 5))
    )


def answers_for(flow: Flow) -> st.SearchStrategy[dict[str, Any]]:
    """Draw answers as a stranger might send them: some fit, some are missing, some are nonsense."""
    words = [option.id for question in flow.questions for option in question.options] + ["onzin", ""]
    one = st.none() | st.integers(-3, 400) | st.sampled_from(words)
    value = one | st.lists(st.sampled_from(words), max_size=4).map(tuple)
    names = [question.id for question in flow.questions] + ["onbekend"]
    return st.dictionaries(st.sampled_from(names), value)
