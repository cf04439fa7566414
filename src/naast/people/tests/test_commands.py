"""`naast staff`: the first people of a place."""

import json
from urllib.parse import urlsplit

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from naast.cli import parser
from naast.people import queries
from naast.people.models import User
from naast.people.tests.factories import UserFactory, sign_in

pytestmark = pytest.mark.django_db


def run(*words: str) -> int:
    options = parser().parse_args(["staff", *words])
    return int(options.run(options))


def add(**changes: str) -> int:
    words = {"--name": "Mirte Voorbeeld", "--role": "adviser", "--place": "enschede", **changes}
    email = words.pop("email", "mirte@gemeente.example")
    return run("add", email, *(part for pair in words.items() for part in pair), "--json")


def test_adding_somebody_grants_the_role_and_prints_a_link_that_works(
    places: None, capsys: pytest.CaptureFixture[str]
) -> None:
    assert add() == 0
    made = json.loads(capsys.readouterr().out)
    (right,) = queries.rights_of(User.objects.get(email="mirte@gemeente.example"))
    assert (right.role, right.place_name) == ("adviser", "Enschede")
    assert Client().get(urlsplit(made["link"]).path, follow=True).context["validlink"] is True


def test_adding_twice_is_once(places: None) -> None:
    add()
    add()
    assert len(queries.rights_of(User.objects.get(email="mirte@gemeente.example"))) == 1


def test_who_has_a_password_gets_no_new_link(places: None, capsys: pytest.CaptureFixture[str]) -> None:
    UserFactory(email="mirte@gemeente.example")
    add()
    assert json.loads(capsys.readouterr().out)["link"] is None


@pytest.mark.parametrize(
    "changes",
    [
        {"--role": "king"},
        {"--place": "atlantis"},
        {"--place": "nederland"},
        {"email": "geen adres"},
        {"--until": "ooit"},
    ],
    ids=str,
)
def test_a_wrong_word_makes_nobody(places: None, changes: dict[str, str]) -> None:
    assert add(**changes) == 1
    assert not User.objects.exists()


def test_a_lost_phone_takes_both_steps_off_and_ends_every_session(capsys: pytest.CaptureFixture[str]) -> None:
    person = UserFactory(email="mirte@gemeente.example")
    Authenticator.objects.create(user=person, type=Authenticator.Type.TOTP, data={})
    browser = sign_in(Client(), person)
    assert run("reset", "MIRTE@gemeente.example") == 0
    assert "/loket/aanmelden/eerste-keer/" in capsys.readouterr().out
    assert browser.get("/loket/account/").status_code == 302
    assert not Authenticator.objects.exists()
    person.refresh_from_db()
    assert not person.has_usable_password()


def test_nobody_is_reset_for_an_unknown_address() -> None:
    assert run("reset", "niemand@gemeente.example") == 1
