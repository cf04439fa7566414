"""Limits per network prefix, without keeping an address: a keyed hash with a secret that changes daily (docs/safety.md)."""

import contextlib
import ipaddress
import secrets
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from hashlib import blake2b
from typing import Literal

from django.conf import settings
from django.core.cache import caches
from django.db import transaction
from django.http import HttpRequest

from . import clock
from .models import DailySecret

Kind = Literal["search", "suggest", "write", "code", "signin", "api"]
WINDOW = 60  # seconds
GLOBAL_FACTOR = 40  # the ceiling over all prefixes together
# One person with an IPv6 /48 has 256 prefixes, enough to reach that ceiling and close the door for the whole country.
# So a prefix that did nothing yet this minute still comes in, up to this many times the ceiling.
HARD_FACTOR = 5


@dataclass(frozen=True)
class Verdict:
    """Whether a request may go on, else after how many seconds to come back."""

    ok: bool
    retry_after: int = 0


@lru_cache(maxsize=2)
def _secret(day: date) -> bytes:
    """Return the day's secret: one row, overwritten daily, the same in all processes."""
    with transaction.atomic():
        row, _ = DailySecret.objects.select_for_update().get_or_create(
            pk=1, defaults={"day": day, "secret": secrets.token_bytes(32)}
        )
        if row.day != day:
            row.day, row.secret = day, secrets.token_bytes(32)
            row.save()
        return bytes(row.secret)


def _sender(request: HttpRequest) -> str:
    """Return the address that this request came from, as our own outermost proxy saw it where there is one."""
    proxies = settings.NAAST_PROXIES
    hops = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    # Each proxy adds who called it at the right; what stands further left is what a sender says of themselves.
    seen = hops[-proxies].strip() if 0 < proxies <= len(hops) else ""
    return seen or request.META.get("REMOTE_ADDR") or ""


def prefix_hash(request: HttpRequest) -> str:
    """Return a hash of the sender's network (IPv4 /24, IPv6 /56) that nobody can turn back after today."""
    try:
        address = ipaddress.ip_address(_sender(request))
    except ValueError:
        address = ipaddress.ip_address("0.0.0.0")  # noqa: S104
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped  # else all of IPv4 would be one network
    bits = 24 if address.version == 4 else 56
    network = ipaddress.ip_network(f"{address}/{bits}", strict=False)
    return blake2b(network.network_address.packed, key=_secret(clock.today()), digest_size=12).hexdigest()


def _raise_count(key: str) -> int:
    cache = caches["limits"]
    cache.add(key, 0, timeout=WINDOW * 2)
    try:
        return int(cache.incr(key))
    except ValueError:
        cache.set(key, 1, timeout=WINDOW * 2)
        return 1


def _keys(kind: str, request: HttpRequest) -> tuple[str, str, int]:
    moment = int(clock.now().timestamp())
    window, left = moment // WINDOW, WINDOW - moment % WINDOW
    return f"{kind}:{window}:{prefix_hash(request)}", f"{kind}:{window}:all", left


def _full(everyone: int, ceiling: int, *, newcomer: bool) -> bool:
    return everyone > ceiling * GLOBAL_FACTOR * (HARD_FACTOR if newcomer else 1)


def allow(kind: Kind, request: HttpRequest) -> Verdict:
    """Count this request and say whether it may go on. Never waits."""
    own, everyone, left = _keys(kind, request)
    ceiling = settings.NAAST_LIMITS[kind]
    count = _raise_count(own)
    if count > ceiling or _full(_raise_count(everyone), ceiling, newcomer=count == 1):
        return Verdict(False, left)
    return Verdict(True)


def failed(kind: Kind, request: HttpRequest) -> None:
    """Count a failure (code entry counts failures only)."""
    own, everyone, _ = _keys(kind, request)
    _raise_count(own)
    _raise_count(everyone)


def blocked(kind: Kind, request: HttpRequest) -> Verdict:
    """Say whether failures so far close the door, without counting this request."""
    own, everyone, left = _keys(kind, request)
    ceiling = settings.NAAST_LIMITS[kind]
    cache = caches["limits"]
    count = int(cache.get(own, 0))
    if count >= ceiling or _full(int(cache.get(everyone, 0)) + 1, ceiling, newcomer=count == 0):
        return Verdict(False, left)
    return Verdict(True)


def forgive(kind: Kind, request: HttpRequest) -> None:
    """Take one counted failure back: the attempt turned out to be right."""
    own, everyone, _ = _keys(kind, request)
    for key in (own, everyone):
        with contextlib.suppress(ValueError):  # the window passed meanwhile
            caches["limits"].decr(key)
