"""How `make bench-search` compares: the plain search beside ours, and what it prints of the answers."""

import pytest
import yaml
from bench.search.__main__ import Answered, danger, figures, misses, pool
from bench.search.judged import Question
from bench.search.systems import Text, here_only, plain_fts5

HERE = frozenset({"houten"})
TEXTS = [
    Text("kies", "KIES-groep", "Praat met anderen", "Kinderen spelen", "gevoel", HERE),
    Text("mediator", "Mediator", "Maak samen afspraken", "", "recht", frozenset({"nederland"})),
    Text("loes", "Vraag aan Loes", "Maak een afspraak", "", "recht mediator", frozenset({"twente"})),
]
QUESTION = Question("wie praat met mijn kind", "houten", "ouders", {"kies": 3, "mediator": 2}, frozenset({"loes"}))


@pytest.mark.parametrize(
    ("q", "found"),
    [
        ("mediator", ["mediator", "loes"]),
        ("Praat spelen onzin", ["kies"]),
        ("onzin", []),
        ('praat" OR NEAR(* 😀', ["kies"]),
        ("😀", []),
    ],
)
def test_the_plain_search_finds_any_word_and_the_name_counts_most(q, found):
    assert plain_fts5(TEXTS)(q, "houten") == found


def test_the_others_are_asked_for_the_place_its_region_and_the_country():
    search = here_only(plain_fts5(TEXTS), TEXTS, {"enschede": "twente"})
    assert search("mediator praat", "houten") == ["kies", "mediator"]
    assert search("mediator praat", "enschede") == ["mediator", "loes"]


def test_a_row_tells_the_mean_of_its_questions():
    best, none = Answered(QUESTION, ["kies", "mediator"]), Answered(QUESTION, ["loes"])
    assert figures("Naast", [best, none]) == ("Naast", "2", "0.500", "0.500", "0.500")


def test_misses_are_told_with_what_came_and_what_was_lost(capsys):
    misses([Answered(QUESTION, ["loes", "mediator"]), Answered(QUESTION, ["kies"])])
    said = capsys.readouterr().out
    assert "Misses of 2: 1" in said
    assert "came: loes[0] mediator[2]" in said
    assert "lost: kies" in said


def test_danger_that_was_not_heard_and_danger_that_nobody_told_are_named(capsys):
    told = Question("hij slaat me", "houten", "ouders", {"veilig-thuis": 3, "112": 3})
    danger([Answered(told, ["kies", "112"]), Answered(told, ["kies"]), Answered(QUESTION, ["112", "kies"])])
    said = capsys.readouterr().out
    assert "in the first three of 1." in said
    assert "not heard: hij slaat me" in said
    assert "no need: wie praat met mijn kind" in said


def test_the_heap_holds_what_nobody_judged_and_not_who_gave_it(tmp_path):
    file = tmp_path / "heap.yaml"
    one, other = [Answered(QUESTION, ["zus", "kies", "loes"])], [Answered(QUESTION, ["aap", "kies"])]
    assert pool(file, {"Naast": one, "other": other}) == 1
    assert yaml.safe_load(file.read_text()) == [{"q": QUESTION.q, "place": "houten", 0: ["aap", "zus"]}]
