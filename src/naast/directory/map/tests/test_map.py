"""The map beside the list, and distances, as a reader without JavaScript gets them."""

import re
from pathlib import Path

import pytest
from django.test import Client

from naast.directory.map import queries
from naast.directory.search import snapshot
from naast.directory.tests import factories
from naast.places import map_loading
from naast.places.models import Boundary, PostcodeCentre
from naast.places.tests.test_land import ENSCHEDE, LOSSER, feature, geojson

pytestmark = pytest.mark.django_db
CITY = {"street": "Voorbeeldstraat 1", "postcode": "7511 AB", "town": "Enschede"}
SOUTH = {"street": "Voorbeeldlaan 2", "postcode": "7548 AA", "town": "Enschede"}
FAR = {"street": "Voorbeeldgracht 3", "postcode": "8011 AA", "town": "Zwolle"}


@pytest.fixture
def land(places: None, tmp_path: Path) -> None:
    map_loading.load_own_centres()
    map_loading.load_boundaries(geojson(tmp_path, feature("GM0153", ENSCHEDE), feature("GM0168", LOSSER)), source="CBS")


@pytest.fixture
def help_here(land: None) -> None:
    factories.offer(slug="stad", name="Stadsgesprek", locations=[CITY])
    factories.offer(slug="zuid", name="Zuidgesprek", locations=[SOUTH])
    factories.offer(slug="zwolle", name="Zwolsgesprek", locations=[FAR])
    factories.offer(slug="thuis", name="Thuisgesprek")
    factories.offer(slug="overal", name="Landelijk", area=["nederland"])
    factories.offer(slug="bellen", name="Belgesprek", form=["telefoon"], locations=[CITY])


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", answer.content.decode())  # however a template is laid out


def pins(text: str) -> list[str]:
    return re.findall(r'class="naast-spot" href="(#hulp-\d+)"', text)


class TestTheMap:
    """`?beeld=kaart`."""

    def test_each_pin_leads_to_the_same_number_in_the_list(self, help_here: None, client: Client) -> None:
        text = page(client, "/enschede/hulp/?beeld=kaart")
        found = pins(text)
        assert len(found) == 2
        assert all(f'id="{href[1:]}"' in text for href in found)
        assert text.count("data-result") == 6

    def test_pins_come_in_the_order_of_the_list_and_say_what_they_are(self, help_here: None, client: Client) -> None:
        text = page(client, "/enschede/hulp/?beeld=kaart&postcode=7548")
        said = re.findall(r'class="naast-spot"[^>]*aria-label="(\d+): (\w+)"', text)
        assert [int(number) for number, _ in said] == sorted(int(number) for number, _ in said)
        assert {name for _, name in said} == {"Stadsgesprek", "Zuidgesprek"}

    def test_what_is_not_on_the_map_is_said_below_it(self, help_here: None, client: Client) -> None:
        text = page(client, "/enschede/hulp/?beeld=kaart")
        assert re.search(r"Niet op deze kaart: \d \(Zwolle\)", text)
        assert "3 plekken hebben geen adres" in text

    def test_the_list_stands_alone_until_somebody_wants_the_map(self, help_here: None, client: Client) -> None:
        for address in ("/enschede/hulp/", "/enschede/hulp/?beeld=lijst", "/enschede/hulp/?beeld=%3Cscript%3E"):
            text = page(client, address)
            assert "<figure" not in text
            assert 'href="/enschede/hulp/?beeld=kaart"' in text

    def test_the_switch_keeps_words_filters_and_page(self, help_here: None, client: Client) -> None:
        text = page(client, "/enschede/hulp/?q=gesprek&doelgroep=ouders&postcode=7511&beeld=kaart")
        assert 'href="/enschede/hulp/?q=gesprek&amp;doelgroep=ouders&amp;postcode=7511"' in text

    def test_nothing_of_the_drawing_is_styled_or_fetched_from_elsewhere(self, help_here: None, client: Client) -> None:
        figure = page(client, "/enschede/hulp/?beeld=kaart").split("<figure")[1].split("</figure")[0]
        assert "style=" not in figure
        assert "http" not in figure.replace("http://www.w3.org", "")

    def test_a_region_shows_its_municipalities_and_leads_to_each(self, help_here: None, client: Client) -> None:
        text = page(client, "/twente/hulp/?q=gesprek&beeld=kaart")
        assert 'href="/enschede/hulp/?q=gesprek&amp;beeld=kaart" aria-label="Enschede"' in text

    def test_a_place_without_a_boundary_says_so_and_keeps_the_list(self, help_here: None, client: Client) -> None:
        text = page(client, "/zwolle/hulp/?beeld=kaart")
        assert "nog geen kaart" in text
        assert "data-result" in text
        assert "naast-views" not in text

    def test_a_drawing_is_small_and_costs_no_query_the_second_time(
        self, help_here: None, client: Client, django_assert_max_num_queries: object
    ) -> None:
        page(client, "/enschede/hulp/?beeld=kaart&postcode=7511")
        with django_assert_max_num_queries(12):  # type: ignore[operator]
            text = page(client, "/enschede/hulp/?beeld=kaart&postcode=7511")
        assert len(text.split("<figure")[1].split("</figure")[0]) < 25_000

    def test_a_new_boundary_is_drawn_at_once(self, help_here: None, client: Client, tmp_path: Path) -> None:
        before = page(client, "/enschede/hulp/?beeld=kaart")
        turned = [[x, y] for x, y in ENSCHEDE[:-2]]
        map_loading.load_boundaries(geojson(tmp_path, feature("GM0153", turned)))
        assert page(client, "/enschede/hulp/?beeld=kaart") != before


