"""What the shipped guides point at exists: pages, other guides, lines to call, subjects and forms of help, drawings."""

from pathlib import Path

import pytest
import yaml

from naast.content import loading as content
from naast.core import paper
from naast.directory.models import Form
from naast.directory.rules import subject_by_slug
from naast.flows import loading
from naast.guide.links import OTHER_GUIDE
from naast.guide.queries import DESK
from naast.places.actions import DATA as PLACES
from naast.places.rules import AUDIENCES, PHASES

FLOWS = {slug: loading.parse(text) for slug, text in loading.shipped().items()}
LINES = {line["slug"] for line in yaml.safe_load((PLACES / "helplines.yaml").read_text(encoding="utf-8"))}
DRAWINGS = Path(paper.__file__).parent / "templates" / "core" / "drawing"
every_guide = pytest.mark.parametrize("flow", FLOWS.values(), ids=FLOWS.keys())


def pages():
    """Return the slugs of the pages that a step may lead to."""
    return {file.stem for folder in ("articles", "roles") for file in (content.DATA / folder).glob("*.md")}


@every_guide
def test_a_step_leads_to_pages_and_guides_that_exist(flow):
    known = pages()
    for step in flow.steps:
        assert set(step.read) <= known, step.id
        if step.link.startswith(OTHER_GUIDE):
            assert step.link.removeprefix(OTHER_GUIDE) in FLOWS.keys() - {flow.slug}, step.id
        else:
            assert step.link in ("", "vraag"), step.id


@every_guide
def test_a_step_names_subjects_forms_and_lines_that_exist(flow):
    for step in flow.steps:
        assert set(step.subjects) <= subject_by_slug().keys(), step.id
        assert step.form in ("", *Form.values), step.id
        assert set(step.call) <= LINES | {DESK}, step.id
        assert step.audience in ("", *AUDIENCES), step.id
    for item in flow.helps:
        assert set(item.lines) <= LINES


@every_guide
def test_a_guide_is_for_known_readers_in_known_phases_with_a_drawing(flow):
    assert set(flow.audiences) <= set(AUDIENCES)
    assert set(flow.phases) <= set(PHASES)
    assert (DRAWINGS / f"{flow.drawing}.svg").is_file()
