"""Doors and phases as people come in by them: few cards first, one way on, and the question that fits who asks."""

import pytest
from wagtail.models import Page

from naast.content import queries
from naast.content.tests.test_views import text_of
from naast.flows import actions as flows

pytestmark = pytest.mark.django_db


class TestPhase:
    def test_shows_six_texts_as_cards_and_all_others_as_titles(self, client, shared_tree):
        page = text_of(client, "/enschede/ouders/uit-elkaar/")
        first, rest = page.split('id="verder"')
        cards = queries.articles(audience="ouders", phase="uit-elkaar")
        assert len(cards) > 6
        assert all(card.href in first for card in cards[:6])
        assert all(card.href in rest for card in cards[6:])

    def test_what_is_translated_comes_before_what_is_still_in_dutch(self, shared_tree):
        languages = [card.language for card in queries.articles(audience="ouders", phase="uit-elkaar", language="en")]
        assert {"en", "nl"} == set(languages)
        assert languages == sorted(languages)


class TestDoor:
    def test_a_child_finds_the_questions_made_for_children(self, client, shared_tree):
        flows.publish_shipped()
        assert 'href="/enschede/wegwijzer/kind-jongere/"' in text_of(client, "/enschede/kinderen/")

    def test_grandparents_stand_first_beside_a_family(self, client, shared_tree):
        assert queries.roles("omgeving")[0].slug == "grootouder"

    def test_a_professional_is_asked_for_the_work_and_others_for_the_tie(self, client, shared_tree):
        at_work = text_of(client, "/enschede/professionals/")
        assert "Wat is jouw werk?" in at_work
        assert "Wie ben jij voor dit gezin?" not in at_work
        assert "Wie ben jij voor dit gezin?" in text_of(client, "/enschede/omgeving/")

    def test_a_child_finds_the_page_about_not_being_safe_and_a_number_before_all_others(self, client, shared_tree):
        page = text_of(client, "/enschede/kinderen/")
        page = page[page.index("<main") :]
        first = page.index('href="/enschede/kinderen/als-het-thuis-niet-goed-voelt/"')
        assert first < page.index("tel:08000432") < page.index('href="https://www.kindertelefoon.nl/"')
        assert page.index('href="https://www.kindertelefoon.nl/"') < page.index('id="lezen-1"')

    def test_a_parent_who_is_afraid_finds_the_way_before_the_reading_list(self, client, shared_tree):
        page = text_of(client, "/enschede/ouders/")
        way = "Ben je bang voor de ander?"
        assert way in page
        assert page.index(way) < page.index('id="lezen-1"')
        assert all(
            way not in text_of(client, f"/enschede/{door}/") for door in ("jongeren", "omgeving", "professionals")
        )

    def test_no_door_leads_to_a_page_that_is_not_live(self, client, shared_tree):
        Page.objects.get(slug="bang-voor-de-ander").unpublish()
        assert "Ben je bang voor de ander?" not in text_of(client, "/enschede/ouders/")
