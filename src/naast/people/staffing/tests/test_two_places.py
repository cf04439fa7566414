"""Somebody whom two places invite: each gives its own role, one link opens the account, and neither undoes the other."""

import pytest

from naast.core import clock
from naast.core.models import OutboxMail
from naast.people.models import Grant, User
from naast.people.staffing import actions, queries, rules
from naast.people.staffing.models import Invitation
from naast.people.tests.factories import staff
from naast.places.queries import by_slug

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places")]
EMAIL = "noor@werk.example"


def invites(slug: str) -> tuple[User, Invitation | None]:
    place = by_slug(slug)
    assert place
    scope = queries.scope_of(place)
    return actions.invite(
        by=staff("place-admin", place), place=place, email=EMAIL, display_name="Noor", role="adviser", scope=scope
    )


def links() -> int:
    return OutboxMail.objects.filter(kind="people/invited").count()


def test_a_second_place_gives_its_role_and_the_link_that_is_on_its_way_stays() -> None:
    _, first = invites("enschede")
    user, second = invites("zwolle")
    assert second == first
    assert links() == 1
    assert Grant.objects.in_force(clock.today()).filter(user=user, role="adviser").count() == 2
    assert actions.accept(user=user, by_link=True)


def test_where_the_first_link_ended_the_second_place_sends_its_own() -> None:
    _, first = invites("enschede")
    with clock.frozen(clock.now() + rules.INVITED_FOR * 2):
        user, second = invites("zwolle")
        assert second is not None
        assert second != first
        assert links() == 2
        assert actions.accept(user=user, by_link=True)
    user.refresh_from_db()
    assert user.is_active
