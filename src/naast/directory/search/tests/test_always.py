"""Always: who asks keeps a place for what always helps; the words themselves stay above."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from naast.directory.search.always import BETTER, with_always, young_asks
from naast.directory.search.analyser import Analyser
from naast.directory.search.thesaurus import shipped
from naast.directory.search.vocabulary import Vocabulary

ANALYSER = Analyser(shipped(), Vocabulary(shipped(), {}))
PLACES = st.lists(st.integers(0, 60), unique=True, max_size=30)


@pytest.mark.parametrize(
    ("question", "young"),
    [
        ("mijn ouders maken altijd ruzie", True),
        ("hoe zeg ik tegen mama dat ik vaker bij papa wil zijn", True),
        ("mijn moeder huilt en ik moet mijn tentamen leren", True),
        ("ik ben 14 en mijn ouders gaan scheiden", True),
        ("mijn zoon van 9 slaapt slecht", False),
        ("dochter van 9", False),
        ("groep voor kinderen", False),
        ("ik kom niet rond met 3 kids", False),
        ("kind in mijn klas huilt", False),
        ("omgangsregeling", False),
    ],
)
def test_a_child_or_young_person_is_told_from_who_tells_of_one(question: str, young: bool) -> None:
    assert young_asks(ANALYSER.analyse(question)) is young


@pytest.mark.parametrize(
    ("question", "broad"),
    [
        ("scheiden wat moet ik regelen", True),
        ("ik wil met iemand praten", True),
        ("ik weet niet wat ik moet doen", True),
        ("proat met iemand oaver de scheiding", True),
        ("alimentatie", False),
        ("mediator voor mijn scheiding", False),
        ("qzxwv", False),
        ("", False),
    ],
)
def test_a_question_that_tells_little_is_broad(question: str, broad: bool) -> None:
    assert ANALYSER.analyse(question).broad is broad


def test_separation_counts_little_beside_another_known_thing_and_fully_alone() -> None:
    both = {group.text: group.weak for group in ANALYSER.analyse("toeslagen gescheiden").groups}
    assert both == {"toeslagen": False, "gescheiden": True}
    assert not ANALYSER.analyse("gescheiden").groups[0].weak


@pytest.mark.parametrize(
    "question",
    [
        "richtlijn scheiding jeugdhulp",
        "bijscholing loyaliteitsconflict",
        "screening geweld voor mediation",
        "training complexe scheidingen",
        "gemeentelijk beleid scheiden zonder schade",
        "coach van een gezin zoekt methodiek",
    ],
)
def test_words_of_the_trade_tell_of_a_professional(question: str) -> None:
    assert "professionals" in ANALYSER.analyse(question).codes("audience")


@pytest.mark.parametrize(
    "question", ["training voor ouders", "cursus voor mijn kind", "mijn jeugdzorgwerker doet niks"]
)
def test_words_that_parents_use_too_do_not(question: str) -> None:
    assert "professionals" not in ANALYSER.analyse(question).codes("audience")


@pytest.mark.parametrize(
    ("question", "looks_for"),
    [
        ("ik kom niet rond in mijn eentje", "schulden"),
        ("ik kom elke maand te kort", "schulden"),
        ("huisje voor een vader", "huisvesting"),
        ("client slaapt in auto", "huisvesting"),
        ("geen dak boven mijn hoofd", "huisvesting"),
        ("ex zwart maken bij kinderen", "loyaliteit"),
    ],
)
def test_simple_words_lead_to_what_offers_call_it(question: str, looks_for: str) -> None:
    assert looks_for in ANALYSER.analyse(question).also


@given(PLACES, st.lists(st.integers(0, 60), unique=True, max_size=5))
def test_the_first_few_stay_first_and_nothing_is_lost_or_doubled(ranked: list[int], places: list[int]) -> None:
    found = with_always(ranked, places)
    assert found[:BETTER][: len(ranked)] == ranked[:BETTER][: len(found)]
    assert sorted(found) == sorted({*ranked, *places})
    assert set(places) <= set(found[: BETTER + 5])
