"""Own host names: whether one can be a place's, which ones Naast answers on, and the address of the shared host."""

import ipaddress
import re
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest

from naast.settings.hosts import AllowedHosts

_LABEL = re.compile(r"^(?!-)[a-z0-9-]{1,63}(?<!-)$")


class HostRefused(ValueError):
    """A text cannot be a place's host name; the code says why: 'empty', 'address', 'syntax', 'short', 'ours'."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def host_of(text: str) -> str:
    """Return the host name somebody typed, small and bare: 'https://Naast.Enschede.nl/' → 'naast.enschede.nl'.

    Raises HostRefused for an IP address, bad syntax, a name without a dot, and a name that is the shared host's.
    """
    bare = text.strip().lower().removeprefix("https://").removeprefix("http://").partition("/")[0]
    bare = bare.partition(":")[0] if bare.count(":") == 1 else bare
    bare = bare.removesuffix(".")
    if not bare:
        raise HostRefused("empty")
    try:
        ipaddress.ip_address(bare.strip("[]"))
    except ValueError:
        pass
    else:
        raise HostRefused("address")
    try:
        bare = bare.encode("idna").decode("ascii")
    except UnicodeError as error:
        raise HostRefused("syntax") from error
    labels = bare.split(".")
    if len(bare) > 253 or not all(_LABEL.match(label) for label in labels):
        raise HostRefused("syntax")
    if len(labels) < 2 or labels[-1].isdigit():
        raise HostRefused("short")
    if is_shared(bare):
        raise HostRefused("ours")
    return bare


def is_shared(host: str) -> bool:
    """Tell whether the installation itself answers on this host (NAAST_HOSTS)."""
    known = settings.ALLOWED_HOSTS
    fixed = known.fixed() if isinstance(known, AllowedHosts) else known
    # As Django compares them: capitals do not matter.
    small = [pattern.lower() for pattern in fixed]
    return any(host == pattern or (pattern.startswith(".") and f".{host}".endswith(pattern)) for pattern in small)


def bare(request: HttpRequest) -> str:
    """Return the host a request names, without its port. Not checked: compare it with what we know."""
    raw = request.META.get("HTTP_HOST", "")
    name = raw.rpartition(":")[0] if re.search(r":\d+$", raw) else raw
    return name.lower().removesuffix(".")  # Django takes a closing dot for the same host


def shared_address(request: HttpRequest | None = None) -> str:
    """Return scheme and shared host, without a closing slash. Where that has a port (a laptop), the request's counts."""
    known = urlsplit(settings.WAGTAILADMIN_BASE_URL)
    return _address(known.hostname or "", request)


def own_address(host: str, request: HttpRequest | None = None) -> str:
    """Return scheme and a place's own host, without a closing slash."""
    return _address(host, request)


def _address(host: str, request: HttpRequest | None) -> str:
    known = urlsplit(settings.WAGTAILADMIN_BASE_URL)
    port = known.port
    if request is not None and port is not None:
        asked = re.search(r":(\d+)$", request.META.get("HTTP_HOST", ""))
        port = int(asked.group(1)) if asked else None
    return f"{known.scheme}://{host}{f':{port}' if port else ''}"


def missing(row: Any) -> list[str]:
    """Return what a host name lacks before it may go live, in Dutch words."""
    found = []
    if not (row.place.takes_part and row.place.live):
        found.append("De plaats zelf is nog niet openbaar.")
    try:
        host_of(row.host)
    except HostRefused:
        found.append("De naam kan niet: kies een andere.")
    if not is_approved(row.place.slug, row.host):
        found.append(
            "De beheerder van Naast heeft deze naam nog niet goedgekeurd. Vraag hem erom: de naam hoort in NAAST_OWN_HOSTS."
        )
    return found


def is_approved(slug: str, host: str) -> bool:
    """Tell whether the operator vouches that this name is this place's (docs/decisions/0026)."""
    known: frozenset[str] | None = settings.NAAST_OWN_HOSTS
    return known is None or f"{slug}={host}" in known


def link_for(place: Any, path: str) -> str:
    """Return a path under a place's own host, or the path alone where it has none (a mail adds the shared host)."""
    return own_address(place.own_host) + path if place is not None and place.own_host else path
