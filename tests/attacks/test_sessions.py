"""Sessions and links that were good once: after a role ended, after an account closed, after a link was used."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.tokens import default_token_generator
from django.test import Client
from django.urls import reverse

from naast.contact.tests.factories import asked
from naast.core import clock, once
from naast.directory.keeping import actions as keeping
from naast.directory.keeping.models import Confirmation
from naast.directory.keeping.tests.factories import asked_by_mail, due_offer
from naast.directory.models import Offer
from naast.people import actions, middleware, policy
from naast.people.models import Grant, StaffSession, User
from naast.people.tests.factories import sign_in, staff
from naast.places.queries import by_slug

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places")]
TEXT = "Mag mijn dochter zelf kiezen waar ze slaapt?"
NEW = "een heel andere zin van mij alleen"


def stolen_from(user: User) -> Client:
    """Return a browser with the cookie of somebody's open session."""
    theirs = sign_in(Client(), user)
    thief = Client(raise_request_exception=False)
    thief.cookies["sessionid"] = theirs.cookies["sessionid"].value
    return thief


def believed(request: Any) -> StaffSession:
    """Stand in for the look at the session's row: any session is as good as new."""
    return StaffSession(user=request.user, created=clock.now(), last_seen=clock.now())


def reads(thief: Client, question: Any) -> bool:
    """Tell whether a question of the desk can be read in this browser."""
    return TEXT[:20] in thief.get(reverse("desk:question", args=[question.pk])).content.decode()


def test_a_stolen_session_reads_nothing_once_the_role_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    place = by_slug("enschede")
    user = staff("adviser", place)
    question = asked(TEXT)
    thief = stolen_from(user)
    assert reads(thief, question), "while the role holds, the session works"
    held = policy.holdings(user)
    actions.end_grant(grant=Grant.objects.get(user=user))
    assert not reads(thief, question)
    # Weakened: roles are those of the moment of signing in, and a session outlives them.
    thief = stolen_from(user)
    monkeypatch.setattr(policy, "holdings", lambda person: held)
    assert reads(thief, question)


def test_a_role_that_ends_by_date_ends_for_open_sessions_too(monkeypatch: pytest.MonkeyPatch) -> None:
    user = staff("adviser", by_slug("enschede"), ends=clock.today())
    question = asked(TEXT)
    thief = stolen_from(user)
    assert reads(thief, question)
    held = policy.holdings(user)
    Grant.objects.filter(user=user).update(ends=clock.today() - timedelta(days=1))
    assert not reads(thief, question)
    monkeypatch.setattr(policy, "holdings", lambda person: held)
    assert reads(thief, question)


def test_a_stolen_session_ends_with_the_account(monkeypatch: pytest.MonkeyPatch) -> None:
    user = staff("adviser", by_slug("enschede"))
    thief = stolen_from(user)
    address = "/loket/account/"
    assert thief.get(address).status_code == 200
    actions.close_account(user=user)
    assert thief.get(address).status_code != 200
    # Weakened: a session is believed whatever became of it, and closing an account only hides it.
    User.objects.filter(pk=user.pk).update(is_active=True)
    thief = stolen_from(user)
    User.objects.filter(pk=user.pk).update(is_active=True)
    monkeypatch.setattr(middleware, "_open_session", believed)
    assert thief.get(address).status_code == 200


def test_a_session_whose_row_is_gone_is_over(monkeypatch: pytest.MonkeyPatch) -> None:
    user = staff("adviser", by_slug("enschede"))
    thief = stolen_from(user)
    actions.end_other_sessions(user=user, keep=None)
    assert thief.get("/loket/account/").status_code != 200
    thief = stolen_from(user)
    actions.end_other_sessions(user=user, keep=None)
    monkeypatch.setattr(middleware, "_open_session", believed)
    assert thief.get("/loket/account/").status_code == 200


# ---------- a replayed mail link ----------


def confirm_again(token: str, offer: Offer) -> bool:
    """Send the answer of a used link once more; tells whether the offer was confirmed again."""
    Offer.objects.filter(pk=offer.pk).update(checked_on=None)
    asking = Confirmation.objects.get(offer=offer)
    Client().post(f"/aanbod-bevestigen/{token}/", {"once": once.issue(), "asked": str(asking.pk), "do": "klopt"})
    offer.refresh_from_db()
    return offer.checked_on is not None


def test_a_replayed_confirmation_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    offer = due_offer()
    token = asked_by_mail()
    assert confirm_again(token, offer), "the first time it counts"
    assert not confirm_again(token, offer)
    # Weakened: an answered asking may be answered again.
    monkeypatch.setattr(
        keeping, "_claimed", lambda once, link, confirmation_id: Confirmation.objects.get(pk=confirmation_id)
    )
    assert confirm_again(token, offer)


def set_by_link(path: str, password: str, user: User) -> bool:
    """Open a link for a first password and send one; tells whether it became the password."""
    client = Client()
    opened = client.get(path, follow=True)
    form = opened.redirect_chain[-1][0] if opened.redirect_chain else path
    client.post(form, {"new_password1": password, "new_password2": password})
    user.refresh_from_db()
    return user.check_password(password)


def test_a_replayed_link_sets_no_second_password(monkeypatch: pytest.MonkeyPatch) -> None:
    user = staff("adviser", by_slug("enschede"))
    path = actions.set_password_path(user)
    assert set_by_link(path, NEW, user), "the first time it counts"
    assert not set_by_link(path, NEW + " en nog wat", user)
    # Weakened: a link knows nothing of the password that it was made beside.
    monkeypatch.setattr(default_token_generator, "_make_hash_value", lambda user, timestamp: f"{user.pk}{timestamp}")
    path = actions.set_password_path(user)
    assert set_by_link(path, NEW + " en nog meer", user)
    assert set_by_link(path, NEW + " en alles weer", user)
