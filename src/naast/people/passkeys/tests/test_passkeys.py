"""Passkeys: added and named by their owner, both steps at once, of one host, and never the last one away."""

import html
import json
import re
from contextlib import suppress
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core.cache import caches
from django.core.exceptions import ValidationError
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from naast.core.models import AuditLine
from naast.people import actions as people
from naast.people.models import User
from naast.people.passkeys import actions
from naast.people.passkeys.forms import CredentialField
from naast.people.passkeys.queries import factors_of
from naast.people.passkeys.rules import may_remove, passkeys_work_at
from naast.people.passkeys.tests.factories import SoftPasskey
from naast.people.tests.at_once import at_once
from naast.people.tests.factories import PASSWORD, UserFactory, sign_in

SIGN_IN = "/loket/aanmelden/"
CODE = "/loket/aanmelden/code/"
PHONE = "/loket/aanmelden/telefoon/"
ADD = "/loket/aanmelden/sleutel/"
CODES = "/loket/aanmelden/herstelcodes/"
ACCOUNT = "/loket/account/"
AGAIN = "/loket/aanmelden/bevestigen/"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh_counters() -> None:
    for name in ("default", "shared", "limits"):
        caches[name].clear()


@pytest.fixture
def person() -> User:
    return UserFactory()


def a_browser(**headers: Any) -> Client:
    return Client(SERVER_NAME="localhost", **headers)


def options_in(page: str) -> dict[str, Any]:
    """Read from a page what its button hands to the browser."""
    found = re.search(r'data-options="([^"]+)"', page)
    assert found, "no button for a passkey"
    return dict(json.loads(html.unescape(found[1])))


def with_passkey(person: User, name: str = "mijn laptop") -> SoftPasskey:
    """Add a passkey on somebody's own page."""
    browser, key = sign_in(a_browser(), person), SoftPasskey()
    options = options_in(browser.get(ADD).content.decode())
    answer = browser.post(ADD, {"name": name, "credential": key.made(options)})
    assert answer.status_code == 302, answer.content.decode()
    return key


def passkeys_of(person: User) -> list[str]:
    return [key.name for key in factors_of(person).passkeys]


# ---------- adding ----------


def test_a_passkey_is_added_under_the_name_that_its_owner_gives(person: User) -> None:
    TOTP.activate(person, generate_totp_secret())
    with_passkey(person, "de sleutel aan mijn bos")
    assert passkeys_of(person) == ["de sleutel aan mijn bos"]
    assert "de sleutel aan mijn bos" in sign_in(a_browser(), person).get(ACCOUNT).content.decode()


def test_no_name_or_a_long_one_loses_no_passkey(person: User) -> None:
    with_passkey(person, "")
    with_passkey(person, "x" * 200)
    assert passkeys_of(person) == ["Sleutel 1", "x" * 60]


def test_who_has_no_phone_sets_up_a_passkey_as_the_second_step(person: User) -> None:
    browser = a_browser()
    browser.post(SIGN_IN, {"login": person.email, "password": PASSWORD})
    assert ADD in browser.get(PHONE).content.decode()
    before = browser.session.session_key
    made = SoftPasskey().made(options_in(browser.get(ADD).content.decode()))
    answer = browser.post(ADD, {"name": "laptop", "credential": made})
    assert answer.headers["Location"] == CODES
    assert browser.session.session_key != before
    assert len(re.findall(r"<li>\d{4} \d{4} \d{4}</li>", browser.get(CODES).content.decode())) == 10
    assert browser.get(ACCOUNT).status_code == 200


def test_a_password_alone_adds_no_passkey_beside_the_step_that_is_there(person: User) -> None:
    TOTP.activate(person, generate_totp_secret())
    browser = a_browser()
    browser.force_login(person)  # a session that proved no second step
    assert browser.get(ADD).headers["Location"].startswith((SIGN_IN, AGAIN))
    sign_in(browser, person)
    session = browser.session
    session["account_authentication_methods"] = [{"method": "password", "at": 9e12}]
    session.save()
    assert browser.get(ADD).headers["Location"] == SIGN_IN
    assert browser.get(PHONE).headers["Location"].startswith(SIGN_IN)
    assert passkeys_of(person) == []


def test_adding_asks_for_a_fresh_sign_in(person: User) -> None:
    assert sign_in(a_browser(), person, minutes_ago=11).get(ADD).headers["Location"].startswith(AGAIN)


@pytest.mark.parametrize(
    "key", [SoftPasskey(verifies=False), SoftPasskey(host="elders.example")], ids=["no pin", "host"]
)
def test_a_key_that_asks_nothing_or_belongs_elsewhere_is_refused(person: User, key: SoftPasskey) -> None:
    browser = sign_in(a_browser(), person)
    made = key.made(options_in(browser.get(ADD).content.decode()))
    answer = browser.post(ADD, {"name": "mijn laptop", "credential": made})
    assert answer.status_code == 200
    assert "mijn laptop" in answer.content.decode()
    assert passkeys_of(person) == []


