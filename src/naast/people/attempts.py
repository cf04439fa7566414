"""Failed sign-ins: who guesses waits ever longer, and the person who works here does not wait for the guesser.

Three counts, each under a keyed hash and none with an address in it: of this account from this network, of this account
from a browser that signed in with it before, and of this account from everywhere. The last one has a wide ceiling, and a
known browser is never held up by it. So a guesser on another network locks nobody out. docs/decisions/0023.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse

from naast.core import clock, crypto
from naast.core.limits import prefix_hash
from naast.people.models import User
from naast.people.rules import FREE_NEAR, FREE_WIDE, pause_after

COOKIE = "naast-bekend"
COOKIE_LIFE = timedelta(days=90)
COOKIE_PATH = "/loket/aanmelden/"
SALT = "people.known-browser"
# Counts fade: a guess a day is no guess.
REMEMBERED = timedelta(hours=24)
WIDE_REMEMBERED = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Lane:
    """One count: its key in the cache, how many failures are free, and how long it is remembered."""

    key: str
    free: int
    remembered: timedelta


def seconds_to_wait(request: HttpRequest, email: str) -> int:
    """Return for how many seconds a try at this account from here is refused; 0 lets it through. Counts nothing."""
    moment = clock.now().timestamp()
    closed = (float(caches["shared"].get(f"{lane.key}:until", 0)) for lane in _lanes(request, email))
    return max(0, *(round(until - moment) for until in closed))


def failed(request: HttpRequest, email: str) -> None:
    """Count one failure at this account from here, and close the lanes that are full for a while."""
    cache = caches["shared"]
    for lane in _lanes(request, email):
        cache.add(lane.key, 0, timeout=lane.remembered.total_seconds())
        try:
            failures = cache.incr(lane.key)
        except ValueError:  # it faded in between
            cache.set(lane.key, 1, timeout=lane.remembered.total_seconds())
            failures = 1
        if pause := pause_after(failures, free=lane.free).total_seconds():
            cache.set(f"{lane.key}:until", clock.now().timestamp() + pause, timeout=pause)


def succeeded(request: HttpRequest, email: str) -> None:
    """Forget the failures from here. Those from everywhere stay: a guesser could have an account too."""
    near = _lanes(request, email)[0]
    caches["shared"].delete_many([near.key, f"{near.key}:until"])


def remember_browser(request: HttpRequest, response: HttpResponse, user: User) -> None:
    """Give this browser a token that says that it signed in with this account; it opens nothing by itself."""
    token = signing.dumps([_account(user.email), clock.now().timestamp()], salt=SALT, compress=False)
    response.set_cookie(
        COOKIE,
        token,
        max_age=COOKIE_LIFE,
        path=COOKIE_PATH,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _known_browser(request: HttpRequest, email: str) -> str:
    """Return a key of this browser where it signed in with this account before, else nothing."""
    token = request.COOKIES.get(COOKIE, "")
    try:
        account, _since = signing.loads(token, salt=SALT, max_age=COOKIE_LIFE)
    except (signing.BadSignature, ValueError, TypeError):
        return ""
    return crypto.blind_index(token, purpose="signin-browser") if account == _account(email) else ""


def _lanes(request: HttpRequest, email: str) -> tuple[Lane, ...]:
    account = _account(email)
    if browser := _known_browser(request, email):
        return (Lane(f"naast.signin.browser.{browser}", FREE_NEAR, REMEMBERED),)
    return (
        Lane(f"naast.signin.near.{account}.{prefix_hash(request)}", FREE_NEAR, REMEMBERED),
        Lane(f"naast.signin.wide.{account}", FREE_WIDE, WIDE_REMEMBERED),
    )


def as_found(email: str) -> str:
    """Return an address as the database finds an account by it: UPPER() makes an I of a dotless i, an S of a long s."""
    return email.strip().upper().lower()


def _account(email: str) -> str:
    return crypto.blind_index(as_found(email), purpose="signin")