class TestDistance:
    """`?postcode=`."""

    def test_a_postcode_gives_every_address_its_distance_and_the_nearer_stands_first(
        self, help_here: None, client: Client
    ) -> None:
        text = page(client, "/enschede/hulp/?q=gesprek&postcode=7548%20ab")
        assert text.index("Zuidgesprek") < text.index("Stadsgesprek") < text.index("Zwolsgesprek")
        text = text.replace("\xa0", " ")
        assert "minder dan 1 km" in text
        assert "± 7 km" in text

    def test_what_is_only_by_phone_has_no_distance(self, help_here: None) -> None:
        held = snapshot.current()
        far = queries.kilometres(held, "7511")
        assert {held.slugs[held.ids.index(offer)] for offer in far} == {"stad", "zuid", "zwolle"}

    @pytest.mark.parametrize("typed", ["75", "abcd", "0123", "<script>", "7511 ABC", "x" * 400])
    def test_a_wrong_postcode_is_said_and_loses_nothing(self, help_here: None, client: Client, typed: str) -> None:
        answer = client.get("/enschede/hulp/", {"q": "gesprek", "postcode": typed, "doelgroep": "ouders"})
        text = answer.content.decode()
        assert "geen postcode" in text
        assert 'value="gesprek"' in text
        assert "doelgroep=ouders" in text or 'name="doelgroep"' in text
        assert text.count("data-result") >= 4
        assert "<script>" not in text.split("<main")[1].replace("&lt;", "")

    def test_a_postcode_nobody_knows_gives_the_list_without_distances(self, help_here: None, client: Client) -> None:
        text = page(client, "/enschede/hulp/?postcode=9999")
        assert "kennen deze postcode niet" in text
        assert " km" not in text.split("<ol")[1].split("</ol")[0]

    def test_without_centres_distances_come_from_municipalities(self, help_here: None, client: Client) -> None:
        PostcodeCentre.objects.all().delete()
        map_loading.generations.bump("places")
        queries.forget()
        assert queries.origin_of("7511") == queries.origin_of("enschede")
        assert "data-result" in page(client, "/enschede/hulp/?postcode=7511")

    def test_without_anything_loaded_the_page_is_as_it_was(self, help_here: None, client: Client) -> None:
        Boundary.objects.all().delete()
        PostcodeCentre.objects.all().delete()
        map_loading.generations.bump("places")
        text = page(client, "/enschede/hulp/?postcode=7511&beeld=kaart")
        assert text.count("data-result") == 6

    def test_the_same_question_asks_the_database_nothing(
        self, help_here: None, django_assert_max_num_queries: object
    ) -> None:
        held = snapshot.current()
        assert queries.kilometres(held, "7511") == queries.kilometres(held, "7511")


def test_the_page_of_an_offer_shows_where_it_is(help_here: None, client: Client) -> None:
    assert "naast-map--small" in page(client, "/enschede/hulp/stad/")
    assert "naast-map--small" not in page(client, "/enschede/hulp/thuis/")
    assert "naast-map--small" not in page(client, "/enschede/hulp/zwolle/")
