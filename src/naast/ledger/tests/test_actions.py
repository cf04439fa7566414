"""Counting without persons."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from naast.ledger import queries, rules
from naast.ledger.actions import count, fold
from naast.ledger.models import Counter, WaitingFact

pytestmark = pytest.mark.django_db


def test_facts_fold_into_one_counter():
    for _ in range(3):
        count("question", place="enschede", audience="ouders", subject="omgang")
    assert fold() == 3
    assert WaitingFact.objects.count() == 0
    assert Counter.objects.get().amount == 3
    assert fold() == 0


def test_waiting_facts_count_too():
    count("search", place="enschede", found="yes")
    fold()
    count("search", place="enschede", found="yes")
    assert queries.total("search", place="enschede") == 2


@pytest.mark.parametrize(
    ("fact", "dimensions"),
    [
        ("unknown", {}),
        ("question", {"name": "jan"}),
        ("question", {"subject": "ik ben bang thuis"}),
        ("search", {"found": ""}),
    ],
)
def test_what_is_not_a_known_code_is_refused(fact, dimensions):
    with pytest.raises(ValueError, match=r"\w"):
        count(fact, place="enschede", **dimensions)


@given(st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=400)))
def test_every_duration_has_one_band(duration):
    assert rules.band(duration) in {name for _, name in rules.BANDS} | {rules.LAST_BAND}


def test_bands():
    assert rules.band(timedelta(hours=3)) == "within-4-hours"
    assert rules.band(timedelta(days=30)) == "longer"


@pytest.mark.parametrize(
    ("moment", "part"),
    [
        (datetime(2026, 11, 23, 10), "office"),
        (datetime(2026, 11, 23, 23), "evening"),
        (datetime(2026, 11, 22, 10), "weekend"),
    ],
)
def test_parts_of_the_day(moment, part):
    assert rules.part_of_day(moment) == part
