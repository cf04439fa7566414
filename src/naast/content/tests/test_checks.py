"""The shipped texts keep what docs/experience.md and the issue promise; each check can fail."""

import re

import pytest

from naast.content import loading, rules
from naast.content.checks import page_faults
from naast.directory.rules import subjects
from naast.places.rules import AUDIENCES, PHASES

ARTICLES = loading.pages("articles")
EVERYTHING = [*ARTICLES, *loading.pages("roles"), *loading.pages("pages")]
# docs/safety.md and docs/experience.md: words that are never our own.
NEVER = re.compile(r"slachtoffer|vechtscheiding|probleemgezin|\bex\b|100 ?% anoniem|klik hier", re.IGNORECASE)


def test_there_are_at_least_48_articles_and_five_for_each_audience():
    assert len(ARTICLES) >= 48
    for audience in AUDIENCES:
        assert sum(audience in page.audiences for page in ARTICLES) >= 5, audience


def test_parents_have_a_choice_of_pages_in_every_phase():
    for phase in PHASES:
        assert sum(phase in page.phases and "ouders" in page.audiences for page in ARTICLES) >= 4, phase


def test_there_are_roles_and_fifty_questions_each_with_a_name_of_its_own():
    assert len(loading.pages("roles")) >= 3
    assert len(loading.faq()) >= 50
    keys = [entry["key"] for entry in loading.faq()]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("page", EVERYTHING, ids=lambda page: page.slug)
def test_a_text_takes_no_side_and_uses_none_of_the_words_we_avoid(page):
    assert not NEVER.search(page.title + page.summary + page.raw)


@pytest.mark.parametrize("page", EVERYTHING, ids=lambda page: page.slug)
def test_the_subjects_are_the_directorys(page):
    known = {subject.slug for subject in subjects()}
    asked = {value.get("subject") for kind, value in page.blocks if kind == "slot" and value["kind"] == "offers"}
    assert set(page.subjects) | (asked - {None}) <= known


def test_every_slot_that_is_defined_stands_in_a_text_or_on_a_screen():
    used = {key for page in EVERYTHING for key in rules.slot_keys(page.blocks)}
    assert {str(slot["key"]) for slot in loading.slots()} == used


def faults(body: str, **meta: object) -> list[tuple[str, str]]:
    front = {"title": "T", "slug": "t", "summary": "S.", "owner": "O", "sources": ["B"], "audiences": ["ouders"]}
    page = rules.read_shipped("t.md", {**front, **meta}, body)
    return list(page_faults(page, {"bestaat"}, {"wonen"}))


@pytest.mark.parametrize(
    ("body", "kind", "says"),
    [
        ("Lees [dit](naast:bestaat-niet).", "link", "bestaat-niet"),
        ("{{slot:own key=onbekend}}", "slot", "onbekend"),
        ("Bel 0800-2000 voor hulp.", "phone", "0800-2000"),
        ("Bel 085-1304658 voor hulp.", "phone", "085-1304658"),
    ],
)
def test_a_bad_text_is_caught(body, kind, says):
    (found,) = faults(body)
    assert found[0] == kind
    assert says in found[1]


def test_a_good_text_passes():
    assert faults("Lees [dit](naast:bestaat).\n\n{{slot:own key=wonen}}\n\nBel 112 bij gevaar.") == []


def test_a_related_page_that_is_not_there_is_caught():
    assert faults("Tekst.", related=["weg"]) == [("link", "Er is geen pagina weg.")]
