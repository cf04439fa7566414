"""What was typed when a session ended comes back after sign-in, for who typed it and for nobody else."""

from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from naast.contact.tests.factories import asked
from naast.core import clock
from naast.people import actions
from naast.people.drafts.keeping import past_kept_forms
from naast.people.drafts.models import KeptForm
from naast.people.models import StaffSession, User
from naast.people.rules import IDLE, LONGEST
from naast.people.tests.factories import sign_in, staff
from naast.people.tests.test_sign_in import findings
from naast.places.queries import by_slug

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places")]

SIGN_IN, ACCOUNT = "/loket/aanmelden/", "/loket/account/"
WORDS = "Je mag altijd zeggen wat je wilt. Wij denken met je mee, ook als het lang duurt."
MORNING = datetime(2026, 11, 23, 8, tzinfo=UTC)


@pytest.fixture
def person() -> User:
    return staff("adviser", by_slug("enschede"))


@pytest.fixture
def page(person: User) -> str:
    question = asked(at="enschede")
    desk = sign_in(Client(), person)
    address = reverse("desk:question", kwargs={"question_id": question.pk})
    desk.post(address, {"do": "take"})
    return address


def send_late(browser: Client, page: str, **changes: Any) -> HttpResponse:
    """Send the form of the page as a browser does."""
    said = {"do": "answer", "text": WORDS, **changes}
    return browser.post(page, said, HTTP_REFERER=f"http://testserver{page}?lijst=new")


def end(person: User) -> None:
    StaffSession.objects.filter(user=person).delete()


def of(answer: HttpResponse) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(answer.headers["Location"]).query).items()}


# ---------- the way back ----------


def test_an_answer_that_is_sent_too_late_stands_in_the_form_after_sign_in(person: User, page: str) -> None:
    with clock.frozen(MORNING):
        browser = sign_in(Client(), person)
    with clock.frozen(MORNING + IDLE):
        answer = send_late(browser, page)
        assert of(answer) == {"tijd": "1", "bewaard": "1", "next": f"{page}?lijst=new"}
        assert "is bewaard" in browser.get(answer.headers["Location"]).content.decode()
        html = sign_in(browser, person).get(page).content.decode()
    assert WORDS in html
    assert "Je tekst is bewaard" in html


@pytest.mark.parametrize("after", [IDLE, LONGEST, LONGEST + timedelta(minutes=90)])
def test_also_after_ten_hours(person: User, page: str, after: timedelta) -> None:
    with clock.frozen(MORNING):
        browser = sign_in(Client(), person)
    with clock.frozen(MORNING + after):
        send_late(browser, page)
    assert KeptForm.objects.filter(user=person, path=page).exists()


def test_the_session_lives_longer_than_the_ten_hours() -> None:
    """Else there would be nobody to whom a late form belongs."""
    assert timedelta(seconds=settings.SESSION_COOKIE_AGE) > LONGEST


def test_also_when_it_was_ended_elsewhere(person: User, page: str) -> None:
    browser = sign_in(Client(), person)
    actions.end_other_sessions(user=person, keep=None)
    assert of(send_late(browser, page))["bewaard"] == "1"


def test_also_from_a_second_window_after_the_first_was_led_to_sign_in(person: User, page: str) -> None:
    browser = sign_in(Client(), person)
    end(person)
    assert browser.get(ACCOUNT).status_code == 302
    assert of(send_late(browser, page))["bewaard"] == "1"
    assert WORDS in sign_in(browser, person).get(page).content.decode()


def test_it_is_gone_once_the_form_was_sent(person: User, page: str) -> None:
    browser = sign_in(Client(), person)
    end(person)
    send_late(browser, page)
    sign_in(browser, person)
    assert WORDS in browser.get(page).content.decode()
    assert WORDS in browser.get(page).content.decode()
    send_late(browser, page)
    assert not KeptForm.objects.exists()
    assert "Je tekst is bewaard" not in browser.get(page).content.decode()


def test_it_is_thrown_away_by_who_does_not_need_it(person: User, page: str) -> None:
    browser = sign_in(Client(), person)
    end(person)
    send_late(browser, page)
    sign_in(browser, person)
    assert browser.post("/loket/bewaard/weg/", {"naast-page": page}).headers["Location"] == page
    assert not KeptForm.objects.exists()


