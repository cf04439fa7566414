"""Signing in: two steps, always; guesses counted; sessions that end; nothing about the device kept."""

import re
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.apps import apps
from django.core.cache import caches
from django.db import connection
from django.test import Client

from naast.core import clock
from naast.people import actions, tasks
from naast.people.models import StaffSession, User
from naast.people.rules import IDLE, LONGEST
from naast.people.tests.factories import PASSWORD, UserFactory, sign_in

pytestmark = pytest.mark.django_db

SIGN_IN = "/loket/aanmelden/"
CODE = "/loket/aanmelden/code/"
PHONE = "/loket/aanmelden/telefoon/"
CODES = "/loket/aanmelden/herstelcodes/"
ACCOUNT = "/loket/account/"
AGENT = "Zoekbare-Browser/7.1"
ADDRESS = "203.0.113.77"


@pytest.fixture(autouse=True)
def fresh_counters() -> None:
    for name in ("default", "shared", "limits"):
        caches[name].clear()


@pytest.fixture
def browser() -> Client:
    return Client(headers={"user-agent": AGENT}, REMOTE_ADDR=ADDRESS)


@pytest.fixture
def person() -> User:
    return UserFactory(email="noor.voorbeeld@gemeente.example")


def code_of(secret: str, half_minutes_later: int = 0) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + half_minutes_later))


def give_password(browser: Client, person: User, password: str = PASSWORD) -> Any:
    return browser.post(SIGN_IN, {"login": person.email, "password": password})


def set_up(browser: Client, person: User) -> str:
    """Go through both steps for the first time; returns the secret of the app."""
    assert give_password(browser, person).status_code == 302
    browser.get(PHONE)
    secret = browser.session["mfa.totp.secret"]
    answer = browser.post(PHONE, {"code": code_of(secret, -1)})
    assert answer.status_code == 302, answer.content.decode()
    return secret


def test_a_password_alone_leads_to_setting_up_the_phone_before_anything_else(browser: Client, person: User) -> None:
    give_password(browser, person)
    for path in (ACCOUNT, "/loket/", "/beheer/", "/loket/aanmelden/wachtwoord/", CODES):
        answer = browser.get(path)
        assert (answer.status_code, answer.headers.get("Location")) == (302, PHONE), path


def test_the_set_up_page_draws_the_square_and_spells_the_key(browser: Client, person: User) -> None:
    give_password(browser, person)
    page = browser.get(PHONE).content.decode()
    secret = browser.session["mfa.totp.secret"]
    assert "<svg" in page
    assert "naast-qr" in page
    assert secret[:4] + " " + secret[4:8] in page
    assert " style=" not in page
    assert not re.search(r"<script(?![^>]*\ssrc=)", page), "no script stands in the page itself"


def test_setting_up_shows_recovery_codes_once_and_opens_the_rest(browser: Client, person: User) -> None:
    set_up(browser, person)
    first = browser.get(CODES).content.decode()
    assert len(re.findall(r"<li>\d{4} \d{4} \d{4}</li>", first)) == 10
    assert re.findall(r"<li>\d{4} \d{4} \d{4}</li>", browser.get(CODES).content.decode()) == []
    assert browser.get(ACCOUNT).status_code == 200


def test_the_second_time_a_code_of_the_app_is_asked(browser: Client, person: User) -> None:
    secret = set_up(browser, person)
    other = Client()
    assert give_password(other, person).headers["Location"] == CODE
    assert other.get(ACCOUNT).status_code == 302
    assert other.post(CODE, {"code": code_of(secret)}).status_code == 302
    assert other.get(ACCOUNT).status_code == 200


def test_a_code_works_once_even_within_its_minute(browser: Client, person: User) -> None:
    secret = set_up(browser, person)
    code = code_of(secret)
    first, second = Client(), Client()
    give_password(first, person)
    first.post(CODE, {"code": code})
    give_password(second, person)
    assert second.post(CODE, {"code": code}).status_code == 200
    assert second.get(ACCOUNT).status_code == 302


