"""Sentences: ages in every usual way, numbers that are none, and turns of phrase."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from naast.directory.search.sentences import OLDEST_AGE, ages, audiences_of, turn, where
from naast.directory.search.words import tokenise


def years(text: str) -> list[int]:
    return [age.years for age in ages(tokenise(text))]


def by_words(text: str) -> list[str]:
    words = tokenise(text)
    return [" ".join(words[age.first : age.last + 1]) for age in ages(words)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("mijn dochter van 9", [9]),
        ("mijn zoon is 15", [15]),
        ("ik ben 12", [12]),
        ("ik word 12", [12]),
        ("kind 7 jaar", [7]),
        ("een 9-jarige", [9]),
        ("een 9 jarige jongen", [9]),
        ("zoon (15)", [15]),
        ("kinderen van 4, 7 en 10", [4, 7, 10]),
        ("meisje van acht", [8]),
        ("ze is twaalf jaar", [12]),
        ("baby van 9 maanden", [0, 0]),
        ("van 18 maanden", [1]),
        ("kleuter", [5]),
        ("groep 5", [8]),
        ("groep acht", [11]),
        ("hij zit in de brugklas", [12]),
        ("2e klas", [13]),
        ("tweede klas", [13]),
        ("klas 3", [14]),
        ("3 havo", [14]),
        ("vwo 4", [15]),
    ],
)
def test_an_age_is_read_however_it_is_said(text: str, expected: list[int]) -> None:
    assert years(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "al 9 jaar getrouwd",
        "we zijn 9 jaar samen",
        "9 jaar geleden",
        "sinds 3 jaar",
        "ik ben 12 weken zwanger",
        "na 20 jaar huwelijk",
        "ik ben 42",
        "moeder van 3 kinderen",
        "over 2 weken",
        "5 euro per keer",
        "een groep voor kinderen",
        "mijn klas",
        "112",
        "7511",
    ],
)
def test_a_number_that_is_no_age_is_left_alone(text: str) -> None:
    assert years(text) == []


def test_the_words_of_an_age_are_those_that_tell_it() -> None:
    assert by_words("ik zoek iets voor mijn dochter van 9 in Almelo") == ["dochter van 9"]
    assert by_words("mijn zoon is 15 en boos") == ["zoon is 15"]
    assert by_words("hij zit in groep 5") == ["groep 5"]


def test_somebodys_own_age_is_told_from_that_of_a_child() -> None:
    assert ages(tokenise("ik ben 12"))[0].own
    assert not ages(tokenise("mijn dochter is 12"))[0].own


@pytest.mark.parametrize(
    ("text", "audiences"),
    [
        ("baby", {"ouders"}),
        ("kleuter", {"kinderen"}),
        ("ik ben 12", {"kinderen", "jongeren"}),
        ("zoon is 16", {"jongeren"}),
    ],
)
def test_an_age_tells_for_whom(text: str, audiences: set[str]) -> None:
    assert audiences_of(ages(tokenise(text))[0]) == audiences


def test_a_turn_of_phrase_holds_word_for_word() -> None:
    one = turn("mijn|onze ouders")
    assert where(one, ["dat", "onze", "ouders"]) == (1, 2)
    assert where(one, ["mijn", "lieve", "ouders"]) is None


@pytest.mark.parametrize("text", ["", "|", "a | b"])
def test_an_empty_turn_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="no turn"):
        turn(text)


SAID = (
    "van",
    "9",
    "12",
    "en",
    "is",
    "jaar",
    "groep",
    "klas",
    "ik",
    "ben",
    "al",
    "3",
    "havo",
    "baby",
    "maanden",
    "zoon",
)


@given(st.lists(st.sampled_from(SAID), max_size=14))
def test_any_row_of_words_gives_ages_inside_it(words: list[str]) -> None:
    for age in ages(words):
        assert 0 <= age.first <= age.last < len(words)
        assert 0 <= age.years <= OLDEST_AGE
