"""Rules of the directory: sound records, where words weigh, and how offers are ranked."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from naast.directory import rules
from naast.directory.rules import (
    NATION,
    NEIGHBOUR,
    OWN,
    REGION,
    Fit,
    Fits,
    RecordError,
    fit_factor,
    offer_record,
    score,
)

from .factories import broken, record, row


def test_a_sound_record_has_no_problems() -> None:
    assert rules.offer_problems(record(age_min=4, age_max=12, checked=date(2026, 1, 2))) == []


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"name": ""}, "naam ontbreekt"),
        ({"summary": ""}, "samenvatting ontbreekt"),
        ({"area": ()}, "gebied ontbreekt"),
        ({"audiences": ()}, "voor wie ontbreekt"),
        ({"audiences": ("iedereen",)}, "doelgroep"),
        ({"phases": ("later",)}, "fase"),
        ({"subjects": ("taart",)}, "onderwerp"),
        ({"forms": ("brief",)}, "vorm"),
        ({"costs": "duur"}, "kosten"),
        ({"payers": ("oma",)}, "betaler"),
        ({"referral": "misschien"}, "verwijzing"),
        ({"evidence": "zeker"}, "onderbouwing"),
        ({"age_min": 12, "age_max": 4}, "jongste leeftijd"),
        ({"age_min": -1}, "leeftijd is geen getal"),
        ({"website": "javascript:alert(1)"}, "geen webadres"),
        ({"checked_on": "gisteren"}, "geen datum"),
        ({"special_groups": ("piraten",)}, "bijzondere groep"),
        ({"opening": ({"weekday": 8, "opens": "09:00", "closes": "12:00"},)}, "openingstijd"),
        ({"opening": ({"weekday": 2, "opens": "13:00", "closes": "12:00"},)}, "openingstijd"),
        ({"opening": ({"weekday": 2, "opens": 780, "closes": "14:00"},)}, "openingstijd"),
        ({"starts": ({"date": "12 januari", "text": "Nieuwe groep"},)}, "begindag"),
        ({"waiting_min": 2, "waiting_max": 4}, "wachttijd"),
        ({"waiting_min": 4, "waiting_max": 2, "waiting_on": date(2026, 11, 3)}, "wachttijd"),
        ({"waiting_on": date(2026, 11, 3)}, "wachttijd"),
    ],
)
def test_each_fault_of_a_record_is_named(changes: dict[str, object], problem: str) -> None:
    found = rules.offer_problems(broken(**changes))
    assert any(problem in one for one in found)


@pytest.mark.parametrize("changes", [{"id": "geen-id"}, {"costs": "gratis"}])
def test_a_row_of_another_shape_is_refused(changes: dict[str, object]) -> None:
    with pytest.raises(RecordError):
        offer_record({**row(), **changes})


def test_a_single_form_may_stand_without_a_list() -> None:
    assert offer_record(row(form="groep")).forms == ("groep",)


def test_a_row_tells_when_it_opens_starts_and_how_long_one_waits() -> None:
    made = record(
        opening=[{"weekday": 2, "opens": "09:00", "closes": "12:00"}],
        starts=[{"date": date(2027, 1, 12), "text": "Nieuwe groep"}],
        waiting_weeks={"min": 2, "max": 4, "on": date(2026, 11, 3)},
        keeper="enschede",
    )
    assert made.opening == ({"weekday": 2, "opens": "09:00", "closes": "12:00"},)
    assert made.starts == ({"date": "2027-01-12", "text": "Nieuwe groep"},)
    assert (made.waiting_min, made.waiting_max, made.waiting_on) == (2, 4, date(2026, 11, 3))
    assert made.keeper == "enschede"


def test_special_groups_have_a_label_and_what_was_there_before_codes_stays_readable() -> None:
    assert all(group.label and group.words for group in rules.special_groups())
    assert rules.special_group_label("schulden") == "Schulden"
    assert rules.special_group_label("dak- en thuislozen") == "dak- en thuislozen"


def test_the_shipped_records_are_sound() -> None:
    import yaml

    rows = yaml.safe_load((rules.DATA / "offers.yaml").read_text(encoding="utf-8"))
    assert len(rows) >= 60
    assert all(offer_record(one).slug for one in rows)


def test_a_word_in_the_name_weighs_more_than_one_in_the_rest() -> None:
    texts = rules.search_texts(
        name="Omgangshuis",
        organisation="Stichting Samen",
        summary="Een veilige plek",
        description="Er is koffie",
        subject_slugs=["omgang"],
        audiences=["ouders"],
        forms=["groep"],
        costs="gratis",
        more=["dag en nacht"],
    )
    assert texts.name == "Omgangshuis"
    assert "veilige plek" in texts.short
    assert "koffie" in texts.rest
    assert "gratis" in texts.rest
    assert "bezoekregeling" in texts.words


def test_who_is_near_stands_before_who_is_far() -> None:
    assert score(1, OWN, 1) > score(1, REGION, 1) > score(1, NATION, 1) > score(1, NEIGHBOUR, 1)


def test_a_much_better_text_far_away_stands_before_a_poor_one_nearby() -> None:
    assert score(0.9, NATION, 1) > score(0.3, OWN, 1)


@pytest.mark.parametrize(
    ("asked", "offer", "better_than"),
    [
        (Fit(frozenset({"kinderen"})), Fits(frozenset({"kinderen"})), Fits(frozenset({"ouders"}))),
        (Fit(age=9), Fits(age_min=4, age_max=12), Fits(age_min=12, age_max=18)),
        (Fit(age=9), Fits(), Fits(age_max=8)),
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
    assert rules.comes_last(frozenset(asked), frozenset(offer)) is last


@given(st.floats(0, 1), st.floats(0, 1), st.sampled_from([OWN, REGION, NATION, NEIGHBOUR]))
def test_a_better_text_never_ranks_lower(one: float, other: float, near: str) -> None:
    low, high = sorted((one, other))
    assert score(low, near, 1.0) <= score(high, near, 1.0)
