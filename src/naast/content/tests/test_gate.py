"""`naast content check`: what is shipped passes, and each promise has a canary that breaks it."""

import json
from dataclasses import replace
from datetime import date, timedelta
from types import SimpleNamespace

import pytest

from naast.cli import main
from naast.content import gate, rules
from naast.places.rules import AUDIENCES, PHASES

TODAY = date(2026, 11, 22)
META = {"title": "T", "summary": "Zo begin je.", "owner": "Redactie", "sources": ["Bron"]}
EASY = "Je bent niet de enige.\n\nPraat met iemand die je vertrouwt."


def page(slug: str, *, body: str = EASY, audiences=("ouders",), phases=PHASES, **more) -> rules.Shipped:
    meta = {**META, "slug": slug, "audiences": list(audiences), "phases": list(phases), **more}
    return rules.read_shipped(f"{slug}.md", meta, body)


def shelf(*pages: rules.Shipped, **more) -> gate.Shelf:
    """A small shelf where nothing is wrong but the number of texts."""
    coverage = {audience: dict.fromkeys(PHASES, True) for audience in AUDIENCES}
    articles = [page(f"voor-{audience}", audiences=[audience]) for audience in AUDIENCES]
    return gate.Shelf(pages={"articles": [*articles, *pages]}, coverage=coverage, **more)


def faults(found: gate.Shelf, kind: str) -> list[tuple[str, str]]:
    return [(note.where, note.say) for note in gate.check(found, TODAY).faults if note.kind == kind]


def gaps(found: gate.Shelf) -> list[str]:
    return [where for where, _say in faults(found, "coverage") if "×" in where]


@pytest.fixture(scope="module")
def report() -> gate.Report:
    return gate.check(gate.shipped(), TODAY)


def test_what_is_shipped_has_no_faults(report):
    assert [f"{note.kind}: {note.where}: {note.say}" for note in report.faults] == []


def test_every_audience_has_five_pages_behind_its_door_and_all_doors_forty(report):
    assert min(report.doors.values()) >= 5
    assert sum(report.doors.values()) >= 40


def test_every_phase_has_a_page_or_a_reason_for_everyone(report):
    for audience, cells in report.cells.items():
        for phase, cell in cells.items():
            assert cell, f"{audience} × {phase}"


def test_the_guides_are_measured_with_the_pages(report):
    assert sum(name.startswith("wegwijzer:") for name in report.levels) == 9


def test_a_small_shelf_lacks_numbers_and_nothing_else():
    found = gate.check(shelf(), TODAY).faults
    assert {note.kind for note in found} == {"coverage"}
    assert gaps(shelf()) == []
    assert ("artikelen", "5; ten minste 48.") in faults(shelf(), "coverage")


def test_canary_a_sentence_of_thirty_words():
    long = " ".join(["Woord", *["woord"] * 29]) + "."
    assert faults(shelf(page("lang", body=long)), "level") == [
        ("lang", f"{long} → 30 woorden; hoogstens 20. Knip de zin.")
    ]


def test_canary_a_sentence_that_adults_may_have_and_children_not():
    body = " ".join(["Woord", *["woord"] * 16]) + "."
    assert faults(shelf(page("groot", body=body)), "level") == []
    assert [where for where, _say in faults(shelf(page("klein", body=body, audiences=["kinderen"])), "level")] == [
        "klein"
    ]


def test_canary_a_hard_word_in_a_question():
    entry = {"key": "vraag", "question": "Hoe nu?", "answer": "Wij verstrekken hulp.", "audiences": ["ouders"]}
    assert faults(shelf(faq=[entry]), "level") == [("faq:vraag", "verstrekken → Liever: geven.")]


def test_canary_a_missing_phase():
    found = shelf()
    fewer = [one for one in found.pages["articles"] if one.slug != "voor-kinderen"]
    less = [*fewer, page("voor-kinderen", audiences=["kinderen"], phases=PHASES[1:])]
    assert gaps(replace(found, pages={"articles": less})) == [f"kinderen × {PHASES[0]}"]


