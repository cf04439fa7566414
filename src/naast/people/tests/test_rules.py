"""The policy's arithmetic: default deny, more grants never mean fewer rights, a foreign place never."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from naast.people.policy_table import KINDS, MUNICIPALITY, ORGANISATION, REGION, TABLE
from naast.people.rules import (
    IDLE,
    LONGEST,
    ROLES,
    Holding,
    Scope,
    allowed_scopes,
    decide,
    session_ended,
    table_faults,
)

TWENTE, DRECHTSTEDEN = Scope(REGION, UUID(int=1)), Scope(REGION, UUID(int=2))
ENSCHEDE, HENGELO = Scope(MUNICIPALITY, UUID(int=11)), Scope(MUNICIPALITY, UUID(int=12))
DORDRECHT = Scope(MUNICIPALITY, UUID(int=21))
HOUTEN = Scope(MUNICIPALITY, UUID(int=31))
JARABEE = Scope(ORGANISATION, UUID(int=41))
INSIDE = {TWENTE: (ENSCHEDE, HENGELO), DRECHTSTEDEN: (DORDRECHT,)}
SCOPES = [TWENTE, DRECHTSTEDEN, ENSCHEDE, HENGELO, DORDRECHT, HOUTEN, JARABEE]


def covers(scope: Scope) -> tuple[Scope, ...]:
    """The map of this test: two regions with their municipalities, one municipality alone."""
    return INSIDE.get(scope, ())


def may(grants: list[Holding], action: str, scope: Scope) -> bool:
    return decide(grants, action, scope, covers, table=TABLE)


actions = st.sampled_from(sorted(TABLE))
scopes = st.sampled_from(SCOPES)
holdings = st.builds(Holding, role=st.sampled_from(ROLES), scope=scopes)
grant_lists = st.lists(holdings, max_size=6)


@given(actions, scopes)
def test_without_a_grant_nothing_is_allowed(action: str, scope: Scope) -> None:
    assert not may([], action, scope)


@given(grant_lists, holdings, actions, scopes)
def test_one_more_grant_never_takes_a_right_away(
    grants: list[Holding], more: Holding, action: str, scope: Scope
) -> None:
    if may(grants, action, scope):
        assert may([*grants, more], action, scope)


@given(st.sampled_from(ROLES), actions)
def test_a_role_in_a_place_never_reaches_another_place(role: str, action: str) -> None:
    grants = [Holding(role, ENSCHEDE), Holding(role, TWENTE)]
    for foreign in (DORDRECHT, DRECHTSTEDEN, HOUTEN, JARABEE):
        assert not may(grants, action, foreign)


@given(st.sampled_from(ROLES), actions)
def test_a_role_at_a_municipality_never_reaches_the_region_or_the_neighbour(role: str, action: str) -> None:
    for foreign in (TWENTE, HENGELO):
        assert not may([Holding(role, ENSCHEDE)], action, foreign)


@given(st.text(), grant_lists, scopes)
def test_an_action_that_is_not_in_the_table_is_refused(action: str, grants: list[Holding], scope: Scope) -> None:
    if action not in TABLE:
        assert not may(grants, action, scope)


@given(st.text(), actions, scopes)
def test_an_unknown_role_is_refused(role: str, action: str, scope: Scope) -> None:
    if role not in ROLES:
        assert not may([Holding(role, scope)], action, scope)


@given(grant_lists, actions)
def test_allowed_scopes_are_exactly_those_that_decide_allows(grants: list[Holding], action: str) -> None:
    allowed = allowed_scopes(grants, action, covers, table=TABLE)
    assert allowed == frozenset(scope for scope in SCOPES if may(grants, action, scope))


@given(st.permutations([Holding("adviser", TWENTE), Holding("editor", HOUTEN), Holding("provider", JARABEE)]), actions)
def test_the_order_of_grants_does_not_matter(grants: list[Holding], action: str) -> None:
    assert allowed_scopes(grants, action, covers, table=TABLE) == allowed_scopes(
        sorted(grants, key=repr), action, covers, table=TABLE
    )


def test_a_role_at_the_region_covers_its_municipalities() -> None:
    assert may([Holding("adviser", TWENTE)], "desk.answer", ENSCHEDE)
    assert may([Holding("adviser", TWENTE)], "desk.answer", TWENTE)


def test_a_provider_at_a_municipality_may_not_keep_offers_there() -> None:
    assert not may([Holding("provider", ENSCHEDE)], "directory.own", ENSCHEDE)
    assert may([Holding("provider", JARABEE)], "directory.own", JARABEE)


@pytest.mark.parametrize("role", [role for role in ROLES if role not in ("adviser", "coordinator")])
def test_only_the_desk_reads_questions(role: str) -> None:
    assert not any(may([Holding(role, scope)], "desk.read", scope) for scope in SCOPES)


def test_the_shipped_table_has_no_faults() -> None:
    assert table_faults(TABLE, KINDS) == []


def test_a_faulty_table_is_named_in_words() -> None:
    faults = table_faults(
        {
            "desk": {"adviser": frozenset({REGION})},
            "desk.nobody": {},
            "desk.read": {"advisor": frozenset({REGION}), "editor": frozenset(), "buddy": frozenset({"planet"})},
        },
        KINDS,
    )
    assert faults == [
        "desk: an action is written <room>.<verb>",
        "desk.nobody: no role may do this",
        "desk.read: unknown role advisor",
        "desk.read: editor has no kind of scope",
        "desk.read: buddy at unknown kind planet",
    ]


START = datetime(2026, 11, 23, 9, tzinfo=UTC)


def test_a_session_ends_when_it_is_idle_for_a_quarter_of_an_hour() -> None:
    assert not session_ended(START, START, START + IDLE - timedelta(seconds=1))
    assert session_ended(START, START, START + IDLE)


def test_a_session_ends_after_ten_hours_however_busy() -> None:
    assert session_ended(START, START + LONGEST - timedelta(seconds=1), START + LONGEST)


@given(st.timedeltas(timedelta(0), timedelta(days=2)), st.timedeltas(timedelta(0), timedelta(days=2)))
def test_an_ended_session_never_comes_back(later: timedelta, more: timedelta) -> None:
    if session_ended(START, START, START + later):
        assert session_ended(START, START, START + later + more)