def test_it_is_gone_after_a_day(person: User, page: str) -> None:
    browser = sign_in(Client(), person)
    end(person)
    send_late(browser, page)
    with clock.frozen(clock.now() + timedelta(hours=24)):
        assert WORDS not in sign_in(Client(), person).get(page).content.decode()
        assert past_kept_forms().count() == 1


def test_the_newest_of_a_page_is_kept(person: User, page: str) -> None:
    for words in ("Eerst dit verhaal.", "Toen een ander verhaal."):
        browser = sign_in(Client(), person)
        end(person)
        send_late(browser, page, text=words)
    assert KeptForm.objects.count() == 1
    assert "Toen een ander verhaal." in sign_in(Client(), person).get(page).content.decode()


# ---------- never ----------


def test_nobody_else_gets_it_at_the_same_computer(person: User, page: str) -> None:
    browser = sign_in(Client(), person)
    end(person)
    send_late(browser, page)
    colleague = staff("coordinator", by_slug("enschede"))
    assert WORDS not in sign_in(browser, colleague).get(page).content.decode()
    browser.post("/loket/bewaard/weg/", {"naast-page": page})
    assert KeptForm.objects.filter(user=person).exists()


@pytest.mark.parametrize("token", [None, "x" * 64])
def test_without_the_right_token_nothing_is_kept(person: User, page: str, token: str | None) -> None:
    browser = sign_in(Client(enforce_csrf_checks=True), person)
    browser.get(page)
    end(person)
    answer = send_late(browser, page, **({"csrfmiddlewaretoken": token} if token else {}))
    assert "bewaard" not in of(answer)
    assert not KeptForm.objects.exists()


def test_with_the_right_token_it_is(person: User, page: str) -> None:
    """The canary of the test above."""
    browser = sign_in(Client(enforce_csrf_checks=True), person)
    browser.get(page)
    end(person)
    assert of(send_late(browser, page, csrfmiddlewaretoken=browser.cookies["csrftoken"].value))["bewaard"] == "1"


def test_passwords_codes_and_files_are_never_kept(person: User, page: str) -> None:
    browser = sign_in(Client(), person)
    end(person)
    file = SimpleUploadedFile("brief.txt", b"inhoud van een bestand")
    send_late(browser, page, password="mijn geheime zin", code="123456", file=file)
    kept = KeptForm.objects.get().typed
    assert WORDS in kept
    for secret in ("mijn geheime zin", "123456", "inhoud van een bestand", "csrf"):
        assert secret not in kept


def test_it_lies_sealed(person: User, page: str) -> None:
    browser = sign_in(Client(), person)
    end(person)
    send_late(browser, page)
    assert findings(WORDS, WORDS[:20]) == []


def test_too_much_is_not_kept_and_says_nothing_else(person: User, page: str) -> None:
    browser = sign_in(Client(), person)
    end(person)
    assert "bewaard" not in of(send_late(browser, page, text="é" * 60_000))


@pytest.mark.parametrize("header", [{"HTTP_SEC_FETCH_MODE": "cors"}, {"HTTP_HX_REQUEST": "true"}])
def test_what_a_script_sends_by_itself_is_no_form(person: User, page: str, header: dict[str, str]) -> None:
    browser = sign_in(Client(), person)
    end(person)
    browser.post(page, {"text": WORDS}, **header)
    assert not KeptForm.objects.exists()


def test_a_stranger_and_somebody_half_signed_in_keep_nothing(person: User, page: str) -> None:
    send_late(Client(), page)
    half = Client()
    half.force_login(person)
    end(person)
    send_late(half, page)
    assert not KeptForm.objects.exists()


def test_who_signed_out_leaves_nobody_behind(person: User, page: str) -> None:
    browser = sign_in(Client(), person)
    browser.post("/loket/afmelden/")
    send_late(browser, page)
    assert not KeptForm.objects.exists()


def test_a_closed_account_keeps_nothing(person: User, page: str) -> None:
    browser = sign_in(Client(), person)
    end(person)
    browser.get(ACCOUNT)
    actions.close_account(user=person)
    send_late(browser, page)
    assert not KeptForm.objects.exists()


