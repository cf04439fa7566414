"""Rules of the directory: sound records, where words weigh, and how offers are ranked."""

from datetime import date

import pytest

from naast.directory import rules
from naast.directory.rules import (
    RecordError,
    offer_record,
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