def test_a_recovery_code_works_once(browser: Client, person: User) -> None:
    set_up(browser, person)
    code = re.findall(r"<li>(\d{4} \d{4} \d{4})</li>", browser.get(CODES).content.decode())[0].replace(" ", "")
    first, second = Client(), Client()
    give_password(first, person)
    first.post(CODE, {"code": code})
    assert first.get(ACCOUNT).status_code == 200
    give_password(second, person)
    second.post(CODE, {"code": code})
    assert second.get(ACCOUNT).status_code == 302


def test_a_wrong_password_and_an_unknown_address_read_the_same(browser: Client, person: User) -> None:
    wrong = give_password(browser, person, "een heel ander wachtwoord")
    unknown = browser.post(SIGN_IN, {"login": "niemand@gemeente.example", "password": "een heel ander wachtwoord"})
    assert wrong.status_code == unknown.status_code == 200
    assert wrong.context["form"].errors == unknown.context["form"].errors != {}


def test_a_closed_account_cannot_sign_in(browser: Client) -> None:
    assert give_password(browser, UserFactory(closed=True)).status_code == 200
    assert "_auth_user_id" not in browser.session


def test_guessing_a_password_is_stopped_after_five_tries(browser: Client, person: User) -> None:
    for _ in range(5):
        give_password(browser, person, "een heel ander wachtwoord")
    assert give_password(browser, person).status_code == 200
    assert "_auth_user_id" not in browser.session


def test_guessing_a_code_is_stopped_after_five_tries(browser: Client, person: User) -> None:
    secret = set_up(browser, person)
    other = Client()
    give_password(other, person)
    for guess in range(5):
        other.post(CODE, {"code": f"00000{guess}"})
    other.post(CODE, {"code": code_of(secret)})
    assert other.get(ACCOUNT).status_code == 302


def test_the_address_may_be_typed_with_capitals(browser: Client, person: User) -> None:
    answer = browser.post(SIGN_IN, {"login": person.email.upper(), "password": PASSWORD})
    assert answer.status_code == 302


@pytest.mark.parametrize(
    "path", ["signup/", "password/reset/", "email/", "inactive/", "password/set/", "webauthn/", "2fa/"]
)
def test_nothing_else_of_allauth_is_reachable(browser: Client, path: str) -> None:
    for prefix in ("/loket/aanmelden/", "/loket/", "/accounts/", "/"):
        assert browser.get(prefix + path).status_code == 404


def test_the_old_phone_works_until_the_new_one_has_shown_its_first_code(browser: Client, person: User) -> None:
    path = "/loket/aanmelden/telefoon/vervangen/"
    old = set_up(browser, person)
    browser.get(path)
    new = browser.session["mfa.totp.secret"]
    assert new != old
    assert browser.post(path, {"code": "000000"}).status_code == 200
    assert Authenticator.objects.filter(user=person, type="totp").count() == 1
    still = Client()
    give_password(still, person)
    assert still.post(CODE, {"code": code_of(old)}).status_code == 302
    assert browser.post(path, {"code": code_of(new)}).headers["Location"] == f"{ACCOUNT}?telefoon=1"
    assert browser.get(ACCOUNT).status_code == 200
    other = Client()
    give_password(other, person)
    assert other.post(CODE, {"code": code_of(old, 1)}).status_code == 200
    assert other.post(CODE, {"code": code_of(new, 1)}).status_code == 302


def test_changing_the_password_asks_the_old_one_and_keeps_this_session(browser: Client, person: User) -> None:
    set_up(browser, person)
    new = "nog een zin die niemand kent"
    path = "/loket/aanmelden/wachtwoord/"
    assert browser.post(path, {"oldpassword": "fout", "password1": new, "password2": new}).status_code == 200
    assert (
        browser.post(path, {"oldpassword": PASSWORD, "password1": "te kort", "password2": "te kort"}).status_code == 200
    )
    assert browser.post(path, {"oldpassword": PASSWORD, "password1": new, "password2": new}).status_code == 302
    assert browser.get(ACCOUNT).status_code == 200
    person.refresh_from_db()
    assert person.check_password(new)


