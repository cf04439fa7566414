"""Searching everything: pages, questions with answers, guides and help, with the directory's way of reading words."""

import pytest

from naast.content import actions
from naast.content.models import ArticlePage
from naast.content.search import queries as search
from naast.content.tests.factories import article, place
from naast.core import generations


@pytest.fixture
def everything(shared_tree, shipped_guides, shipped_offers):
    """The shipped texts, guides and offers."""


def titles(typed: str, where: str = "enschede") -> list[str]:
    return [text.title for text in search.everything(typed, place(where)).pages]


@pytest.mark.parametrize(
    ("typed", "slug"),
    [
        ("ouderschapsplan", "een-ouderschapsplan-maken"),
        ("ouderschapsplannen", "een-ouderschapsplan-maken"),
        ("is het mijn schuld", "is-het-mijn-schuld"),
        ("stiefmoeder", "een-samengesteld-gezin"),
        ("meldcode", "de-meldcode-in-vijf-stappen"),
    ],
)
def test_peoples_words_find_the_page_among_the_first_three(everything, typed, slug):
    assert article(slug).title in titles(typed)[:3]


def test_a_misspelling_finds_what_was_meant(everything):
    assert article("een-ouderschapsplan-maken").title in titles("oudershcapsplan")


def test_a_question_is_found_with_its_answer(everything):
    found = search.everything("moet ik mijn naam zeggen", place("enschede"))
    assert "naam-nodig" in [entry.key for entry in found.faq]


def test_a_guide_is_found_by_its_own_title(everything):
    found = search.everything("Ik sta naast een gezin", place("enschede"))
    assert "wegwijzer/naast-een-gezin/" in [text.path for text in found.guides]


def test_help_nearby_stands_in_the_same_answer(everything):
    found = search.everything("mediator", place("enschede"))
    assert found.help.results
    assert len(found.help.results) <= search.MOST_OFFERS


def test_words_of_danger_are_seen(everything):
    assert search.everything("hij slaat mij", place("enschede")).help.danger


def test_words_that_nothing_knows_find_nothing(everything):
    found = search.everything("xqzwv", place("enschede"))
    assert found.total == 0


def test_what_is_taken_offline_is_found_no_more(everything):
    page = article("een-ouderschapsplan-maken")
    assert page.title in titles("ouderschapsplan")
    ArticlePage.objects.get(pk=page.pk).unpublish()
    generations.bump()
    assert page.title not in titles("ouderschapsplan")


def test_where_naast_has_no_pages_only_guides_and_help_are_found(everything):
    found = search.everything("ouderschapsplan", place("amsterdam"))
    assert found.pages == []
    assert found.faq == []


def test_the_page_shows_the_groups_and_marks_each_result(everything, client):
    page = client.get("/enschede/zoeken/?q=ouderschapsplan").content.decode()
    assert "data-result" in page
    assert 'id="lezen"' in page
    assert "/enschede/ouders/een-ouderschapsplan-maken/" in page


def test_what_was_typed_is_shown_as_text_and_kept_nowhere(everything, client):
    answer = client.get("/enschede/zoeken/?q=%3Cscript%3Ealert(1)%3C/script%3E")
    assert b"<script>alert(1)" not in answer.content
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_without_words_the_page_says_what_it_can_find(everything, client):
    answer = client.get("/enschede/zoeken/")
    assert answer.status_code == 200
    assert b"data-result" not in answer.content


def test_a_search_costs_few_queries(everything, client, django_assert_max_num_queries):
    client.get("/enschede/zoeken/?q=geld")
    with django_assert_max_num_queries(10):
        client.get("/enschede/zoeken/?q=ouderschapsplan+mediator")


def test_a_filled_slot_changes_no_results(everything):
    before = titles("ouderschapsplan")
    actions.fill_slot(
        user=None, place=place("enschede"), key="kinderen-wie-leest", body="ouderschapsplan", review_due=None
    )
    assert titles("ouderschapsplan") == before
