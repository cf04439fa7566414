"""The register of processing and the DPIA: made from what the software declares, open where only people know."""

import ast
import csv
import io
import re
from pathlib import Path

import pikepdf
import pytest
from tests.gates.matrix.asking import text_in

from naast.core import kept
from naast.places.queries import by_slug
from naast.upkeep.register import document, paper, rules
from naast.upkeep.register.tests.factories import whole
from naast.upkeep.statements.tests.factories import declared

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).parents[5]
POINTS = 17  # of the model of the state
MUST = {  # the risks that belong in it, whatever else does
    "partner-reads-along", "child-known-at-school", "wrong-parent-gets-answer", "curious-adviser", "region-looks-in",
    "words-in-figures", "talk-as-evidence", "subpoena", "volunteer-abuse", "ai", "supplier-access",
}  # fmt: skip


def squeezed(text):
    """Text without what lines do to it: no space, no hyphen at their end."""
    return re.sub(r"[\s\u00ad\u200b-]+", "", text)


def all_words(data):
    if isinstance(data, dict):
        return " ".join(all_words(value) for value in data.values())
    if isinstance(data, list | tuple):
        return " ".join(all_words(value) for value in data)
    return str(data)


def made(kind, place="enschede", filled=None, other=None):
    return document.of(by_slug(place), kind, filled or rules.TYPES[kind](), other)


def point(paper_, begins):
    return next(one for part in paper_["parts"] for one in part["points"] if one["title"].startswith(begins))


# ---------- the register ----------


def test_every_kind_about_residents_stands_in_the_register_with_purpose_ground_and_term(places):
    rows = {row[0]: row for row in point(made("register"), "Over inwoners")["table"]["rows"]}
    for entry in (one for one in kept.all_kept() if one.about == "inwoners"):
        said = " ".join(rows[entry.called])
        assert entry.purpose in said, entry.model
        assert entry.ground in said, entry.model
        assert entry.retention in said, entry.model


def test_a_kind_declared_tomorrow_stands_in_it_tomorrow(places, monkeypatch):
    new = kept.Kept("core.New", purpose="Iets nieuws", ground="AVG", retention="een dag", show="x", name="Nieuwe soort")
    monkeypatch.setitem(kept._registry, "core.new", new)
    assert "Nieuwe soort" in all_words(made("register"))
    assert "Nieuwe soort" in all_words(made("dpia"))


def test_what_may_be_sensitive_names_its_ground_ours_or_the_places(places):
    special = {one.called for one in kept.all_kept() if one.special}
    assert special
    for filled, ground in ((None, document.PROPOSAL), (whole("register"), "Artikel 9 lid 2 onder g, volgens")):
        rows = point(made("register", filled=filled), "Over inwoners")["table"]["rows"]
        assert {row[0] for row in rows if ground in row[3]} == special


def test_processors_and_what_else_the_place_filled_in_stand_in_it(places):
    said = all_words(made("register", filled=whole("register")))
    assert "Voorbeeld Hosting" in said
    assert "Gemeentesecretaris" in said
    assert "Welke leveranciers" not in said


def test_what_the_place_published_stands_in_both(places):
    declared("enschede")
    assert "Gemeente Test" in all_words(made("register"))
    said = all_words(made("dpia"))
    for words in ("Gemeente Test", "Functionaris", "fg@test.example", "Bel ons.", "AVG 6"):
        assert words in said
    assert "Nog niet gepubliceerd" not in said


def test_what_the_place_did_not_publish_or_fill_in_is_asked_for(places):
    said = all_words(made("dpia", place="hengelo"))
    assert "Nog niet gepubliceerd: wie verantwoordelijk is" in said
    assert "Nog niet gepubliceerd: de functionaris gegevensbescherming" in said
    assert point(made("dpia", place="hengelo"), "Advies")["fill"]


def test_the_sheet_has_every_kind_and_no_cell_that_runs(places):
    filled = whole("register", joint="=HYPERLINK(1)")
    text = paper.sheet(made("register", filled=filled))
    rows = list(csv.reader(io.StringIO(text.lstrip("\ufeff")), delimiter=";"))
    assert len({len(row) for row in rows}) == 1
    assert all(any(entry.called in row for row in rows) for entry in kept.all_kept() if entry.about != "niemand")
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@"))]


# ---------- the DPIA ----------


def test_it_follows_the_seventeen_points_in_four_parts(places):
    found = made("dpia")
    parts = [part for part in found["parts"] if part["title"]]
    titles = [one["title"] for part in parts for one in part["points"]]
    assert [part["title"][:2] for part in parts] == ["A.", "B.", "C.", "D."]
    assert [title.split(".")[0] for title in titles] == [str(number) for number in range(1, POINTS + 1)]


def test_every_risk_that_must_be_in_it_is_and_each_has_measures_and_what_is_left():
    risks = document.words("risks")["risks"]
    assert {risk["id"] for risk in risks} >= MUST
    for risk in risks:
        assert all(risk[name].strip() for name in ("who", "what", "chance", "harm", "left")), risk["id"]
        assert risk["measures"], risk["id"]
        assert any(measure.get("shown") for measure in risk["measures"]), risk["id"]


def test_every_measure_is_shown_by_a_test_that_exists():
    for risk in document.words("risks")["risks"]:
        for shown in filter(None, (measure.get("shown") for measure in risk["measures"])):
            file, _, name = shown.partition("::")
            tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
            names = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.ClassDef)}
            assert not name or set(name.split("::")) <= names, shown


def test_risks_of_the_place_stand_beside_ours_with_its_advice(places):
    found = made("dpia", filled=whole("dpia"), other=whole("register"))
    assert len(point(found, "17")["risks"]) == len(document.words("risks")["risks"])
    said = all_words(found)
    for words in (
        "In ons dorp kent iedereen elkaar.",
        "steekproef elk kwartaal",
        "Voorbeeld Hosting",
        "Het belang van",
    ):
        assert words in said


# ---------- on paper ----------


@pytest.mark.parametrize("kind", ["register", "dpia"])
def test_it_is_a_paper_that_can_be_read_aloud_and_lacks_nothing(kind, places):
    found = made(kind, filled=whole(kind))
    body = paper.pdf(found)
    with pikepdf.open(io.BytesIO(body)) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang) == "nl-NL"
        assert "Enschede" in str(pdf.docinfo["/Title"])
    said = squeezed(text_in(body))
    for part in found["parts"]:
        for one in part["points"]:
            for words in [one["title"], *one["text"], *(risk["left"] for risk in one["risks"])]:
                assert squeezed(words) in said, words