def test_a_challenge_serves_once(person: User) -> None:
    browser = sign_in(a_browser(), person)
    made = SoftPasskey().made(options_in(browser.get(ADD).content.decode()))
    browser.post(ADD, {"name": "een", "credential": made})
    assert browser.post(ADD, {"name": "twee", "credential": made}).status_code == 200
    assert passkeys_of(person) == ["een"]


# ---------- signing in ----------


def test_a_passkey_is_both_steps_at_once(person: User) -> None:
    key, browser = with_passkey(person), a_browser()
    options = browser.get(SIGN_IN, {"sleutel": "1"}).json()
    answer = browser.post(SIGN_IN, {"credential": key.used(options)})
    assert answer.status_code == 302, answer.content.decode()
    assert browser.get(ACCOUNT).status_code == 200


def test_a_passkey_leads_on_to_where_somebody_was_going(person: User) -> None:
    key, browser = with_passkey(person), a_browser()
    options = browser.get(SIGN_IN, {"sleutel": "1"}).json()
    answer = browser.post(SIGN_IN, {"credential": key.used(options), "next": "/loket/account/?x=1"})
    assert answer.headers["Location"] == "/loket/account/?x=1"


def test_a_passkey_is_the_second_step_after_the_password(person: User) -> None:
    key, browser = with_passkey(person), a_browser()
    answer = browser.post(SIGN_IN, {"login": person.email, "password": PASSWORD})
    assert answer.headers["Location"] == CODE
    options = options_in(browser.get(CODE).content.decode())
    assert browser.post(CODE, {"credential": key.used(options)}).status_code == 302
    assert browser.get(ACCOUNT).status_code == 200


def test_a_passkey_proves_it_again_before_what_matters(person: User) -> None:
    key = with_passkey(person)
    browser = sign_in(a_browser(), person, minutes_ago=11)
    options = options_in(browser.get(AGAIN, {"next": ADD}).content.decode())
    assert browser.post(AGAIN, {"next": ADD, "again_passkey": key.used(options)}).headers["Location"] == ADD
    assert browser.get(ADD).status_code == 200


def test_an_answer_that_was_heard_before_opens_nothing(person: User) -> None:
    """A replay: the challenge belongs to one session and serves once."""
    key, browser = with_passkey(person), a_browser()
    said = key.used(browser.get(SIGN_IN, {"sleutel": "1"}).json())
    browser.post(SIGN_IN, {"credential": said})
    other = a_browser()
    assert other.post(SIGN_IN, {"credential": said}).status_code == 200
    other.get(SIGN_IN, {"sleutel": "1"})
    assert other.post(SIGN_IN, {"credential": said}).status_code == 200
    assert "_auth_user_id" not in other.session


def test_the_passkey_of_somebody_else_opens_nothing(person: User) -> None:
    theirs, other = with_passkey(UserFactory()), UserFactory()
    mine = with_passkey(person)
    browser = a_browser()
    options = browser.get(SIGN_IN, {"sleutel": "1"}).json()
    mine.owner = theirs.owner  # signs with its own key and says to be another
    assert browser.post(SIGN_IN, {"credential": mine.used(options)}).status_code == 200
    browser = a_browser()
    with_passkey(other)
    browser.post(SIGN_IN, {"login": other.email, "password": PASSWORD})
    options = options_in(browser.get(CODE).content.decode())
    assert browser.post(CODE, {"credential": theirs.used(options)}).status_code == 200
    assert "_auth_user_id" not in browser.session


def test_a_closed_account_opens_with_no_passkey(person: User) -> None:
    key, browser = with_passkey(person), a_browser()
    people.close_account(user=person)
    options = browser.get(SIGN_IN, {"sleutel": "1"}).json()
    assert browser.post(SIGN_IN, {"credential": key.used(options)}).status_code == 200
    assert "_auth_user_id" not in browser.session


BAD = [
    "",
    "null",
    "[]",
    "1",
    '"tekst"',
    "{}",
    '{"response": {}}',
    '{"response": 3}',
    '{"id": "a", "rawId": "a", "response": {"clientDataJSON": "!!", "authenticatorData": "AA", "signature": "AA"}}',
    '{"id": 1, "rawId": [], "response": {"userHandle": {}, "clientDataJSON": "e30"}}',
    '{"response": {"userHandle": "bm9ib2R5", "clientDataJSON": "e30", "authenticatorData": "AA", "signature": "AA"}}',
    "{" * 5000,
    '{"a":' * 5000 + "1" + "}" * 5000,
    "x" * 30_000,
]


@pytest.mark.parametrize("bad", BAD, ids=range(len(BAD)))
def test_what_no_passkey_says_gets_one_clear_sentence(person: User, bad: str) -> None:
    with_passkey(person)
    stranger = a_browser()
    stranger.get(SIGN_IN, {"sleutel": "1"})
    known = sign_in(a_browser(), person)
    known.get(ADD)
    for browser, path in ((stranger, SIGN_IN), (known, ADD)):
        answer = browser.post(path, {"name": "x", "credential": bad})
        assert answer.status_code == 200
        assert "naast-sum" in answer.content.decode()
    assert "_auth_user_id" not in stranger.session
    assert len(passkeys_of(person)) == 1


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(), lambda x: st.dictionaries(st.text(), x)))
@pytest.mark.django_db(transaction=False)
def test_no_json_breaks_the_form(thing: Any) -> None:
    field = CredentialField(required=False)
    found = None
    with suppress(ValidationError):
        found = field.clean(json.dumps(thing))
    assert found is None or isinstance(found["response"], dict)


