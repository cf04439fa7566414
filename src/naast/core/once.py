"""One-time numbers: how an anonymous person writes to us without a cookie (docs/decisions).

A number is random, signed with its time and carries the id of the ring key it was made with, so that a code derived
from it stays the same when keys are rotated between the form and the sending.
"""

import base64
import binascii
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Literal

from django.conf import settings
from django.db import IntegrityError, transaction

from . import crypto
from .clock import now
from .models import UsedOnce

NONCE_BYTES = 16
KEPT = timedelta(hours=24)


@dataclass(frozen=True)
class Once:
    """A number as it came back: its state, ring key id, random bytes and the digest under which its use is kept."""

    state: Literal["fresh", "stale", "forged"]
    key_id: str = ""
    nonce: bytes = b""
    digest: bytes = b""


def _signature(key_id: str, body: str) -> str:
    mark = hmac.new(crypto.derived_key("once", key_id), body.encode(), sha256).digest()
    return base64.urlsafe_b64encode(mark[:18]).decode()


def issue() -> str:
    """Make a number for one form."""
    key_id = crypto.newest_key()[0]
    nonce = base64.urlsafe_b64encode(secrets.token_bytes(NONCE_BYTES)).decode().rstrip("=")
    body = f"{key_id}.{int(now().timestamp())}.{nonce}"
    return f"{body}.{_signature(key_id, body)}"


def read(token: str) -> Once:
    """Read a number back. Never raises: what is not ours is 'forged', what is older than 12 hours 'stale'."""
    body, _, signature = token.strip().rpartition(".")
    parts = body.split(".")
    if len(parts) != 3 or not token.isascii():
        return Once("forged")
    key_id, moment, encoded = parts
    if key_id not in settings.NAAST_KEYRING or not hmac.compare_digest(signature, _signature(key_id, body)):
        return Once("forged")
    try:
        nonce = base64.urlsafe_b64decode(encoded + "==")
        age = now().timestamp() - int(moment)
    except (ValueError, binascii.Error):
        return Once("forged")
    state: Literal["fresh", "stale"] = "fresh" if age <= settings.NAAST_ONCE_HOURS * 3600 else "stale"
    return Once(state, key_id, nonce, sha256(nonce).digest())


def claim(once: Once, purpose: str) -> bool:
    """Use the number, inside the caller's transaction. False = it was used already within the last 24 hours."""
    try:
        with transaction.atomic():
            UsedOnce.objects.create(digest=once.digest, purpose=purpose)
    except IntegrityError:
        return False
    return True


def used(once: Once) -> tuple[str, datetime] | None:
    """Return for what the number was used and when, or None."""
    return UsedOnce.objects.filter(digest=once.digest).values_list("purpose", "used_at").first()


def forget_old() -> int:
    """Drop numbers used longer than 24 hours ago; returns how many."""
    return UsedOnce.objects.filter(used_at__lt=now() - KEPT).delete()[0]
