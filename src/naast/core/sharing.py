"""Shared pages: which answers may be held for everybody, and links to the house's own addresses."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import wraps
from typing import Any, overload

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import get_script_prefix, get_urlconf, reverse, set_script_prefix, set_urlconf

from . import languages

SHARED_HEADER = "X-Naast-Shared"  # internal: the outermost layer strips it
KEYS_HEADER = "X-Naast-Keys"
MAX_AGE = "public, max-age=0, s-maxage=60"
OURS = ("sessionid", "csrftoken", "__Host-naast-session", "__Host-naast-csrf", "naast-")


def has_our_cookie(names: Any) -> bool:
    """Tell whether one of these cookie names is ours; foreign cookies do not matter."""
    return any(name.startswith(OURS) for name in names)


@overload
def shared_page(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]: ...


@overload
def shared_page(
    *, keys: tuple[str, ...] = ()
) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]: ...


def shared_page(view: Callable[..., HttpResponse] | None = None, *, keys: tuple[str, ...] = ()) -> Any:
    """Mark a view whose page is the same for everybody: cacheable for readers without a cookie of ours.

    `keys` are the query keys that change the page; any other query makes the answer unshared. Only GET with status
    200 is shared. A page that sets a cookie is not (a form with a CSRF token, for one).
    """

    def decorate(inner: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(inner)
        def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            response = inner(request, *args, **kwargs)
            mark_shared(request, response, keys)
            return response

        return wrapped

    return decorate(view) if view else decorate


def mark_shared(request: HttpRequest, response: HttpResponse, keys: tuple[str, ...] = ()) -> None:
    """Mark one answer as shared where it qualifies (for views that are not ours to decorate)."""
    known = set(request.GET) <= set(keys)
    if request.method in ("GET", "HEAD") and response.status_code == 200 and known:
        place = getattr(request, "place", None)
        response.headers[SHARED_HEADER] = place.slug if place else "*"


class outside_any_place:
    """Stand outside every place: the root prefix and the house's own addresses."""

    def __enter__(self) -> None:
        self.old = get_script_prefix(), get_urlconf()
        set_script_prefix("/")
        set_urlconf(settings.ROOT_URLCONF)

    def __exit__(self, *exc: object) -> None:
        set_script_prefix(self.old[0])
        set_urlconf(self.old[1])


@dataclass(frozen=True)
class OwnHouse:
    """What a request on a place's own host name knows: whose it is, and where the house itself stands."""

    slug: str
    shared: str  # scheme and host, without a closing slash


ONLY_SHARED = frozenset({"start"})  # choosing another place leads away from an own host
_own_house: ContextVar[OwnHouse | None] = ContextVar("naast_own_house", default=None)


@contextmanager
def on_own_host(slug: str, shared: str) -> Iterator[None]:
    """Stand on a place's own host name: what belongs to all places lies on the shared host."""
    token = _own_house.set(OwnHouse(slug, shared))
    try:
        yield
    finally:
        _own_house.reset(token)


def house_address() -> str:
    """Return scheme and host of the house where we stand on a place's own host, else ''."""
    own = _own_house.get()
    return own.shared if own else ""


def place_address(slug: str) -> str:
    """Return the address of a place's home from where we stand, in the language we read in."""
    own = _own_house.get()
    if own is not None and own.slug == slug:
        return languages.prefixed("/", languages.reading())
    return f"{outside('start')}{slug}/"


def outside(name: str, *args: Any, **kwargs: Any) -> str:
    """Reverse one of the house's own addresses (/loket/, /kluisje/, /beheer/, /monitor/), whatever place we stand in.

    What residents see (/kluisje/, /hulp-nu/) keeps the language we read in.
    """
    with outside_any_place():
        path = languages.prefixed(reverse(name, args=args or None, kwargs=kwargs or None), languages.reading())
    return house_address() + path if name in ONLY_SHARED else path