# ---------- at bare digits ----------


@pytest.mark.parametrize(
    ("host", "works"),
    [
        ("localhost:8000", True),
        ("naast.example", True),
        ("loket.naast.example:443", True),
        ("127.0.0.1:8000", False),
        ("[::1]:8000", False),
        ("10.0.0.7", False),
        ("", False),
    ],
)
def test_passkeys_live_at_names(host: str, works: bool) -> None:
    assert passkeys_work_at(host) is works


def test_at_bare_digits_the_pages_say_so_and_offer_the_other_ways(person: User) -> None:
    with_passkey(person)
    digits = Client(SERVER_NAME="127.0.0.1")
    assert "data-passkey" not in digits.get(SIGN_IN).content.decode()
    digits.post(SIGN_IN, {"login": person.email, "password": PASSWORD})
    page = digits.get(CODE).content.decode()
    assert "data-passkey" not in page
    assert 'name="code"' in page
    page = sign_in(Client(SERVER_NAME="127.0.0.1"), person).get(ADD).content.decode()
    assert "127.0.0.1" in page
    assert "data-passkey" not in page


# ---------- renaming and removing ----------


def test_a_passkey_gets_another_name(person: User) -> None:
    with_passkey(person)
    (key,) = factors_of(person).passkeys
    browser = sign_in(a_browser(), person)
    path = f"/loket/account/sleutels/{key.id}/naam/"
    assert "mijn laptop" in browser.get(path).content.decode()
    assert browser.post(path, {"name": ""}).status_code == 200
    assert browser.post(path, {"name": "oude laptop"}).headers["Location"] == f"{ACCOUNT}?sleutel=naam"
    assert passkeys_of(person) == ["oude laptop"]


def test_the_last_second_step_stays(person: User) -> None:
    with_passkey(person)
    (key,) = factors_of(person).passkeys
    browser = sign_in(a_browser(), person)
    path = f"/loket/account/sleutels/{key.id}/weg/"
    assert "<form" not in browser.get(path).content.decode().split("<main")[1]
    assert browser.post(path).status_code == 200
    assert passkeys_of(person) == ["mijn laptop"]
    TOTP.activate(person, generate_totp_secret())
    assert browser.post(path).headers["Location"] == f"{ACCOUNT}?sleutel=weg"
    assert passkeys_of(person) == []


def test_a_removed_passkey_opens_nothing(person: User) -> None:
    key = with_passkey(person)
    with_passkey(person, "een andere")
    actions.remove_passkey(user=person, passkey_id=factors_of(person).passkeys[0].id)
    browser = a_browser()
    options = browser.get(SIGN_IN, {"sleutel": "1"}).json()
    assert browser.post(SIGN_IN, {"credential": key.used(options)}).status_code == 200


def test_nobody_touches_the_passkey_of_somebody_else(person: User) -> None:
    other = UserFactory()
    with_passkey(other)
    (key,) = factors_of(other).passkeys
    browser = sign_in(a_browser(), person)
    for verb in ("naam", "weg"):
        assert browser.get(f"/loket/account/sleutels/{key.id}/{verb}/").status_code == 404
        assert browser.post(f"/loket/account/sleutels/{key.id}/{verb}/", {"name": "x"}).status_code == 404
    with pytest.raises(people.NotYours):
        actions.remove_passkey(user=person, passkey_id=key.id)
    assert passkeys_of(other) == ["mijn laptop"]


def test_what_happened_to_a_passkey_stands_in_the_access_log(person: User) -> None:
    with_passkey(person)
    with_passkey(person, "tweede")
    first = factors_of(person).passkeys[0].id
    actions.rename_passkey(user=person, passkey_id=first, name="x")
    actions.remove_passkey(user=person, passkey_id=first)
    lines = AuditLine.objects.filter(kind="mfa.Authenticator", record_id=str(first)).order_by("pk")
    assert [line.act for line in lines] == ["add", "rename", "remove"]


@given(st.lists(st.sampled_from(["totp", "webauthn", "recovery_codes"]), max_size=5))
def test_after_removing_one_there_is_always_another(kinds: list[str]) -> None:
    real = [kind for kind in kinds if kind != "recovery_codes"]
    assert may_remove(kinds) is (len(real) >= 2)


@pytest.mark.django_db(transaction=True)
def test_two_removals_at_once_leave_one() -> None:
    person = UserFactory()
    with_passkey(person)
    with_passkey(person, "tweede")
    ids = [key.id for key in factors_of(person).passkeys]
    ended = at_once([lambda one=one: actions.remove_passkey(user=person, passkey_id=one) for one in ids])
    assert sorted(type(one).__name__ for one in ended) == ["LastFactor", "NoneType"]
    assert Authenticator.objects.filter(user=person, type="webauthn").count() == 1
