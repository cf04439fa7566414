"""The pages of taking part, as a resident and an editor meet them."""

from datetime import timedelta

import pytest

from naast.core import clock
from naast.core import once as once_numbers
from naast.people.tests.factories import sign_in, staff
from naast.together.models import Poll, SignUp

from .factories import answered, evening, place, poll

pytestmark = pytest.mark.django_db


def text(answer) -> str:
    return answer.content.decode()


def send(client, address: str, **fields):
    return client.post(address, {"once": once_numbers.issue(), **fields})


def test_the_overview_is_shared_and_holds_no_form(places, client):
    poll()
    evening()
    answer = client.get("/enschede/meedoen/")
    assert "s-maxage" in answer.headers["Cache-Control"]
    assert "<form" not in text(answer).split("<main")[1].split("</main>")[0]
    assert "/enschede/meedoen/peiling/wist-je-waar-je-hulp-vindt/" in text(answer)


def test_with_nothing_to_do_the_overview_says_what_one_can_do(places, client):
    assert "/enschede/vraag/" in text(client.get("/enschede/meedoen/"))


def test_a_regions_poll_stands_in_its_municipalities_and_nowhere_else(places, client):
    row = poll("twente")
    assert client.get(f"/enschede/meedoen/peiling/{row.slug}/").status_code == 200
    assert client.get(f"/houten/meedoen/peiling/{row.slug}/").status_code == 404


def test_answering_thanks_and_says_when_the_outcome_comes(places, client):
    row = poll()
    answered(row, a=60)
    page = text(send(client, f"/enschede/meedoen/peiling/{row.slug}/", option="a"))
    assert "Je antwoord telt mee" in page
    assert "Wat anderen zeggen, staat hier na" in page
    assert "<meter" not in page


@pytest.mark.parametrize(
    ("counts", "seen"),
    [
        ({"a": 5, "b": 4}, "Nog geen tien mensen"),
        ({"a": 24, "b": 12}, "ongeveer 25"),
        ({"a": 60, "b": 20}, "75 %"),
        ({"a": 60, "b": 3}, "te weinig om te zeggen"),
    ],
)
def test_a_closed_poll_tells_what_may_be_told(places, client, counts, seen):
    row = poll(days=0)
    answered(row, **counts)
    with clock.frozen(clock.now() + timedelta(days=1)):
        assert seen in text(client.get(f"/enschede/meedoen/peiling/{row.slug}/"))


def test_without_a_choice_the_form_says_so(places, client):
    row = poll()
    assert "Kies één antwoord." in text(send(client, f"/enschede/meedoen/peiling/{row.slug}/"))


def test_a_page_that_stood_open_too_long_keeps_the_choice(places, client):
    row = poll()
    token = once_numbers.issue()
    with clock.frozen(clock.now() + timedelta(hours=13)):
        page = text(client.post(f"/enschede/meedoen/peiling/{row.slug}/", {"once": token, "option": "b"}))
    assert "stond te lang open" in page
    assert "checked" in page


def test_a_poll_that_closed_meanwhile_says_so_and_counts_nothing(places, client):
    row = poll(days=0)
    with clock.frozen(clock.now() + timedelta(days=1)):
        page = text(send(client, f"/enschede/meedoen/peiling/{row.slug}/", option="a"))
    assert "net gesloten" in page


@pytest.mark.parametrize("fields", [{"published": False}, {"since": -3}])
def test_what_is_not_shown_yet_has_no_page(places, client, fields):
    assert client.get(f"/enschede/meedoen/peiling/{poll(**fields).slug}/").status_code == 404


def test_signing_up_by_nickname_and_off_again(places, client):
    row = evening(seats=3)
    page = text(send(client, f"/enschede/meedoen/avond/{row.slug}/", nickname="Zonnebloem", together="2"))
    assert "Zonnebloem" in page
    address = page.split(f"/enschede/meedoen/avond/{row.slug}/afmelden/")[1].split('"')[0]
    off = f"/enschede/meedoen/avond/{row.slug}/afmelden/{address}"
    assert client.get(off).status_code == 200
    assert SignUp.objects.count() == 1  # opening it changes nothing
    assert "Je bent afgemeld" in text(client.post(off))
    assert SignUp.objects.count() == 0


def test_an_address_as_nickname_is_refused_in_kind_words_and_stays_typed(places, client):
    row = evening()
    page = text(send(client, f"/enschede/meedoen/avond/{row.slug}/", nickname="ik@voorbeeld.nl", together="1"))
    assert "Een bijnaam is genoeg" in page
    assert 'value="ik@voorbeeld.nl"' in page
    assert SignUp.objects.count() == 0


def test_a_full_evening_says_so(places, client):
    row = evening(seats=1)
    send(client, f"/enschede/meedoen/avond/{row.slug}/", nickname="Ster", together="1")
    assert "De avond zit vol" in text(client.get(f"/enschede/meedoen/avond/{row.slug}/"))


def test_the_calendar_file_is_neutral(places, client):
    row = evening(title="Omgaan met ruzie")
    answer = client.get(f"/enschede/meedoen/avond/{row.slug}/avond.ics")
    assert answer.headers["Content-Type"].startswith("text/calendar")
    assert b"ruzie" not in answer.content
    assert b"De bibliotheek" in answer.content


def test_where_naast_has_no_desk_nothing_is_asked(places, client):
    assert client.get("/amsterdam/meedoen/").status_code == 404


def test_an_editor_writes_a_poll_and_gets_back_what_is_wrong(places, client):
    sign_in(client, staff("editor", place("enschede")))
    wrong = {"question": "Mist er iets?", "answers": "Ja", "opens_on": "2026-12-02", "closes_on": "2026-12-01"}
    page = client.post("/beheer/meedoen/enschede/peiling/", wrong)
    assert page.status_code == 422
    assert "twee tot acht antwoorden" in text(page)
    assert "Mist er iets?" in text(page)
    right = wrong | {"answers": "Ja\nNee", "closes_on": "2026-12-09", "published": "on"}
    assert client.post("/beheer/meedoen/enschede/peiling/", right).status_code == 302
    assert Poll.objects.get().options.count() == 2


def test_an_editor_of_elsewhere_finds_nothing_here(places, client):
    sign_in(client, staff("editor", place("houten")))
    assert client.get("/beheer/meedoen/enschede/").status_code == 404
    assert client.get(f"/beheer/meedoen/houten/avond/{evening().pk}/").status_code == 404


def test_the_list_at_the_door_shows_nicknames(places, client):
    row = evening()
    send(client, f"/enschede/meedoen/avond/{row.slug}/", nickname="Zonnebloem", together="2")
    sign_in(client, staff("editor", place("enschede")))
    assert "Zonnebloem" in text(client.get(f"/beheer/meedoen/enschede/avond/{row.pk}/"))


def test_an_editor_takes_a_double_off_the_list(places, client):
    row = evening()
    send(client, f"/enschede/meedoen/avond/{row.slug}/", nickname="Zonnebloem", together="4")
    mine = SignUp.objects.get()
    sign_in(client, staff("editor", place("houten")))
    assert client.post(f"/beheer/meedoen/enschede/avond/{row.pk}/af/{mine.pk}/").status_code == 404
    assert client.post(f"/beheer/meedoen/houten/avond/{row.pk}/af/{mine.pk}/").status_code == 404
    assert SignUp.objects.count() == 1
    sign_in(client, staff("editor", place("enschede")))
    assert client.post(f"/beheer/meedoen/enschede/avond/{row.pk}/af/{mine.pk}/").status_code == 302
    assert SignUp.objects.count() == 0
