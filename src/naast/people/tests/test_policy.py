"""The policy over real grants: days that count, regions that cover, views that guard, rows that stay inside."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from naast.core import clock
from naast.people import actions, policy, queries
from naast.people.models import Grant, User
from naast.people.policy import ScopedQuerySet, may, needs, scopes_for
from naast.people.policy_table import MUNICIPALITY, REGION
from naast.people.rules import Scope
from naast.people.tests.factories import AbsenceFactory, GrantFactory, UserFactory, staff
from naast.places.models import Place

pytestmark = pytest.mark.django_db


class Twente:
    """Two regions in miniature."""

    def __init__(self) -> None:
        self.twente = self.place(REGION, "proefregio")
        self.enschede = self.place(MUNICIPALITY, "proefstad", self.twente)
        self.hengelo = self.place(MUNICIPALITY, "proefdorp", self.twente)
        self.houten = self.place(MUNICIPALITY, "houten")

    def place(self, kind: str, slug: str, inside: Scope | None = None) -> Scope:
        parent = Place.objects.get(pk=inside.id) if inside else None
        found, _ = Place.objects.update_or_create(
            slug=slug, defaults={"kind": kind, "name": slug.title(), "parent": parent}
        )
        return Scope(kind, found.pk)


@pytest.fixture
def there() -> Twente:
    return Twente()


def test_an_adviser_answers_in_the_own_municipality_only(there: Twente) -> None:
    adviser = staff("adviser", there.enschede)
    assert may(adviser, "desk.answer", there.enschede)
    assert not may(adviser, "desk.answer", there.hengelo)
    assert not may(adviser, "desk.answer", there.twente)


def test_an_adviser_of_the_region_answers_in_all_its_municipalities(there: Twente) -> None:
    adviser = staff("adviser", there.twente)
    assert scopes_for(adviser, "desk.answer") == {there.twente, there.enschede, there.hengelo}
    assert not may(adviser, "desk.answer", there.houten)


def test_a_role_counts_from_its_first_to_its_last_day(there: Twente) -> None:
    person = UserFactory()
    today = clock.today()
    GrantFactory(
        user=person, scope_id=there.enschede.id, starts=today + timedelta(days=1), ends=today + timedelta(days=2)
    )
    seen = []
    for days in range(4):
        with clock.frozen(clock.now() + timedelta(days=days)):
            seen.append(may(person, "desk.read", there.enschede))
    assert seen == [False, True, True, False]


@pytest.mark.parametrize("trait", ["ended", "coming"])
def test_a_role_of_another_time_counts_for_nothing(there: Twente, trait: str) -> None:
    grant = GrantFactory(**{trait: True}, scope_id=there.enschede.id)
    assert scopes_for(grant.user, "desk.read") == frozenset()


def test_a_closed_account_and_a_stranger_may_do_nothing(there: Twente) -> None:
    closed = staff("adviser", there.enschede, closed=True)
    assert not may(closed, "desk.read", there.enschede)
    assert not may(AnonymousUser(), "desk.read", there.enschede)


def test_a_superuser_without_a_role_reads_no_question(there: Twente) -> None:
    root = User.objects.create_superuser("beheer@example.org", "x", display_name="Beheer")
    assert scopes_for(root, "desk.read") == frozenset()


def test_ending_a_role_works_at_once(there: Twente) -> None:
    adviser = staff("adviser", there.enschede)
    actions.end_grant(grant=Grant.objects.get(user=adviser))
    assert not may(adviser, "desk.read", there.enschede)


def test_a_role_given_twice_is_one_role(there: Twente) -> None:
    person = UserFactory()
    first = actions.grant_role(user=person, role="editor", scope=there.enschede)
    assert actions.grant_role(user=person, role="editor", scope=there.enschede) == first


@pytest.mark.parametrize(("role", "kind"), [("king", MUNICIPALITY), ("adviser", "planet")])
def test_an_unknown_role_or_kind_is_refused(role: str, kind: str) -> None:
    with pytest.raises(actions.UnknownRole):
        actions.grant_role(user=UserFactory(), role=role, scope=Scope(kind, uuid4()))


# ---------- who may ----------


def test_who_may_answer_holds_the_role_there_or_at_the_region(there: Twente) -> None:
    local, regional = staff("adviser", there.enschede), staff("coordinator", there.twente)
    staff("adviser", there.hengelo)
    staff("editor", there.enschede)
    staff("adviser", there.enschede, closed=True)
    assert set(queries.who_may("desk.answer", there.enschede)) == {local, regional}
    assert set(queries.who_may("desk.answer", there.twente)) == {regional}
    assert queries.who_may("desk.answer", there.houten) == []


def test_absence_tells_who_stands_in() -> None:
    deputy = UserFactory()
    away, alone = AbsenceFactory(deputy=deputy).user, AbsenceFactory().user
    assert queries.away_on(clock.today()) == {away.pk: deputy.pk, alone.pk: None}
    assert queries.away_on(clock.today() + timedelta(days=2)) == {}


def test_somebody_sees_why_they_may_see(there: Twente) -> None:
    adviser = staff("adviser", there.enschede, ends=clock.today())
    (right,) = queries.rights_of(adviser)
    assert (right.role, right.place_name, right.ends) == ("adviser", "Proefstad", clock.today())


# ---------- guarding views ----------


@needs("desk.read")
def desk(request: HttpRequest) -> HttpResponse:
    return HttpResponse(str(len(request.scopes)))  # type: ignore[attr-defined]


def ask(user: User | AnonymousUser) -> HttpResponse:
    request = RequestFactory().get("/loket/?lijst=nieuw")
    request.user = user
    return desk(request)


def test_a_stranger_is_sent_to_sign_in_and_back() -> None:
    answer = ask(AnonymousUser())
    assert (answer.status_code, answer.headers["Location"]) == (
        302,
        "/loket/aanmelden/?next=/loket/%3Flijst%3Dnieuw",
    )


def test_somebody_without_the_right_is_refused(there: Twente) -> None:
    with pytest.raises(PermissionDenied):
        ask(staff("editor", there.enschede))


def test_the_view_gets_the_scopes_it_may_show(there: Twente) -> None:
    assert ask(staff("adviser", there.twente)).content == b"3"


def test_a_guard_for_an_unknown_action_does_not_load() -> None:
    with pytest.raises(ValueError, match=r"desk\.dance"):
        needs("desk.dance")


def test_the_guard_names_its_action_to_the_matrix() -> None:
    assert desk.policy_action == "desk.read"


# ---------- limiting rows ----------


class GrantsByScope(ScopedQuerySet[Grant]):
    scope_field = "scope_id"


def test_rows_outside_the_scopes_are_never_seen(there: Twente) -> None:
    mine = GrantFactory(scope_id=there.enschede.id)
    GrantFactory(scope_id=there.hengelo.id)
    rows = GrantsByScope(Grant)
    assert list(rows.within({there.enschede})) == [mine]
    assert list(rows.within(())) == []


class PlacesBySlug(ScopedQuerySet[Place]):
    scope_field = "slug"
    scope_by_slug = True


def test_rows_that_keep_a_slug_are_limited_as_well(there: Twente) -> None:
    rows = PlacesBySlug(Place).within(scopes_for(staff("adviser", there.twente), "desk.read"))
    assert {place.slug for place in rows} == {"proefregio", "proefstad", "proefdorp"}


def test_the_policy_reads_grants_once_a_request(there: Twente, django_assert_num_queries: object) -> None:
    adviser = staff("adviser", there.enschede)
    may(adviser, "desk.read", there.enschede)
    adviser.policy_memo = {}
    with django_assert_num_queries(1):  # type: ignore[operator]
        for action in ("desk.read", "desk.answer", "content.edit"):
            may(adviser, action, there.enschede)


def test_every_kind_of_the_table_is_known_or_waits_for_its_room() -> None:
    assert {REGION, MUNICIPALITY} <= policy.registered_kinds()
