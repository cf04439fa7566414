"""Who was invited may come in by their municipality's own sign-in as well as by the mailed link, while it lasts."""

import pytest
from django.test import Client

from naast.core import clock
from naast.people.models import User
from naast.people.oidc.tests.test_sign_in_elsewhere import (  # noqa: F401  fixtures
    ADDRESS,
    Municipality,
    fresh_counters,
    is_in,
    municipality,
    through,
)
from naast.people.staffing import actions
from naast.people.staffing.models import Invitation
from naast.people.staffing.tests.test_actions import invited, place
from naast.people.tests.factories import staff

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places")]


@pytest.fixture
def invitation() -> Invitation:
    return invited(staff("place-admin", place()), email=ADDRESS)[1]


def test_proving_oneself_there_opens_the_account(municipality: Municipality, invitation: Invitation) -> None:  # noqa: F811
    browser = Client()
    through(browser)
    assert is_in(browser)
    assert User.objects.get(email=ADDRESS).is_active
    invitation.refresh_from_db()
    assert invitation.accepted_at


@pytest.mark.parametrize("over", ["ended", "withdrawn"])
def test_an_invitation_that_is_over_opens_nothing(
    municipality: Municipality,  # noqa: F811
    invitation: Invitation,
    over: str,
) -> None:
    if over == "ended":
        Invitation.objects.filter(pk=invitation.pk).update(ends_at=clock.now())
    else:
        actions.withdraw(by=staff("place-admin", place()), invitation=invitation)
    browser = Client()
    through(browser)
    assert not is_in(browser)
    assert not User.objects.get(email=ADDRESS).is_active
