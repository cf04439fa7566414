"""The last administrator of a place cannot be taken away: not by anybody, not by accident, not by two at once."""

from collections.abc import Iterator
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.cache import caches
from hypothesis import given
from hypothesis import strategies as st

from naast.core import clock
from naast.people import actions
from naast.people.actions import LastAdministrator
from naast.people.administrators import keep_when_changed
from naast.people.models import Grant, StaffSession, User
from naast.people.queries import who_may
from naast.people.rules import Administrator, Scope, administrators_remain
from naast.people.tests.at_once import at_once
from naast.people.tests.factories import GrantFactory, UserFactory, staff
from naast.places.models import Place
from naast.places.queries import by_slug
from naast.places.rules import PlaceInfo

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places")]


@pytest.fixture(autouse=True)
def fresh_counters() -> None:
    for name in ("default", "shared", "limits"):
        caches[name].clear()


def at(slug: str) -> PlaceInfo:
    found = by_slug(slug)
    assert found
    return found


@pytest.fixture
def town() -> PlaceInfo:
    return at("enschede")


@pytest.fixture
def region() -> PlaceInfo:
    return at(at("enschede").parent_slug)


def scope_of(place: PlaceInfo) -> Scope:
    return Scope(place.kind, place.id)


def administrators(place: PlaceInfo) -> set[User]:
    return set(who_may("people.grant", scope_of(place)))


def grant_of(person: User) -> Grant:
    return Grant.objects.get(user=person, role="place-admin")


# ---------- the rule ----------

PEOPLE = [uuid4() for _ in range(4)]
SOMEBODY = st.builds(Administrator, st.sampled_from(PEOPLE), st.none() | st.dates(date(2027, 1, 1), date(2027, 12, 31)))


@given(st.lists(SOMEBODY), st.lists(SOMEBODY))
def test_somebody_lasting_stays_where_somebody_lasting_was(
    before: list[Administrator], after: list[Administrator]
) -> None:
    if not administrators_remain(before, after):
        assert before
        assert not after or (any(x.ends is None for x in before) and all(x.ends is not None for x in after))
    else:
        assert not before or after


@given(st.lists(SOMEBODY))
def test_where_nobody_was_nothing_is_lost(after: list[Administrator]) -> None:
    assert administrators_remain([], after)


# ---------- each way in which one could go ----------


def ways(person: User, other: User) -> Iterator[object]:
    yield lambda: actions.end_grant(grant=grant_of(person), by=other)
    yield lambda: actions.close_account(user=person, by=other)
    yield lambda: actions.reset_sign_in(user=person, by=other)
    yield lambda: keep_when_changed([grant_of(person)], clock.today() + timedelta(days=30))


WAYS = pytest.mark.parametrize("way", range(4), ids=["role ended", "account closed", "sign-in reset", "end date"])


@WAYS
def test_the_last_one_of_a_town_stays(way: int, town: PlaceInfo) -> None:
    last, adviser = staff("place-admin", town), staff("adviser", town)
    with pytest.raises(LastAdministrator) as refused:
        list(ways(last, adviser))[way]()  # type: ignore[operator]
    assert refused.value.scope == scope_of(town)
    last.refresh_from_db()
    assert last.is_active
    assert last.has_usable_password()
    assert administrators(town) == {last}


@WAYS
def test_one_of_two_may_go(way: int, town: PlaceInfo) -> None:
    one, other = staff("place-admin", town), staff("place-admin", town)
    list(ways(one, other))[way]()  # type: ignore[operator]
    assert other in administrators(town)


@WAYS
def test_the_last_one_of_a_region_stays_also_where_towns_have_their_own(
    way: int, town: PlaceInfo, region: PlaceInfo
) -> None:
    last, other = staff("place-admin", region), staff("place-admin", town)
    with pytest.raises(LastAdministrator):
        list(ways(last, other))[way]()  # type: ignore[operator]
    assert last in administrators(region)


@WAYS
def test_the_last_one_of_a_town_may_go_where_the_region_administers_it(
    way: int, town: PlaceInfo, region: PlaceInfo
) -> None:
    last, other = staff("place-admin", town), staff("place-admin", region)
    list(ways(last, other))[way]()  # type: ignore[operator]
    assert other in administrators(town)


@pytest.mark.parametrize("kind", ["closed", "never signed in", "only for a while", "begins later", "elsewhere"])
def test_who_cannot_take_over_does_not_count(kind: str, town: PlaceInfo) -> None:
    last = staff("place-admin", town)
    if kind == "closed":
        staff("place-admin", town, is_active=False)
    elif kind == "never signed in":
        staff("place-admin", town, password=None)
    elif kind == "only for a while":
        staff("place-admin", town, ends=clock.today() + timedelta(days=7))
    elif kind == "begins later":
        GrantFactory(coming=True, role="place-admin", scope_kind=town.kind, scope_id=town.id)
    else:
        staff("place-admin", at("houten"))
    with pytest.raises(LastAdministrator):
        actions.end_grant(grant=grant_of(last))


def test_another_role_ends_as_ever(town: PlaceInfo) -> None:
    adviser = staff("adviser", town)
    actions.end_grant(grant=Grant.objects.get(user=adviser))
    actions.close_account(user=adviser)


def test_the_command_line_may_reset_the_last_one_because_it_hands_out_the_new_link(town: PlaceInfo) -> None:
    last = staff("place-admin", town)
    actions.reset_sign_in(user=last)
    assert not last.has_usable_password()


def test_a_refusal_leaves_everything_as_it_was(town: PlaceInfo) -> None:
    last = staff("place-admin", town)
    GrantFactory(user=last, role="adviser", scope_kind=town.kind, scope_id=town.id)
    actions.open_session(user=last)
    with pytest.raises(LastAdministrator):
        actions.close_account(user=last)
    assert StaffSession.objects.filter(user=last).exists()
    assert Grant.objects.in_force(clock.today()).filter(user=last).count() == 2


# ---------- two at once ----------


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("way", range(3), ids=["role ended", "account closed", "sign-in reset"])
def test_two_who_take_each_other_away_at_once_leave_one(way: int) -> None:
    region = Place.objects.create(kind="region", slug=f"regio-{uuid4().hex[:6]}", name="Regio")
    scope = Scope("region", region.pk)
    two = [UserFactory(), UserFactory()]
    for person in two:
        GrantFactory(user=person, role="place-admin", scope_kind="region", scope_id=region.pk)
    ended = at_once(
        [list(ways(person, other))[way] for person, other in ((two[0], two[1]), (two[1], two[0]))]  # type: ignore[misc]
    )
    assert sorted(type(one).__name__ for one in ended) == ["LastAdministrator", "NoneType"]
    left = [person for person in who_may("people.grant", scope) if person.has_usable_password()]
    assert len(left) == 1
