"""Ranking: what fits stands first by text, nearness, the person and freshness; money and names have no say."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from naast.directory.rules import NATION, NEIGHBOUR, OWN, REGION
from naast.directory.search import ranking
from naast.directory.search.analysis import Group, Term
from naast.directory.search.ranking import Fit, Fits, explain, fit_factor, score, text_scores

TODAY = date(2026, 11, 22)


def test_who_is_near_stands_before_who_is_far() -> None:
    assert score(1, OWN, 1) > score(1, REGION, 1) > score(1, NATION, 1) > score(1, NEIGHBOUR, 1)


def test_a_much_better_text_far_away_stands_before_a_poor_one_nearby() -> None:
    assert score(0.9, NATION, 1) > score(0.3, OWN, 1)


@pytest.mark.parametrize(
    ("asked", "offer", "better_than"),
    [
        (Fit(frozenset({"kinderen"})), Fits(frozenset({"kinderen"})), Fits(frozenset({"ouders"}))),
        (Fit(ages=(9,)), Fits(age_min=4, age_max=12), Fits(age_min=12, age_max=18)),
        (Fit(ages=(9,)), Fits(), Fits(age_max=8)),
        (Fit(), Fits(frozenset({"ouders", "professionals"})), Fits(frozenset({"professionals"}))),
    ],
)
def test_what_fits_the_person_stands_first(asked: Fit, offer: Fits, better_than: Fits) -> None:
    assert fit_factor(asked, offer) > fit_factor(asked, better_than)


@pytest.mark.parametrize(
    ("asked", "offer", "last"),
    [
        (frozenset(), {"professionals"}, True),
        ({"ouders"}, {"professionals"}, True),
        ({"professionals"}, {"professionals"}, False),
        (frozenset(), {"professionals", "ouders"}, False),
        (frozenset(), frozenset(), False),
    ],
)
def test_what_is_for_professionals_alone_comes_last_for_others(asked: set[str], offer: set[str], last: bool) -> None:
    assert ranking.comes_last(frozenset(asked), frozenset(offer)) is last


@given(st.floats(0, 1), st.floats(0, 1), st.sampled_from([OWN, REGION, NATION, NEIGHBOUR]))
def test_a_better_text_never_ranks_lower(one: float, other: float, near: str) -> None:
    low, high = sorted((one, other))
    assert score(low, near, 1.0) <= score(high, near, 1.0)


def group(text: str, *, weak: bool = False, known: bool = True) -> Group:
    return Group(text, (Term((text,), 1.0),), weak, known)


def order(texts: dict[int, float]) -> list[int]:
    return sorted(texts, key=lambda position: (-texts[position], position))


def plenty(_some: object) -> bool:
    return True


def few(_some: object) -> bool:
    return False


def test_one_of_several_ages_is_enough() -> None:
    assert ranking.age_factor((9, 15), 12, 18) > ranking.age_factor((9,), 12, 18)


def test_the_wished_form_stands_a_little_higher() -> None:
    assert fit_factor(Fit(forms=frozenset({"groep"})), Fits(forms=frozenset({"groep"}))) > fit_factor(Fit(), Fits())


def test_near_by_stands_before_far_away_and_an_unknown_distance_is_no_fault() -> None:
    assert ranking.distance_factor(2) > ranking.distance_factor(30) > ranking.distance_factor(200)
    assert ranking.distance_factor(None) == ranking.distance_factor(0) == 1.0
    assert ranking.distance_factor(9_999) == ranking.LEAST_DISTANCE


def test_confirmed_recently_then_never_then_overdue() -> None:
    recent = ranking.freshness_factor(TODAY - timedelta(days=20), TODAY + timedelta(days=160), TODAY)
    old = ranking.freshness_factor(TODAY - timedelta(days=300), None, TODAY)
    never = ranking.freshness_factor(None, None, TODAY)
    overdue = ranking.freshness_factor(TODAY - timedelta(days=300), TODAY - timedelta(days=42), TODAY)
    assert recent > old > never > overdue


@given(st.dates(), st.none() | st.dates(), st.none() | st.dates())
def test_freshness_is_mild(today: date, checked: date | None, due: date | None) -> None:
    assert 0.9 <= ranking.freshness_factor(checked, due, today) <= 1.05


class TestTexts:
    def test_who_has_both_stands_alone_where_enough_have(self) -> None:
        hits = [(group("wandelen"), {1: 0.5, 2: 1.0}), (group("koken"), {1: 0.5})]
        assert set(text_scores(hits, 10, plenty)) == {1}
        assert order(text_scores(hits, 10, few)) == [1, 2]

    def test_a_loose_rare_word_does_not_rule_over_what_peoples_words_know(self) -> None:
        many = dict.fromkeys(range(40), 0.7)
        hits = [(group("kinderen niet zien"), many), (group("weekend", known=False, weak=True), {99: 1.0, 5: 1.0})]
        assert order(text_scores(hits, 100, plenty))[0] == 5
        assert 99 not in text_scores(hits, 100, plenty)

    def test_of_many_things_asked_nothing_has_to_be_there(self) -> None:
        hits = [(group(name), {number: 0.9, 7: 0.4}) for number, name in enumerate(["a", "b", "c", "d", "e"])]
        assert set(text_scores(hits, 10, plenty)) == {7}
        two = [(group("a"), {0: 0.9, 7: 0.4}), (group("b"), {0: 0.9, 7: 0.4}), (group("c"), {7: 0.4})]
        assert set(text_scores(two, 10, plenty)) == {0, 7}

    def test_words_that_nearly_all_have_give_something_when_nothing_else_does(self) -> None:
        hits = [(group("mediator"), {}), (group("hulp", weak=True), {3: 0.4})]
        assert set(text_scores(hits, 10, plenty)) == {3}


facts = st.builds(
    Fits,
    audiences=st.frozensets(st.sampled_from(["ouders", "kinderen", "jongeren", "omgeving", "professionals"])),
    phases=st.frozensets(st.sampled_from(["spanning", "uit-elkaar", "na-scheiding"])),
    age_min=st.none() | st.integers(0, 12),
    age_max=st.none() | st.integers(12, 99),
    forms=st.frozensets(st.sampled_from(["groep", "chat", "online"])),
)
persons = st.builds(
    Fit,
    audiences=st.frozensets(st.sampled_from(["ouders", "kinderen"])),
    phases=st.frozensets(st.sampled_from(["spanning"])),
    ages=st.lists(st.integers(0, 25), max_size=2).map(tuple),
    forms=st.frozensets(st.sampled_from(["groep"])),
)


@given(
    st.floats(0, 1), st.sampled_from([OWN, REGION, NATION, NEIGHBOUR]), persons, facts, st.none() | st.floats(0, 300)
)
def test_the_explained_numbers_multiply_to_the_rank(
    text: float, near: str, asked: Fit, offer: Fits, kilometres: float | None
) -> None:
    factors = explain(text=text, near=near, asked=asked, offer=offer, kilometres=kilometres, freshness=1.03)
    rank = score(text, near, fit_factor(asked, offer), ranking.distance_factor(kilometres), 1.03)
    assert ranking.rank_of(factors) == pytest.approx(rank)
    assert next(factor.name for factor in factors) == "text"


def test_money_and_names_cannot_even_be_told_to_the_ranking() -> None:
    told = {*Fit.__dataclass_fields__, *Fits.__dataclass_fields__}
    told |= set(explain.__annotations__)
    assert not told & {"costs", "payers", "price", "name", "slug", "title", "organisation"}


def test_a_line_to_talk_to_somebody_is_help_and_no_line_for_emergencies() -> None:
    assert ranking.for_emergencies(["veiligheid", "gevoel"], is_helpline=True)
    assert not ranking.for_emergencies(["gevoel", "veiligheid"], is_helpline=True)
    assert not ranking.for_emergencies(["veiligheid"], is_helpline=False)
