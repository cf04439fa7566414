"""Limits per network prefix, without keeping an address: a keyed hash with a secret that changes daily (safety.md)."""

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

Kind = Literal["search", "write", "code", "signin"]
WINDOW = 60  # seconds
GLOBAL_FACTOR = 40  # the ceiling over all prefixes together


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


def prefix_hash(request: HttpRequest) -> str:
    """Return a hash of the sender's network (IPv4 /24, IPv6 /56) that nobody can turn back after today."""
    try:
        address = ipaddress.ip_address(request.META.get("REMOTE_ADDR") or "0.0.0.0")  # noqa: S104
    except ValueError:
        address = ipaddress.ip_address("0.0.0.0")  # noqa: S104
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


def allow(kind: Kind, request: HttpRequest) -> Verdict:
    """Count this request and say whether it may go on. Never waits."""
    own, everyone, left = _keys(kind, request)
    ceiling = settings.NAAST_LIMITS[kind]
    if _raise_count(own) > ceiling or _raise_count(everyone) > ceiling * GLOBAL_FACTOR:
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
    if int(cache.get(own, 0)) >= ceiling or int(cache.get(everyone, 0)) >= ceiling * GLOBAL_FACTOR:
        return Verdict(False, left)
    return Verdict(True)


def forgive(kind: Kind, request: HttpRequest) -> None:
    """Take one counted failure back: the attempt turned out to be right."""
    own, everyone, _ = _keys(kind, request)
    for key in (own, everyone):
        with contextlib.suppress(ValueError):  # the window passed meanwhile
            caches["limits"].decr(key)
