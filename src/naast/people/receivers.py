"""What happens at the moments of sign-in: the session is noted as ours, and what allauth writes into it is scrubbed."""

from typing import Any

from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.account.signals import authentication_step_completed
from allauth.mfa.signals import authentication_failed
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.dispatch import receiver
from django.http import HttpRequest

from naast.people import actions, bursts
from naast.people.drafts import passing
from naast.people.drafts import queries as drafts
from naast.people.models import StaffSession, User

STAFF_SESSION = "staff_session"
# `reauthenticated` has to stay, else setting up the second factor asks for the password for ever.
# `passwordless` too, else a passkey that was both steps would be asked for the second.
KEPT_IN_RECORD = frozenset({"method", "at", "id", "type", "reauthenticated", "passwordless"})


@receiver(authentication_step_completed, dispatch_uid="people.scrub")
def scrub(sender: Any, request: HttpRequest, **kwargs: Any) -> None:
    """Take addresses and names out of the record that allauth keeps in the session."""
    records = request.session.get(AUTHENTICATION_METHODS_SESSION_KEY, [])
    request.session[AUTHENTICATION_METHODS_SESSION_KEY] = [
        {key: value for key, value in record.items() if key in KEPT_IN_RECORD} for record in records
    ]


@receiver(user_logged_in, dispatch_uid="people.session_begins")
def session_begins(sender: Any, request: HttpRequest, user: User, **kwargs: Any) -> None:
    """Note the session, so that its owner can see and end it, and so that it can end by itself."""
    _forget(request)
    request.session.pop(passing.WAS, None)
    if drafts.has_any(user):
        request.session[passing.HAS] = True
    request.session[STAFF_SESSION] = str(actions.open_session(user=user).pk)


@receiver(authentication_failed, dispatch_uid="people.second_step_failed")
def second_step_failed(sender: Any, user: User, **kwargs: Any) -> None:
    """Count a wrong code among the failures that may be a burst."""
    bursts.noticed(user.email)


@receiver(user_logged_out, dispatch_uid="people.session_ends")
def session_ends(sender: Any, request: HttpRequest, user: User | None, **kwargs: Any) -> None:
    """Forget the session."""
    _forget(request)


def _forget(request: HttpRequest) -> None:
    if known := request.session.get(STAFF_SESSION):
        StaffSession.objects.filter(pk=known).delete()
