"""The judged set of `make bench-search` is sound: every answer is an offer of the place where the question is asked."""

from collections import Counter

import pytest
import yaml
from bench.search.judged import AUDIENCES, OWN_SET, faults, read

from naast.demo.places import ALONE, DRECHTSTEDEN, TWENTE
from naast.directory.rules import DATA

LEAST = 120
SETS = sorted(file for file in OWN_SET.parent.glob("*.yaml") if not file.stem.endswith("_none"))
REGIONS = {**dict.fromkeys(TWENTE, "twente"), **dict.fromkeys(DRECHTSTEDEN, "drechtsteden")}


@pytest.fixture(scope="module")
def areas() -> dict[str, list[str]]:
    return {row["slug"]: row["area"] for row in yaml.safe_load((DATA / "offers.yaml").read_text())}


def one(changes=()):
    return {"q": "wie helpt", "place": "houten", "audience": "ouders", 3: ["mediator"], 2: [], 1: [], **dict(changes)}


def a_set(tmp_path, *rows):
    file = tmp_path / "set.yaml"
    file.write_text(yaml.safe_dump(list(rows)))
    return file


@pytest.mark.parametrize("file", SETS, ids=lambda file: file.stem)
def test_no_set_has_faults(areas, file):
    assert faults(read(file), areas, REGIONS) == []


def test_it_holds_enough_questions_of_everybody():
    who = Counter(question.audience for question in read(OWN_SET))
    assert sum(who.values()) >= LEAST
    assert set(who) == set(AUDIENCES)
    assert min(who.values()) >= 20


def test_its_questions_are_asked_in_places_that_take_part():
    assert {question.place for question in read(OWN_SET)} <= {*TWENTE, *DRECHTSTEDEN, *ALONE}


@pytest.mark.parametrize(
    ("best", "lines"),
    [
        (["112", "veilig-thuis", "kindertelefoon"], {"112", "veilig-thuis"}),
        (["112", "113"], {"113"}),
        (["mediator"], set()),
    ],
)
def test_danger_is_told_where_its_line_is_just_what_they_need(tmp_path, best, lines):
    (question,) = read(a_set(tmp_path, one({3: best, 2: ["politie"]})))
    assert question.danger == lines


def test_what_was_judged_as_nothing_is_an_offer_too(areas):
    assert {slug for question in read(OWN_SET) for slug in question.none} <= set(areas)


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"audience": "buren"}, "who is buren"),
        ({3: [], 1: ["mediator"]}, "0 good answers"),
        ({3: ["bestaat-niet"]}, "there is no offer bestaat-niet"),
        ({3: ["kies-zwolle"]}, "kies-zwolle does not serve houten"),
    ],
)
def test_a_fault_is_named(tmp_path, areas, changes, why):
    assert why in " ".join(faults(read(a_set(tmp_path, one(changes))), areas, REGIONS))


def test_a_question_that_stands_twice_is_named(tmp_path, areas):
    assert "twice: wie helpt" in faults(read(a_set(tmp_path, one(), one())), areas, REGIONS)


@pytest.mark.parametrize(
    ("changes", "why"),
    [({2: ["mediator"]}, "an offer stands twice"), ({"grades": 3}, "a question has q, place")],
)
def test_a_row_of_another_shape_is_refused(tmp_path, changes, why):
    with pytest.raises(ValueError, match=why):
        read(a_set(tmp_path, one(changes)))
