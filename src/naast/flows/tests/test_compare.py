"""Two versions beside each other: what is new, gone, changed and moved, with the words marked."""

from dataclasses import replace

import pytest
from hypothesis import given

from naast.flows import compare, loading
from naast.flows.compare import Act, pieces
from naast.flows.conditions import Always, Is
from naast.flows.parts import Option, Order, Rule, Source
from naast.flows.tests.factories import few, flows, make_flow, make_question, make_step, two_questions

GOOD = Is("praten", frozenset({"goed"}))


def acts(old, new):
    """Return (what happened, kind, id) of every change."""
    return [(change.act, change.kind, change.id) for change in compare.compare(old, new)]


@few
@given(flows())
def test_a_flow_does_not_differ_from_itself(flow):
    assert compare.compare(flow, flow) == ()


@few
@given(flows(), flows())
def test_what_is_new_one_way_is_gone_the_other_way(one, two):
    there = {(item.kind, item.id) for item in compare.compare(one, two) if item.act is Act.ADDED and item.id}
    back = {(item.kind, item.id) for item in compare.compare(two, one) if item.act is Act.REMOVED and item.id}
    assert there == back


@pytest.mark.parametrize("slug", loading.shipped())
def test_one_changed_word_in_a_shipped_flow_is_one_change(slug):
    flow = loading.parse(loading.shipped()[slug])
    step = replace(flow.steps[0], title=f"{flow.steps[0].title} nieuw")
    (found,) = compare.compare(flow, replace(flow, steps=(step, *flow.steps[1:])))
    assert (found.act, found.kind) == (Act.CHANGED, "step")
    assert [(piece.mark, piece.text) for piece in found.fields[0].pieces][-1] == ("new", "nieuw")


def test_questions_answers_and_steps_that_come_and_go():
    flow = make_flow()
    more = replace(make_question(), options=(*make_question().options, Option("anders", "Anders")))
    new = replace(flow, questions=(more,), steps=(make_step(), make_step("rust")))
    assert acts(flow, new) == [(Act.ADDED, "option", "praten.anders"), (Act.ADDED, "step", "rust")]
    assert acts(new, flow) == [(Act.REMOVED, "option", "praten.anders"), (Act.REMOVED, "step", "rust")]


def test_a_question_in_another_place_is_moved():
    flow = two_questions()
    first, second = flow.questions
    assert (Act.MOVED, "question") in [item[:2] for item in acts(flow, replace(flow, questions=(second, first)))]


def test_a_rule_that_asks_something_else_is_the_same_rule_changed():
    flow = make_flow()
    (found,) = compare.compare(flow, replace(flow, rules=(Rule(GOOD, ("bel",), Order.LATER),)))
    assert found.act is Act.CHANGED
    assert {field.name for field in found.fields} == {"when", "order"}
    assert "altijd" in next(field.before for field in found.fields if field.name == "when")


def test_a_rule_added_and_a_source_looked_at_again():
    flow = make_flow(sources=(Source("De wet", "", "2026-01-01"),))
    new = replace(flow, rules=(*flow.rules, Rule(GOOD, ("weg",))), sources=(Source("De wet", "", "2026-06-01"),))
    assert [item[:2] for item in acts(flow, new)] == [(Act.ADDED, "rule"), (Act.CHANGED, "source")]
    assert Rule(Always(), ("bel",)) in new.rules


def test_words_are_marked_one_by_one():
    assert [(piece.mark, piece.text) for piece in pieces("bel het loket vandaag", "bel het loket morgen")] == [
        ("same", "bel het loket"),
        ("gone", "vandaag"),
        ("new", "morgen"),
    ]
