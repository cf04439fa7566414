"""Turning keys: nothing is lost, nothing that is needed may go."""

import json
from argparse import Namespace

import pytest
from allauth.mfa.models import Authenticator

from naast.core import crypto
from naast.core.keys import memory
from naast.core.keys.models import PlaceKey
from naast.lockers import actions, commands, queries, rotation
from naast.lockers.models import Locker
from naast.lockers.tests.factories import EMAIL, a_locker
from naast.people.adapters import MFAAdapter
from naast.people.tests.factories import UserFactory

pytestmark = pytest.mark.django_db
OLD, NEW = b"o" * 32, b"n" * 32


def ring_of_the_place(locker: Locker) -> str:
    """Return the ring key under which the key of the locker's place lies."""
    row = PlaceKey.objects.get(place_id=locker.place_id)
    assert crypto.envelope(bytes(row.wrapped)).ring_id == row.ring_id
    return row.ring_id


def stored(locker: Locker) -> bytes:
    return bytes(Locker.objects.filter(pk=locker.pk).values_list("email", flat=True).get())


@pytest.fixture
def turned(places, settings):
    """A locker with an address, made under an old key and salt; a new key and salt stand in front."""
    settings.NAAST_KEYRING, settings.NAAST_LOCKER_SALTS = {"k1": OLD}, {"1": OLD}
    made = a_locker(email=EMAIL)
    settings.NAAST_KEYRING, settings.NAAST_LOCKER_SALTS = {"k2": NEW, "k1": OLD}, {"2": NEW, "1": OLD}
    return made


def test_the_key_of_a_place_goes_under_the_newest_key_and_no_text_is_touched(turned):
    before = stored(turned.locker)
    assert ring_of_the_place(turned.locker) == "k1"
    report = rotation.rotate()
    assert (report.rewrapped, report.turned, report.may_go) == (1, {}, ["k1"])
    assert ring_of_the_place(turned.locker) == "k2"
    assert stored(turned.locker) == before
    assert Locker.objects.get().email == EMAIL
    assert rotation.rotate().rewrapped == 0


def test_a_text_of_before_there_were_keys_of_places_goes_under_one(turned):
    sealed = crypto.encrypt(EMAIL, model="lockers.locker", record_id=turned.locker.pk, field="email")
    Locker.objects.filter(pk=turned.locker.pk).update(email=sealed)
    assert Locker.objects.get().email == EMAIL
    assert rotation.rotate().turned == {"lockers.Locker": 1}
    assert crypto.envelope(stored(turned.locker)).place_key == PlaceKey.objects.get().pk
    assert Locker.objects.get().email == EMAIL
    assert rotation.rotate().turned == {}


def test_after_the_old_key_went_the_address_is_still_found(turned, settings):
    rotation.rotate()
    settings.NAAST_KEYRING = {"k2": NEW}
    memory.forget()
    assert rotation.rotate().indexed == 1
    assert queries.by_email(EMAIL) == [turned.locker]
    assert Locker.objects.get().email == EMAIL


def test_a_key_or_salt_that_is_needed_may_not_go(turned, settings):
    assert rotation.why_not("key", "k1") == "1 teksten of sleutels hebben k1 nog nodig."
    assert rotation.why_not("key", "k2") == "k2 is de nieuwste."
    assert rotation.why_not("salt", "1") == "1 kluisjes hebben 1 nog nodig."
    rotation.rotate()
    assert rotation.why_not("key", "k1") == ""
    assert rotation.why_not("salt", "1"), "turning keys cannot turn a salt: the code is kept nowhere"
    actions._find(tuple(turned.code.split()))
    assert rotation.why_not("salt", "1") == ""


def test_a_lost_key_is_named_and_its_texts_are_left_as_they_lie(turned, settings):
    before = stored(turned.locker)
    settings.NAAST_KEYRING = {"k3": b"t" * 32}
    memory.forget()
    Locker.objects.update(email_index="")
    report = rotation.rotate()
    assert report.lost == ["key k1"]
    assert stored(turned.locker) == before


def test_the_second_factors_of_staff_are_turned_too(turned, settings):
    settings.NAAST_KEYRING = {"k1": OLD}
    factor = Authenticator.objects.create(
        user=UserFactory(), type="totp", data={"secret": MFAAdapter().encrypt("GEHEIM")}
    )
    settings.NAAST_KEYRING = {"k2": NEW, "k1": OLD}
    assert rotation.rotate().turned["mfa.Authenticator"] == 1
    settings.NAAST_KEYRING = {"k2": NEW}
    factor.refresh_from_db()
    assert MFAAdapter().decrypt(factor.data["secret"]) == "GEHEIM"


def test_the_command_turns_and_says_so(turned, capsys):
    assert commands.run_rotate(Namespace(json=True, drop=None, drop_salt=None, place=None)) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["textsByKey"] == {"k2": 1}
    assert told["mayGo"] == ["k1"]
    assert told["lockersBySalt"] == {"1": 1}
    assert commands.run_rotate(Namespace(json=False, drop=None, drop_salt="1", place=None)) == 1
    assert "nog nodig" in capsys.readouterr().out


def test_a_new_entry_has_the_next_free_id(turned, capsys):
    commands.run_new(Namespace(salt=False))
    commands.run_new(Namespace(salt=True))
    key, salt = capsys.readouterr().out.split()
    assert key.startswith("k3:")
    assert salt.startswith("3:")