def test_who_has_no_password_is_led_back_from_changing_it(browser: Client) -> None:
    sign_in(browser, UserFactory(password=None))
    assert "wachtwoord/" not in browser.get(ACCOUNT).content.decode()
    assert browser.get("/loket/aanmelden/wachtwoord/").headers["Location"] == ACCOUNT


# ---------- sessions ----------

MORNING = datetime(2026, 11, 23, 8, tzinfo=UTC)


def test_a_session_ends_after_a_quarter_of_an_hour_without_use(browser: Client, person: User) -> None:
    with clock.frozen(MORNING):
        sign_in(browser, person)
    with clock.frozen(MORNING + IDLE - timedelta(seconds=1)):
        assert browser.get(ACCOUNT).status_code == 200
    with clock.frozen(MORNING + IDLE * 2):
        answer = browser.get(ACCOUNT)
        assert answer.status_code == 302
        assert urlsplit(answer.headers["Location"]).path == SIGN_IN
        assert "tijd=1" in answer.headers["Location"]
    assert not StaffSession.objects.exists()


def test_a_session_ends_after_ten_hours_however_busy(browser: Client, person: User) -> None:
    with clock.frozen(MORNING):
        sign_in(browser, person)
    moment = MORNING
    while moment < MORNING + LONGEST:
        with clock.frozen(moment):
            assert browser.get(ACCOUNT).status_code == 200
        moment += timedelta(minutes=14)
    with clock.frozen(MORNING + LONGEST):
        assert browser.get(ACCOUNT).status_code == 302


def test_expired_sessions_leave_the_table(browser: Client, person: User) -> None:
    sign_in(browser, person)
    Session = apps.get_model("sessions", "Session")
    Session.objects.update(expire_date=clock.now() - timedelta(days=1))
    tasks.forget_sessions()
    assert not Session.objects.exists()


def test_a_session_that_its_owner_ended_elsewhere_is_over(browser: Client, person: User) -> None:
    sign_in(browser, person)
    other = sign_in(Client(), person)
    theirs = other.session["staff_session"]
    assert browser.post(f"/loket/account/sessies/{theirs}/beeindigen/").status_code == 302
    assert other.get(ACCOUNT).status_code == 302
    assert browser.get(ACCOUNT).status_code == 200


def test_nobody_ends_the_session_of_somebody_else(browser: Client, person: User) -> None:
    sign_in(browser, person)
    other = sign_in(Client(), UserFactory())
    theirs = other.session["staff_session"]
    assert browser.post(f"/loket/account/sessies/{theirs}/beeindigen/").status_code == 403
    assert other.get(ACCOUNT).status_code == 200


def test_ending_all_others_keeps_this_one(browser: Client, person: User) -> None:
    others = [sign_in(Client(), person) for _ in range(2)]
    sign_in(browser, person)
    browser.post("/loket/account/sessies/beeindigen/")
    assert [one.get(ACCOUNT).status_code for one in (*others, browser)] == [302, 302, 200]


def test_signing_out_ends_the_session(browser: Client, person: User) -> None:
    sign_in(browser, person)
    assert browser.post("/loket/afmelden/").headers["Location"] == f"{SIGN_IN}?uit=1"
    assert browser.get(ACCOUNT).status_code == 302
    assert not StaffSession.objects.exists()


def test_a_closed_account_is_out_at_once(browser: Client, person: User) -> None:
    sign_in(browser, person)
    actions.close_account(user=person)
    assert browser.get(ACCOUNT).status_code == 302


def test_a_public_page_knows_nobody_who_is_half_signed_in(browser: Client, person: User) -> None:
    give_password(browser, person)
    answer = browser.get("/")
    assert answer.status_code == 200
    assert answer.wsgi_request.user.is_anonymous


# ---------- the first password ----------


