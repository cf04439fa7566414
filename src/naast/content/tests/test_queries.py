"""What readers see in a slot, what editors see of it, and what a place still lacks."""

from datetime import timedelta
from types import SimpleNamespace

import pytest

from naast.content import queries
from naast.content.actions import load_shipped
from naast.content.declare import texts_are_there
from naast.content.models import Slot
from naast.content.tests.factories import article, editor_of, filled, place, regional_editor_of
from naast.core import clock, generations, live
from naast.people.policy import scopes_for
from naast.people.queries import places_at
from naast.people.tests.factories import sign_in
from naast.places.rules import PHASES

pytestmark = pytest.mark.django_db


def words(slug: str, key: str = "wonen") -> queries.Words | None:
    return queries.words_for(key, place(slug))


class TestWhatStandsInASlot:
    def test_the_places_own_words_come_first(self, shared_tree):
        filled("twente", "wonen", "Van de regio.")
        filled("enschede", "wonen", "Van Enschede.")
        found = words("enschede")
        assert (found.body, found.place_name, found.own) == ("Van Enschede.", "Enschede", True)

    def test_then_the_regions(self, shared_tree):
        filled("twente", "wonen", "Van de regio.")
        assert (words("almelo").body, words("almelo").place_name) == ("Van de regio.", "Twente")

    def test_then_the_national_ones(self, shared_tree):
        filled("enschede", "wonen", "Van Enschede.")
        assert words("zwolle").own is False

    def test_a_slot_without_any_words_is_left_out(self, shared_tree):
        assert words("enschede", "over-ons") is None
        assert words("enschede", "bestaat-niet") is None

    def test_words_past_their_date_say_so(self, shared_tree):
        filled("enschede", "wonen", due=clock.today() - timedelta(days=1))
        assert words("enschede").late

    def test_a_new_fill_is_seen_at_once(self, shared_tree):
        assert words("enschede").own is False
        filled("enschede", "wonen", "Nieuw.")
        assert words("enschede").body == "Nieuw."


class TestTheEditorsList:
    def test_every_slot_stands_in_one_of_three_states(self, shared_tree):
        filled("enschede", "wonen")
        filled("enschede", "school", due=clock.today() - timedelta(days=1))
        states = {row.slot.key: row.state for row in queries.slot_rows(place("enschede"))}
        assert (states["wonen"], states["school"], states["plan-hulp"]) == ("filled", "late", "empty")
        assert len(states) == Slot.objects.filter(locale__language_code="nl").count()

    def test_what_is_past_its_date_stands_on_top_and_then_what_is_needed(self, shared_tree):
        filled("enschede", "wonen", due=clock.today() - timedelta(days=1))
        Slot.objects.filter(key="school").update(required=True)
        rows = queries.slot_rows(place("enschede"))
        assert rows[0].slot.key == "wonen"
        assert rows[1].slot.required

    def test_each_slot_names_the_pages_it_stands_in(self, shared_tree):
        row = next(row for row in queries.slot_rows(place("enschede")) if row.slot.key == "gesprek-oefenen")
        assert [card.slug for card in row.pages] == ["hoe-vertellen-we-het-de-kinderen"]

    def test_editors_see_their_own_places_only(self, shared_tree):
        def mine(user):
            return [info.slug for info in places_at(scopes_for(user, "content.slots"))]

        assert mine(editor_of("zwolle")) == ["zwolle"]
        region = mine(regional_editor_of("twente"))
        assert region[0] == "twente"
        assert {"enschede", "almelo"} < set(region)
        assert "zwolle" not in region


