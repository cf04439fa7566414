"""Codes: how they are made, typed and found; when a locker closes by itself."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from naast.lockers import rules

KEY = b"k" * 32
SALT = b"s" * 32
codes = st.lists(st.sampled_from(rules.words()), min_size=5, max_size=5).map(tuple)


@given(st.binary(min_size=16, max_size=16))
def test_the_same_number_always_gives_the_same_five_words(nonce):
    code = rules.derive_words(key=KEY, nonce=nonce)
    assert code == rules.derive_words(key=KEY, nonce=nonce)
    assert len(code) == 5
    assert set(code) <= set(rules.words())


@given(st.binary(min_size=16, max_size=16), st.binary(min_size=16, max_size=16))
def test_another_number_or_key_gives_another_code(one, two):
    if one != two:
        assert rules.derive_words(key=KEY, nonce=one) != rules.derive_words(key=KEY, nonce=two)
    assert rules.derive_words(key=KEY, nonce=one) != rules.derive_words(key=b"q" * 32, nonce=one)


def test_all_places_of_a_code_use_the_whole_list():
    drawn = [rules.derive_words(key=KEY, nonce=number.to_bytes(16, "big")) for number in range(3_000)]
    for place in range(5):
        assert len({code[place] for code in drawn}) > 2_000  # 3,000 draws of 4,096: about 2,130 different


@given(
    codes,
    st.sampled_from([" ", "  ", "-", " - ", ", ", "\n", "; ", "\t"]),
    st.sampled_from([str, str.upper, str.title]),
)
def test_case_spaces_and_hyphens_make_no_difference(code, between, case):
    typed = rules.read_code(f"  {case(between.join(code))} ")
    assert typed.words == code
    assert typed.complete


@pytest.mark.parametrize(
    "text",
    [
        "1. wilg 2. hond 3. lantaarn 4. dinsdag 5. kaas",
        "1 wilg 2 hond 3 lantaarn 4 dinsdag 5 kaas",
        "1) WILG\n2) Hond\n3) Lantaarn\n4) dinsdag\n5) kaas",
        "wilg-hond-lantaarn-dinsdag-kaas.",
        "“wilg hónd lantaarn dinsdag kaas”",
    ],
)
def test_numbering_and_accents_make_no_difference(text, monkeypatch):
    monkeypatch.setattr(rules, "_known", lambda: frozenset(["wilg", "hond", "lantaarn", "dinsdag", "kaas"]))
    assert rules.read_code(text) == rules.Typed(("wilg", "hond", "lantaarn", "dinsdag", "kaas"))


def test_a_mistyped_word_is_named_with_the_word_most_like_it():
    word = "lantaarn"
    assert word in rules.words()
    typed = rules.read_code(f"lantarn {word} {word} {word} {word}")
    assert typed.unknown == (("lantarn", word),)
    assert not typed.complete


@given(st.text(max_size=300))
def test_anything_typed_is_read_without_fault(text):
    typed = rules.read_code(text)
    assert typed.complete == (len(typed.words) == 5 and not typed.unknown)


@settings(max_examples=5, deadline=None)
@given(codes)
def test_the_locator_is_the_same_for_the_same_code_and_differs_by_salt(code):
    found = rules.locator(code, salt=SALT)
    assert len(found) == 32
    assert found == rules.locator(code, salt=SALT)
    assert found != rules.locator(code, salt=b"t" * 32)


@pytest.mark.parametrize(("idle", "ended"), [(0, False), (1_200, False), (1_201, True), (-5, True)])
def test_a_locker_closes_after_twenty_idle_minutes(idle, ended):
    assert rules.session_ended(last_seen=1_000_000, now=1_000_000 + idle) is ended


def test_an_empty_locker_is_erased_after_twelve_months_with_notice_a_month_before():
    today = date(2027, 1, 1)
    assert rules.unused_since(today) == date(2026, 1, 1)
    assert rules.notice_since(today) - rules.unused_since(today) == timedelta(days=30)
