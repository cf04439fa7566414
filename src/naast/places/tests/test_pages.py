"""Choosing a place and what one finds there."""

import re

import pytest

from naast.places import queries

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


class TestHelpNow:
    @pytest.fixture
    def page(self, client, places):
        return client.get("/enschede/hulp-nu/").content.decode()

    @pytest.fixture
    def inside(self, page):
        return page[page.index("<main") : page.index("</main>")]

    def test_112_comes_before_everything_one_can_open(self, inside):
        links = re.findall(r'href="([^"]+)"', inside)
        links.remove("/ar/enschede/hulp-nu/")
        assert links[0] == "tel:112"

    def test_then_come_four_lines_by_what_is_the_matter(self, inside):
        calls = re.findall(r'href="tel:(\d+)"', inside)
        assert calls[1:5] == ["08002000", "113", "08000432", "0880767000"]
        assert inside.index("tel:0880767000") < inside.index("<details")

    def test_each_number_stands_there_once(self, page):
        calls = re.findall(r'href="(tel:\d+)"', page)
        assert len(calls) == len(set(calls))
        shown = [*queries.helplines(), *queries.helplines("kinderen"), *queries.helplines("jongeren")]
        assert {f"tel:{line.tel}" for line in shown if line.tel} == set(calls)

    def test_what_nobody_checked_is_said_once_and_never_of_112(self, inside):
        assert inside.count("niet nagekeken") == 1
        said = inside[inside.index("niet nagekeken") :].split("</p>")[0]
        assert "De Kindertelefoon" in said
        assert "112" not in said


@pytest.mark.parametrize("host", ["kwaad.example", "a b"])
@pytest.mark.parametrize("address", ["/enschede/", "/enschede/hulp/", "/kies/"])
def test_a_host_that_is_not_ours_is_a_wrong_question_and_no_fault_of_ours(places, client, settings, host, address):
    settings.ALLOWED_HOSTS = ["localhost"]
    client.raise_request_exception = False

    answer = client.get(address, headers={"host": host})

    assert answer.status_code == 400
    assert "kwaad" not in answer.content.decode()
