"""Encryption of people's text: AES-GCM per field, bound to model, record and field name, with a ring of keys.

The ring stands in `settings.NAAST_KEYRING` (id → 32 bytes, newest first). What belongs to a place lies under that
place's own key, which itself lies under a ring key (`core.keys`, docs/decisions/0027). A byte that was changed, or a text
moved to another record, is refused. Nothing here ever logs a text.

Two forms: 1, length of the ring key's id, the id, nonce, sealed; and 2, the place key's id (16 bytes), nonce, sealed.
"""

import hmac
import secrets
from dataclasses import dataclass
from hashlib import sha256
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

VERSION = b"\x01"
PLACE_VERSION = b"\x02"
NONCE_BYTES = 12
KEY_ID_BYTES = 16


class Unreadable(Exception):
    """The stored bytes cannot be opened: wrong key, changed byte or another record's text."""


def newest_key() -> tuple[str, bytes]:
    """Return (id, key) of the key that new text is written with."""
    return next(iter(settings.NAAST_KEYRING.items()))


def derived_key(purpose: str, key_id: str | None = None) -> bytes:
    """Return 32 bytes for one purpose, derived from a ring key (the newest by default). KeyError for an unknown id."""
    key = settings.NAAST_KEYRING[key_id] if key_id else newest_key()[1]
    return hmac.digest(key, purpose.encode(), sha256)


@dataclass(frozen=True)
class Envelope:
    """What the outside of a sealed text tells: under which ring key (by name) or place key (by id) it lies."""

    ring_id: str = ""
    place_key: UUID | None = None


def envelope(sealed: bytes) -> Envelope:
    """Return whose key a sealed text needs, without opening it. Raises Unreadable for bytes of no known form."""
    if sealed[:1] == VERSION and len(sealed) > 1:
        return Envelope(ring_id=sealed[2 : 2 + sealed[1]].decode("ascii", "replace"))
    if sealed[:1] == PLACE_VERSION and len(sealed) > KEY_ID_BYTES:
        return Envelope(place_key=UUID(bytes=sealed[1 : 1 + KEY_ID_BYTES]))
    raise Unreadable("unknown form")


def _bound_to(model: str, record_id: UUID | str, field: str) -> bytes:
    return f"{model}|{record_id}|{field}".encode()


def _seal(key: bytes, plain: bytes, bound_to: bytes) -> bytes:
    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, plain, bound_to)


def _open(key: bytes, lies: bytes, bound_to: bytes) -> bytes:
    try:
        return AESGCM(key).decrypt(lies[:NONCE_BYTES], lies[NONCE_BYTES:], bound_to)
    except (InvalidTag, ValueError) as error:
        raise Unreadable("changed, or not this record's") from error


def encrypt_bytes(plain: bytes, *, model: str, record_id: UUID | str, field: str) -> bytes:
    """Return bytes sealed under the newest ring key for one field of one record."""
    key_id, key = newest_key()
    return VERSION + bytes([len(key_id)]) + key_id.encode() + _seal(key, plain, _bound_to(model, record_id, field))


def decrypt_bytes(sealed: bytes, *, model: str, record_id: UUID | str, field: str) -> bytes:
    """Return the bytes of one field of one record that lie under a ring key or a place's key; raises Unreadable."""
    found, bound_to = envelope(sealed), _bound_to(model, record_id, field)
    if found.place_key is not None:
        from .keys import memory

        lies = sealed[1 + KEY_ID_BYTES :]
        return _open(memory.key(found.place_key), lies, _bound_to_place(bound_to, found.place_key))
    key = settings.NAAST_KEYRING.get(found.ring_id)
    if key is None:
        raise Unreadable("the key ring lacks this text's key")
    return _open(key, sealed[2 + sealed[1] :], bound_to)


def encrypt(plain: str, *, model: str, record_id: UUID | str, field: str) -> bytes:
    """Return `plain` encrypted under the ring for one field of one record."""
    return encrypt_bytes(plain.encode(), model=model, record_id=record_id, field=field)


def encrypt_for_place(
    plain: str, place_key: tuple[UUID, bytes], *, model: str, record_id: UUID | str, field: str
) -> bytes:
    """Return `plain` encrypted under a place's key (its id and 32 bytes) for one field of one record."""
    key_id, key = place_key
    bound_to = _bound_to_place(_bound_to(model, record_id, field), key_id)
    return PLACE_VERSION + key_id.bytes + _seal(key, plain.encode(), bound_to)


def _bound_to_place(bound_to: bytes, key_id: UUID) -> bytes:
    return bound_to + f"|{key_id}".encode()


def decrypt(sealed: bytes, *, model: str, record_id: UUID | str, field: str) -> str:
    """Return the text of one field of one record; raises Unreadable."""
    try:
        return decrypt_bytes(sealed, model=model, record_id=record_id, field=field).decode()
    except UnicodeDecodeError as error:
        raise Unreadable("no text") from error


def blind_index(text: str, *, purpose: str) -> str:
    """Return a keyed hash by which an exact value (an e-mail address) is found without storing it readable."""
    # The oldest key, so that adding a newer one leaves the index whole; `keys rotate` rebuilds it before the oldest goes.
    oldest = list(settings.NAAST_KEYRING)[-1]
    return hmac.new(derived_key(f"index:{purpose}", oldest), text.strip().casefold().encode(), sha256).hexdigest()
