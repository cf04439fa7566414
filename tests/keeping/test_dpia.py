"""The register of processing and the DPIA of a place: made from what the software declares, open where only people know."""

import io
import re

import pikepdf
import pytest
from django.test import Client

from naast.core import kept
from naast.people.tests.factories import sign_in, staff
from naast.places.queries import by_slug
from naast.upkeep.keeping import assessment
from naast.upkeep.statements.tests.factories import declared
from tests.gates.matrix.asking import text_in

pytestmark = pytest.mark.django_db
PAPER = "/loket/gegevens/enschede/dpia.pdf"
POINTS = 17  # of the model of the state


@pytest.fixture
def officer(places):
    return sign_in(Client(), staff("privacy-officer", by_slug("enschede")))


def squeezed(text):
    """Text without what lines do to it: no space, no hyphen at their end."""
    return re.sub(r"[\s\u00ad-]+", "", text)


def all_words(data):
    if isinstance(data, dict):
        return " ".join(all_words(value) for value in data.values())
    if isinstance(data, list | tuple):
        return " ".join(all_words(value) for value in data)
    return str(data)


def test_it_is_a_paper_that_can_be_read_aloud(officer):
    answer = officer.get(PAPER)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/pdf")
    assert 'filename="dpia-enschede.pdf"' in answer.headers["Content-Disposition"]
    with pikepdf.open(io.BytesIO(answer.content)) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang) == "nl-NL"
        assert "Enschede" in str(pdf.docinfo["/Title"])


def test_every_kind_that_the_software_knows_stands_in_it_with_its_term_and_ground(officer):
    said = squeezed(text_in(officer.get(PAPER).content))
    for entry in kept.all_kept():
        for words in (entry.called, entry.retention, entry.ground, entry.purpose):
            assert squeezed(words) in said, f"{entry.model}: {words}"


def test_it_follows_the_seventeen_points_in_four_parts(places):
    made = assessment.of(by_slug("enschede"))
    titles = [point["title"] for part in made["parts"] for point in part["points"]]
    assert [part["title"][:2] for part in made["parts"]] == ["A.", "B.", "C.", "D."]
    assert [title.split(".")[0] for title in titles] == [str(number) for number in range(1, POINTS + 1)]


def test_what_the_place_published_stands_in_it(places):
    said = all_words(assessment.of(declared("enschede")))
    for words in ("Gemeente Test", "Functionaris", "fg@test.example", "Bel ons.", "AVG 6"):
        assert words in said
    assert "Nog niet gepubliceerd" not in said


def test_what_the_place_did_not_publish_is_asked_for(places):
    said = all_words(assessment.of(by_slug("hengelo")))
    assert "Nog niet gepubliceerd: wie verantwoordelijk is" in said
    assert "Nog niet gepubliceerd: de functionaris gegevensbescherming" in said


def test_what_may_be_sensitive_is_named_apart(places):
    made = assessment.of(by_slug("enschede"))
    point = next(one for part in made["parts"] for one in part["points"] if one["title"].startswith("12."))
    said = all_words(point["table"])
    for entry in kept.all_kept():
        assert (entry.called in said) == any(one.special for one in kept.all_kept() if one.called == entry.called)


def test_every_risk_has_a_measure_and_what_is_left(places):
    for risk in assessment.words()["risks"]:
        assert all(risk[name].strip() for name in ("risk", "weight", "measure", "left"))
        assert risk["weight"] in ("zwaar", "middel", "licht")


def test_the_way_to_it_stands_on_the_page_of_what_is_kept(officer):
    assert PAPER in officer.get("/loket/gegevens/enschede/").content.decode()
