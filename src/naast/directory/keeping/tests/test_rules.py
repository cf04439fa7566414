"""When somebody is asked, how late an offer is, and when it hides."""

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from naast.directory.keeping import rules
from naast.directory.keeping.rules import Asked

TODAY = date(2026, 11, 22)
DAY = timedelta(days=1)
days = st.dates(date(2020, 1, 1), date(2035, 1, 1))
maybe = st.none() | days


@given(st.uuids(), maybe, days)
def test_an_offer_without_a_date_gets_one_within_half_a_year_and_never_tonight(offer_id, checked_on, today):
    found = rules.first_check(offer_id, checked_on, today)
    assert found > today
    if checked_on is None or checked_on <= today:
        assert found <= today + rules.CHECK_AGAIN
    assert rules.first_check(offer_id, checked_on, today) == found


def test_ten_thousand_offers_without_a_date_do_not_come_due_in_one_night():
    nights: dict[date, int] = {}
    for number in range(10_000):
        night = rules.spread(UUID(int=number), TODAY)
        nights[night] = nights.get(night, 0) + 1
    assert len(nights) == rules.SPREAD_OVER
    assert max(nights.values()) < 10_000 / rules.SPREAD_OVER * 1.5


def test_who_was_looked_at_is_asked_half_a_year_later():
    checked = TODAY - timedelta(days=30)
    assert rules.first_check(uuid4(), checked, TODAY) == checked + rules.CHECK_AGAIN


# ---------- whom


ORGANISATION = UUID(int=1)
TWENTE, ENSCHEDE = ("twente", "region", ""), ("enschede", "municipality", "twente")
HENGELO = ("hengelo", "municipality", "twente")
HOUTEN, COUNTRY = ("houten", "municipality", ""), ("nederland", "country", "")


@pytest.mark.parametrize(
    ("reachable", "keeper", "area", "owner"),
    [
        (True, "enschede", [ENSCHEDE], f"organisation:{ORGANISATION}"),
        (False, "enschede", [TWENTE], "place:enschede"),
        (False, None, [TWENTE], "place:twente"),
        (False, None, [ENSCHEDE], "place:enschede"),
        (False, None, [ENSCHEDE, HENGELO], "place:twente"),
        (False, None, [HOUTEN], "place:houten"),
        (False, None, [ENSCHEDE, HOUTEN], "place:nederland"),
        (False, None, [COUNTRY], "place:nederland"),
        (False, None, [], "place:nederland"),
    ],
)
def test_the_owner_is_who_gives_it_else_who_keeps_it_else_the_region_it_serves(reachable, keeper, area, owner):
    assert rules.owner_key(ORGANISATION, reachable, keeper, area) == owner


# ---------- asking


@pytest.mark.parametrize(
    ("asked", "step"),
    [
        (Asked(), "ask"),
        (Asked(1, TODAY - 13 * DAY), "wait"),
        (Asked(1, TODAY - 14 * DAY), "ask"),
        (Asked(2, TODAY - 14 * DAY), "ask"),
        (Asked(3, TODAY - 13 * DAY), "wait"),
        (Asked(3, TODAY - 14 * DAY), "tell"),
        (Asked(3, TODAY - 30 * DAY, told=True), "done"),
        (Asked(1, TODAY - 14 * DAY, answered=True), "done"),
    ],
)
def test_who_does_not_answer_is_reminded_twice_and_then_the_editors_hear_it(asked, step):
    assert rules.step(asked, TODAY) == step


@given(days, days)
def test_nobody_gets_two_mails_within_two_weeks(last, today):
    assert rules.may_mail(last, today) == ((today - last).days >= 14)


# ---------- how late


def test_readers_see_it_six_weeks_after_the_date_or_a_year_after_the_last_look():
    assert not rules.is_overdue(TODAY - 100 * DAY, TODAY - 41 * DAY, TODAY)
    assert rules.is_overdue(TODAY - 100 * DAY, TODAY - 42 * DAY, TODAY)
    assert rules.is_overdue(TODAY - 365 * DAY, TODAY + 100 * DAY, TODAY)
    assert not rules.is_overdue(None, None, TODAY)


@given(maybe, maybe, days, st.integers(1, 900))
def test_what_is_overdue_stays_so_until_somebody_confirms_it(checked_on, next_check, today, later):
    then = today + later * DAY
    assert rules.days_late(checked_on, next_check, today) <= rules.days_late(checked_on, next_check, then)
    if rules.is_overdue(checked_on, next_check, today):
        assert rules.is_overdue(checked_on, next_check, then)
    assert not rules.is_overdue(today, rules.check_after(today), today)


@given(
    st.booleans(), st.sampled_from([None, *rules.HIDE_CHOICES]), st.integers(0, 1500), st.none() | st.integers(0, 1500)
)
def test_an_offer_hides_only_when_late_enough_known_to_editors_and_no_helpline(helpline, months, late, told):
    hidden = rules.hides(
        next_check=TODAY - late * DAY,
        told_on=None if told is None else TODAY - told * DAY,
        hide_after=months,
        is_helpline=helpline,
        today=TODAY,
    )
    if hidden:
        assert not helpline
        assert months is not None
        assert late >= months * 30
        assert told is not None
        assert told >= 30
    else:
        assert helpline or months is None or told is None or told < 30 or late < months * 31


def test_a_year_late_and_told_a_month_ago_is_hidden():
    assert rules.hides(
        next_check=TODAY - 366 * DAY, told_on=TODAY - 31 * DAY, hide_after=12, is_helpline=False, today=TODAY
    )
