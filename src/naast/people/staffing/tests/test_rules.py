"""The arithmetic of absence, mandates, invitations and "why": held for any days and any roles."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from naast.people.policy_table import KINDS, MUNICIPALITY, ORGANISATION, REGION, TABLE
from naast.people.rules import ROLES, Held, Scope, decide, reason
from naast.people.staffing import rules
from naast.people.staffing.rules import AbsenceFault, Days, Deputy, MandateStanding, Standing

TWENTE, ENSCHEDE = Scope(REGION, UUID(int=1)), Scope(MUNICIPALITY, UUID(int=2))
TODAY = date(2026, 11, 23)
WORK = frozenset({("desk.answer", ENSCHEDE)})

days = st.dates(date(2026, 1, 1), date(2027, 12, 31))
scopes = st.sampled_from([TWENTE, ENSCHEDE, Scope(ORGANISATION, UUID(int=3))])
helds = st.lists(st.builds(Held, role=st.sampled_from(ROLES), scope=scopes, ends=st.none() | days), max_size=6)


def covers(scope: Scope) -> tuple[Scope, ...]:
    return (ENSCHEDE,) if scope == TWENTE else ()


@given(helds, st.sampled_from(sorted(TABLE)), scopes)
def test_there_is_a_reason_exactly_where_the_policy_allows_it_and_it_is_one_of_the_roles(
    held: list[Held], action: str, scope: Scope
) -> None:
    found = reason(held, action, scope, covers, table=TABLE)
    assert (found is not None) == decide([one.holding for one in held], action, scope, covers, table=TABLE)
    assert found is None or found in held


def test_the_nearest_role_is_the_reason_then_the_one_that_lasts() -> None:
    region = Held("adviser", TWENTE)
    short, long = Held("adviser", ENSCHEDE, TODAY), Held("coordinator", ENSCHEDE, TODAY + timedelta(days=9))
    assert reason([region, short, long], "desk.read", ENSCHEDE, covers, table=TABLE) == long
    assert reason([region], "desk.read", ENSCHEDE, covers, table=TABLE) == region


@given(days, days, days, days)
def test_overlapping_is_mutual_and_means_a_shared_day(a: date, b: date, c: date, d: date) -> None:
    one, other = Days(min(a, b), max(a, b)), Days(min(c, d), max(c, d))
    assert one.overlaps(other) == other.overlaps(one)
    assert one.overlaps(other) == (max(one.first, other.first) <= min(one.last, other.last))


@given(days, days, days)
def test_days_that_are_right_and_free_without_a_deputy_are_never_refused(a: date, b: date, today: date) -> None:
    faults = rules.absence_faults(Days(a, b), today, known=(), work=WORK, deputy=None)
    assert (faults == ()) == (a <= b >= today)


@given(st.frozensets(st.tuples(st.sampled_from(sorted(TABLE)), scopes), max_size=4))
def test_a_deputy_shares_some_of_the_work(theirs: frozenset[tuple[str, Scope]]) -> None:
    free = Days(TODAY, TODAY)
    faults = rules.absence_faults(free, TODAY, known=(), work=WORK, deputy=Deputy(themselves=False, work=theirs))
    assert (AbsenceFault.NO_SHARED_WORK in faults) == (not WORK & theirs)


@given(days, st.none() | days, days)
def test_a_mandate_is_expired_only_after_its_last_day_and_told_of_only_before(
    starts: date, ends: date | None, today: date
) -> None:
    standing = rules.mandate_standing(starts, ends, today)
    assert (standing is MandateStanding.EXPIRED) == (ends is not None and ends < today)
    if rules.reminder_due(starts, ends, None, today):
        assert ends is not None
        assert today <= ends <= today + timedelta(days=rules.REMIND_DAYS)
        assert not rules.reminder_due(starts, ends, ends, today)


@given(st.datetimes(), st.datetimes())
def test_what_was_used_or_taken_back_never_waits_again(ends: datetime, now: datetime) -> None:
    at = datetime(2026, 1, 1, tzinfo=UTC)
    ends, now = ends.replace(tzinfo=UTC), now.replace(tzinfo=UTC)
    assert rules.invitation_standing(ends, at, None, now) is Standing.ACCEPTED
    assert rules.invitation_standing(ends, None, at, now) is Standing.WITHDRAWN
    assert (rules.invitation_standing(ends, None, None, now) is Standing.INVITED) == (now < ends)


def test_only_roles_that_carry_something_are_given_at_a_kind_of_place() -> None:
    assert rules.roles_at(ORGANISATION, TABLE) == ("provider",)
    assert "regional-editor" not in rules.roles_at(MUNICIPALITY, TABLE)
    assert {role for kind in KINDS for role in rules.roles_at(kind, TABLE)} <= set(ROLES)


@given(st.lists(st.sampled_from(sorted(TABLE)), unique=True))
def test_grouping_loses_no_action_and_names_none_twice(actions: list[str]) -> None:
    found = rules.grouped(actions, {"questions": ("desk",), "people": ("people",)})
    assert sorted(action for listed in found.values() for action in listed) == sorted(actions)
