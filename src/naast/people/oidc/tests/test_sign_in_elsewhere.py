"""Signing in by a municipality's own sign-in, there and back, with a real provider on this machine."""

import logging
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit
from urllib.request import HTTPRedirectHandler, build_opener

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core.cache import caches
from django.http import HttpResponse
from django.test import Client
from tests import oidc_provider
from tests.oidc_provider import Municipality

from naast.people import actions
from naast.people.models import StaffSession, User
from naast.people.oidc.models import SignInLink
from naast.people.tests.factories import PASSWORD, GrantFactory, UserFactory, sign_in, staff
from naast.people.tests.test_sign_in import everything_stored
from naast.places.queries import by_slug

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places")]

VIA = "/loket/aanmelden/via/enschede/"
SIGN_IN, SET_UP, CODE, ACCOUNT = (
    "/loket/aanmelden/",
    "/loket/aanmelden/telefoon/",
    "/loket/aanmelden/code/",
    "/loket/account/",
)
ADDRESS = "noor.voorbeeld@gemeente.example"


class _Stay(HTTPRedirectHandler):
    def redirect_request(self, *args: Any) -> None:
        return None


def fetched(address: str) -> str:
    """Be the browser at the provider; returns where it sends us back to."""
    try:
        build_opener(_Stay()).open(address)
    except OSError as answer:
        return str(answer.headers["Location"])  # type: ignore[attr-defined]
    raise AssertionError("the provider led nowhere")


@pytest.fixture(autouse=True)
def fresh_counters() -> None:
    for name in ("default", "shared", "limits"):
        caches[name].clear()


@pytest.fixture
def municipality(settings: Any) -> Iterator[Municipality]:
    with oidc_provider.running() as made:
        made.person["email"] = ADDRESS
        settings.NAAST_SIGN_INS = (made.provider(),)
        yield made


@pytest.fixture
def person() -> User:
    return staff("adviser", by_slug("enschede"), email=ADDRESS)


def leave(browser: Client, **query: str) -> str:
    """Go to the provider and come back; returns the path and query it led back to."""
    answer = browser.get(VIA, query)
    assert answer.status_code == 302, answer.content.decode()
    back = urlsplit(fetched(answer.headers["Location"]))
    return f"{back.path}?{back.query}"


def through(browser: Client, **query: str) -> HttpResponse:
    return browser.get(leave(browser, **query))


def is_in(browser: Client) -> bool:
    return "_auth_user_id" in browser.session


# ---------- there and back ----------


def test_who_has_a_role_there_comes_in_and_sets_up_the_second_step_first(
    municipality: Municipality, person: User
) -> None:
    browser = Client()
    assert through(browser).status_code == 302
    assert is_in(browser)
    assert browser.get(ACCOUNT).headers["Location"] == SET_UP


def test_our_own_second_step_follows(municipality: Municipality, person: User) -> None:
    TOTP.activate(person, generate_totp_secret())
    browser = Client()
    assert through(browser).headers["Location"] == CODE
    assert not is_in(browser)


def test_a_second_factor_that_the_provider_proved_is_enough(
    municipality: Municipality, person: User, settings: Any
) -> None:
    settings.NAAST_SIGN_INS = (municipality.provider(acr="mfa"),)
    municipality.person["acr"] = "mfa"
    TOTP.activate(person, generate_totp_secret())
    browser = Client()
    through(browser)
    assert municipality.questions[0]["acr_values"] == "mfa"
    assert browser.get(ACCOUNT).status_code == 200
    assert StaffSession.objects.get().user == person


@pytest.mark.parametrize("said", [None, "password", "", "MFA", ["mfa"], True])
def test_another_level_is_no_second_factor(municipality: Municipality, person: User, settings: Any, said: Any) -> None:
    settings.NAAST_SIGN_INS = (municipality.provider(acr="mfa"),)
    municipality.person.update({} if said is None else {"acr": said})
    browser = Client()
    through(browser)
    assert browser.get(ACCOUNT).headers["Location"] == SET_UP


def test_a_level_that_nobody_asked_for_is_no_second_factor(municipality: Municipality, person: User) -> None:
    municipality.person["acr"] = ""
    browser = Client()
    through(browser)
    assert browser.get(ACCOUNT).headers["Location"] == SET_UP


def test_the_question_carries_state_nonce_and_challenge_new_each_time(municipality: Municipality, person: User) -> None:
    for _ in range(2):
        through(Client())
    first, second = municipality.questions
    assert first["code_challenge_method"] == "S256"
    for name in ("state", "nonce", "code_challenge"):
        assert len(first[name]) >= 43
        assert first[name] != second[name]
    assert first["redirect_uri"] == f"http://testserver{VIA}terug/"
    assert "client_secret" not in first


