"""When a statement is in order: statuses A to E, dates, what must be there. Pure."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from naast.upkeep.statements import rules
from naast.upkeep.statements.rules import Accessibility, Contact, Privacy, Security, Shortcoming

TODAY = date(2026, 11, 23)
PUBLISHED = date(2026, 11, 1)
LACKS = Shortcoming("De kaart", "met een schermlezer", "We maken een lijst", date(2027, 3, 1))
B = Accessibility(
    status="B",
    tested_on=date(2026, 3, 1),
    tested_by="Bureau",
    tested_what="Twintig pagina’s",
    shortcomings=(LACKS,),
    email="a@b.example",
)
C = Accessibility(status="C", planned_on=date(2027, 4, 1), email="a@b.example")


def codes(statement, published=PUBLISHED, today=TODAY):
    return [gap.code for gap in statement.gaps(today, published)]


@pytest.mark.parametrize(
    ("statement", "lacks"),
    [
        (B, []),
        (C, []),
        (replace(B, status="A", shortcomings=()), []),
        (replace(B, status="D"), []),
        (replace(B, status=""), ["status"]),
        (replace(B, status="E"), ["status"]),
        (replace(B, status="A"), ["none-expected"]),
        (replace(B, tested_on=None), ["tested-on"]),
        (replace(B, tested_by=""), ["tested-by"]),
        (replace(B, tested_what=""), ["tested-what"]),
        (replace(B, tested_on=date(2026, 11, 24)), ["test-future"]),
        (replace(B, tested_on=date(2023, 11, 24)), []),
        (replace(B, tested_on=date(2023, 11, 23)), ["test-old"]),
        (replace(B, shortcomings=()), ["shortcomings"]),
        (replace(B, shortcomings=(replace(LACKS, plan=""),)), ["plan"]),
        (replace(B, shortcomings=(replace(LACKS, by=None),)), ["plan-date"]),
        (replace(B, shortcomings=(LACKS, replace(LACKS, by=date(2026, 11, 22)))), ["plan-past"]),
        (replace(C, shortcomings=(replace(LACKS, plan=""),)), ["plan"]),
        (replace(B, email=""), ["report-to"]),
        (replace(B, email="", phone="053 000 00 00"), []),
        (replace(C, planned_on=None), ["planned-on"]),
        (replace(C, planned_on=date(2027, 5, 2)), ["planned-late"]),
        (replace(C, planned_on=date(2026, 11, 22)), ["planned-past"]),
    ],
)
def test_a_status_asks_for_what_makes_it_lawful(statement, lacks):
    assert codes(statement) == lacks


def test_six_months_of_status_c_count_from_its_publication():
    late = replace(C, planned_on=date(2027, 5, 20))
    assert codes(late, published=None) == []
    assert codes(late, published=PUBLISHED) == ["planned-late"]


def test_a_statement_of_status_d_is_honest_and_not_lawful():
    judged = rules.judge("accessibility", replace(B, status="D"), PUBLISHED, TODAY)
    assert judged.gaps == ()
    assert [gap.code for gap in judged.warnings] == ["unlawful"]


def test_nobody_said_anything_is_missing():
    assert rules.judge("privacy", None, None, TODAY).state == "missing"
    assert rules.judge("privacy", Privacy(), None, TODAY).state == "missing"


def test_contact_needs_a_name_a_way_and_a_postal_address():
    whole = Contact("Gemeente X", "053 000 00 00", "", "Postbus 1", "", "no")
    assert codes(whole) == []
    assert codes(Contact()) == ["organisation", "reach", "postal", "registered"]
    assert [gap.code for gap in rules.judge("contact", whole, PUBLISHED, TODAY).warnings] == ["not-registered"]


def test_privacy_names_an_officer_rights_and_ground():
    whole = Privacy(fg="Functionaris", fg_email="fg@x.example", rights="Bel ons.", grounds="AVG 6 lid 1 e")
    assert codes(whole) == []
    assert codes(Privacy(fg="Functionaris")) == ["fg", "rights", "grounds"]


@pytest.mark.parametrize(
    "statement",
    [
        Privacy(fg="F", fg_email="f@x.example", rights="r", grounds="g"),
        Security(contacts=("mailto:cert@x.example",)),
    ],
)
def test_after_a_year_somebody_looks_again_and_two_months_before_it_is_said(statement):
    kind = "privacy" if isinstance(statement, Privacy) else "security"
    states = [
        rules.judge(kind, statement, PUBLISHED, day).state
        for day in (date(2026, 11, 23), date(2027, 9, 1), date(2027, 9, 2), date(2027, 10, 31), date(2027, 11, 1))
    ]
    assert states == ["good", "good", "soon", "soon", "gaps"]


def test_the_day_of_an_accessibility_statement_is_the_first_that_comes():
    assert rules.ends(B, PUBLISHED) == date(2027, 3, 1)
    assert rules.ends(replace(B, shortcomings=()), PUBLISHED) == date(2029, 3, 1)
    assert rules.ends(C, PUBLISHED) == date(2027, 4, 1)
    assert rules.ends(replace(B, status="D"), PUBLISHED) is None


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.integers(1, 60))
def test_months_after_lands_in_the_right_month(day, months):
    found = rules.months_after(day, months)
    assert (found.year * 12 + found.month) - (day.year * 12 + day.month) == months
    assert found.day <= day.day


@pytest.mark.parametrize("kind", rules.KINDS)
def test_what_is_written_is_read_again(kind):
    whole = {
        "contact": Contact("G", "1", "a@b.example", "p", "v", "yes"),
        "privacy": Privacy("F", "a@b.example", "", "r", "g", "p", "m"),
        "accessibility": replace(B, planned_on=date(2027, 1, 1), answer_days=3),
        "security": Security(("mailto:a@b.example", "https://x.example/"), "https://x.example/p", "", ("nl",)),
    }[kind]
    assert rules.read(kind, rules.write(whole)) == whole
    assert rules.read(kind, {"later": "unknown"}) == rules.TYPES[kind]()
