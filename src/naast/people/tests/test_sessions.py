"""Sessions after something changed: a stolen session has no role that ended, and mailed links serve once."""

from datetime import timedelta

import pytest
from django.core.cache import caches
from django.test import Client

from naast.core import clock
from naast.people import actions
from naast.people.models import Grant, StaffSession, User
from naast.people.tests.factories import PASSWORD, UserFactory, sign_in, staff
from naast.places.queries import by_slug
from naast.places.rules import PlaceInfo

pytestmark = pytest.mark.django_db

SIGN_IN = "/loket/aanmelden/"
ACCOUNT = "/loket/account/"
NEW = "een eerste zin voor mij alleen"


@pytest.fixture(autouse=True)
def fresh_counters() -> None:
    for name in ("default", "shared", "limits"):
        caches[name].clear()


@pytest.fixture
def town(places: None) -> PlaceInfo:
    found = by_slug("enschede")
    assert found
    return found


def stolen(browser: Client) -> Client:
    """The same session in another browser: the cookie was taken."""
    thief = Client()
    thief.cookies["sessionid"] = browser.cookies["sessionid"].value
    return thief


def test_a_role_that_ended_is_gone_in_open_and_stolen_sessions_at_once(town: PlaceInfo) -> None:
    adviser = staff("adviser", town)
    browser = sign_in(Client(), adviser)
    thief = stolen(browser)
    assert thief.get("/loket/").status_code == 200
    actions.end_grant(grant=Grant.objects.get(user=adviser))
    assert browser.get("/loket/").status_code == 403
    assert thief.get("/loket/").status_code == 403


def test_a_role_that_ends_by_its_date_is_gone_the_day_after(town: PlaceInfo) -> None:
    adviser = staff("adviser", town, ends=clock.today())
    assert sign_in(Client(), adviser).get("/loket/").status_code == 200
    with clock.frozen(clock.now() + timedelta(days=1)):
        assert sign_in(Client(), adviser).get("/loket/").status_code == 403


@pytest.mark.parametrize("way", ["closed", "reset", "ended by its owner"])
def test_every_session_of_an_account_ends(way: str, town: PlaceInfo) -> None:
    adviser = staff("adviser", town)
    browser = sign_in(Client(), adviser)
    thief = stolen(browser)
    if way == "closed":
        actions.close_account(user=adviser)
    elif way == "reset":
        actions.reset_sign_in(user=adviser)
    else:
        actions.end_other_sessions(user=adviser, keep=None)
    for one in (browser, thief):
        assert one.get("/loket/").status_code == 302
    assert not StaffSession.objects.filter(user=adviser).exists()


def test_a_new_password_ends_the_sessions_that_were_stolen_before(town: PlaceInfo) -> None:
    adviser = staff("adviser", town)
    thief = sign_in(Client(), adviser)
    browser = sign_in(Client(), adviser)
    path = "/loket/aanmelden/wachtwoord/"
    assert browser.post(path, {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}).status_code == 302
    assert browser.get(ACCOUNT).status_code == 200
    assert thief.get(ACCOUNT).status_code == 302


def test_the_session_key_is_new_after_signing_in(town: PlaceInfo) -> None:
    """A key that somebody planted before sign-in is worth nothing after it."""
    adviser = staff("adviser", town)
    browser = Client()
    browser.get(SIGN_IN, {"sleutel": "1"}, headers={"host": "localhost"})
    before = browser.session.session_key
    browser.post(SIGN_IN, {"login": adviser.email, "password": PASSWORD})
    assert browser.session.session_key != before


# ---------- links in mails ----------


def a_link() -> tuple[User, str]:
    person = actions.add_staff(email="nieuw@gemeente.example", display_name="Nieuwe Medewerker")
    return person, actions.set_password_path(person)


def use(path: str, password: str = NEW) -> str:
    browser = Client()
    form = browser.get(path, follow=True).request["PATH_INFO"]
    return browser.post(form, {"new_password1": password, "new_password2": password}, follow=True).content.decode()


def test_a_link_that_was_used_is_refused_in_friendly_words_and_changes_nothing() -> None:
    person, path = a_link()
    assert "Je wachtwoord is ingesteld" in use(path)
    page = Client().get(path, follow=True).content.decode()
    assert "Deze link werkt niet meer" in page
    assert "Vraag de beheerder van je gemeente om een nieuwe" in page
    assert "Deze link werkt niet meer" in use(path, "een tweede zin van iemand anders")
    person.refresh_from_db()
    assert person.check_password(NEW)


def test_the_form_of_a_used_link_is_refused_as_well() -> None:
    """Opened twice before use: the second form comes too late."""
    person, path = a_link()
    first, second = Client(), Client()
    forms = [browser.get(path, follow=True).request["PATH_INFO"] for browser in (first, second)]
    first.post(forms[0], {"new_password1": NEW, "new_password2": NEW})
    late = "een tweede zin van iemand anders"
    answer = second.post(forms[1], {"new_password1": late, "new_password2": late})
    assert "Deze link werkt niet meer" in answer.content.decode()
    person.refresh_from_db()
    assert person.check_password(NEW)


def test_a_link_ends_after_three_days() -> None:
    from unittest.mock import patch

    _, path = a_link()
    later = clock.now().replace(tzinfo=None) + timedelta(days=3, minutes=1)
    with patch("django.contrib.auth.tokens.PasswordResetTokenGenerator._now", return_value=later + timedelta(days=1)):
        assert "Deze link werkt niet meer" in Client().get(path, follow=True).content.decode()


@pytest.mark.parametrize("change", ["token", "person"])
def test_a_link_that_was_tampered_with_opens_nothing(change: str) -> None:
    _, path = a_link()
    other = actions.set_password_path(UserFactory())
    parts, theirs = path.strip("/").split("/"), other.strip("/").split("/")
    parts[-1 if change == "token" else -2] = theirs[-1 if change == "token" else -2]
    assert "Deze link werkt niet meer" in Client().get(f"/{'/'.join(parts)}/", follow=True).content.decode()


def test_the_key_of_a_link_stands_in_no_address_that_leaks() -> None:
    """The first visit takes the key off the address, so that no referrer and no history holds it."""
    _, path = a_link()
    answer = Client().get(path)
    assert answer.status_code == 302
    assert path.strip("/").split("/")[-1] not in answer.headers["Location"]


@pytest.mark.parametrize("act", ["ping/wagtailcore/page/1/1/", "release/1/"])
def test_an_open_editor_that_asks_by_itself_who_else_edits_keeps_no_session_alive(act: str, town: PlaceInfo) -> None:
    browser = sign_in(Client(), staff("editor", town))
    begin = clock.now()
    for minutes in range(1, 15, 4):
        with clock.frozen(begin + timedelta(minutes=minutes)):
            browser.post(f"/beheer/editing-sessions/{act}")
    with clock.frozen(begin + timedelta(minutes=16)):
        assert browser.get(ACCOUNT).status_code == 302
