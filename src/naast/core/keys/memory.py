"""Keys of places held open in memory: reading a text costs no query, and an erased key is forgotten within a second.

Keys are known by their own id, which stands in each sealed text, so nothing here asks which place a record is of. All
keys are read in one query when an unknown id comes by; each is opened when its first text is.
"""

import threading
import time
from uuid import UUID

from naast.core import crypto, generations

from .models import PlaceKey

GENERATION = "core.keys"  # bumped when a key was erased
LOOK_EVERY = 1.0  # seconds between two looks where no thread watches (commands, workers)
MODEL = "core.placekey"


class _Memory:
    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.clear()

    def clear(self) -> None:
        """Know nothing; nothing known is nothing stale, so the clock starts."""
        self.sealed: dict[UUID, tuple[UUID, bytes]] = {}
        self.opened: dict[UUID, bytes] = {}
        self.absent: frozenset[UUID] = frozenset()
        self.number: int | None = None
        self.looked = time.monotonic()


_held = _Memory()


def forget() -> None:
    """Forget every key, so that the next text reads them again."""
    with _held.lock:
        _held.clear()


def field_of(place_id: UUID) -> str:
    """Return what a sealed key is bound to beside its id: the place whose key it is."""
    return f"wrapped:{place_id}"


def unwrap(row: PlaceKey) -> bytes:
    """Return the 32 bytes of a key's row; raises crypto.Unreadable where it was erased or its ring key is not here."""
    if row.wrapped is None:
        raise crypto.Unreadable("its key was erased")
    return _unwrap(row.pk, row.place_id, bytes(row.wrapped))


def _unwrap(key_id: UUID, place_id: UUID, wrapped: bytes) -> bytes:
    return crypto.decrypt_bytes(wrapped, model=MODEL, record_id=key_id, field=field_of(place_id))


def key(key_id: UUID) -> bytes:
    """Return the 32 bytes of a place's key; raises crypto.Unreadable where it was erased or never was."""
    _look()
    known = _held.opened.get(key_id)
    if known is not None:
        return known
    if key_id not in _held.sealed and key_id not in _held.absent:
        _read(key_id)
    if key_id not in _held.sealed:
        raise crypto.Unreadable("its key was erased, or never was here")
    opened = _unwrap(key_id, *_held.sealed[key_id])
    _held.opened[key_id] = opened
    return opened


def keep(row: PlaceKey) -> bytes:
    """Hold a key that was just read or made for writing, and return its 32 bytes."""
    opened = unwrap(row)
    _held.opened[row.pk] = opened
    return opened


def _look() -> None:
    """Forget all where a key was erased since the last look. No query where a thread watches or a request looked."""
    if generations.watch.trusted():
        number = generations.watch.number(GENERATION)[0]
    elif time.monotonic() - _held.looked < LOOK_EVERY:
        return
    else:
        number = generations.seen(GENERATION)[0]
    with _held.lock:
        # Without a number, all that is held came by writing: an erasing since then would pass unseen.
        if _held.number != number:
            _held.clear()
        _held.number, _held.looked = number, time.monotonic()


def _read(wanted: UUID) -> None:
    number = generations.seen(GENERATION)[0] if _held.number is None else _held.number
    rows = PlaceKey.objects.filter(wrapped__isnull=False).values_list("pk", "place_id", "wrapped")
    sealed = {key_id: (place_id, bytes(wrapped or b"")) for key_id, place_id, wrapped in rows}
    with _held.lock:
        _held.sealed, _held.number = sealed, number
        if wanted not in sealed:
            _held.absent |= {wanted}
