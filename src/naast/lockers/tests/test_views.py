"""The locker's pages as a browser meets them."""

import io
import json
import zipfile
from datetime import timedelta

import pytest
from django.test import Client

from naast.core import clock
from naast.core.models import Tombstone
from naast.lockers.models import Locker
from naast.lockers.tests.factories import EMAIL, a_locker, opened

pytestmark = pytest.mark.django_db
PAGES = ["/kluisje/", "/kluisje/seintje/", "/kluisje/downloaden/", "/kluisje/leegmaken/"]


def text_of(answer) -> str:
    return answer.content.decode()


def test_a_stranger_sees_one_field_and_gets_no_cookie(places):
    answer = Client().get("/kluisje/")
    assert answer.status_code == 200
    assert text_of(answer).count('name="code"') == 1
    assert not answer.cookies


def test_the_code_opens_the_locker_and_leads_to_it(places):
    made = a_locker()
    client = Client()
    answer = client.post("/kluisje/", {"code": made.code.title()})
    assert (answer.status_code, answer["Location"]) == (303, "/kluisje/")
    page = client.get("/kluisje/")
    assert "Sluit het kluisje" in text_of(page)
    assert 'data-place="enschede"' in text_of(page)


@pytest.mark.parametrize("path", PAGES)
def test_no_page_may_be_kept_and_no_title_tells(places, path):
    for client in (Client(), opened(a_locker())):
        answer = client.get(path)
        assert answer.status_code == 200
        assert "no-store" in answer["Cache-Control"]
        assert "<title>Kluisje - Naast</title>" in text_of(answer)


@pytest.mark.parametrize("path", PAGES[1:])
def test_without_an_open_locker_every_page_asks_the_code_and_leads_back(places, path):
    made = a_locker()
    client = Client()
    page = client.get(path)
    assert f'name="next" value="{path}"' in text_of(page)
    answer = client.post("/kluisje/", {"code": made.code, "next": path})
    assert (answer.status_code, answer["Location"]) == (303, path)


@pytest.mark.parametrize(
    "target", ["https://elders.example/", "//elders.example/", "javascript:alert(1)", "\\\\elders"]
)
def test_after_the_code_nobody_is_sent_to_another_site(places, target):
    answer = Client().post("/kluisje/", {"code": a_locker().code, "next": target})
    assert answer["Location"] == "/kluisje/"


@pytest.mark.parametrize(
    ("code", "says"),
    [
        ("", "Typ hier de vijf woorden"),
        ("appel lantaarn", "Je typte 2 woorden"),
        ("appel lantarn appel appel appel", "Bedoel je ‘lantaarn’?"),
        ("appel appel appel appel appel", "gaat geen kluisje open"),
    ],
)
def test_what_is_wrong_is_said_so_that_it_can_be_mended(places, code, says):
    answer = Client().post("/kluisje/", {"code": code})
    assert answer.status_code == 200
    assert says in text_of(answer)
    assert "data-errors" in text_of(answer)


def test_guessing_meets_a_friendly_wall_that_says_when_to_come_back(places, settings, still_clock):
    settings.NAAST_LIMITS = {**settings.NAAST_LIMITS, "code": 4}
    made = a_locker()
    client = Client()
    for _ in range(4):
        assert client.post("/kluisje/", {"code": "appel " * 5}).status_code == 200
    answer = client.post("/kluisje/", {"code": made.code})
    assert answer.status_code == 429
    assert 0 < int(answer["Retry-After"]) <= 60
    assert "Te veel verkeerde codes" in text_of(answer)
    assert "tel:112" in text_of(answer)
    with clock.frozen(clock.now() + timedelta(seconds=61)):
        assert client.post("/kluisje/", {"code": made.code}).status_code == 303


@pytest.mark.parametrize("header", [{"HTTP_ORIGIN": "https://elders.example"}, {"HTTP_SEC_FETCH_SITE": "cross-site"}])
def test_another_site_cannot_open_a_locker_here(places, header):
    client = Client()
    assert client.post("/kluisje/", {"code": a_locker().code}, **header).status_code == 200
    assert "sessionid" not in client.cookies