class TestWhatAPlaceLacks:
    def test_without_the_shared_tree_both_statements_are_missing(self, places):
        missing = " ".join(texts_are_there(place("enschede")))
        assert "De tekst boven de privacyverklaring ontbreekt." in missing
        assert "De tekst boven de toegankelijkheidsverklaring ontbreekt." in missing

    def test_a_place_fills_in_its_own_particulars(self, shared_tree):
        needed = ["school", "wonen"]
        Slot.objects.filter(key__in=needed).update(required=True)
        generations.bump()
        assert len(texts_are_there(place("enschede"))) == len(needed)
        for key in needed:
            filled("enschede", key)
        assert texts_are_there(place("enschede")) == []

    def test_what_a_place_lacks_leads_to_where_it_is_mended(self, client, shared_tree):
        Slot.objects.filter(key="school").update(required=True)
        generations.bump()
        [word] = texts_are_there(place("enschede"))
        sign_in(client, editor_of("enschede"))
        assert client.get(word.href).status_code == 200

    def test_slots_that_became_data_go_and_what_was_filled_stays(self, shared_tree):
        for key in ("privacy-verantwoordelijke", "toegankelijkheid-status"):
            Slot.objects.create(key=key, title=key, required=True)
        filled("enschede", "toegankelijkheid-status")
        load_shipped()
        assert not Slot.objects.filter(key="privacy-verantwoordelijke").exists()
        assert not Slot.objects.get(key="toegankelijkheid-status").required
        assert texts_are_there(place("enschede")) == []

    def test_places_asks_this_room(self, shared_tree):
        from naast.places.models import Place

        Slot.objects.filter(key="school").update(required=True)
        generations.bump()
        assert any("Vul in" in word for word in live.missing(Place.objects.get(slug="enschede")))


class TestPagesByAudienceAndPhase:
    def test_an_audiences_own_articles_come_before_those_it_shares(self, shared_tree):
        found = queries.articles(audience="professionals")
        assert found[-1].slug == "wat-zeg-je-tegen-een-kind"

    def test_a_phase_shows_what_was_written_for_it(self, shared_tree):
        cards = queries.articles(audience="ouders", phase="samengesteld")
        assert "een-samengesteld-gezin" in [card.slug for card in cards]
        assert all("samengesteld" in card.phases for card in cards)

    def test_doors_and_phases_stand_in_their_order(self, shared_tree):
        doors = [card.audience for card in queries.doors()]
        assert doors == ["ouders", "kinderen", "jongeren", "omgeving", "professionals"]
        assert tuple(card.phase for card in queries.phases()) == PHASES

    def test_a_page_that_is_taken_down_is_nowhere(self, shared_tree):
        article("kies-geen-kant").unpublish()
        assert "kies-geen-kant" not in [card.slug for card in queries.articles(audience="omgeving")]

    def test_questions_are_given_per_audience(self, shared_tree):
        assert {"kind-wie-leest", "kind-mag-ik-zelf"} <= {entry.key for entry in queries.faq_for("kinderen")}
        assert all("kinderen" in entry.audiences for entry in queries.faq_for("kinderen"))
        assert len(queries.faq_for("ouders", 3)) == 3

    def test_what_waits_to_be_looked_at(self, shared_tree):
        page = article("kies-geen-kant")
        page.checked_on, page.review_due = clock.today() - timedelta(days=400), clock.today() - timedelta(days=2)
        page.save_revision().publish()
        done = article("twee-huizen")
        done.checked_on = clock.today()
        done.save_revision().publish()
        rows = queries.to_review()
        assert (rows[0].title, rows[0].state) == ("Kies geen kant", "late")
        assert "Twee huizen" not in [row.title for row in rows]


class TestOffersBesideAText:
    @pytest.mark.parametrize(("audience", "shown"), [("kinderen", 0), ("ouders", 1)])
    def test_a_child_reads_no_helpline_a_second_time(self, places, monkeypatch, audience, shown):
        line = SimpleNamespace(is_helpline=True)
        monkeypatch.setattr(queries, "offers_for", lambda *_args, **_kwargs: [line])
        monkeypatch.setattr(queries, "_beside", lambda offer, _place: offer)
        assert len(queries.offers_beside(place("enschede"), audience=audience)) == shown
