"""Staying signed in, keeping a form just before a session ends, and throwing away what was kept."""

from datetime import datetime
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.views.decorators.http import require_POST

from naast.core import clock
from naast.core.sharing import outside
from naast.people.drafts import actions, passing
from naast.people.drafts.rules import ACTION, PAGE, STAFF_PREFIXES, seconds_left
from naast.people.models import StaffSession
from naast.people.policy import needs, signed_in


@require_POST
@needs("people.own")
def stay(request: HttpRequest) -> HttpResponse:
    """Stay signed in; says for how long. That somebody asked counts as use, as every request does."""
    session = session_of(request)
    if session is None:
        return JsonResponse({"left": 0, "last": True})
    return _says(session.created, clock.now())


@require_POST
@needs("people.own")
def leave(request: HttpRequest) -> HttpResponse:
    """Keep what stands in a form and end the session: the quarter of an hour is over and nobody answered.

    A script sends it, so it never counts as use (people.middleware). When the session was used meanwhile, in another
    window, it says how long is left and ends nothing.
    """
    session = session_of(request)
    if session is not None and seconds_left(session.created, session.last_seen, clock.now()).seconds > NEAR:
        return _says(session.created, session.last_seen)
    page = request.POST.get(PAGE, "")
    path = urlsplit(page).path
    kept = False
    if page.startswith(STAFF_PREFIXES):
        typed = tuple(pair for pair in passing.typed_in(request) if pair[0] not in (PAGE, ACTION))
        kept = actions.keep_form(
            user=signed_in(request), page=path, action=request.POST.get(ACTION) or path, typed=typed
        )
    else:
        page = outside("people:account")
    passing.end(request, signed_in(request))
    return JsonResponse({"href": passing.sign_in_address(page, kept=kept)})


@require_POST
@needs("people.own")
def discard(request: HttpRequest) -> HttpResponse:
    """Throw away what was kept of a page, and show the page as it is."""
    page = request.POST.get(PAGE, "")
    actions.forget_form(user=signed_in(request), page=page)
    return HttpResponseRedirect(page if page.startswith(STAFF_PREFIXES) else outside("people:account"))


NEAR = 30  # seconds before the end at which the end may be brought about: clocks of browsers are not ours


def session_of(request: HttpRequest) -> StaffSession | None:
    """Return the session as the middleware found it, before this request counted as use."""
    return getattr(request, "staff_session", None)


def _says(created: datetime, last_seen: datetime) -> JsonResponse:
    left = seconds_left(created, last_seen, clock.now())
    return JsonResponse({"left": left.seconds, "last": left.last})
