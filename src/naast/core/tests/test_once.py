"""One-time numbers."""

from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from naast.core import clock, once


def test_a_fresh_number_is_known_again():
    token = once.issue()
    assert once.read(token).state == "fresh"
    assert once.read(token) == once.read(token)


def test_after_twelve_hours_it_is_stale_but_still_the_same_number():
    token = once.issue()
    with clock.frozen(clock.now() + timedelta(hours=12, minutes=1)):
        late = once.read(token)
    assert late.state == "stale"
    assert late.digest == once.read(token).digest


@given(st.text(max_size=120))
def test_what_is_not_ours_is_forged_and_never_an_error(text):
    assert once.read(text).state == "forged"


@given(st.integers(min_value=0, max_value=60))
def test_a_changed_character_is_noticed(position):
    token = once.issue()
    position %= len(token)
    changed = token[:position] + ("A" if token[position] != "A" else "B") + token[position + 1 :]
    if changed.rstrip("AEIMQUYcgkosw048") != token.rstrip("AEIMQUYcgkosw048"):
        assert once.read(changed).state == "forged"


def test_it_names_the_ring_key_it_was_made_with(settings):
    token = once.issue()
    ring = dict(settings.NAAST_KEYRING)
    settings.NAAST_KEYRING = {"k9": b"9" * 32, **ring}
    assert once.read(token).state == "fresh"
    assert once.read(token).key_id == next(iter(ring))
    assert once.read(once.issue()).key_id == "k9"


@pytest.mark.django_db(transaction=True)
def test_it_can_be_used_once():
    number = once.read(once.issue())
    with transaction.atomic():
        assert once.claim(number, "question")
        assert not once.claim(number, "question")


@pytest.mark.django_db
def test_it_is_forgotten_after_a_day():
    number = once.read(once.issue())
    once.claim(number, "question")
    with clock.frozen(clock.now() + timedelta(hours=25)):
        assert once.forget_old() == 1
