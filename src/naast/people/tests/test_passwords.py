"""Passwords: long, and not made of what everybody tries first."""

import random
import string

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from naast.people.models import User
from naast.people.passwords import is_guessable, known_words, letters

GUESSED = [
    "wachtwoordwachtwoord1",
    "WelkomEnschede2026!",
    "W3lk0m.Enschede.2026",
    "Naast-Kluisje-2026!!",
    "Gemeente12345678",
    "aaaaaaaaaaaaaaaaaaaa",
    "abcabcabcabcabcabc",
    "1234567890123456",
    "qwertyuiopasdfghjkl",
    "P@ssw0rdP@ssw0rd",
    "Zomer2026Zomer2026!",
    "w a c h t w o o r d 1 2 3",
    "Wáchtwóórd-2027!",
    "0987654321098765",
    "FeyenoordRotterdam1",
    "loketloketloketloket",
    "!!!!Welkom01!!!!!",
    "HoiHoiHoiHoiHoiHoi9",
]
GOOD = [
    "een zin die niemand anders kent",
    "nog een zin die niemand kent",
    "een lange zin die niemand raadt 47",
    "paardenbloem lantaarn zwijgt om kwart",
    "gX7#pQ2!mZ9$vR4t",
    "8391740265913847",
    "de buurvrouw haakt groene olifanten",
    "correct horse battery staple",
]


@pytest.mark.parametrize("password", GUESSED)
def test_what_everybody_tries_is_found(password: str) -> None:
    assert is_guessable(password)


@pytest.mark.parametrize("password", GOOD)
def test_a_sentence_or_a_random_row_is_fine(password: str) -> None:
    assert not is_guessable(password)


def test_names_of_the_context_count_as_known() -> None:
    assert not is_guessable("Schiermonnikoog-tocht")
    assert is_guessable("Schiermonnikoog-2026", ["Schiermonnikoog"])


@given(st.text(max_size=80))
def test_any_text_is_judged(password: str) -> None:
    assert is_guessable(password) in (True, False)
    assert len(letters(password)) <= len(password) * 18  # one sign can fall apart into many letters


def test_random_rows_are_never_refused() -> None:
    dice = random.Random(5)
    signs = string.ascii_letters + string.digits
    refused = [row for row in ("".join(dice.choices(signs, k=16)) for _ in range(500)) if is_guessable(row)]
    assert refused == []


def test_a_very_long_one_is_judged_by_its_beginning() -> None:
    assert is_guessable("welkomnaast" * 4000)


def test_the_list_is_ours_and_tidy() -> None:
    words = known_words()
    assert len(words) > 300
    assert all(word == letters(word) and word.isalpha() for word in words)
    assert {"naast", "kluisje", "loket", "welkom", "enschede"} <= words


@pytest.mark.django_db
@pytest.mark.usefixtures("places")
@pytest.mark.parametrize(
    ("password", "says"),
    [
        ("klein", "15"),
        ("Hellendoorn-2026-!", "makkelijk te raden"),
        ("Houten2026Houten!", "makkelijk te raden"),
        ("NoorVoorbeeld2026!", "lijkt te veel op"),
        ("password12345678", "makkelijk te raden"),
    ],
)
def test_the_house_refuses_in_plain_words_and_repeats_no_password(password: str, says: str) -> None:
    person = User(email="noor.voorbeeld@gemeente.example", display_name="Noor Voorbeeld")
    with pytest.raises(ValidationError) as refused:
        validate_password(password, person)
    words = " ".join(refused.value.messages)
    assert says in words, words
    assert password not in words


@pytest.mark.django_db
@pytest.mark.usefixtures("places")
def test_the_house_takes_a_sentence() -> None:
    validate_password("de buurvrouw haakt groene olifanten", User(email="noor@gemeente.example", display_name="Noor"))
