"""Guessing passwords: who guesses waits ever longer, who works here does not wait for them, and a burst is told once."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core import mail as outgoing
from django.core.cache import caches
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from naast.core import clock
from naast.core.models import OutboxMail
from naast.people import attempts, bursts
from naast.people.models import SignInBurst, User
from naast.people.recovery import HashedCodes
from naast.people.rules import BURST_AT_PLACE, FREE_NEAR, FREE_WIDE, LONGEST_PAUSE, pause_after
from naast.people.tests.factories import PASSWORD, UserFactory, sign_in, staff
from naast.people.tests.test_sign_in import everything_stored
from naast.places.queries import by_slug
from naast.places.rules import PlaceInfo

pytestmark = pytest.mark.django_db

SIGN_IN = "/loket/aanmelden/"
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
WRONG = "een heel ander wachtwoord"
HOME, CAFE = "198.51.100.7", "203.0.113.9"


@pytest.fixture(autouse=True)
def fresh_counters() -> None:
    for name in ("default", "shared", "limits"):
        caches[name].clear()


@pytest.fixture
def person() -> User:
    return UserFactory(email="noor.voorbeeld@gemeente.example")


@pytest.fixture
def town(places: None) -> PlaceInfo:
    found = by_slug("enschede")
    assert found
    return found


def at(address: str) -> Client:
    return Client(REMOTE_ADDR=address)


def give(browser: Client, email: str, password: str = WRONG) -> Any:
    return browser.post(SIGN_IN, {"login": email, "password": password})


def fails(times: int, email: str, address: str = CAFE) -> None:
    """Let somebody guess, each from a fresh browser; past the limit of one network the counting itself goes on."""
    request = at(address).get(SIGN_IN).wsgi_request
    for _ in range(times):
        attempts.failed(request, email)


def gets_in(browser: Client, person: User) -> bool:
    return give(browser, person.email, PASSWORD).status_code == 302


@pytest.mark.parametrize("spelt", ["NOOR.VOORBEELD@gemeente.example", "jaſmijn.visser@gemeente.example"])
def test_an_address_spelt_with_a_letters_look_alike_counts_as_the_same_account(spelt: str, town: PlaceInfo) -> None:
    # PostgreSQL finds the account by UPPER(address), in which the long s is an S and the dotless i an I.
    person = staff("adviser", town, email=spelt.upper().lower())
    fails(FREE_NEAR, spelt)
    fails(FREE_NEAR, spelt.replace("i", "\u0131"))
    assert (
        attempts.seconds_to_wait(at(CAFE).get(SIGN_IN).wsgi_request, person.email)
        > pause_after(FREE_NEAR, free=FREE_NEAR).total_seconds()
    )
    for _ in range(BURST_AT_PLACE):
        bursts.noticed(spelt)
    assert SignInBurst.objects.filter(place_id=town.id).exists()


@given(st.integers(0, 500), st.integers(1, 200))
def test_a_pause_never_shrinks_and_ends(failures: int, free: int) -> None:
    pause, longer = pause_after(failures, free=free), pause_after(failures + 1, free=free)
    assert timedelta(0) <= pause <= longer <= LONGEST_PAUSE
    assert (pause == timedelta(0)) is (failures < free)


def test_a_guesser_waits_a_minute_then_longer(person: User) -> None:
    with clock.frozen(NOON):
        for _ in range(FREE_NEAR):
            give(at(CAFE), person.email)
        answer = give(at(CAFE), person.email, PASSWORD)
        assert answer.status_code == 200
        assert "1 minuut" in answer.content.decode()
    with clock.frozen(NOON + timedelta(seconds=61)):
        give(at(CAFE), person.email)
        assert "2 minuten" in give(at(CAFE), person.email, PASSWORD).content.decode()
    with clock.frozen(NOON + timedelta(seconds=190)):
        assert gets_in(at(CAFE), person)


def test_what_was_typed_as_address_stays_and_the_password_does_not(person: User) -> None:
    for _ in range(FREE_NEAR + 1):
        page = give(at(CAFE), person.email).content.decode()
    assert person.email in page
    assert "een heel ander wachtwoord" not in page


def test_a_guesser_elsewhere_does_not_hold_the_door_shut(person: User) -> None:
    """It failed before: five wrong guesses by anybody kept an adviser out for five minutes."""
    for _ in range(FREE_NEAR + 1):
        give(at(CAFE), person.email)
    assert not gets_in(at(CAFE), person)
    assert gets_in(at(HOME), person)


def test_many_networks_together_run_into_the_wide_ceiling(person: User) -> None:
    for number in range(FREE_WIDE):
        fails(1, person.email, f"10.{number}.0.1")
    assert not gets_in(at("192.0.2.1"), person)


def test_a_browser_that_signed_in_before_passes_under_the_wide_ceiling(person: User) -> None:
    known = at(HOME)
    give(known, person.email, PASSWORD)
    assert attempts.COOKIE not in known.cookies, "a password alone makes no browser known"
    known = at(HOME)
    codes = HashedCodes.activate(person).show_once()
    _with_app(person)
    give(known, person.email, PASSWORD)
    known.post("/loket/aanmelden/code/", {"code": codes[0]})
    cookie = known.cookies[attempts.COOKIE]
    assert (cookie["httponly"], cookie["path"], cookie["samesite"]) == (True, "/loket/aanmelden/", "Lax")
    known.post("/loket/afmelden/")
    for number in range(FREE_WIDE):
        fails(1, person.email, f"10.{number}.0.1")
    assert not gets_in(at("192.0.2.1"), person)
    assert gets_in(known, person)


def test_the_token_of_one_account_helps_no_other(person: User) -> None:
    other = UserFactory()
    browser = at(CAFE)
    response = browser.get(SIGN_IN)
    attempts.remember_browser(response.wsgi_request, response, other)
    browser.cookies[attempts.COOKIE] = response.cookies[attempts.COOKIE].value
    fails(FREE_NEAR, person.email)
    assert not gets_in(browser, person)


@pytest.mark.parametrize("token", ["", "x", "a:b:c", "W10:1x:y", "é" * 50])
def test_a_made_up_token_is_no_known_browser(person: User, token: str) -> None:
    browser = at(CAFE)
    browser.cookies[attempts.COOKIE] = token
    fails(FREE_NEAR, person.email)
    assert not gets_in(browser, person)


def test_a_stolen_token_runs_out_of_tries_as_well(person: User) -> None:
    browser = at(CAFE)
    response = browser.get(SIGN_IN)
    attempts.remember_browser(response.wsgi_request, response, person)
    browser.cookies[attempts.COOKIE] = response.cookies[attempts.COOKIE].value
    for _ in range(FREE_NEAR):
        give(browser, person.email)
    assert not gets_in(browser, person)


def _with_app(person: User) -> None:
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    TOTP.activate(person, generate_totp_secret())


def test_nothing_of_a_try_is_kept_where_it_could_be_read(person: User, town: PlaceInfo) -> None:
    give(at(CAFE), person.email)
    give(at(CAFE), "niemand.hier@elders.example")
    kept = [text for table, text in everything_stored() if CAFE in text or "niemand.hier" in text]
    assert kept == []
    keys = str(getattr(caches["shared"], "_cache", {}).keys())
    assert person.email not in keys
    assert CAFE not in keys


# ---------- bursts ----------


def told() -> list[str]:
    return sorted(str(row.to) for row in OutboxMail.objects.filter(kind="people/burst"))


def test_a_burst_at_a_place_is_told_once_to_its_administrators(town: PlaceInfo) -> None:
    karin, adviser = staff("place-admin", town), staff("adviser", town)
    staff("privacy-officer", town)
    for _ in range(BURST_AT_PLACE - 1):
        bursts.noticed(adviser.email)
    assert told() == []
    for _ in range(30):
        bursts.noticed(adviser.email)
    assert told() == [karin.email]
    (burst,) = SignInBurst.objects.filter(place_id=town.id)
    assert burst.failures == BURST_AT_PLACE - 1 + 30


def test_another_burst_the_next_day_is_told_again(town: PlaceInfo) -> None:
    staff("place-admin", town)
    adviser = staff("adviser", town)
    for day in range(2):
        with clock.frozen(NOON + timedelta(days=day)):
            for _ in range(BURST_AT_PLACE):
                bursts.noticed(adviser.email)
    assert len(told()) == 2


def test_the_mail_names_nobody(town: PlaceInfo) -> None:
    from naast.core.mail import compose

    staff("place-admin", town)
    adviser = staff("adviser", town)
    for _ in range(BURST_AT_PLACE):
        bursts.noticed(adviser.email)
    message = compose(OutboxMail.objects.get(kind="people/burst"))
    assert "Enschede" in message.subject
    text = str(message.body)
    assert adviser.email not in text
    assert adviser.display_name not in text
    assert not outgoing.outbox


def test_guesses_at_unknown_addresses_are_a_burst_of_the_installation(town: PlaceInfo) -> None:
    region = by_slug(town.parent_slug)
    assert region
    there = staff("place-admin", region)
    staff("place-admin", town)
    for number in range(100):
        bursts.noticed(f"iemand{number}@elders.example")
    assert told() == [there.email]
    assert SignInBurst.objects.get().place_id is None


def test_who_administers_and_who_guards_privacy_see_it_and_nobody_else(town: PlaceInfo) -> None:
    adviser = staff("adviser", town)
    for _ in range(BURST_AT_PLACE):
        bursts.noticed(adviser.email)
    houten = by_slug("houten")
    assert houten
    seen = {
        (role, place.slug): "veel wachtwoorden"
        in sign_in(Client(), staff(role, place)).get("/loket/account/").content.decode()
        for role in ("place-admin", "privacy-officer", "adviser")
        for place in (town, houten)
    }
    assert seen == {key: key in {("place-admin", "enschede"), ("privacy-officer", "enschede")} for key in seen}


def test_wrong_codes_count_as_well(person: User, town: PlaceInfo) -> None:
    _with_app(person)
    browser = at(HOME)
    give(browser, person.email, PASSWORD)
    before = caches["shared"]._cache.copy() if hasattr(caches["shared"], "_cache") else {}
    browser.post("/loket/aanmelden/code/", {"code": "000000"})
    after = getattr(caches["shared"], "_cache", {"burst": 1})
    assert any("burst" in key for key in set(after) - set(before))


def test_an_old_burst_is_forgotten() -> None:
    with clock.frozen(NOON - timedelta(days=400)):
        SignInBurst.objects.create(began=clock.now(), last=clock.now(), failures=3)
    bursts.forget_old()
    assert not SignInBurst.objects.exists()
