"""Recovery codes: shown once, each good for once, kept so that nobody can read them again."""

import re
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal import auth
from django.core.cache import caches
from django.test import Client

from naast.people.adapters import MFAAdapter
from naast.people.models import User
from naast.people.recovery import HashedCodes, codes_left, hash_old_codes
from naast.people.tests.at_once import at_once
from naast.people.tests.factories import PASSWORD, UserFactory, sign_in

pytestmark = pytest.mark.django_db

CODES = "/loket/aanmelden/herstelcodes/"
NEW = "/loket/aanmelden/herstelcodes/nieuw/"
SEED = "5eed" * 20


@pytest.fixture(autouse=True)
def fresh_counters() -> None:
    for name in ("default", "shared", "limits"):
        caches[name].clear()


@pytest.fixture
def person() -> User:
    """Somebody with an app and recovery codes that were not shown yet."""
    user = UserFactory()
    Authenticator.objects.create(
        user=user, type=Authenticator.Type.TOTP, data={"secret": MFAAdapter().encrypt("ABCDEFGHABCDEFGH")}
    )
    HashedCodes.activate(user)
    return user


def row_of(person: User) -> Authenticator:
    return Authenticator.objects.get(user=person, type=Authenticator.Type.RECOVERY_CODES)


def an_old_set(person: User, *, viewed: bool = True, used: int = 0) -> list[str]:
    """The codes as allauth alone keeps them: a seed from which all follow. Returns them."""
    row = row_of(person)
    row.data = {"seed": MFAAdapter().encrypt(SEED), "used_mask": used, **({"viewed_at": 1.0} if viewed else {})}
    row.save()
    return HashedCodes(row).generate_codes()


def enter(person: User, code: str) -> Any:
    browser = Client()
    browser.post("/loket/aanmelden/", {"login": person.email, "password": PASSWORD})
    browser.post("/loket/aanmelden/code/", {"code": code})
    return browser.get("/loket/account/")


def shown_to(person: User) -> list[str]:
    page = sign_in(Client(), person).get(CODES).content.decode()
    return re.findall(r"<li>(\d{4} \d{4} \d{4})</li>", page)


def test_ten_codes_are_shown_once(person: User) -> None:
    assert len(set(shown_to(person))) == 10
    assert shown_to(person) == []
    assert codes_left(person) == 10


def test_no_code_can_be_read_from_what_is_kept(person: User) -> None:
    codes = [code.replace(" ", "") for code in shown_to(person)]
    kept = str(row_of(person).data)
    assert not any(code in kept for code in codes)
    assert "seed" not in kept
    assert row_of(person).wrap().generate_codes() == []
    assert set(row_of(person).wrap().get_unused_codes()) == {""}


def test_allauth_uses_ours(person: User) -> None:
    assert isinstance(row_of(person).wrap(), HashedCodes)
    assert auth.RecoveryCodes is HashedCodes


@pytest.mark.parametrize("shape", ["{}", " {} ", "{}".replace("{}", "{}")])
def test_a_code_opens_once_however_it_is_spaced(person: User, shape: str) -> None:
    first, second = shown_to(person)[:2]
    assert enter(person, shape.format(first)).status_code == 200
    assert enter(person, first).status_code == 302
    assert enter(person, second.replace(" ", "-")).status_code == 200
    assert codes_left(person) == 8


def test_after_using_one_the_page_says_how_many_are_left(person: User) -> None:
    page = enter(person, shown_to(person)[0]).content.decode()
    assert "Je hebt er nog 9" in page
    assert "9 herstelcodes over" in page


def test_new_codes_replace_the_old_ones(person: User) -> None:
    old = shown_to(person)[0]
    browser = sign_in(Client(), person)
    assert browser.post(NEW).headers["Location"] == CODES
    assert len(re.findall(r"<li>\d{4} \d{4} \d{4}</li>", browser.get(CODES).content.decode())) == 10
    assert enter(person, old).status_code == 302


def test_making_new_ones_asks_for_a_fresh_sign_in(person: User) -> None:
    stale = sign_in(Client(), person, minutes_ago=11)
    assert stale.get(NEW).status_code == 302
    before = row_of(person).pk
    stale.post(NEW)
    assert row_of(person).pk == before


@pytest.mark.parametrize(
    "wrong", ["", "123", "000000000000", "0" * 13, "abcdefghijkl", "0000-0000-0000", "１２３４" * 3]
)
def test_another_number_opens_nothing(person: User, wrong: str) -> None:
    shown_to(person)
    assert enter(person, wrong).status_code == 302
    assert codes_left(person) == 10


def test_who_has_no_codes_has_no_page(person: User) -> None:
    row_of(person).delete()
    assert sign_in(Client(), person).get(CODES).status_code == 404


# ---------- codes of before ----------


def test_codes_of_before_become_hashes_after_an_upgrade_and_still_work(person: User) -> None:
    codes = an_old_set(person, used=0b1)
    assert "1" in hash_old_codes()
    assert "seed" not in row_of(person).data
    assert codes_left(person) == 9
    assert enter(person, codes[0]).status_code == 302
    assert enter(person, codes[1]).status_code == 200
    assert hash_old_codes() == ""


def test_codes_of_before_that_nobody_saw_are_made_anew(person: User) -> None:
    an_old_set(person, viewed=False)
    hash_old_codes()
    assert len(shown_to(person)) == 10


def test_a_code_of_before_works_before_the_upgrade_ran(person: User) -> None:
    codes = an_old_set(person)
    assert enter(person, codes[3]).status_code == 200
    assert "seed" not in row_of(person).data
    assert codes_left(person) == 9


# ---------- two at once ----------


@pytest.mark.django_db(transaction=True)
def test_one_code_used_twice_at_once_opens_once() -> None:
    person = UserFactory()
    codes = HashedCodes.activate(person)
    code = codes.show_once()[0]
    opened = at_once([lambda: row_of(person).wrap().validate_code(code)] * 4)
    assert sorted(map(str, opened)) == ["False", "False", "False", "True"]
