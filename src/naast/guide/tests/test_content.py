"""The shipped guides beside the rest of the house: what they name exists there."""

import pytest

from naast.core.templatetags.naast import drawing
from naast.directory import rules as directory
from naast.flows import loading
from naast.guide import queries
from naast.places import queries as places
from naast.places.rules import AUDIENCES, PHASES

FLOWS = {slug: loading.parse(text) for slug, text in loading.shipped().items()}
every_guide = pytest.mark.parametrize("flow", FLOWS.values(), ids=FLOWS.keys())


@every_guide
def test_audience_phase_and_drawing_are_known(flow):
    assert flow.audience in AUDIENCES
    assert flow.phase in PHASES
    assert {item.audience for item in flow.outcomes} - {""} <= set(AUDIENCES)
    assert "<svg" in drawing(flow.drawing)


@every_guide
def test_subjects_and_forms_are_the_directorys_own(flow):
    known = {subject.slug for subject in directory.subjects()}
    for step in flow.steps:
        assert set(step.subjects) <= known
        assert not step.form or step.form in directory.FORMS
        assert not step.audience or step.audience in AUDIENCES


@every_guide
def test_every_line_to_call_is_one_we_know_with_a_number(flow, places_loaded):
    known = {line.key for line in places.snapshot().helplines if line.number}
    for step in flow.steps:
        assert set(step.call) - {queries.DESK} <= known
    for item in flow.helps:
        assert set(item.lines) <= known


@pytest.fixture
def places_loaded(places):
    """Name the places fixture so that the module of that name stays in reach."""
    return places


@every_guide
def test_a_step_links_only_to_what_the_site_has(flow):
    assert {step.link for step in flow.steps} <= {"", "vraag", *(f"wegwijzer:{slug}" for slug in FLOWS)}