def test_one_comes_out_where_one_was_going(municipality: Municipality, person: User, settings: Any) -> None:
    settings.NAAST_SIGN_INS = (municipality.provider(acr="mfa"),)
    municipality.person["acr"] = "mfa"
    assert through(Client(), next="/loket/account/?x=1").headers["Location"] == "/loket/account/?x=1"


@pytest.mark.parametrize(
    "next_path", ["https://kwaad.example/loket/", "//kwaad.example/loket/", "/\\kwaad.example", "/"]
)
def test_next_never_leads_elsewhere(municipality: Municipality, person: User, settings: Any, next_path: str) -> None:
    settings.NAAST_SIGN_INS = (municipality.provider(acr="mfa"),)
    municipality.person["acr"] = "mfa"
    assert through(Client(), next=next_path).headers["Location"] == "/loket/"


# ---------- who may come in ----------


def refused(browser: Client, status: int = 403) -> bool:
    answer = through(browser)
    return answer.status_code == status and not is_in(browser) and not SignInLink.objects.exists()


def test_a_municipality_never_signs_in_somebody_without_a_role_there(municipality: Municipality) -> None:
    staff("place-admin", by_slug("houten"), email=ADDRESS)
    assert refused(Client())


def test_a_role_at_the_region_is_no_role_at_the_municipality(municipality: Municipality) -> None:
    staff("place-admin", by_slug("twente"), email=ADDRESS)
    assert refused(Client())


def test_a_region_s_sign_in_opens_nothing_for_who_works_at_a_municipality(
    municipality: Municipality, person: User, settings: Any
) -> None:
    settings.NAAST_SIGN_INS = (municipality.provider(place="twente"),)
    assert refused(Client())


def test_nobody_makes_an_account_by_signing_in(municipality: Municipality) -> None:
    assert refused(Client())
    assert not User.objects.exists()


def test_a_role_that_ended_opens_nothing_also_for_who_came_in_before(municipality: Municipality, person: User) -> None:
    through(Client())
    for grant in person.grants.all():
        actions.end_grant(grant=grant)
    browser = Client()
    assert through(browser).status_code == 403
    assert not is_in(browser)


def test_a_closed_account_stays_closed(municipality: Municipality, person: User) -> None:
    through(Client())
    actions.close_account(user=person)
    browser = Client()
    assert through(browser).status_code == 403
    assert not is_in(browser)
    assert not SignInLink.objects.exists()


@pytest.mark.parametrize("verified", [False, None, "true", 1, "false"])
def test_an_address_that_is_not_surely_theirs_links_nothing(
    municipality: Municipality, person: User, verified: Any
) -> None:
    municipality.person["email_verified"] = verified
    assert refused(Client())


@pytest.mark.parametrize("domain", ["elders.example", "sub.gemeente.example", "kwaadgemeente.example"])
def test_an_address_of_another_domain_links_nothing(municipality: Municipality, domain: str) -> None:
    staff("adviser", by_slug("enschede"), email=f"noor@{domain}")
    municipality.person["email"] = f"noor@{domain}"
    assert refused(Client())


def test_afterwards_the_person_counts_and_not_the_address(municipality: Municipality, person: User) -> None:
    through(Client())
    municipality.person.update(email="nieuwe.naam@gemeente.example", email_verified=False)
    browser = Client()
    through(browser)
    assert browser.session["_auth_user_id"] == str(person.pk)


def test_who_gets_the_address_later_does_not_get_the_account(municipality: Municipality, person: User) -> None:
    through(Client())
    municipality.person["sub"] = "aa-1"  # capitals of a subject count
    browser = Client()
    assert through(browser).status_code == 403
    assert not is_in(browser)


def test_an_administrator_takes_the_link_off(municipality: Municipality, person: User) -> None:
    through(Client())
    actions.reset_sign_in(user=person)
    municipality.person["sub"] = "nieuw-nummer"
    browser = Client()
    through(browser)
    assert is_in(browser)


def test_two_municipalities_keep_to_their_own(municipality: Municipality, person: User, settings: Any) -> None:
    """The same subject at another municipality is another person."""
    through(Client())
    with oidc_provider.running() as other:
        other.person.update(email="anders@houten.example")
        houten = other.provider(slug="houten", place="houten", domains=frozenset({"houten.example"}))
        settings.NAAST_SIGN_INS = (municipality.provider(), houten)
        browser = Client()
        back = urlsplit(fetched(browser.get("/loket/aanmelden/via/houten/").headers["Location"]))
        assert browser.get(f"{back.path}?{back.query}").status_code == 403
        assert not is_in(browser)


