"""Urgent words: what must match, what must not, and what holds for any text."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from naast.conversations import urgent

DATA = yaml.safe_load((Path(__file__).parent / "data" / "urgent_sentences.yaml").read_text(encoding="utf-8"))
MUST = [(kind, sentence) for kind, sentences in DATA["must"].items() for sentence in sentences]
MUST_NOT = DATA["must_not"]


@contextmanager
def clock_of_work() -> Iterator[Callable[[], float]]:
    """Give a function that says how many seconds of this process the block took."""
    begun = time.process_time()
    yield lambda: time.process_time() - begun


def test_the_lists_of_sentences_are_as_long_as_we_promised():
    assert len(MUST) >= 70
    assert len(MUST_NOT) >= 70
    assert set(DATA["must"]) == set(urgent.KINDS)
    assert len({sentence for _, sentence in MUST}) == len(MUST)


@pytest.mark.parametrize(("kind", "sentence"), MUST, ids=[sentence for _, sentence in MUST])
def test_a_sentence_of_danger_is_seen_with_its_kind(kind, sentence):
    judgement = urgent.judge(sentence)
    assert judgement.urgent
    assert kind in judgement.kinds, judgement


@pytest.mark.parametrize("sentence", MUST_NOT, ids=MUST_NOT)
def test_an_ordinary_sentence_is_left_in_peace(sentence):
    assert urgent.judge(sentence) == urgent.CALM


@pytest.mark.parametrize("sentence", [sentence for _, sentence in MUST])
def test_capitals_accents_and_what_stands_around_it_do_not_hide_danger(sentence):
    around = f"We zijn vorig jaar verhuisd naar een nieuw huis. {sentence.upper()} Wat nu?"
    assert urgent.judge(around).urgent


def test_a_denial_hides_only_its_own_sentence():
    assert not urgent.judge("Hij slaat me niet.").urgent
    assert urgent.judge("Hij slaat me niet. Hij schopt mij wel.").urgent


def test_an_idiom_does_not_hide_danger_beside_it():
    assert urgent.judge("Ik lach me dood om hem. Maar soms wil ik dood.").kinds == {"suicide"}


def test_two_kinds_of_danger_are_both_told():
    assert urgent.judge("Hij slaat mij. Ik wil niet meer leven.").kinds >= {"violence", "suicide"}


def test_no_gap_reaches_over_the_end_of_a_sentence():
    assert not urgent.judge("Papa kookt. Slaat u een tafel over? Mij maakt het niet uit.").urgent


@given(st.text(max_size=400))
def test_any_text_is_judged_without_fault(text):
    judgement = urgent.judge(text)
    assert judgement.urgent == bool(judgement.kinds) == bool(judgement.words)
    assert judgement.kinds <= set(urgent.KINDS)


@given(st.sampled_from([sentence for _, sentence in MUST]), st.sampled_from(MUST_NOT))
def test_an_ordinary_sentence_before_it_never_hides_danger(danger, ordinary):
    assert urgent.judge(f"{ordinary.rstrip('.!?')}. {danger}").urgent


@given(
    st.lists(
        st.sampled_from([w for p in urgent.lists().patterns.patterns for e in p.elements for w in e.words]), max_size=60
    )
)
def test_words_of_the_lists_in_any_order_are_judged_in_reasonable_work(words):
    urgent.judge(" ".join(words))


@pytest.mark.parametrize("line", ["_2 dood", "dood _2", "[ik] dood", "zo*"])
def test_a_pattern_that_cannot_work_is_refused(line):
    with pytest.raises(ValueError):  # noqa: PT011 - the words differ, the refusal does not
        urgent.read_pattern("violence", line, {})


def test_an_unknown_kind_is_refused():
    with pytest.raises(ValueError, match="kinds"):
        urgent.read_lists({"groups": {}, "kinds": {"mood": []}})


def test_megabytes_of_text_hold_nobody_up():
    # Forms come back filled with whatever was sent; only a text of 4,000 characters is ever kept.
    whole = "ik maak me dood aan stress, maar hij slaat me. " * 50_000
    urgent.lists()
    with clock_of_work() as spent:
        assert urgent.judge(whole).urgent
    assert spent() < 0.3
