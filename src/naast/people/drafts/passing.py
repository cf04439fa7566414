"""At the edge of a session: what a form holds when it ended, and its way back into the page after sign-in.

Called by `people.middleware`. Nothing is kept of a request whose CSRF token is missing or wrong.
"""

import time
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware.csrf import CsrfViewMiddleware
from django.template.loader import render_to_string

from naast.core.sharing import outside
from naast.people.drafts import actions, queries
from naast.people.drafts.filling import filled
from naast.people.drafts.rules import STAFF_PREFIXES, Typed
from naast.people.models import User
from naast.people.rules import LONGEST

OUR_PAGES = ("/loket/", "/monitor/")
WAS = "somebody_was_here"  # in the session of a browser whose staff session ended: who may still send a form
HAS = "has_kept_forms"  # in the session after sign-in: look at this person's pages


def ended(request: HttpRequest, user: User | None) -> HttpResponse:
    """End a session that is over, keep what its form held, and lead to sign-in and back. The page says why.

    `user` is None for somebody of whom nothing may be kept: half signed in.
    """
    kept = user is not None and keep_sent(request, user)
    page = page_of(request)
    end(request, user)
    return HttpResponseRedirect(sign_in_address(page, kept=kept))


def end(request: HttpRequest, user: User | None) -> None:
    """End the session; the browser may still bring what its other windows hold."""
    logout(request)
    if user is not None:
        request.session[WAS] = {"user": str(user.pk), "at": int(time.time())}


def somebody_was_here(request: HttpRequest) -> HttpResponse | None:
    """Keep a form that comes from another window after the session of this browser ended; None when it is no such."""
    was = request.session.get(WAS)
    if not was or request.method != "POST" or time.time() - was["at"] > LONGEST.total_seconds():
        return None
    user = User.objects.filter(pk=was["user"], is_active=True).first()
    if user is None or not keep_sent(request, user):
        return None
    return HttpResponseRedirect(sign_in_address(page_of(request), kept=True))


def keep_sent(request: HttpRequest, user: User) -> bool:
    """Keep the form that this request sends, when it is one of a page and its token is right."""
    if request.method != "POST" or not _is_form(request) or not _token_is_right(request):
        return False
    page = urlsplit(page_of(request)).path
    return actions.keep_form(user=user, page=page, action=request.path, typed=typed_in(request))


def typed_in(request: HttpRequest) -> Typed:
    """Return the fields of a form in their order. Files are no fields."""
    return tuple((name, value) for name, values in request.POST.lists() for value in values)


def page_of(request: HttpRequest) -> str:
    """Return the page that a form stood on, with its query: where it was sent from when that is a staff page of ours."""
    if request.method != "POST":
        return request.get_full_path()
    parts = urlsplit(request.headers.get("Referer", ""))
    own = parts.scheme == request.scheme and parts.netloc == request.get_host()
    if own and parts.path.startswith(STAFF_PREFIXES):
        return f"{parts.path}?{parts.query}" if parts.query else parts.path
    return request.path


def sign_in_address(page: str, *, kept: bool) -> str:
    """Return the address of sign-in, which says what happened and leads back to the page."""
    query = {"tijd": "1", **({"bewaard": "1"} if kept else {}), "next": page}
    return f"{outside('account_login')}?{urlencode(query)}"


def brought_back(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Put what was kept into the page it belongs to; forget it once its form was sent."""
    user = request.user
    if not isinstance(user, User) or not request.session.get(HAS):
        return response
    if request.method == "POST" and response.status_code < 400:
        actions.forget_sent(user=user, action=request.path)
        if not queries.has_any(user):
            request.session.pop(HAS, None)
    elif request.method == "GET" and _is_page(request, response) and (kept := queries.kept_at(user, request.path)):
        _fill(request, response, kept)
    return response


def _fill(request: HttpRequest, response: HttpResponse, kept: queries.Kept) -> None:
    page = response.content.decode(response.charset)
    done = filled(page, here=request.path, action=kept.action, typed=kept.typed)
    notice = render_to_string("people/drafts/back.html", {"filled": done, "page": kept.page}, request)
    where = max(0, done.html.find("<main"))
    if not request.path.startswith(OUR_PAGES):
        # In the editors' admin only what is inside is laid out; our own may be a grid, which a stranger would push aside.
        where = done.html.find(">", where) + 1
    response.content = (done.html[:where] + notice + done.html[where:]).encode(response.charset)
    if response.has_header("Content-Length"):
        response.headers["Content-Length"] = str(len(response.content))


def _is_page(request: HttpRequest, response: HttpResponse) -> bool:
    whole = not request.headers.get("HX-Request") and not response.streaming
    return whole and response.status_code == 200 and response.headers.get("Content-Type", "").startswith("text/html")


def _is_form(request: HttpRequest) -> bool:
    """Tell whether this is a form that a person sent, and small enough to read: no script's call, no film."""
    length = request.META.get("CONTENT_LENGTH") or ""
    small = length.isdigit() and int(length) <= settings.NAAST_BODY_BYTES
    form = request.content_type in ("application/x-www-form-urlencoded", "multipart/form-data")
    by_script = request.headers.get("Sec-Fetch-Mode", "navigate") != "navigate" or "HX-Request" in request.headers
    return small and form and not by_script


def _token_is_right(request: HttpRequest) -> bool:
    return CsrfViewMiddleware(_nothing).process_view(request, _nothing, (), {}) is None


def _nothing(request: HttpRequest) -> HttpResponse:
    return HttpResponse()
