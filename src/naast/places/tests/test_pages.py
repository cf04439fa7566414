"""Choosing a place and what one finds there."""

import pytest

pytestmark = pytest.mark.django_db


def test_a_postcode_leads_to_its_municipality(client, places):
    response = client.get("/kies/", {"postcode": "7511 ab"})
    assert response.status_code == 303
    assert response["Location"] == "/enschede/"


def test_a_name_leads_to_its_municipality_whatever_its_capitals(client, places):
    assert client.get("/kies/", {"postcode": "hof van TWENTE"})["Location"] == "/hof-van-twente/"


def test_a_misspelled_name_is_answered_with_the_likely_one(client, places):
    assert "/enschede/" in client.get("/kies/", {"postcode": "Enshede"}).content.decode()


def test_a_place_that_takes_part_has_a_home(client, places):
    response = client.get("/enschede/")
    assert response.status_code == 200
    assert 'data-place="enschede"' in response.content.decode()
    assert not response.cookies


def test_one_that_does_not_take_part_gets_national_help(client, places):
    response = client.get("/amsterdam/")
    assert response.status_code == 200
    assert "0800-2000" in response.content.decode()


def test_an_unknown_path_is_a_helpful_404(client, places):
    response = client.get("/nergens/")
    assert response.status_code == 404
    assert 'name="postcode"' in response.content.decode()


# ---------- a region ----------


def test_a_region_shows_its_municipalities_its_desk_and_the_doors(client, places):
    page = client.get("/twente/").content.decode()
    assert "14 gemeenten helpen samen" in page
    assert 'href="/enschede/"' in page
    assert "Loket Ouders en Scheiden Twente" in page
    assert "Dan antwoordt het loket van de regio." in page
    assert 'href="/twente/ouders/"' in page
    assert "Deze doen nog niet mee" not in page


def test_a_region_tells_which_municipalities_do_not_take_part_yet(client, places):
    from naast.core import generations
    from naast.places.models import Place

    Place.objects.filter(slug="losser").update(takes_part=False)
    generations.bump("places")
    page = client.get("/twente/").content.decode()
    assert "13 gemeenten helpen samen" in page
    assert page.index("Deze doen nog niet mee") < page.index('href="/losser/"')


def test_no_doubt_stands_beside_112(client, places):
    page = client.get("/enschede/hulp-nu/").content.decode()
    cards = [card for card in page.split("naast-line")[1:] if ">112</h3>" in card]
    assert cards
    assert all("nagekeken" not in card for card in cards)
