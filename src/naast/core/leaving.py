"""Cookies that are limited to a path: which ones the clearing address must name to empty them.

The browser does not send such a cookie to `/-/weg/`; it can be dropped all the same when its name and path are known.
Rooms say which could stand below the page that somebody leaves from.
"""

from collections.abc import Callable, Iterable
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse

# Gets the path of the page somebody leaves from; returns (cookie name, path).
Named = Callable[[str], Iterable[tuple[str, str]]]

_rooms: list[Named] = []


def register(named: Named) -> None:
    """Let a room name its cookies; registering twice is once."""
    if named not in _rooms:
        _rooms.append(named)


def drop(request: HttpRequest, response: HttpResponse) -> None:
    """Empty all cookies that rooms may have set below the page this request comes from."""
    try:
        page = urlsplit(request.META.get("HTTP_REFERER", "")).path
    except ValueError:  # leaving never fails
        return
    for named in _rooms:
        for name, path in named(page):
            response.delete_cookie(name, path=path, samesite="Lax")
