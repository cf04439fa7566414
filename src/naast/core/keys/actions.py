"""Making, renewing and erasing the keys of places."""

import secrets
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction

from naast.core import audit, crypto, generations
from naast.core.clock import now
from naast.core.models import Tombstone

from . import memory
from .models import PlaceKey

KEY_BYTES = 32
KIND = "core.PlaceKey"


def for_writing(place_id: UUID) -> tuple[UUID, bytes]:
    """Return (id, 32 bytes) of the key that a place's new texts lie under; a place's first text makes it. One query.

    Nothing of this is remembered: a key that another process retired or erased must take no new text.
    Raises crypto.Unreadable where the ring lacks the key it lies under.
    """
    row = _in_use(place_id) or _make(place_id)
    return row.pk, memory.keep(row)


def _in_use(place_id: UUID) -> PlaceKey | None:
    return PlaceKey.objects.filter(place_id=place_id, retired_at=None, erased_at=None).first()


def _make(place_id: UUID) -> PlaceKey:
    row = PlaceKey(place_id=place_id)
    _wrap(row, secrets.token_bytes(KEY_BYTES))
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:  # another process made it in the same moment
        return PlaceKey.objects.get(place_id=place_id, retired_at=None, erased_at=None)
    return row


def _wrap(row: PlaceKey, key: bytes) -> None:
    row.wrapped = crypto.encrypt_bytes(key, model=memory.MODEL, record_id=row.pk, field=memory.field_of(row.place_id))
    row.ring_id = crypto.newest_key()[0]


def rewrap(key_id: UUID) -> bool:
    """Seal one place's key under the newest ring key; tells whether it lay under an older one that is here."""
    with transaction.atomic():
        row = PlaceKey.objects.select_for_update().filter(pk=key_id, wrapped__isnull=False).first()
        if row is None or row.ring_id == crypto.newest_key()[0] or row.ring_id not in settings.NAAST_KEYRING:
            return False
        _wrap(row, memory.unwrap(row))
        row.save(update_fields=["wrapped", "ring_id"])
    return True


@transaction.atomic
def renew(place_id: UUID, *, actor: str = "system") -> UUID:
    """Give a place a fresh key; the one before reads on until `keys rotate` moved its texts. Returns the new id."""
    PlaceKey.objects.filter(place_id=place_id, retired_at=None, erased_at=None).update(retired_at=now())
    row = _make(place_id)
    audit.record(actor=actor, act="renew", kind=KIND, record_id=row.pk)
    return row.pk


@transaction.atomic
def erase(key_id: UUID, *, actor: str = "system") -> bool:
    """Erase a key for ever: the row keeps its dates only. Tells whether it was still there.

    All processes forget it within a second. A tombstone lets a restored backup erase it again.
    """
    if not PlaceKey.objects.filter(pk=key_id, erased_at=None).update(wrapped=None, ring_id="", erased_at=now()):
        return False
    Tombstone.objects.get_or_create(model=KIND, record_id=str(key_id))
    audit.record(actor=actor, act="erase", kind=KIND, record_id=key_id)
    generations.bump(memory.GENERATION)
    memory.forget()
    transaction.on_commit(memory.forget)
    return True


def erase_of_place(place_id: UUID, *, actor: str = "system") -> int:
    """Erase every key a place has or had: all its texts become unreadable, in every copy. Returns how many keys went."""
    ids = list(PlaceKey.objects.filter(place_id=place_id, erased_at=None).values_list("pk", flat=True))
    return sum(erase(key_id, actor=actor) for key_id in ids)
