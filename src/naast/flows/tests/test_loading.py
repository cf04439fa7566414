"""Reading YAML: every mistake is said at once, in Dutch and English, and nothing is guessed."""

import pytest

from naast.flows import loading, plain, problems
from naast.flows.conditions import AllOf, Always, Answered, AnyOf, Is, Not, Within
from naast.flows.parts import PLAN, Kind, Order, Who

GOOD = """
flow: proef
title: Proef
lead: Een vraag en een plan.
audience: ouders
phase: uit-elkaar
minutes: 1
owner: Redactie
questions:
  - id: praten
    kind: choice
    title: Lukt praten?
    why: Zo weten we wat past.
    options:
      - {id: ja, text: Ja}
      - {id: nee, text: Nee}
  - id: kinderen
    kind: number
    title: Hoeveel kinderen?
    why: Zo weten we wat past.
    summary: "{} kinderen"
    maximum: 9
    routes:
      - {when: {kinderen: {max: 0}}, to: plan}
  - id: weten
    kind: yes-no-unknown
    title: Weten ze het?
    why: Zo weten we wat past.
rules:
  - add: [bel]
  - when: {any: [{praten: nee}, {not: {kinderen: {min: 1, max: 3}}}], weten: answered}
    add: [bel]
    order: later
steps:
  - {id: bel, title: Bel, why: Dat helpt., order: now, who: both, with: Loket, costs: Gratis.}
"""


def codes(text):
    """Return the codes of the problems in the text."""
    with pytest.raises(problems.LoadError) as raised:
        loading.parse(text)
    return [problem.code for problem in raised.value.problems]


def test_a_sound_text_becomes_a_flow():
    flow = loading.parse(GOOD)
    assert [question.id for question in flow.questions] == ["praten", "kinderen", "weten"]
    assert [question.next for question in flow.questions] == ["kinderen", "weten", PLAN]
    assert flow.steps[0].order is Order.NOW
    assert flow.steps[0].who is Who.BOTH
    assert flow.rules[0].when == Always()
    assert flow.rules[1].order is Order.LATER
    assert flow.rules[1].when == AllOf(
        (AnyOf((Is("praten", frozenset({"nee"})), Not(Within("kinderen", 1, 3)))), Answered("weten"))
    )


def test_yes_no_unknown_brings_its_own_answers():
    assert [option.id for option in loading.parse(GOOD).question("weten").options] == ["ja", "nee", "weet-niet"]


def test_words_stay_words():
    # YAML itself would make a boolean of `no` and a date of 2026-11-22.
    text = GOOD.replace("{id: nee, text: Nee}", "{id: no, text: 2026-11-22}").replace("praten: nee", "praten: no")
    assert loading.parse(text).question("praten").option("no").text == "2026-11-22"


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("title: Proef", "title: [", "yaml"),
        ("title: Proef", "title: Proef\ntitle: Proef", "double-key"),
        ("title: Proef", "titel: Proef", "unknown-field"),
        ("title: Proef", "titel: Proef", "missing-field"),
        ("title: Proef", "title: [Proef]", "not-a-text"),
        ("minutes: 1", "minutes: kort", "not-a-number"),
        ("kind: choice", "kind: keuze", "not-one-of"),
        ("order: now", "order: straks", "not-one-of"),
        ("id: praten", "id: Hoe praten", "bad-id"),
        ("id: praten", "id: any", "bad-id"),
        ("{id: ja, text: Ja}", "{id: ja, text: Ja, exclusive: misschien}", "not-a-flag"),
        ("- {id: ja, text: Ja}", "- ja", "not-a-map"),
        ("add: [bel]", "add: {bel: ja}", "not-a-list"),
        ("weten: answered", "weten: {rond: 3}", "bad-condition"),
        ("weten: answered", "weten: []", "bad-condition"),
    ],
)
def test_a_mistake_is_named(old, new, code):
    assert code in codes(GOOD.replace(old, new, 1))


def test_all_mistakes_are_said_at_once_with_their_place():
    text = GOOD.replace("kind: choice", "kind: keuze").replace("order: now", "order: straks")
    with pytest.raises(problems.LoadError) as raised:
        loading.parse(text)
    places = [problem.where for problem in raised.value.problems]
    assert places == ["questions[praten].kind", "steps[bel].order"]


def test_a_text_that_is_no_flow_at_all_is_refused():
    assert "not-a-map" in codes("- a\n- b")
    assert "not-a-map" in codes("")


@pytest.mark.parametrize("code", problems.MESSAGES)
def test_every_problem_has_dutch_and_english_words(code):
    problem = problems.Problem(code, "questions[a]", "iets")
    assert problem.message("nl") != problem.message("en")
    assert problem.message("nl").startswith("questions[a]: ")


def test_a_version_is_named_by_its_content():
    assert loading.digest("a: 1\n") == loading.digest("a: 1\r\n")
    assert loading.digest("a: 1\n") != loading.digest("a: 2\n")
    assert len(loading.digest("")) == 64


def test_kinds_cover_the_four_ways_to_answer():
    assert {kind.value for kind in Kind} == {"choice", "several", "number", "yes-no-unknown"}


@pytest.mark.parametrize(
    "text",
    ["flow: x\nsteps: " + "[" * 5_000 + "]" * 5_000, "- " * 5_000 + "x", "a: &a [x, x]\nb: [*a, *a]\n"],
    ids=["brackets within brackets", "lists within lists", "names that stand for other parts"],
)
def test_a_text_that_would_grow_without_end_is_refused_in_words(text: str) -> None:
    with pytest.raises(problems.LoadError) as refused:
        plain.tree(text)
    assert [problem.code for problem in refused.value.problems] == ["yaml"]


def test_a_mapping_with_very_many_keys_is_read_once_through():
    many = "\n".join(f"k{number}: x" for number in range(60_000))
    assert len(plain.tree(many)) == 60_000
    with pytest.raises(problems.LoadError) as refused:
        plain.tree(f"{many}\nk59999: y")
    assert refused.value.problems[0].code == "double-key"