@pytest.mark.parametrize("said", [None, False, "n.v.t."])
def test_canary_a_phase_without_page_needs_a_reason(said):
    found = shelf()
    coverage = {**found.coverage, "ouders": {**found.coverage["ouders"], PHASES[0]: said}}
    assert gaps(replace(found, coverage=coverage)) == [f"ouders × {PHASES[0]}"]


@pytest.mark.parametrize("body", ["Lees [dit](naast:weg).", "Lees ook [dat **daar**](naast:weg)."])
def test_canary_a_dead_internal_link(body):
    assert faults(shelf(page("wijst", body=body)), "link") == [("wijst", "Er is geen pagina weg.")]


def test_canary_a_dead_link_in_a_question_and_a_list():
    entry = {"key": "v", "question": "Hoe?", "answer": "Lees [dit](naast:weg).", "audiences": ["ouders"]}
    lists = [{"key": "l", "pages": ["weg"], "audiences": ["ouders"]}]
    assert [where for where, _say in faults(shelf(faq=[entry], lists=lists), "link")] == ["faq:v", "lijst:l"]


def test_canary_a_dead_link_in_a_translation():
    found = shelf(translations={"en/articles/x.md": "Read [this](naast:weg) or [that](naast:voor-ouders)."})
    assert faults(found, "link") == [("en/articles/x.md", "Er is geen pagina weg.")]


def test_canary_a_guide_that_leads_to_no_guide():
    step = SimpleNamespace(id="s", link="wegwijzer:weg", title="T", why="W", with_whom="", costs="", how=(), avoid=())
    flow = SimpleNamespace(
        title="T", lead="L", audience="ouders", questions=(), steps=(step,), helps=(), outcomes=(), translations={}
    )
    assert faults(shelf(flows={"f": flow}), "link") == [("wegwijzer:f", "Stap s: er is geen wegwijzer weg.")]


def test_a_link_to_a_page_that_is_there_is_fine():
    assert faults(shelf(page("wijst", body="Lees [dit](naast:voor-ouders).")), "link") == []


def test_what_is_late_unchecked_or_outside_only_warns():
    late = page("laat", checked=TODAY - timedelta(days=400))
    outside = page("buiten", body="Lees [meer](https://example.org/x).", checked=TODAY)
    found = gate.check(shelf(late, outside, terms=[{"term": "gezag"}]), TODAY)
    kinds = {(note.kind, note.where) for note in found.warnings}
    assert {
        ("overdue", "laat"),
        ("outside", "buiten"),
        ("unchecked", "voor-ouders"),
        ("unchecked", "woord:gezag"),
    } <= kinds
    assert {note.kind for note in found.faults} == {"coverage"}


def test_the_command_prints_coverage_and_levels_and_leaves_with_zero(capsys):
    assert main(["content", "check"]) == 0
    printed = capsys.readouterr().out
    assert "professionals" in printed
    assert "De meegeleverde teksten kloppen." in printed


def test_the_command_gives_data_for_machines(capsys):
    assert main(["content", "check", "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert data["good"] is True
    assert set(data["cells"]) == set(AUDIENCES)


def test_the_command_leaves_with_one_and_names_the_fault(capsys, monkeypatch):
    monkeypatch.setattr(gate, "shipped", lambda: shelf(page("wijst", body="Lees [dit](naast:weg).")))
    assert main(["content", "check"]) == 1
    assert "link: wijst: Er is geen pagina weg." in capsys.readouterr().out


def test_a_text_that_does_not_follow_its_form_is_named(capsys, monkeypatch):
    def broken():
        raise rules.ContentError("proef.md: title is missing")

    monkeypatch.setattr(gate, "shipped", broken)
    assert main(["content", "check"]) == 1
    assert "proef.md: title is missing" in capsys.readouterr().out


def test_the_level_of_one_text_comes_with_advice_and_an_unknown_one_is_said(capsys):
    assert main(["content", "level", "twee-huizen"]) == 0
    assert "twee-huizen" in capsys.readouterr().out
    assert main(["content", "level", "bestaat-niet"]) == 2
    assert "bestaat-niet" in capsys.readouterr().out
