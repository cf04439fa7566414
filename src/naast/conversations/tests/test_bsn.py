"""Citizen service numbers are found as people write them, and nothing else is taken for one."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from naast.conversations import bsn

# Numbers that pass the test; made for this purpose, as in any generator of test numbers.
GOOD = "111222333"
OTHER = "123456782"


def numbers_that_pass() -> st.SearchStrategy[str]:
    """Build them: eight digits, and the ninth that makes the sum a multiple of eleven (where there is one)."""

    def ninth(first: str) -> int:
        return sum(weight * int(digit) for weight, digit in zip(range(9, 1, -1), first, strict=True)) % 11

    eight = st.integers(1, 99_999_999).map(lambda number: f"{number:08d}").filter(lambda first: ninth(first) < 10)
    return eight.map(lambda first: f"{first}{ninth(first)}")


@pytest.mark.parametrize("written", ["111222333", "1112.22.333", "111 222 333", "111-222-333", "11 12 22 333"])
def test_a_number_is_found_with_dots_spaces_or_hyphens(written):
    (span,) = bsn.find(f"Mijn BSN is {written}, klopt dat?")
    assert span.digits == GOOD
    assert f"Mijn BSN is {written}, klopt dat?"[span.start : span.end] == written


@pytest.mark.parametrize(
    "text",
    [
        "Bel mij op 0612345678.",
        "Mijn nummer is 06-12345678",
        "06 11 12 22 33 3",
        "Rekening NL91ABNA0417164300",
        "111222334",
        "000000000",
        "1112223330",
        "Op 12-11-2019 en 24-11-2026",
        "€ 111.222,33",
        "1234 5678",
        "",
    ],
)
def test_other_numbers_are_left_alone(text):
    assert bsn.find(text) == []


def test_taking_out_leaves_the_rest_as_it_was():
    assert bsn.without(f"Ik heet niets, {GOOD}. En zij {OTHER}!") == "Ik heet niets, […]. En zij […]!"


@given(numbers_that_pass(), st.text(alphabet="abc .,\n", max_size=20), st.text(alphabet="abc ,\n", max_size=20))
def test_every_number_that_passes_is_found_and_taken_out(number, before, after):
    text = f"{before} {number} {after}"
    assert [span.digits for span in bsn.find(text)] == [number]
    assert number not in bsn.without(text)


@given(st.text(alphabet="0123456789 .-a", max_size=60))
def test_after_taking_out_nothing_is_left_to_find(text):
    assert bsn.find(bsn.without(text)) == []


@given(st.text(max_size=200))
def test_spans_lie_in_order_and_within_the_text(text):
    spans = bsn.find(text)
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(a.end <= b.start for a, b in itertools.pairwise(spans))


@given(numbers_that_pass(), st.integers(0, 8), st.integers(1, 9))
def test_one_wrong_digit_never_passes(number, place, shift):
    wrong = number[:place] + str((int(number[place]) + shift) % 10) + number[place + 1 :]
    assert not bsn.passes_eleven_test(wrong)


def test_numbers_far_past_what_is_kept_are_not_looked_for():
    whole = f"{GOOD} " * 200_000
    assert len(bsn.find(whole)) < 3_000
    assert bsn.without(whole).startswith(bsn.MARK)
