"""The drawing: every question and way is in it, danger is marked, nothing typed becomes markup, unsound flows draw too."""

import re
from dataclasses import replace
from xml.dom import minidom

import pytest
from hypothesis import given
from hypothesis import strategies as st

from naast.flows import drawing, loading, telling
from naast.flows.conditions import Always, Answered, Is, Not, Within
from naast.flows.parts import PLAN, Option, Route
from naast.flows.tests.factories import few, flows, make_flow, make_help, make_number, make_question

GOOD = Is("praten", frozenset({"goed"}))


def parsed(flow):
    """Draw a flow and read the drawing as XML; raises when it is none."""
    return minidom.parseString(drawing.svg(flow))  # noqa: S318 - our own drawing, read back


@pytest.mark.parametrize("slug", loading.shipped())
def test_a_shipped_guide_is_drawn_whole(slug):
    flow = loading.parse(loading.shipped()[slug])
    drawn = parsed(flow)
    boxes = [box for box in drawn.getElementsByTagName("rect") if box.getAttribute("x")]
    dangers = sum(bool(option.danger) for question in flow.questions for option in question.options)
    assert len(boxes) == len(flow.questions) + 1 + dangers
    ways = [path for path in drawn.getElementsByTagName("path") if path.getAttribute("marker-end")]
    assert len(ways) == sum(1 + len(question.routes) for question in flow.questions) + dangers
    text = drawn.getElementsByTagName("desc")[0].firstChild.data
    for question in flow.questions:
        assert question.title in text


@pytest.mark.parametrize("slug", loading.shipped())
def test_no_box_of_a_shipped_guide_lies_over_another(slug):
    drawn = parsed(loading.parse(loading.shipped()[slug]))
    boxes = [
        tuple(float(box.getAttribute(name)) for name in ("x", "y", "width", "height"))
        for box in drawn.getElementsByTagName("rect")
        if box.getAttribute("x")
    ]
    for place, (x, y, width, height) in enumerate(boxes):
        for left, top, wide, high in boxes[place + 1 :]:
            assert x + width <= left or left + wide <= x or y + height <= top or top + high <= y


@few
@given(flows())
def test_any_sound_flow_can_be_drawn(flow):
    parsed(flow)


@few
@given(st.text(max_size=80))
def test_whatever_is_typed_stays_text(words):
    flow = make_flow(title=words, questions=(make_question(title=words, options=(Option("a", words),)),))
    drawn = parsed(flow)
    assert not drawn.getElementsByTagName("script")
    assert {node.tagName for node in drawn.getElementsByTagName("*")} <= {
        "svg", "title", "desc", "defs", "marker", "path", "rect", "g", "text",
    }  # fmt: skip


def test_a_drawing_runs_and_loads_nothing():
    drawn = drawing.svg(
        make_flow(questions=(make_question(title='"><script>alert(1)</script><a href="javascript:1">'),))
    )
    assert "<script" not in drawn
    assert not re.search(r"<[^>]*\s(on\w+|href)=|<style|url\((?!#)", drawn)


def test_a_circle_is_drawn_red_and_a_missing_question_says_so():
    first = make_question(next="wonen")
    flow = make_flow(questions=(first, make_question("wonen", next="praten", routes=(Route(GOOD, "weg"),))))
    drawn = drawing.svg(flow)
    assert "url(#rood)" in drawn.split("<g>")[0] or 'stroke-dasharray="7 5" marker-end="url(#rood)"' in drawn
    assert "weg (bestaat niet)" in drawn


def test_an_empty_flow_is_only_the_plan():
    assert "Het plan" in drawing.svg(make_flow(questions=()))


def test_the_table_says_what_the_drawing_says():
    afraid = Option("bang", "Ik ben bang", danger="hulp")
    routes = (Route(GOOD, PLAN), Route(Not(Answered("aantal")), PLAN))
    question = make_question(options=(*make_question().options, afraid), routes=routes, next="aantal")
    flow = make_flow(questions=(question, make_number()), helps=(make_help(),))
    row = telling.told(flow)[0]
    assert row.answers == ("Het gaat goed", "Het gaat slecht")
    assert [(way.when, way.to, way.danger) for way in row.ways] == [
        ("Het gaat goed", "Het plan", False),
        ("niet: ‘Hoeveel?’ is beantwoord", "Het plan", False),
        ("anders", "Hoeveel?", False),
        ("Ik ben bang", "Praat met iemand", True),
    ]


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        (Always(), "altijd"),
        (GOOD, "bij ‘Hoe gaat het?’ is gekozen: Het gaat goed"),
        (Within("aantal", 3), "bij ‘Hoeveel?’ is het getal 3 of meer"),
        (Within("aantal", 3, 3), "bij ‘Hoeveel?’ is het getal 3"),
        (Within("aantal", 1, 3), "bij ‘Hoeveel?’ is het getal 1 tot en met 3"),
        (Is("weg", frozenset({"x"})), "bij ‘weg (bestaat niet)’ is gekozen: x (bestaat niet)"),
    ],
)
def test_conditions_are_told_by_title_and_answer(condition, words):
    flow = make_flow(questions=(make_question(next="aantal"), make_number()))
    assert telling.condition_words(flow, condition) == words


def test_english_words_exist_too():
    flow = replace(make_flow(), language="en")
    assert "The plan" in drawing.svg(flow, "en")
    assert telling.condition_words(flow, GOOD, "en").startswith("at ‘Hoe gaat het?’ the choice is")
