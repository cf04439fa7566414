"""The sitemap: valid, each host its own addresses, only public pages."""

from datetime import date
from xml.etree import ElementTree

import pytest

from naast.content import sitemap
from naast.core import generations
from naast.directory.tests.factories import offer
from naast.places.models import OwnHost, Place
from naast.settings.hosts import AllowedHosts

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places")]
SITE, LINK = f"{{{sitemap.NAMESPACE}}}", f"{{{sitemap.XHTML}}}link"
PRIVATE = ("kluisje", "loket", "beheer", "monitor", "zoeken", "/vraag/", "/-/", "demo", "api")


def read(client, query="", **headers):
    answer = client.get(f"/sitemap.xml{query}", **headers)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"].startswith("application/xml")
    return ElementTree.fromstring(answer.content)  # noqa: S314 - our own answer


def locations(root):
    return [one.text for one in root.iter(f"{SITE}loc")]


@pytest.fixture
def whole(client):
    """The addresses of the house, of Enschede and of Houten in the shared host's sitemap."""
    offer(slug="praten", area=["enschede"])
    offer(slug="lijn", area=["nederland"])
    found = []
    for part in ("huis", "enschede", "houten"):
        found += locations(read(client, f"?deel={part}.1"))
    return found


def test_the_index_names_a_part_for_the_house_and_each_place_that_takes_part(client):
    parts = [one.partition("deel=")[2] for one in locations(read(client))]
    assert parts[0] == "huis.1"
    assert "enschede.1" in parts
    assert not any(part.startswith("amsterdam.") for part in parts), "it does not take part"


def test_every_address_stands_once_and_none_is_private(whole):
    assert len(whole) == len(set(whole))
    assert not [address for address in whole if any(word in address for word in PRIVATE)]


def test_the_addresses_of_our_own_pages_are_there(client, whole):
    for code in ("/", "/en/"):
        for path in [*sitemap.OF_THE_HOUSE, *(f"enschede/{one}" for one in sitemap.OF_A_PLACE)]:
            assert any(address.endswith(code + path) for address in whole)
            assert client.get(code + path).status_code == 200, path


def test_editors_pages_lists_and_offers_stand_where_they_answer(client, whole):
    kinds = ("/enschede/ouders/", "/enschede/lijsten/", "/enschede/hulp/praten/")
    for kind in kinds:
        found = next((one for one in whole if kind in one and not one.endswith("/lijsten/")), None)
        if kind.endswith("praten/") or found:
            assert client.get(found[found.index("/enschede/") :]).status_code == 200


def test_an_offer_stands_where_it_may_be_used_with_the_day_of_its_change(client, whole):
    offer(slug="nagekeken", area=["enschede"], checked=date(2026, 10, 1))
    root = read(client, "?deel=enschede.1")
    url = next(one for one in root if one.find(f"{SITE}loc").text.endswith("/enschede/hulp/nagekeken/"))
    assert url.find(f"{SITE}lastmod").text[:4] == "2026"
    assert any(address.endswith("/houten/hulp/lijn/") for address in whole)
    assert not any(address.endswith("/houten/hulp/praten/") for address in whole)


def test_a_page_in_two_languages_names_both_at_both(client):
    urls = {one.find(f"{SITE}loc").text: one for one in read(client, "?deel=enschede.1")}
    dutch = next(url for address, url in urls.items() if address.endswith("/enschede/hulp/overzicht/"))
    english = next(url for address, url in urls.items() if address.endswith("/en/enschede/hulp/overzicht/"))
    assert [(link.get("hreflang"), link.get("href")) for link in dutch.findall(LINK)] == [
        (link.get("hreflang"), link.get("href")) for link in english.findall(LINK)
    ]
    assert {link.get("hreflang") for link in dutch.findall(LINK)} == {"nl", "en"}


def test_many_pages_are_cut_into_parts(client, monkeypatch):
    monkeypatch.setattr(sitemap, "A_PART", 3)
    parts = [one for one in locations(read(client)) if "deel=enschede." in one]
    assert len(parts) > 2
    assert len(list(read(client, "?deel=enschede.2"))) <= 6, "two languages of three pages"
    whole = [address for part in parts for address in locations(read(client, f"?{part.partition('?')[2]}"))]
    monkeypatch.undo()
    assert whole == locations(read(client, "?deel=enschede.1"))


@pytest.mark.parametrize(
    "part", ["enschede", "enschede.0", "enschede.99", "enschede.-1", "amsterdam.1", "nergens.1", "huis.2", "", "%00.1"]
)
def test_a_part_that_is_none_is_not_found(client, part):
    assert client.get(f"/sitemap.xml?deel={part}").status_code == 404


def test_a_host_of_its_own_tells_its_own_addresses_only(client, settings):
    settings.ALLOWED_HOSTS = AllowedHosts(["testserver", "127.0.0.1"])
    OwnHost.objects.create(place=Place.objects.get(slug="enschede"), host="naast.enschede.example", live=True)
    generations.bump("places")
    own = {"HTTP_HOST": "naast.enschede.example"}
    parts = locations(read(client, **own))
    assert [part.partition("deel=")[2] for part in parts] == ["enschede.1"]
    addresses = locations(read(client, "?deel=enschede.1", **own))
    assert all("//naast.enschede.example" in address for address in addresses)
    assert not any("/enschede/" in address for address in addresses)
    assert client.get("/sitemap.xml?deel=houten.1", **own).status_code == 404
    assert client.get("/sitemap.xml?deel=enschede.1").status_code == 404, "it lies on its own host now"


def test_the_sitemap_may_be_kept_and_robots_are_told_of_it(client):
    assert "s-maxage" in client.get("/sitemap.xml").headers["Cache-Control"]
    assert "s-maxage" in client.get("/sitemap.xml?deel=enschede.1").headers["Cache-Control"]
    assert "Sitemap: http://testserver/sitemap.xml" in client.get("/robots.txt").content.decode()
