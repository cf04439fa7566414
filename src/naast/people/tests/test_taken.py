"""A backup of before gives nobody back what was taken from them since: a role, an account, a second step."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator

from naast.core import clock
from naast.core.models import Tombstone
from naast.core.retention import tombstones
from naast.people import actions
from naast.people.models import Grant, Invitation, User
from naast.people.rules import Scope
from naast.people.staffing import actions as staffing
from naast.people.tests.factories import GrantFactory, UserFactory, staff
from naast.places.queries import by_slug

pytestmark = pytest.mark.django_db


@pytest.fixture
def backup():
    """Remember rows as they are now; called, put them back as a restored database has them: past every signal."""
    kept = {}

    def put_back():
        for model, rows in kept.items():
            model.objects.filter(pk__in=[row.pk for row in rows])._raw_delete("default")
            model.objects.bulk_create(rows)

    def make(*models):
        for model in models:
            kept[model] = list(model.objects.all())
        return put_back

    return make


def of_long_ago(**how):
    return GrantFactory(starts=clock.today() - timedelta(days=30), **how)


def test_a_role_that_ended_stays_ended(backup):
    grant = of_long_ago()
    put_back = backup(Grant)
    actions.end_grant(grant=grant)
    put_back()
    assert Grant.objects.in_force(clock.today()).exists()
    assert tombstones.apply()["people.Grant:ends"] == 1
    assert not Grant.objects.in_force(clock.today()).exists()


def test_a_role_of_today_that_was_taken_back_stays_away(backup):
    grant = GrantFactory(starts=clock.today())
    put_back = backup(Grant)
    actions.end_grant(grant=grant)
    put_back()
    tombstones.apply()
    assert not Grant.objects.exists()


def test_a_last_day_that_moved_is_the_last_one_that_was_given(backup, places):
    from naast.people import taken

    grant = of_long_ago()
    put_back = backup(Grant)
    for days in (3, 9):
        grant.ends = clock.today() + timedelta(days=days)
        grant.save()
        taken.last_day(grant)
    put_back()
    tombstones.apply()
    assert Grant.objects.get().ends == clock.today() + timedelta(days=9)
    grant.ends = None
    taken.last_day(grant)
    assert not Tombstone.objects.filter(model=taken.ENDS).exists()


def test_a_closed_account_stays_closed_unless_it_opened_again(backup):
    from naast.people import taken

    user = UserFactory()
    put_back = backup(User)
    actions.close_account(user=user)
    put_back()
    tombstones.apply()
    assert not User.objects.get().is_active
    taken.opened(user)
    put_back()
    tombstones.apply()
    assert User.objects.get().is_active


def test_a_password_and_a_second_step_that_were_taken_off_stay_off_and_new_ones_stay(backup):
    user = UserFactory()
    user.set_password("uitgelekt-waterval-92")
    user.save()
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": "x"})
    put_back = backup(User, Authenticator)
    actions.reset_sign_in(user=User.objects.get())
    put_back()
    tombstones.apply()
    user.refresh_from_db()
    assert not user.has_usable_password()
    assert not Authenticator.objects.exists()
    user.set_password("nieuwe-waterval-93")
    user.save()
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": "y"})
    tombstones.apply()
    user.refresh_from_db()
    assert user.has_usable_password()
    assert Authenticator.objects.count() == 1


def test_an_invitation_that_was_taken_back_stays_so(backup, places):
    here = by_slug("enschede")
    karin = staff("place-admin", here)
    _user, invitation = staffing.invite(
        by=karin,
        place=here,
        email="nieuw@voorbeeld.example",
        display_name="Nieuw",
        role="adviser",
        scope=Scope("municipality", here.id),
    )
    put_back = backup(Invitation)
    staffing.withdraw(by=karin, invitation=invitation)
    put_back()
    tombstones.apply()
    assert Invitation.objects.get().withdrawn_at
