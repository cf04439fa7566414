"""What differs, what clashes, which words came and went, what looks like a double."""

from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from naast.directory.editing import doubles, rules
from naast.directory.editing.doubles import Sketch


@given(st.text(max_size=200), st.text(max_size=200))
def test_a_diff_of_words_holds_both_texts_whole(old, new):
    pieces = rules.word_diff(old, new)

    assert "".join(piece.text for piece in pieces if piece.kind != "new") == old
    assert "".join(piece.text for piece in pieces if piece.kind != "gone") == new


def test_a_diff_names_the_words_that_came_and_went():
    pieces = rules.word_diff("Je praat met iemand", "Je praat met twee mensen")

    assert [(p.kind, p.text) for p in pieces if p.kind != "same"] == [("gone", "iemand"), ("new", "twee mensen")]


def test_a_diff_of_one_word_said_two_thousand_times_comes_at_once():
    pieces = rules.word_diff("a " * 2000, "a b " * 1000)

    assert sum(p.text.count("a") for p in pieces if p.kind == "same") == 1000


@pytest.mark.parametrize(
    ("name", "one", "other"),
    [
        ("audiences", ["ouders", "kinderen"], ["kinderen", "ouders"]),
        ("phone", "", None),
        ("summary", " Een  zin ", "Een zin"),
        ("opening", None, []),
        ("locations", [{"street": "Markt 1", "town": "Borne", "name": ""}], [{"street": "Markt 1", "town": "Borne"}]),
    ],
)
def test_what_says_the_same_is_no_difference(name, one, other):
    assert rules.same(name, one, other)


def test_three_values_tell_whether_somebody_else_was_first():
    field = {"old": "a", "new": "b"}

    assert [rules.clash("name", field, now) for now in ("a", "b", "c")] == ["clean", "same", "clash"]


@given(st.dictionaries(st.sampled_from("abcdef"), st.sampled_from("abcdef")), st.sampled_from("abcdef"))
def test_following_old_addresses_always_ends(leads, start):
    end = rules.slug_path(start, leads)

    assert end is None or end not in leads


@given(st.text(max_size=300), st.sets(st.sampled_from(["hulp", "kies", "kies-2"])))
def test_a_fresh_slug_is_an_address_nobody_has(name, taken):
    made = rules.fresh_slug(name, taken)

    assert made not in taken
    assert made.replace("-", "").isalnum()
    assert made.isascii()
    assert len(made) <= 100


@pytest.mark.parametrize("phone", ["053 - 123 45 67", "+31 53 1234567", "0031531234567", "(053) 1234567"])
def test_one_number_is_written_in_many_ways(phone):
    assert doubles.phone_key(phone) == "0531234567"


@pytest.mark.parametrize(
    "site", ["https://www.kies.nl/", "http://kies.nl", "https://kies.nl/?utm=1", "HTTPS://KIES.NL#x"]
)
def test_one_site_is_written_in_many_ways(site):
    assert doubles.site_key(site) == "kies.nl"


def sketch(name: str, **more: object) -> Sketch:
    return Sketch(id=uuid4(), name=name, **more)


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        (sketch("KIES in de klas"), sketch("Kies in de Klas"), True),
        (sketch("KIES"), sketch("KIES (Enschede)"), False),
        (sketch("KIES", phone="053 123"), sketch("KIES (Enschede)", phone="053-123"), True),
        (sketch("Maatje voor ouders", phone="0531234567"), sketch("Rouwgroep", phone="053-1234567"), False),
        (
            sketch("Groep voor ouders", organisation="a", website="https://a.nl"),
            sketch("Groep voor kinderen", organisation="a", website="https://a.nl"),
            False,
        ),
        (sketch("Loket", area=frozenset({"borne"})), sketch("Loket", area=frozenset({"houten"})), False),
        (sketch(""), sketch(""), False),
    ],
)
def test_doubles_are_those_that_sound_alike_and_not_all_of_one_house(one, other, alike):
    assert bool(doubles.likeness(one, other).score) is alike


@given(st.text(max_size=60), st.text(max_size=60))
def test_likeness_does_not_depend_on_who_comes_first(one, other):
    a, b = sketch(one), sketch(other)

    assert doubles.likeness(a, b) == doubles.likeness(b, a)
