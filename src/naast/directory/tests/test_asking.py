"""The pages of a search as a reader without JavaScript gets them: filters, chips, strange addresses, offers that are not open."""

import re
from urllib.parse import urlencode

import pytest
from django.http import QueryDict
from django.test import Client

from naast.directory import actions, asking
from naast.directory.models import Offer, Organisation
from naast.directory.search.filters import FACETS

from . import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def shipped(places: None) -> None:
    actions.load_shipped()


def text(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status
    return answer.content.decode()


def test_every_facet_has_a_key_a_heading_and_words_for_all_its_codes() -> None:
    assert set(asking.KEYS.values()) == set(FACETS)
    assert all(asking.heading(key) for key in asking.KEYS)
    assert [(facet, code) for facet in FACETS for code in FACETS[facet] if not asking.label(facet, code)] == []


def test_ten_filters_stand_on_the_page_three_of_them_open(shipped: None, client: Client) -> None:
    page = text(client, "/enschede/hulp/")
    legends = re.findall(r"<legend[^>]*>([^<]+)</legend>", page)
    assert {"Voor wie", "Leeftijd", "Wat het jou kost"} <= set(legends)
    assert page.count('class="naast-filters__more"') == len(legends) - 3
    assert "Toon " in page


def test_an_address_keeps_every_filter_and_what_was_switched_off() -> None:
    address = (
        "q=gesprek&doelgroep=ouders&leeftijd=9&leeftijd=4-11&taal=tr&betaalt=rijk&groep=autisme&zonder=age:9&pagina=2"
    )
    asked = asking.read(QueryDict(address))
    again = asking.read(QueryDict(urlencode([("q", asked.typed), *asked.pairs, ("pagina", "2")])))
    assert again == asked
    assert (asked.page, asked.without) == (2, ("age:9",))


def test_a_filter_with_one_choice_only_is_not_shown(places: None, client: Client) -> None:
    factories.offer(slug="een", languages=["nl"])
    assert "filter-taal" not in text(client, "/enschede/hulp/")
    factories.offer(slug="twee", languages=["nl", "tr"])
    assert "filter-taal" in text(client, "/enschede/hulp/")


def test_what_was_read_in_the_words_is_a_chip_that_takes_itself_away(shipped: None, client: Client) -> None:
    page = text(client, "/enschede/hulp/?q=hulp+voor+mijn+dochter+van+9&kosten=gratis")
    assert re.search(r'class="naast-chip" href="[^"]*kosten=gratis&amp;zonder=age%3A9">9 jaar', page)
    without = text(client, "/enschede/hulp/?q=hulp+voor+mijn+dochter+van+9&zonder=age:9")
    assert not re.search(r'class="naast-chip"[^>]*>9 jaar', without)
    assert "weer meetellen" in without
    assert '<input type="hidden" name="zonder" value="age:9">' in without


def test_danger_that_was_set_aside_leaves_a_quiet_way_to_help(shipped: None, client: Client) -> None:
    address = "/enschede/hulp/?q=mijn+man+slaat+me"
    assert "data-calm-danger" not in text(client, address)
    page = text(client, f"{address}&zonder=danger:violence")
    assert "data-calm-danger" in page
    assert "danger-title" not in page


@pytest.mark.parametrize(
    ("question", "shown"), [("ik+ben+bang", True), ("Ik+ben+zo+ANGSTIG", True), ("verlangen", False)]
)
def test_who_says_to_be_afraid_sees_where_to_call(places: None, client: Client, question: str, shown: bool) -> None:
    assert ("data-calm-danger" in text(client, f"/enschede/hulp/?q={question}")) is shown


STRANGE = {
    "long": "q=" + "x" * 4_000,
    "a long sentence": "q=" + "mijn+dochter+" * 300,
    "emoji": "q=%F0%9F%98%AD%F0%9F%91%A8%E2%80%8D%F0%9F%91%A9%E2%80%8D%F0%9F%91%A7",
    "operators": "q=%22+OR+1%3D1+--+NEAR(a)+*+%26+%7C+!",
    "null": "q=%00&doelgroep=%00&zonder=%00",
    "negative page": "pagina=-1",
    "a word as page": "pagina=abc",
    "huge page": "pagina=99999999999999999999",
    "arabic digits": "pagina=%D9%A1&leeftijd=%D9%A9",
    "five hundred filters": "&".join(f"doelgroep=x{number}" for number in range(500)),
    "five hundred known filters": "&".join(["groep=autisme", "leeftijd=9"] * 250),
    "wrong codes": "&".join(f"{key}=bestaat-niet" for key in asking.KEYS),
    "wrong switches": "zonder=x&zonder=age:&zonder=:9&zonder=" + "a" * 500,
    "five hundred switches": "&".join(f"zonder=age:{number}" for number in range(500)),
}


@pytest.mark.parametrize("address", STRANGE.values(), ids=STRANGE.keys())
def test_a_strange_address_gives_a_page(shipped: None, client: Client, address: str) -> None:
    assert "Hulp in de buurt" in text(client, f"/enschede/hulp/?{address}")


def test_who_types_more_than_we_search_with_hears_it(places: None, client: Client) -> None:
    factories.offer(slug="een")
    said = "de eerste 400 tekens"
    assert said in text(client, "/enschede/hulp/?" + STRANGE["long"])
    assert said in text(client, "/enschede/hulp/?" + STRANGE["a long sentence"])
    assert said not in text(client, "/enschede/hulp/?q=" + "x" * 400)


def test_codes_that_nobody_knows_filter_nothing(places: None, client: Client) -> None:
    factories.offer(slug="een")
    assert "data-result" in text(client, "/enschede/hulp/?" + STRANGE["wrong codes"])


def test_the_page_costs_few_queries_with_all_filters_on(
    shipped: None, client: Client, django_assert_max_num_queries: object
) -> None:
    address = "/enschede/hulp/?q=gesprek&doelgroep=ouders&leeftijd=9&kosten=gratis&taal=nl&verwijzing=onbekend"
    client.get(address)
    with django_assert_max_num_queries(12):  # type: ignore[operator]
        assert client.get(address).status_code == 200


class TestAnOfferThatIsNotOpen:
    def change(self, slug: str, **values: object) -> None:
        Offer.objects.filter(slug=slug).update(**values)

    def test_hidden_says_that_nobody_knows_and_how_to_ask(self, places: None, client: Client) -> None:
        factories.offer(slug="stil", phone="053 000 00 09")
        self.change("stil", state="verborgen")
        page = text(client, "/enschede/hulp/stil/")
        assert "Wij weten niet of deze hulp er nog is" in page
        assert 'href="tel:0530000009"' in page
        assert 'name="robots" content="noindex"' in page

    def test_ended_is_gone_and_leads_on(self, places: None, client: Client) -> None:
        factories.offer(slug="weg", subjects=["omgang"], phone="053 000 00 09")
        factories.offer(slug="ander", name="Omgangshulp", subjects=["omgang"])
        self.change("weg", state="gestopt")
        page = text(client, "/enschede/hulp/weg/", status=410)
        assert "Deze hulp bestaat niet meer" in page
        assert "tel:0530000009" not in page
        assert "/enschede/hulp/ander/" in page
        assert 'href="/enschede/hulp/"' in page

    def test_of_an_organisation_that_ended_is_gone(self, places: None, client: Client) -> None:
        factories.offer(slug="weg")
        Organisation.objects.update(ended=True)
        text(client, "/enschede/hulp/weg/", status=410)

    def test_merged_leads_to_what_it_became_in_the_end(self, places: None, client: Client) -> None:
        for slug in ("een", "twee", "drie"):
            factories.offer(slug=slug)
        for slug, into in (("een", "twee"), ("twee", "drie")):
            self.change(slug, state="samengevoegd", merged_into=Offer.objects.get(slug=into))
        answer = client.get("/enschede/hulp/een/")
        assert (answer.status_code, answer["Location"]) == (301, "/enschede/hulp/drie/")

    def test_merged_in_a_circle_ends(self, places: None, client: Client) -> None:
        for slug in ("een", "twee"):
            factories.offer(slug=slug)
        for slug, into in (("een", "twee"), ("twee", "een")):
            self.change(slug, state="samengevoegd", merged_into=Offer.objects.get(slug=into))
        text(client, "/enschede/hulp/een/", status=410)
