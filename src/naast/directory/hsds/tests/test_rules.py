"""Our facts in the words of HSDS: pages, ids, times, costs and waiting."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from naast.directory.hsds import rules
from naast.directory.hsds.rules import Giver, Help

GIVER = Giver(UUID(int=2), "Stichting Samen", "", "", "", "")
HELP = Help(
    id=UUID(int=1), name="Praten", summary="Kort.", description="", state="open", giver=GIVER, website="", phone="",
    hours="", languages=(), age_min=None, age_max=None, costs="onbekend", costs_text="", payers=(), referral="onbekend",
    offered="", waiting="", waiting_range=None, opening=(), starts=(), areas=(), locations=(), codes=(),
    evidence_year=None, checked_on=None, changed=None,
)  # fmt: skip


@given(st.integers(0, 500), st.integers(1, 100), st.integers(1, 50))
def test_pages_are_what_they_say(total: int, size: int, page: int) -> None:
    rows = [{"id": number} for number in range(total)][(page - 1) * size : page * size]
    found = rules.page_of(rows, total=total, page=page, size=size)
    assert found["total_items"] == total
    assert found["size"] == len(rows) <= size
    assert found["empty"] == (not rows)
    assert found["first_page"] == (page == 1)
    assert found["last_page"] == (page * size >= total)
    assert (found["total_pages"] - 1) * size < max(1, total) <= found["total_pages"] * size


def test_an_unknown_fact_is_left_out_and_zero_is_a_fact() -> None:
    assert set(rules.service_row(HELP)) == {"id", "name", "description", "status", "organization"}
    assert rules.service_row(replace(HELP, age_min=0))["minimum_age"] == 0
    assert rules.cost_rows(replace(HELP, costs="gratis"))[0]["amount"] == 0
    assert rules.cost_rows(HELP) == []
    assert "amount" not in rules.cost_rows(replace(HELP, costs="betaald"))[0]


@pytest.mark.parametrize(
    ("least", "most", "words"),
    [(0, 0, "Geen wachttijd"), (1, 1, "1 week"), (3, 3, "3 weken"), (0, 4, "0 tot 4 weken"), (2, 6, "2 tot 6 weken")],
)
def test_waiting_in_words(least: int, most: int, words: str) -> None:
    found = replace(HELP, waiting="oude woorden", waiting_range=(least, most, date(2026, 11, 1)))
    assert rules.waiting_words(found) == f"{words} (gezien op 2026-11-01)"
    assert rules.waiting_words(replace(HELP, waiting="Bel even")) == "Bel even"


def test_words_about_opening_stand_in_where_no_times_are_known() -> None:
    (row,) = rules.schedule_rows(replace(HELP, hours="Op afspraak"), timedelta(hours=1))
    assert set(row) == {"id", "description"}


@pytest.mark.parametrize(("minutes", "text"), [(60, "+01:00"), (120, "+02:00"), (0, "+00:00"), (-90, "-01:30")])
def test_distance_from_utc(minutes: int, text: str) -> None:
    assert rules.zone(timedelta(minutes=minutes)) == text


@given(st.uuids(), st.text(max_size=20), st.text(max_size=20))
def test_the_id_of_a_part_stays_and_differs(owner: UUID, one: str, other: str) -> None:
    assert rules.child(owner, "schedule", one) == rules.child(owner, "schedule", one)
    assert (rules.child(owner, "schedule", one) == rules.child(owner, "schedule", other)) == (one == other)
    assert rules.child(owner, "schedule", one) != rules.child(owner, "phone", one)


def test_a_code_that_no_list_has_is_left_out() -> None:
    listed = rules.Taxonomy("vorm", "Vorm", "", "form", (rules.Term("vorm", "groep", "Groep"),))
    found = replace(HELP, codes=(("vorm", "groep"), ("vorm", "vroeger"), ("anders", "groep")))
    assert [row["taxonomy_term"]["code"] for row in rules.attribute_rows(found, {"vorm": listed})] == ["groep"]


@pytest.mark.parametrize("state", ["verborgen", "gestopt", "samengevoegd"])
def test_what_is_not_open_is_named_and_no_more(state: str) -> None:
    found = replace(HELP, id=uuid4(), state=state, phone="0800 1", hours="Altijd", description="Wat er was")
    row = rules.full_service_row(found, {}, timedelta())
    assert row["status"] in ("inactive", "defunct")
    assert "description" not in row
    assert set(row["organization"]) == {"id", "name", "description"}
    assert "phones" not in row
    assert "schedules" not in row
