"""Looking at an address elsewhere, politely and safely: is it still there?

Only http and https, never an address inside our own network (each redirect is judged anew, and we connect to the very address
that was judged), no cookies, no referrer, a few seconds, a few bytes. Used by what checks links and by sign-in elsewhere.
"""

import http.client
import ipaddress
import json
import socket
import ssl
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any, Literal
from urllib.parse import urlencode, urljoin, urlsplit

AGENT = "Naast-linkcheck/1.0 (+https://naast.example/over)"
SECONDS = 6.0  # without a byte
AT_MOST = 15.0  # seconds for one question, however the bytes drip: a server must not hold the worker
MOST_REDIRECTS = 5
FEW_BYTES = 512
MOST_JSON = 200_000  # bytes of an answer that we read as JSON
# Answers of servers that do not want to be asked this way, which says nothing about the page.
ASK_OTHERWISE = {400, 403, 405, 406, 429, 501}

# A gateway may turn these into an IPv4 address, one of our own network too: NAT64 (also an own prefix), 6to4,
# IPv4-compatible, IPv4-translated. The last ones are a site's own: segment routing, and the site-local of old.
CARRIERS = tuple(
    ipaddress.ip_network(text)
    for text in ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "::/96", "::ffff:0:0:0/96", "5f00::/16", "fec0::/10")
)

State = Literal["there", "gone", "unreachable", "refused"]
Resolve = Callable[[str, int], Iterable[str]]
Allowed = Callable[[str], bool]


@dataclass(frozen=True)
class Seen:
    """What an address answered: there, gone (404, 410), unreachable (any other failure) or refused (not for us to open)."""

    state: State
    status: int = 0


class Refused(Exception):
    """An address that we do not open: another scheme, a private network, credentials in it."""


def is_public(address: str) -> bool:
    """Tell whether an IP address lies on the public internet."""
    found = ipaddress.ip_address(address)
    if isinstance(found, ipaddress.IPv6Address):
        if any(found in network for network in CARRIERS):
            return False
        found = found.ipv4_mapped or found
    return found.is_global and not found.is_multicast


def resolve(host: str, port: int) -> list[str]:
    """Return the IP addresses of a host. Raises OSError when there are none."""
    return [str(row[4][0]) for row in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


def target(url: str, *, resolver: Resolve = resolve, allowed: Allowed = is_public) -> tuple[str, str, int, str, str]:
    """Return (scheme, host, port, path, IP address) of what may be opened.

    Raises Refused for what may not, OSError when the host is unknown, ValueError for what is no address.
    """
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username or parts.password:
        raise Refused(parts.scheme)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    found = list(resolver(parts.hostname, port))
    if not found:
        raise OSError("no address")
    if not all(allowed(address) for address in found):
        raise Refused("network")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return parts.scheme, parts.hostname, port, path, found[0]


@contextmanager
def _connected(url: str, resolver: Resolve, allowed: Allowed) -> Iterator[tuple[http.client.HTTPConnection, str]]:
    """Yield (a connection to the very address that was judged, the path to ask for); ends in time whatever happens."""
    scheme, host, port, path, address = target(url, resolver=resolver, allowed=allowed)
    raw = socket.create_connection((address, port), timeout=SECONDS)
    late = threading.Timer(AT_MOST, lambda: _shut(raw))
    late.daemon = True
    late.start()
    try:
        if scheme == "https":
            # the handshake comes after the name is given to the socket: it too must end in time
            context = ssl.create_default_context()
            raw = encrypted = context.wrap_socket(raw, server_hostname=host, do_handshake_on_connect=False)
            encrypted.do_handshake()
        talk = http.client.HTTPConnection(host, port, timeout=SECONDS)
        talk.sock = raw
        yield talk, path
    finally:
        late.cancel()
        raw.close()


def _ask(method: str, url: str, resolver: Resolve, allowed: Allowed) -> tuple[int, str]:
    """Ask once, without following; returns (status, where it points)."""
    with _connected(url, resolver, allowed) as (talk, path):
        talk.request(
            method, path, headers={"User-Agent": AGENT, "Accept": "text/html,*/*;q=0.5", "Connection": "close"}
        )
        answer = talk.getresponse()
        if method == "GET":
            answer.read(FEW_BYTES)
        return answer.status, answer.headers.get("Location", "")


def fetch_json(
    url: str,
    *,
    form: Mapping[str, str] | None = None,
    headers: Mapping[str, str] | None = None,
    resolver: Resolve = resolve,
    allowed: Allowed = is_public,
) -> tuple[int, Any]:
    """Return (status, what the JSON says) of an address; with `form`, send that form. Redirects are not followed.

    Raises Refused for an address we do not open, OSError when it does not answer in time, ValueError when what came
    is too long or no JSON.
    """
    sent = {"User-Agent": AGENT, "Accept": "application/json", "Connection": "close", **(headers or {})}
    body = None
    if form is not None:
        body = urlencode(form).encode()
        sent["Content-Type"] = "application/x-www-form-urlencoded"
    try:
        with _connected(url, resolver, allowed) as (talk, path):
            talk.request("GET" if form is None else "POST", path, body=body, headers=sent)
            answer = talk.getresponse()
            text = answer.read(MOST_JSON + 1)
    except http.client.HTTPException as error:
        raise OSError("no answer that we understand") from error
    if len(text) > MOST_JSON:
        raise ValueError("too long")
    try:
        return answer.status, json.loads(text)
    except RecursionError as error:
        raise ValueError("nested too deep") from error


def _shut(connection: socket.socket) -> None:
    """Shut a connection down, which ends a read that waits in another thread; closing would not."""
    with suppress(OSError):
        socket.socket.shutdown(connection, socket.SHUT_RDWR)


def look(url: str, *, resolver: Resolve = resolve, allowed: Allowed = is_public) -> Seen:
    """Return whether an address is still there. Never raises."""
    try:
        status = _follow(url, resolver, allowed)
    except Refused:
        return Seen("refused")
    except (OSError, ValueError, http.client.HTTPException):
        return Seen("unreachable")
    if status in (404, 410):
        return Seen("gone", status)
    # a page behind a sign-in, or one that keeps robots out, is there
    return Seen("there" if status < 400 or status in ASK_OTHERWISE | {401} else "unreachable", status)


def _follow(url: str, resolver: Resolve, allowed: Allowed) -> int:
    status = 0
    for _step in range(MOST_REDIRECTS + 1):
        status, points_at = _ask("HEAD", url, resolver, allowed)
        if status in ASK_OTHERWISE or status == 404:  # some servers know only GET
            status, points_at = _ask("GET", url, resolver, allowed)
        if status not in (301, 302, 303, 307, 308) or not points_at:
            return status
        url = urljoin(url, points_at)
    raise OSError("too many redirects")