# ---------- a place that wants nothing but its own sign-in ----------


def test_a_place_may_demand_its_own_sign_in(municipality: Municipality, person: User, settings: Any) -> None:
    settings.NAAST_SIGN_INS = (municipality.provider(only=True),)
    browser = Client()
    answer = browser.post(SIGN_IN, {"login": ADDRESS, "password": PASSWORD})
    assert answer.headers["Location"] == f"{SIGN_IN}?alleen=enschede"
    assert not is_in(browser)
    assert "gemeente Enschede" in browser.get(answer.headers["Location"]).content.decode()
    assert through(browser).status_code == 302
    assert is_in(browser)


def test_a_wrong_password_does_not_tell_who_works_where(
    municipality: Municipality, person: User, settings: Any
) -> None:
    settings.NAAST_SIGN_INS = (municipality.provider(only=True),)
    assert Client().post(SIGN_IN, {"login": ADDRESS, "password": "een heel ander wachtwoord"}).status_code == 200


def test_else_a_password_still_does(municipality: Municipality, person: User) -> None:
    browser = Client()
    browser.post(SIGN_IN, {"login": ADDRESS, "password": PASSWORD})
    assert is_in(browser)


# ---------- proving it once more ----------


def test_somebody_proves_it_once_more_by_their_municipality(municipality: Municipality, person: User) -> None:
    through(Client())
    browser = sign_in(Client(), person, minutes_ago=11)
    assert f"{VIA}?opnieuw=1" in browser.get("/loket/aanmelden/bevestigen/").content.decode().replace("&amp;", "&")
    municipality.bend = lambda claims, header: claims.update(auth_time=claims["iat"])
    assert through(browser, opnieuw="1", next=ACCOUNT).headers["Location"] == ACCOUNT
    assert municipality.questions[-1]["prompt"] == "login"
    assert municipality.questions[-1]["max_age"] == "0"
    assert browser.session["account_authentication_methods"][-1]["method"] == "oidc"


@pytest.mark.parametrize("ago", [None, 3600])
def test_a_provider_that_did_not_ask_proves_nothing_new(
    municipality: Municipality, person: User, ago: int | None
) -> None:
    through(Client())
    browser = sign_in(Client(), person, minutes_ago=11)
    if ago:
        municipality.bend = lambda claims, header: claims.update(auth_time=claims["iat"] - ago)
    answer = through(browser, opnieuw="1", next=ACCOUNT)
    assert answer.status_code == 403
    assert len(browser.session["account_authentication_methods"]) == 1


def test_a_colleague_cannot_prove_it_for_somebody(municipality: Municipality, person: User) -> None:
    municipality.bend = lambda claims, header: claims.update(auth_time=claims["iat"])
    browser = sign_in(Client(), staff("adviser", by_slug("enschede")), minutes_ago=11)
    assert through(browser, opnieuw="1").status_code == 403
    assert len(browser.session["account_authentication_methods"]) == 1


# ---------- replay and mixing up ----------


def test_an_answer_works_once(municipality: Municipality, person: User) -> None:
    TOTP.activate(person, generate_totp_secret())
    browser = Client()
    back = leave(browser)
    assert browser.get(back).headers["Location"] == CODE
    assert browser.get(back).status_code == 400


def test_an_answer_works_once_also_when_the_session_was_copied(municipality: Municipality, person: User) -> None:
    browser = Client()
    back = leave(browser)
    thief = Client()
    noted = dict(browser.session)
    assert browser.get(back).status_code == 302
    thief.get(SIGN_IN)
    session = thief.session
    session.update({"sign_in_visits": noted["sign_in_visits"]})
    session.save()
    thief.cookies["sessionid"] = session.session_key
    assert thief.get(back).status_code == 400
    assert not is_in(thief)


def test_another_browser_cannot_use_somebodys_answer(municipality: Municipality, person: User) -> None:
    assert Client().get(leave(Client())).status_code == 400


def test_a_code_is_not_used_under_another_state(municipality: Municipality, person: User) -> None:
    TOTP.activate(person, generate_totp_secret())
    browser = Client()
    first, second = leave(browser), leave(browser)
    assert browser.get(first).headers["Location"] == CODE
    code = parse_qs(urlsplit(first).query)["code"][0]
    state = parse_qs(urlsplit(second).query)["state"][0]
    asked = municipality.asked.count("/token")
    answer = browser.get(f"{VIA}terug/", {"code": code, "state": state, "iss": municipality.issuer})
    assert answer.status_code == 400
    assert municipality.asked.count("/token") == asked


