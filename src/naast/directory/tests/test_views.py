"""Pages of help nearby, as a reader without JavaScript gets them."""

import re

import pytest
from django.test import Client

from . import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def shipped(shipped_offers: None) -> None:
    """What is shipped, as readers find it."""


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_misspelled_word_finds_help_and_says_what_was_searched(shipped: None, client: Client) -> None:
    page = text(client, "/enschede/hulp/?q=omgangsregelng")
    assert page.count("data-result") > 3
    assert "omgangsregeling" in page
    assert "Omgangshuis" in page


def test_what_someone_searches_is_never_kept(shipped: None, client: Client) -> None:
    answer = client.get("/enschede/hulp/?q=buddy")
    assert answer["Cache-Control"] == "private, no-store"
    assert not answer.cookies
    assert "blijven in de geschiedenis" in answer.content.decode()


def test_typed_words_come_back_as_words(shipped: None, client: Client) -> None:
    page = text(client, "/enschede/hulp/?q=%3Cscript%3Ealert(1)%3C/script%3E")
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_nothing_found_shows_three_ways_on(shipped: None, client: Client) -> None:
    page = text(client, "/enschede/hulp/?q=qwertyuiopzxcv")
    assert "data-result" not in page
    for way in ("/enschede/vraag/", "/enschede/wegwijzer/", "0800-2000"):
        assert way in page


def test_a_filter_is_a_chip_that_takes_itself_away(shipped: None, client: Client) -> None:
    page = text(client, "/enschede/hulp/?q=buddy&doelgroep=kinderen&kosten=gratis")
    assert 'href="/enschede/hulp/?q=buddy&amp;kosten=gratis"' in page
    assert 'href="/enschede/hulp/?q=buddy&amp;doelgroep=kinderen"' in page


def test_pages_lead_on_and_keep_what_was_chosen(shipped: None, client: Client) -> None:
    page = text(client, "/enschede/hulp/?doelgroep=ouders")
    assert 'href="/enschede/hulp/?doelgroep=ouders&amp;pagina=2"' in page
    assert 'start="21"' in text(client, "/enschede/hulp/?doelgroep=ouders&pagina=2")


def test_one_offer_has_a_page_that_all_share(shipped: None, client: Client) -> None:
    answer = client.get("/enschede/hulp/kies/")
    assert answer["Cache-Control"].startswith("public")
    assert "KIES" in answer.content.decode()
    assert "Nog niet nagekeken" in answer.content.decode()


def test_an_unknown_offer_is_not_found(shipped: None, client: Client) -> None:
    assert client.get("/enschede/hulp/bestaat-niet/").status_code == 404


def test_an_offer_of_elsewhere_says_for_whom_it_is(places: None, client: Client) -> None:
    factories.offer(slug="alleen-zwolle", area=["zwolle"])
    assert "niet voor Enschede" in text(client, "/enschede/hulp/alleen-zwolle/")


def test_an_offer_links_outwards_without_saying_where_from(places: None, client: Client) -> None:
    factories.offer(slug="met-site", website="https://voorbeeld.example/", phone="053 000 00 09")
    page = text(client, "/enschede/hulp/met-site/")
    assert 'rel="noreferrer external"' in page
    assert 'href="tel:0530000009"' in page


def test_a_change_shows_on_the_page_of_the_place(places: None, client: Client) -> None:
    factories.offer(slug="club", name="Tekenclub")
    assert "Tekenclub" in text(client, "/enschede/hulp/club/")
    factories.offer(slug="club", name="Zangclub")
    assert "Zangclub" in text(client, "/enschede/hulp/club/")


@pytest.mark.parametrize("address", ["/enschede/hulp/?q=gesprek", "/enschede/hulp/club-0/"])
def test_a_page_costs_few_queries(
    places: None, client: Client, address: str, django_assert_max_num_queries: object
) -> None:
    for number in range(20):
        factories.offer(slug=f"club-{number}")
    client.get(address)
    with django_assert_max_num_queries(12):  # type: ignore[operator]
        assert client.get(address).status_code == 200


def test_searching_too_often_gives_a_friendly_page(
    shipped: None, client: Client, settings: object, still_clock: None
) -> None:
    settings.NAAST_LIMITS = {**settings.NAAST_LIMITS, "search": 1}  # type: ignore[attr-defined]
    client.get("/enschede/hulp/")
    answer = client.get("/enschede/hulp/")
    assert answer.status_code == 429
    assert int(answer["Retry-After"]) > 0


def test_where_naast_has_no_desk_nothing_is_promised(shipped: None, client: Client) -> None:
    page = text(client, "/amsterdam/hulp/?q=buddy")
    assert "doet nog niet mee" in page
    assert "werkdag" not in page


def test_an_english_page_says_that_the_texts_are_dutch(shipped: None, client: Client) -> None:
    page = text(client, "/en/enschede/hulp/?q=buddy")
    assert "is in Dutch" in page
    assert ' lang="nl">Chat met een jongere' in page


class TestTheWayIn:
    """The page of an offer says at once what one can do now."""

    def test_a_number_is_a_solid_button(self, places: None, client: Client) -> None:
        factories.offer(slug="met-nummer", phone="053 000 00 09")
        page = text(client, "/enschede/hulp/met-nummer/")
        assert re.search(r'utrecht-button--primary-action"\s+href="tel:0530000009"', page)
        assert "Wij zoeken het voor je uit" not in page

    def test_the_desk_looks_where_nobody_knows_and_hears_only_for_whom(self, places: None, client: Client) -> None:
        factories.offer(slug="zonder", audiences=["jongeren"], costs={"kind": "onbekend"})
        page = text(client, "/enschede/hulp/zonder/")
        assert "Wij zoeken het voor je uit" in page
        assert 'href="/enschede/vraag/?audience=jongeren"' in page
        assert "Vraag naar de kosten" not in page

    def test_the_municipality_knows_where_there_is_no_desk(self, places: None, client: Client) -> None:
        factories.offer(slug="zonder", area=["nederland"])
        page = text(client, "/amsterdam/hulp/zonder/")
        assert "Je gemeente weet de weg" in page
        assert "/amsterdam/vraag/" not in page

    def test_unknown_costs_are_asked_of_who_gives_it(self, places: None, client: Client) -> None:
        made = factories.offer(slug="met-nummer", phone="053 000 00 09", costs={"kind": "onbekend"})
        assert f"Vraag het aan {made.organisation.name}" in text(client, "/enschede/hulp/met-nummer/")
        # on an English page the name is marked as Dutch, by an element and not by letters that look like one
        assert "&lt;span" not in text(client, "/en/enschede/hulp/met-nummer/")


def test_a_result_can_be_called_and_what_nobody_checked_is_said_once(places: None, client: Client) -> None:
    factories.offer(slug="een", name="Tekenclub", phone="053 000 00 09", checked=None)
    factories.offer(slug="twee", name="Zangclub tekenclub", checked=None)
    page = text(client, "/enschede/hulp/?q=tekenclub")
    assert 'href="tel:0530000009"' in page
    assert page.count("nog niet na") == 1


def test_more_than_five_choices_of_a_filter_stand_folded_unless_one_is_on(shipped: None, client: Client) -> None:
    page = text(client, "/enschede/hulp/")
    assert re.search(r'<details class="naast-why"[^>]*>\s*<summary>\s*Nog \d', page)
    assert re.search(r'<details class="naast-why"[^>]* open>', text(client, "/enschede/hulp/?fase=samengesteld"))
