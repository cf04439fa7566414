"""Keeps staff sessions honest: idle ones end, ended ones stay ended, and nobody works without a second factor."""

from collections.abc import Callable
from datetime import timedelta

from allauth.account.authentication import get_authentication_records
from django.conf import settings
from django.contrib.auth import SESSION_KEY, logout
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from naast.core import clock
from naast.core.sharing import outside
from naast.people.drafts import passing
from naast.people.models import StaffSession
from naast.people.receivers import STAFF_SESSION
from naast.people.rules import session_ended

STAFF_PREFIXES = ("/loket/", "/monitor/", "/beheer/")
# What somebody without a second factor may open: setting it up, and leaving.
SET_UP = ("mfa_activate_totp", "people:passkey-add", "account_reauthenticate", "account_logout")
# Wagtail's open editor asks every ten seconds who else edits, also while nobody sits there.
EDITORS_ASK = "/beheer/editing-sessions/"
# The last use is written at most this often, so that reading pages stays reading.
BEAT = timedelta(seconds=30)
# A film that is too large must reach the form that says so; a few times the limit is no film any more.
FILMS_AT_ONCE = 3


def has_second_factor(request: HttpRequest) -> bool:
    """Tell whether this very session was proved with a second factor."""
    return any(record.get("method") == "mfa" for record in get_authentication_records(request, request.user))


class StaffMiddleware:
    """Runs after sign-in is known. Requests without a signed-in session pass untouched and unread."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """End what is over, lead to set-up what is half, and let the rest pass."""
        if settings.SESSION_COOKIE_NAME not in request.COOKIES:
            return self.get_response(request)
        if SESSION_KEY not in request.session:
            staff_form = request.method == "POST" and request.path.startswith(STAFF_PREFIXES)
            kept = passing.somebody_was_here(request) if staff_form else None
            return kept or self.get_response(request)
        if not request.user.is_authenticated:
            return self.get_response(request)
        staff_page = request.path.startswith(STAFF_PREFIXES)
        session = _open_session(request)
        if session is None:
            if staff_page:
                return passing.ended(request, request.user if has_second_factor(request) else None)
            logout(request)
            return self.get_response(request)
        if not has_second_factor(request):
            if staff_page and request.path not in {outside(name) for name in SET_UP}:
                return HttpResponseRedirect(outside("mfa_activate_totp"))
            if not staff_page:
                # Half signed in counts as a stranger wherever the public reads.
                request.user = AnonymousUser()
                return self.get_response(request)
        request.staff_session = session  # type: ignore[attr-defined]  # as it was before this request
        request.user.policy_memo = {}
        response = self.get_response(request)
        return passing.brought_back(request, response) if staff_page else response


def _open_session(request: HttpRequest) -> StaffSession | None:
    """Look the session up, refuse it when it is over, and note its use."""
    moment = clock.now()
    known = request.session.get(STAFF_SESSION)
    session = StaffSession.objects.filter(pk=known).first() if known else None
    if session is None or session.user_id != request.user.pk:
        return None
    if session_ended(session.created, session.last_seen, moment):
        session.delete()
        return None
    # What a script asks by itself (is the quarter of an hour over, who else edits) is no use.
    by_itself = request.path == outside("people:keep-and-leave") or request.path.startswith(EDITORS_ASK)
    if moment - session.last_seen >= BEAT and not by_itself:
        StaffSession.objects.filter(pk=session.pk).update(last_seen=moment)
    return session


class BodyMiddleware:
    """Refuses a body that no form of ours sends, before a byte of it is written to disk (files would be, by anybody)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer 413 to what is too large; staff may send films, and a too large one still gets its own words."""
        length = request.META.get("CONTENT_LENGTH") or "0"
        size = int(length) if length.isdigit() else 0
        if size > settings.NAAST_BODY_BYTES and (
            not request.user.is_authenticated or size > FILMS_AT_ONCE * settings.NAAST_FILM_BYTES
        ):
            return render(request, "core/413.html", status=413)
        return self.get_response(request)