def test_the_answer_of_one_municipality_is_not_taken_for_another_s(
    municipality: Municipality, person: User, settings: Any
) -> None:
    other = municipality.provider(slug="houten", place="houten")
    settings.NAAST_SIGN_INS = (municipality.provider(), other)
    browser = Client()
    back = leave(browser).replace("/enschede/", "/houten/")
    assert browser.get(back).status_code == 400
    assert not is_in(browser)


BAD_ANSWERS = {
    "no-state": lambda said: {"code": said["code"], "iss": said["iss"]},
    "another-state": lambda said: {**said, "state": "x" * 43},
    "no-code": lambda said: {"state": said["state"], "iss": said["iss"]},
    "another-code": lambda said: {**said, "code": "gok"},
    "no-issuer": lambda said: {"code": said["code"], "state": said["state"]},
    "another-issuer": lambda said: {**said, "iss": "https://kwaad.example"},
    "an-error": lambda said: {"error": "server_error", "state": said["state"], "iss": said["iss"]},
}


@pytest.mark.parametrize("name", BAD_ANSWERS)
def test_a_bad_answer_is_refused(municipality: Municipality, person: User, name: str) -> None:
    municipality.answer = BAD_ANSWERS[name]
    browser = Client()
    answer = through(browser)
    assert answer.status_code in (400, 403)
    assert not is_in(browser)


def test_a_state_or_code_that_stands_there_twice_is_refused(municipality: Municipality, person: User) -> None:
    browser = Client()
    assert browser.get(f"{leave(browser)}&code=nog-een").status_code == 400


def test_who_stops_half_way_reads_so(municipality: Municipality, person: User) -> None:
    municipality.answer = lambda said: {"error": "access_denied", "state": said["state"], "iss": said["iss"]}
    answer = through(Client())
    assert answer.status_code == 200
    assert "Probeer het opnieuw" in answer.content.decode()


# ---------- a provider that is out of order, or that is not who it says ----------


def test_a_provider_that_is_silent_is_said_so(municipality: Municipality, person: User) -> None:
    municipality.out_of_order = True
    answer = Client().get(VIA)
    assert answer.status_code == 503
    assert "gemeente Enschede" in answer.content.decode()


@pytest.mark.parametrize(
    "said",
    [
        {"issuer": "https://kwaad.example"},
        {"token_endpoint": "http://kwaad.example/token"},
        {"authorization_endpoint": "javascript:alert(1)"},
        {"jwks_uri": None},
        {"code_challenge_methods_supported": ["plain"]},
    ],
    ids=lambda said: next(iter(said)),
)
def test_a_discovery_document_that_is_not_right_is_refused(
    municipality: Municipality, person: User, said: dict[str, Any]
) -> None:
    municipality.discovery = said
    assert Client().get(VIA).status_code == 400


def test_a_wrong_secret_of_ours_reads_as_a_fault(municipality: Municipality, person: User) -> None:
    municipality.secret = "vernieuwd"
    browser = Client()
    assert through(browser).status_code == 400
    assert not is_in(browser)


def test_the_secret_goes_in_the_form_where_the_provider_wants_it(municipality: Municipality, person: User) -> None:
    municipality.discovery = {"token_endpoint_auth_methods_supported": ["client_secret_post"]}
    browser = Client()
    through(browser)
    assert is_in(browser)


def test_a_new_key_is_looked_for_and_one_that_was_made_up_not_for_ever(
    municipality: Municipality, person: User
) -> None:
    through(Client())
    municipality.keys = [oidc_provider.ec_key("second"), *municipality.keys]
    browser = Client()
    through(browser)
    assert is_in(browser)
    municipality.bend = lambda claims, header: header.update(kid="made-up")
    before = municipality.asked.count("/keys")
    for _ in range(4):
        assert through(Client()).status_code == 400
    assert municipality.asked.count("/keys") == before


def test_what_a_provider_says_of_itself_is_asked_once(municipality: Municipality, person: User) -> None:
    for _ in range(3):
        through(Client())
    assert municipality.asked.count("/.well-known/openid-configuration") == 1
    assert municipality.asked.count("/keys") == 1


def test_an_unknown_provider_is_no_page(municipality: Municipality) -> None:
    assert Client().get("/loket/aanmelden/via/nergens/").status_code == 404
    assert Client().get("/loket/aanmelden/via/nergens/terug/").status_code == 404


def test_tries_are_limited(municipality: Municipality, settings: Any) -> None:
    settings.NAAST_LIMITS = {**settings.NAAST_LIMITS, "signin": 2}
    browser = Client()
    assert [browser.get(VIA).status_code for _ in range(3)] == [302, 302, 429]


