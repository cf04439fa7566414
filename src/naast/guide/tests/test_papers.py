"""PDF and calendar: tagged, neutral, and never broken by what stands in the words."""

import io
from dataclasses import replace
from datetime import UTC, datetime

import icalendar
import pikepdf
import pytest

from naast.core import clock
from naast.flows import queries as flows
from naast.guide import papers, queries, rules
from naast.guide.rules import Moment
from naast.guide.tests.factories import publish_small
from naast.places import queries as places

DONE = {"praten": "goed", "aantal": 2, "zorgen": ("geld",)}


@pytest.fixture
def view(db, places):
    """Make the view of a plan at Enschede."""
    version = publish_small()
    plan = rules.plan_of(version.flow, DONE)
    return queries.plan_view(place=place(), version=version, plan=plan)


def place():
    """Return Enschede."""
    return places.by_slug("enschede")


def opened(body):
    """Open a PDF."""
    return pikepdf.open(io.BytesIO(body))


def roles(element):
    """Yield the role of every element of the structure tree."""
    if isinstance(element, pikepdf.Dictionary):
        if "/S" in element:
            yield str(element.S)
        if "/K" in element:
            yield from roles(element.K)
    elif isinstance(element, pikepdf.Array):
        for item in element:
            yield from roles(item)


def test_the_pdf_is_tagged_dutch_and_has_a_title(view):
    with opened(papers.pdf(view, place_name="Enschede")) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang).startswith("nl")
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        assert str(pdf.docinfo["/Title"]) == view.title
        with pdf.open_metadata() as about:
            assert about["pdfuaid:part"] == "1"


def test_the_pdf_has_headings_lists_and_paragraphs_to_walk_by(view):
    with opened(papers.pdf(view, place_name="Enschede")) as pdf:
        found = set(roles(pdf.Root.StructTreeRoot.K))
    assert {"/H1", "/H2", "/H3", "/P", "/L", "/LI"} <= found


@pytest.mark.parametrize(
    "words",
    [
        '# $ * @ < _ \\ [ ] #eval(1) #import "x"',
        "een hart ❤️ en een huis 🏠",
        "schrift dat niemand van ons heeft: 𓀀 ꧁",
        "omgedraaid \u202e netjes",
    ],
)
def test_no_words_break_the_pdf(view, words):
    body = papers.pdf(replace(view, title=words, lead=words), place_name=words)
    with opened(body) as pdf:
        assert len(pdf.pages) >= 1


def test_what_has_no_glyph_becomes_a_box_and_the_rest_stays():
    assert papers.covered({"a": ["één 🏠 𓀀"]}) == {"a": ["één 🏠 ▯"]}


def test_what_turns_a_line_round_is_taken_out():
    assert papers.clean("a\u202eb\u200bc") == "abc"


def test_paper_gives_the_hours_of_the_week_and_not_of_this_moment(view):
    lines = papers._data(view, "Enschede")["calls"]
    assert lines[0]["when"].startswith("maandag")
    assert not any(word in line["when"] for line in lines for word in ("nu open", "morgen", "vandaag"))


def test_a_mistake_in_the_template_is_not_hidden(view, monkeypatch):
    def broken(data):
        raise papers.typst.TypstError("kapot")

    monkeypatch.setattr(papers, "_compile", broken)
    with pytest.raises(papers.typst.TypstError):
        papers.pdf(view, place_name="Enschede")


def test_the_calendar_says_nothing_about_the_reason():
    moments = [Moment(datetime(2026, 11, 23, 9), 30, "Bellen")]
    with clock.frozen(datetime(2026, 11, 22, 22, 30, tzinfo=UTC)):
        body = papers.calendar(moments)
    event = icalendar.Calendar.from_ical(body).walk("VEVENT")[0]
    assert event["summary"] == "Bellen"
    assert event.decoded("dtstart") == datetime(2026, 11, 23, 8, tzinfo=UTC)
    assert "location" not in event
    assert "description" not in event
    assert b"naast" not in body.lower()


def test_summer_and_winter_time_are_kept_apart():
    assert papers._utc(datetime(2026, 7, 1, 20)) == datetime(2026, 7, 1, 18, tzinfo=UTC)
    assert papers._utc(datetime(2026, 12, 1, 20)) == datetime(2026, 12, 1, 19, tzinfo=UTC)


def test_every_shipped_guide_has_neutral_words_for_the_calendar(db):
    from naast.flows import actions

    actions.publish_shipped()
    for version in flows.all_current():
        for step in version.flow.steps:
            assert len(step.calendar.split()) <= 2
            for word in ("scheid", "gezin", "ouder", "kind", "loket", "mediator"):
                assert word not in step.calendar.casefold()