@pytest.mark.parametrize("weak", ["kort", "wachtwoordwachtwoord1"[:14], "password12345678"[:14]])
def test_a_short_password_is_refused(weak: str) -> None:
    person = actions.add_staff(email="nieuw@gemeente.example", display_name="Nieuwe Medewerker")
    browser = Client()
    form = browser.get(actions.set_password_path(person), follow=True).request["PATH_INFO"]
    answer = browser.post(form, {"new_password1": weak, "new_password2": weak})
    assert answer.status_code == 200
    assert "Dit wachtwoord is te kort. Neem minstens 15 tekens." in answer.content.decode()
    person.refresh_from_db()
    assert not person.has_usable_password()


def test_an_empty_first_password_is_asked_for_in_plain_words() -> None:
    person = actions.add_staff(email="nieuw@gemeente.example", display_name="Nieuwe Medewerker")
    browser = Client()
    form = browser.get(actions.set_password_path(person), follow=True).request["PATH_INFO"]
    page = browser.post(form, {"new_password1": "", "new_password2": ""}).content.decode()
    assert "Typ je nieuwe wachtwoord." in page
    assert "Typ het nieuwe wachtwoord nog een keer." in page
    assert "verplicht veld" not in page


# ---------- what is not kept ----------


def everything_stored() -> Iterator[tuple[str, str]]:
    """Every cell of every table, and the sessions opened."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
            for row in cursor.fetchall():
                yield table, " ".join(str(bytes(cell) if isinstance(cell, memoryview) else cell) for cell in row)
    for session in apps.get_model("sessions", "Session").objects.all():
        yield "session (opened)", str(session.get_decoded())


def findings(*needles: str) -> list[tuple[str, str]]:
    return [(table, needle) for table, text in everything_stored() for needle in needles if needle in text]


def test_after_signing_in_no_table_holds_an_address_or_a_kind_of_browser(browser: Client, person: User) -> None:
    secret = set_up(browser, person)
    browser.get(CODES)
    other = Client(headers={"user-agent": AGENT}, REMOTE_ADDR=ADDRESS)
    give_password(other, person, "een heel ander wachtwoord")
    give_password(other, person)
    assert findings(ADDRESS, AGENT) == []
    other.post(CODE, {"code": code_of(secret)})
    other.get(ACCOUNT)
    assert findings(ADDRESS, AGENT) == []


def test_the_session_never_holds_the_e_mail_address(browser: Client, person: User) -> None:
    set_up(browser, person)
    other = Client()
    give_password(other, person)
    assert {table for table, _ in findings(person.email)} == {"people_user"}


def test_the_secret_of_the_app_is_encrypted(browser: Client, person: User) -> None:
    secret = set_up(browser, person)
    assert findings(secret) == []


def test_the_search_would_find_an_address(person: User) -> None:
    """The canary of the three tests above."""
    UserFactory(display_name=f"iemand op {ADDRESS} met {AGENT}")
    assert findings(ADDRESS, AGENT) == [("people_user", ADDRESS), ("people_user", AGENT)]


# ---------- a form that is too old ----------


def test_a_form_without_its_token_is_explained_and_never_shows_a_password() -> None:
    browser = Client(enforce_csrf_checks=True)
    answer = browser.post(SIGN_IN, {"login": "noor@gemeente.example", "password": PASSWORD})
    assert answer.status_code == 403
    page = answer.content.decode()
    assert "<h1" in page
    assert PASSWORD not in page


# ---------- how the pages look to a reader of the source ----------


def test_every_page_of_signing_in_is_ours(browser: Client, person: User) -> None:
    pages = [browser.get(SIGN_IN)]
    set_up(browser, person)
    paths = (
        CODES,
        "/loket/aanmelden/herstelcodes/nieuw/",
        "/loket/aanmelden/telefoon/vervangen/",
        "/loket/aanmelden/wachtwoord/",
        "/loket/aanmelden/bevestigen/",
        "/loket/afmelden/",
        ACCOUNT,
    )
    pages += [browser.get(path) for path in paths]
    for page in pages:
        assert page.status_code == 200
        assert 'class="naast-theme naast-desk' in page.content.decode()


def test_too_many_tries_get_a_page_of_ours(browser: Client, person: User) -> None:
    for _ in range(31):
        answer = give_password(browser, person, "een heel ander wachtwoord")
    assert answer.status_code == 429
    assert "naast-desk" in answer.content.decode()
