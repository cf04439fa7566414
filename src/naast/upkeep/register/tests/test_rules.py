"""What lacks before a register or a DPIA can be decided on."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from naast.upkeep.register import rules
from naast.upkeep.register.rules import Dpia, OwnRisk, Processor, Register

TODAY = date(2027, 3, 1)
GOOD = Register(processors=(Processor("Voorbeeld", "", TODAY),), special="9.2 g", decided_by="Raad", decided_on=TODAY)
WEIGHED = Dpia(
    why="x",
    advice_on=TODAY,
    advice="x",
    decided_by="Raad",
    decided_on=TODAY,
    review_on=TODAY + timedelta(days=300),
)


def codes(filled):
    return {gap.code for gap in filled.gaps(TODAY)}


def test_nothing_lacks_in_a_whole_one():
    assert codes(GOOD) == set()
    assert codes(WEIGHED) == set()


def test_an_empty_one_says_all_that_lacks():
    assert codes(Register()) == {"processors", "special", "decided-by", "decided-on"}
    assert codes(Dpia()) == {"why", "advice-on", "advice", "decided-by", "decided-on", "review"}


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("advice_on", TODAY + timedelta(days=1), "advice-future"),
        ("decided_on", TODAY + timedelta(days=1), "decided-future"),
        ("decided_on", TODAY - timedelta(days=1), "decided-early"),
        ("review_on", TODAY, "review"),
        ("review_on", TODAY + timedelta(days=4 * 365), "review-late"),
    ],
)
def test_days_follow_on_each_other(name, value, code):
    assert code in codes(Dpia(**{**WEIGHED.__dict__, name: value}))


def test_a_processor_without_agreement_is_named():
    gaps = Register(processors=(Processor("Hosting"),)).gaps(TODAY)
    assert ("agreed", "Hosting") in {(gap.code, gap.about) for gap in gaps}


texts, days = st.text(max_size=9).filter(bool), st.none() | st.dates()


@given(name=texts, agreed=days, risk=texts, review=days)
def test_what_is_kept_is_what_is_read(name, agreed, risk, review):
    register, dpia = Register(processors=(Processor(name, "", agreed),)), Dpia((), risks=(OwnRisk(risk),))
    assert rules.read("register", rules.write(register)) == register
    assert rules.read("dpia", rules.write(Dpia(risks=dpia.risks, review_on=review))) == Dpia(
        risks=dpia.risks, review_on=review
    )


def test_a_review_is_due_two_months_before_its_day():
    assert not rules.review_due(WEIGHED, TODAY)
    assert rules.review_due(WEIGHED, TODAY + timedelta(days=250))
    assert not rules.review_due(GOOD, TODAY)