# ---------- what is kept ----------


def test_nothing_of_what_the_provider_said_is_kept_or_logged(
    municipality: Municipality, person: User, caplog: pytest.LogCaptureFixture
) -> None:
    municipality.person.update(sub="ZOEKBAAR-NUMMER", name="Zoekbare Naam", groups=["zoekbare-groep"])
    said: list[str] = []
    inner = municipality.token
    municipality.token = lambda nonce: said.append(inner(nonce)) or said[-1]  # type: ignore[method-assign]
    with caplog.at_level(logging.DEBUG):
        through(Client())
        municipality.person["email_verified"], municipality.person["sub"] = False, "ZOEKBAAR-ANDER"
        through(Client())
    needles = ["ZOEKBAAR", "Zoekbare", "zoekbare", *said, *(token.split(".")[1] for token in said)]
    kept = [(table, needle) for table, text in everything_stored() for needle in needles if needle in text]
    assert kept == []
    ours = " ".join(record.getMessage() for record in caplog.records if record.name.startswith("naast"))
    assert "address" in ours
    assert [needle for needle in (*needles, ADDRESS) if needle in ours] == []


def test_the_link_is_found_again_after_the_oldest_key_went(
    municipality: Municipality, person: User, settings: Any
) -> None:
    from naast.people.oidc.actions import make_findable_again

    through(Client())
    ring = dict(settings.NAAST_KEYRING)
    newest = next(iter(ring))
    settings.NAAST_KEYRING = {newest: ring[newest]}
    assert make_findable_again() == 1
    assert make_findable_again() == 0
    municipality.person["email_verified"] = False
    browser = Client()
    through(browser)
    assert is_in(browser)


def test_the_link_heals_itself_when_nobody_turned_the_keys_yet(
    municipality: Municipality, person: User, settings: Any
) -> None:
    through(Client())
    ring = dict(settings.NAAST_KEYRING)
    newest = next(iter(ring))
    settings.NAAST_KEYRING = {newest: ring[newest]}
    browser = Client()
    through(browser)
    assert is_in(browser)
    assert SignInLink.objects.count() == 1


# ---------- the sign-in page ----------


def test_the_page_is_as_it_was_where_nobody_has_a_provider(settings: Any) -> None:
    settings.NAAST_SIGN_INS = ()
    assert "via/" not in Client().get(SIGN_IN).content.decode()


def test_one_button_a_municipality_and_next_travels_along(municipality: Municipality) -> None:
    page = Client().get(SIGN_IN, {"next": "/loket/?lijst=new"}).content.decode()
    assert "Aanmelden via gemeente Enschede" in page
    assert f'href="{VIA}?next=%2Floket%2F%3Flijst%3Dnew"' in page


def test_many_become_a_list_to_choose_from(municipality: Municipality, settings: Any) -> None:
    slugs = ("enschede", "houten", "twente", "hengelo")
    settings.NAAST_SIGN_INS = tuple(
        municipality.provider(slug=slug, place=slug, name=f"plaats {slug}") for slug in slugs
    )
    page = Client().get(SIGN_IN).content.decode()
    assert "<select" in page
    assert "/via/" not in page
    chosen = Client().get(SIGN_IN, {"bij": "houten"}).content.decode()
    assert 'href="/loket/aanmelden/via/houten/"' in chosen


def test_signing_out_says_that_the_municipality_s_own_session_may_be_open(
    municipality: Municipality, person: User
) -> None:
    browser = Client()
    through(browser)
    answer = browser.post("/loket/afmelden/")
    assert answer.headers["Location"] == f"{SIGN_IN}?uit=1&bij=enschede"
    assert "gedeelde computer" in browser.get(answer.headers["Location"]).content.decode()


def test_who_is_signed_in_already_is_led_to_their_work(municipality: Municipality, person: User) -> None:
    browser = sign_in(Client(), person)
    assert browser.get(VIA).headers["Location"] == "/loket/"
    assert municipality.asked == []


def test_a_half_sign_in_of_somebody_else_does_not_leak_into_this_one(municipality: Municipality, person: User) -> None:
    other = UserFactory()
    GrantFactory(user=other, scope_kind=by_slug("enschede").kind, scope_id=by_slug("enschede").id)
    TOTP.activate(other, generate_totp_secret())
    browser = Client()
    assert browser.post(SIGN_IN, {"login": other.email, "password": PASSWORD}).headers["Location"] == CODE
    through(browser)
    assert browser.session["_auth_user_id"] == str(person.pk)
    assert [one["method"] for one in browser.session["account_authentication_methods"]] == ["oidc"]