def test_closing_and_leaving_quickly_both_close_it(places):
    made = a_locker()
    client = opened(made)
    assert client.post("/kluisje/sluiten/")["Location"] == "/kluisje/?dicht"
    assert "Je kluisje is dicht." in text_of(client.get("/kluisje/?dicht"))
    client = opened(made)
    client.get("/-/weg/")
    assert 'name="code"' in text_of(client.get("/kluisje/"))


def test_after_twenty_idle_minutes_it_is_closed_and_says_so(places):
    client = opened(a_locker())
    with clock.frozen(clock.now() + timedelta(minutes=21)):
        page = text_of(client.get("/kluisje/"))
    assert "Je kluisje is dichtgegaan" in page
    assert 'name="code"' in page


def test_an_address_can_be_left_changed_and_taken_away(places):
    made = a_locker()
    client = opened(made)
    assert "Dit e-mailadres is niet compleet" in text_of(client.post("/kluisje/seintje/", {"email": "zilver@"}))
    page = client.post("/kluisje/seintje/", {"email": EMAIL}, follow=True)
    assert "Je adres is bewaard" in text_of(page)
    assert Locker.objects.get(pk=made.locker.pk).email == EMAIL
    page = client.post("/kluisje/seintje/", {"remove": "1"}, follow=True)
    assert "Je adres is gewist" in text_of(page)
    assert not Locker.objects.get(pk=made.locker.pk).has_email


@pytest.mark.parametrize(
    ("path", "fields"), [("/kluisje/seintje/", {"email": EMAIL}), ("/kluisje/leegmaken/", {"sure": "yes"})]
)
def test_a_form_without_token_changes_nothing_and_comes_back(places, path, fields):
    made = a_locker()
    answer = opened(made, strict=True).post(path, fields)
    assert answer.status_code == 200
    assert "te lang open" in text_of(answer)
    assert not Locker.objects.get(pk=made.locker.pk).has_email


def test_everything_can_be_taken_home_as_a_page_and_as_data(places):
    made = a_locker(email=EMAIL)
    answer = opened(made).get("/kluisje/downloaden/kluisje.zip")
    assert answer["Content-Type"] == "application/zip"
    assert "no-store" in answer["Cache-Control"]
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        page = archive.read("lees-mij.html").decode()
        data = json.loads(archive.read("gegevens.json"))
    assert EMAIL in page
    assert "<script" not in page
    (row,) = next(kind["gegevens"] for kind in data["inhoud"] if kind["soort"] == "lockers.Locker")
    assert row["e-mailadres voor een seintje"] == EMAIL
    assert row["gemeente"] == "Enschede"


def test_emptying_asks_in_words_and_then_erases_at_once(places):
    made = a_locker(email=EMAIL)
    client = opened(made)
    page = text_of(client.get("/kluisje/leegmaken/"))
    assert "Dat kan niemand terugdraaien, wij ook niet." in page
    assert Locker.objects.filter(pk=made.locker.pk).exists()
    done = client.post("/kluisje/leegmaken/", {"sure": "yes"})
    assert "Je kluisje is leeg" in text_of(done)
    assert not Locker.objects.filter(pk=made.locker.pk).exists()
    assert Tombstone.objects.filter(record_id=str(made.locker.pk)).exists()
    assert 'name="code"' in text_of(client.get("/kluisje/"))


def test_a_child_sees_its_own_look(places):
    page = text_of(opened(a_locker(audience="kinderen")).get("/kluisje/"))
    assert "naast-kids" in page
    assert "Je ouders kunnen er zonder jouw code niet in kijken." in page


def test_emptied_in_another_browser_it_is_closed_here_too(places):
    made = a_locker()
    here, there = opened(made), opened(made)
    there.post("/kluisje/leegmaken/", {"sure": "yes"})
    assert 'name="code"' in text_of(here.get("/kluisje/seintje/"))
