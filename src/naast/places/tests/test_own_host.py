"""A place on its own host name: nothing of the path but the page, and no link that leads into another place."""

import re

import pytest
from django.test import Client

from naast.core import generations
from naast.core.sharing import outside
from naast.places import hosts, queries, visits
from naast.places.models import OwnHost, Place
from naast.settings.hosts import AllowedHosts

pytestmark = pytest.mark.django_db
HOST = "naast.enschede.example"
SHARED = "http://127.0.0.1:8000"


@pytest.fixture
def own(places, settings):
    """Enschede answers on a name of its own; returns a reader who came in by it."""
    settings.ALLOWED_HOSTS = AllowedHosts(["testserver", "127.0.0.1"])
    OwnHost.objects.create(place=Place.objects.get(slug="enschede"), host=HOST, live=True)
    generations.bump("places")
    return Client(headers={"host": f"{HOST}:8000"})


def test_the_home_of_the_host_is_the_place(own):
    page = own.get("/").content.decode()
    assert 'data-place="enschede"' in page
    assert 'href="/hulp/' in page
    assert "/enschede/" not in re.sub(r'data-href="[^"]*"', "", page)


def test_english_stands_before_the_page(own):
    page = own.get("/en/").content.decode()
    assert '<html lang="en"' in page
    assert 'href="/en/hulp/' in page


@pytest.mark.parametrize(
    ("path", "leads_to"),
    [
        ("/enschede/", "/"),
        ("/enschede/hulp/?q=mediator", "/hulp/?q=mediator"),
        ("/en/enschede/vraag/", "/en/vraag/"),
        ("/hengelo/hulp/", f"{SHARED}/hengelo/hulp/"),
        ("/twente/", f"{SHARED}/twente/"),
        ("/kies/?postcode=7511", f"{SHARED}/kies/?postcode=7511"),
        ("/enschede//elsewhere.example/", "/elsewhere.example/"),
    ],
)
def test_an_address_that_names_a_place_leads_to_where_that_place_is(own, path, leads_to):
    response = own.get(path)
    assert response.status_code == 302
    assert response["Location"].removeprefix(SHARED if leads_to.startswith("/") else "") == leads_to


def test_the_house_stands_on_the_own_host_too(own):
    assert own.get("/kluisje/").status_code == 200
    assert own.get("/-/live").status_code == 200
    assert own.get("/loket/aanmelden/").status_code == 200
    assert own.get("/hulp-nu/").status_code == 200


def test_a_path_without_its_slash_gets_it_and_nonsense_is_not_found(own):
    assert own.get("/hulp")["Location"] == "/hulp/"
    page = own.get("/nergens/")
    assert page.status_code == 404
    assert "<form" not in page.content.decode().partition("<main")[2].partition("</main")[0]


def test_another_place_is_chosen_on_the_shared_host(own):
    assert f'href="{SHARED}/"' in own.get("/").content.decode()


def test_a_locker_page_leads_back_to_the_place_without_leaving_its_host(own):
    page = own.get("/kluisje/").content.decode()
    assert "/houten/" not in page


def test_a_question_is_asked_and_answered_with_a_code(own):
    form = own.get("/vraag/").content.decode()
    fields = dict(re.findall(r'<input type="hidden"\s+name="(\w+)"\s+value="([^"]*)"', form))
    page = own.post("/vraag/", {**fields, "text": "Hoe vertellen we het?", "audience": "ouders"})
    assert "data-locker-code" in page.content.decode()
    assert not any(cookie["domain"] for cookie in own.cookies.values())  # host-only


def test_search_engines_are_told_the_own_host_by_both(own, client):
    told = f'<link rel="canonical" href="http://{HOST}'
    assert f'{told}:8000/hulp/"' in own.get("/hulp/").content.decode()
    assert f'{told}/hulp/"' in client.get("/enschede/hulp/").content.decode()  # the port is the request's own
    assert 'rel="canonical" href="http://testserver/houten/hulp/"' in client.get("/houten/hulp/").content.decode()


def test_the_shared_host_goes_on(own, client):
    assert client.get("/enschede/").status_code == 200
    assert client.get("/kies/", {"postcode": "7511"})["Location"] == "/enschede/"


def test_an_unknown_host_is_refused_and_so_is_one_that_is_not_live(own):
    assert Client(headers={"host": "elsewhere.example"}).get("/").status_code == 400
    OwnHost.objects.update(live=False)
    generations.bump("places")
    assert own.get("/").status_code == 400


def test_a_place_that_is_not_public_does_not_answer_on_its_host(own):
    Place.objects.filter(slug="enschede").update(live=False)
    generations.bump("places")
    assert own.get("/").status_code == 400


def test_a_visit_on_the_own_host_counts_for_the_place(own):
    assert visits.where(f"{HOST}:8000", "/ouders/x/") == ("enschede", "/ouders/x/")
    assert visits.where(HOST, "/en/") == ("enschede", "/")
    assert visits.where(HOST, "/kluisje/") == ("", "/")
    assert visits.where("testserver", "/houten/hulp/") == ("houten", "/hulp/")


def test_mails_of_the_place_link_to_its_own_host(own):
    assert hosts.link_for(queries.by_slug("enschede"), outside("lockers:open")) == f"http://{HOST}:8000/kluisje/"
    assert hosts.link_for(queries.by_slug("houten"), "/kluisje/") == "/kluisje/"


# ---------- names ----------


@pytest.mark.parametrize(
    ("typed", "host"),
    [
        (" https://Naast.Enschede.NL/ ", "naast.enschede.nl"),
        ("naast.enschede.nl.", "naast.enschede.nl"),
        ("naast.enschede.nl:443", "naast.enschede.nl"),
        ("súdwest.example", "xn--sdwest-pya.example"),
        ("enschede.localhost", "enschede.localhost"),
    ],
)
def test_a_name_is_read_as_people_type_it(typed, host):
    assert hosts.host_of(typed) == host


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("", "empty"),
        ("10.0.0.1", "address"),
        ("[::1]", "address"),
        ("-a.nl", "syntax"),
        ("a b.nl", "syntax"),
        ("naast", "short"),
        ("127.0.0.1", "address"),
        ("a..nl", "syntax"),
        ("x" * 64 + ".nl", "syntax"),
    ],
)
def test_a_name_that_cannot_be_is_refused(typed, why):
    with pytest.raises(hosts.HostRefused) as refused:
        hosts.host_of(typed)
    assert refused.value.code == why


def test_the_shared_host_is_nobodys_own(settings):
    settings.ALLOWED_HOSTS = AllowedHosts(["naast.example", ".twente.example"])
    for typed in ("naast.example", "a.twente.example"):
        with pytest.raises(hosts.HostRefused):
            hosts.host_of(typed)


def test_a_name_with_its_closing_dot_is_the_same_host(own):
    page = own.get("/", headers={"host": f"{HOST}.:8000"})
    assert 'data-place="enschede"' in page.content.decode()


def test_the_shared_host_is_nobodys_own_whatever_its_capitals(settings):
    settings.ALLOWED_HOSTS = AllowedHosts(["Naast.Example"])
    with pytest.raises(hosts.HostRefused):
        hosts.host_of("naast.example")
