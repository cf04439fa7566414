"""Encryption of people's text: AES-GCM per field, bound to model, record and field name, with a ring of keys.

The ring stands in `settings.NAAST_KEYRING` (id → 32 bytes, newest first). A byte that was changed, or a text moved to
another record, is refused. Nothing here ever logs a text.
"""

import hmac
import secrets
from hashlib import sha256
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

VERSION = b"\x01"
NONCE_BYTES = 12


class Unreadable(Exception):
    """The stored bytes cannot be opened: wrong key, changed byte or another record's text."""


def newest_key() -> tuple[str, bytes]:
    """Return (id, key) of the key that new text is written with."""
    return next(iter(settings.NAAST_KEYRING.items()))


def derived_key(purpose: str, key_id: str | None = None) -> bytes:
    """Return 32 bytes for one purpose, derived from a ring key (the newest by default). KeyError for an unknown id."""
    key = settings.NAAST_KEYRING[key_id] if key_id else newest_key()[1]
    return hmac.digest(key, purpose.encode(), sha256)


def _bound_to(model: str, record_id: UUID | str, field: str) -> bytes:
    return f"{model}|{record_id}|{field}".encode()


def encrypt(plain: str, *, model: str, record_id: UUID | str, field: str) -> bytes:
    """Return `plain` encrypted for one field of one record."""
    key_id, key = newest_key()
    nonce = secrets.token_bytes(NONCE_BYTES)
    sealed = AESGCM(key).encrypt(nonce, plain.encode(), _bound_to(model, record_id, field))
    return VERSION + bytes([len(key_id)]) + key_id.encode() + nonce + sealed


def decrypt(sealed: bytes, *, model: str, record_id: UUID | str, field: str) -> str:
    """Return the text of one field of one record; raises Unreadable."""
    if sealed[:1] != VERSION or len(sealed) < 2:
        raise Unreadable("unknown form")
    end = 2 + sealed[1]
    key = settings.NAAST_KEYRING.get(sealed[2:end].decode("ascii", "replace"))
    if key is None:
        raise Unreadable("the key ring lacks this text's key")
    nonce, body = sealed[end : end + NONCE_BYTES], sealed[end + NONCE_BYTES :]
    try:
        return AESGCM(key).decrypt(nonce, body, _bound_to(model, record_id, field)).decode()
    except (InvalidTag, ValueError) as error:
        raise Unreadable("changed, or not this record's") from error


def blind_index(text: str, *, purpose: str) -> str:
    """Return a keyed hash by which an exact value (an e-mail address) is found without storing it readable."""
    # The oldest key, so that adding a newer one leaves the index whole; `keys rotate` rebuilds it before the oldest goes.
    oldest = list(settings.NAAST_KEYRING)[-1]
    return hmac.new(derived_key(f"index:{purpose}", oldest), text.strip().casefold().encode(), sha256).hexdigest()