def test_who_lost_the_role_meanwhile_does_not_see_it(person: User, page: str) -> None:
    browser = sign_in(Client(), person)
    end(person)
    send_late(browser, page)
    for grant in person.grants.all():
        actions.end_grant(grant=grant)
    answer = sign_in(browser, person).get(page)
    assert answer.status_code in (403, 404)
    assert WORDS not in answer.content.decode()


def test_where_it_stood_never_leads_to_another_site(person: User, page: str) -> None:
    browser = sign_in(Client(), person)
    end(person)
    answer = browser.post(page, {"text": WORDS}, HTTP_REFERER="https://kwaad.example/loket/")
    assert of(answer)["next"] == page


# ---------- the warning ----------


def test_a_staff_page_says_how_long_the_session_lasts(person: User) -> None:
    with clock.frozen(MORNING):
        browser = sign_in(Client(), person)
        assert 'data-left="900"' in browser.get(ACCOUNT).content.decode()
    moment = MORNING
    while moment < MORNING + LONGEST - timedelta(minutes=14):
        moment += timedelta(minutes=10)
        with clock.frozen(moment):
            html = browser.get(ACCOUNT).content.decode()
    assert 'data-left="600"' in html
    assert "data-last" in html


def test_staying_makes_it_last_again(person: User) -> None:
    with clock.frozen(MORNING):
        browser = sign_in(Client(), person)
    with clock.frozen(MORNING + IDLE - timedelta(minutes=1)):
        assert browser.post("/loket/blijf-aangemeld/").json() == {"left": 900, "last": False}
    with clock.frozen(MORNING + IDLE * 2 - timedelta(minutes=2)):
        assert browser.get(ACCOUNT).status_code == 200


def test_when_nobody_answers_what_was_typed_is_kept_and_the_session_ends(person: User, page: str) -> None:
    with clock.frozen(MORNING):
        browser = sign_in(Client(), person)
    with clock.frozen(MORNING + IDLE - timedelta(seconds=5)):
        said = {"naast-page": f"{page}?lijst=new", "naast-action": page, "text": WORDS}
        answer = browser.post("/loket/bewaard/", said)
    assert "bewaard=1" in answer.json()["href"]
    assert browser.get(ACCOUNT).status_code == 302
    assert WORDS in sign_in(browser, person).get(page).content.decode()


def test_it_does_not_end_when_another_window_was_used(person: User, page: str) -> None:
    with clock.frozen(MORNING):
        browser = sign_in(Client(), person)
    with clock.frozen(MORNING + timedelta(minutes=10)):
        browser.get(ACCOUNT)
    with clock.frozen(MORNING + timedelta(minutes=14)):
        assert browser.post("/loket/bewaard/", {"naast-page": page}).json() == {"left": 660, "last": False}
    with clock.frozen(MORNING + timedelta(minutes=24)):
        assert browser.get(ACCOUNT).status_code == 200


def test_asking_whether_it_is_over_is_no_use(person: User, page: str) -> None:
    with clock.frozen(MORNING):
        browser = sign_in(Client(), person)
    for minutes in (5, 10, 14):
        with clock.frozen(MORNING + timedelta(minutes=minutes)):
            browser.post("/loket/bewaard/", {"naast-page": page})
    with clock.frozen(MORNING + IDLE):
        assert browser.get(ACCOUNT).status_code == 302


@pytest.mark.parametrize("where", ["https://kwaad.example/loket/", "//kwaad.example/loket/", "/", "javascript:x"])
def test_leaving_never_leads_to_another_site(person: User, where: str) -> None:
    with clock.frozen(MORNING):
        browser = sign_in(Client(), person)
    with clock.frozen(MORNING + IDLE - timedelta(seconds=5)):
        href = browser.post("/loket/bewaard/", {"naast-page": where, "text": WORDS}).json()["href"]
    assert href == f"{SIGN_IN}?tijd=1&next=%2Floket%2Faccount%2F"
    assert not KeptForm.objects.exists()


def test_a_reader_s_page_knows_nothing_of_it(person: User) -> None:
    assert "data-idle" not in Client().get(SIGN_IN).content.decode()
