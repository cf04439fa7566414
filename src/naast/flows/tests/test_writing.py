"""A flow's text as an editor's form changes it: nothing is lost, conditions say the same before and after."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from naast.flows import loading, writing
from naast.flows.conditions import AllOf, Always, AnyOf, Is, Not, holds
from naast.flows.tests.factories import answers_for, conditions, few, make_flow, make_number, make_question

QUESTIONS = [make_question("een"), make_question("twee"), make_number("drie")]
FLOW = make_flow(questions=tuple(QUESTIONS))


@pytest.mark.parametrize("slug", loading.shipped())
def test_a_shipped_flow_written_again_is_the_same_flow(slug):
    text = loading.shipped()[slug]
    assert loading.parse(writing.write(writing.read(text))) == loading.parse(text)


@pytest.mark.parametrize("slug", loading.shipped())
def test_every_condition_of_a_shipped_flow_can_be_ticked(slug):
    tree = writing.read(loading.shipped()[slug])
    for part in ("rules", "outcomes"):
        for thing in writing.listed(tree, part):
            assert writing.blocks_of(thing.get("when")) is not None


@few
@given(conditions(QUESTIONS), st.data())
def test_blocks_mean_what_the_condition_meant(condition, data):
    found = writing.blocks(condition)
    if found is None:
        return
    again = loading.condition(writing.raw_condition(found))
    for _ in range(5):
        answers = data.draw(answers_for(FLOW))
        assert holds(again, answers) == holds(condition, answers)


def test_what_always_holds_has_no_block_and_what_never_holds_cannot_be_ticked():
    assert writing.blocks(Always()) == ()
    assert writing.blocks(Not(Always())) is None


def test_a_condition_that_asks_one_question_twice_is_too_knotted():
    one, two = Is("een", frozenset({"goed"})), Is("een", frozenset({"slecht"}))
    assert writing.blocks(AllOf((one, two))) is None
    assert writing.blocks(AnyOf((one, two))) is not None


def test_many_ors_within_ands_are_too_knotted():
    parts = tuple(AnyOf((Is(f"v{n}", frozenset({"a"})), Is(f"w{n}", frozenset({"a"})))) for n in range(5))
    assert writing.blocks(AllOf(parts)) is None


def test_a_new_name_is_plain_short_and_never_taken():
    assert writing.new_id("Wáár sta je nú, écht waar?", (), "vraag") == "waar-sta-je-nu"
    assert writing.new_id("Plan", (), "stap") == "plan-2"
    assert writing.new_id("Bel", ("bel", "bel-2"), "stap") == "bel-3"
    assert writing.new_id("???", (), "stap") == "stap"


@given(st.text(max_size=60), st.sets(st.text(max_size=8), max_size=4))
def test_any_title_gives_a_name_the_file_accepts(title, taken):
    name = writing.new_id(title, taken, "stap")
    assert loading.ID.fullmatch(name)
    assert name not in taken
    assert name not in loading.RESERVED


def test_a_text_that_is_no_mapping_is_an_empty_guide():
    assert writing.read("- een") == {}
    assert writing.listed({"steps": "nee"}, "steps") == []
