"""The steps of leaving, in order. Each may be killed and done again: the next run goes on where this one was."""

import os
from collections.abc import Callable
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import UUID
from zipfile import BadZipFile, ZipFile

from django.apps import apps
from django.db import transaction
from django.dispatch import Signal

from naast.core import audit, clock, generations, kept
from naast.core.backup import tombstone_file
from naast.core.keys import actions as keys
from naast.core.models import PlaceLeaving
from naast.core.retention.tombstones import bury
from naast.ledger import actions as ledger
from naast.places.models import Place

from . import archive, export, queries
from .table import PARTS, Fate, Part

AT_ONCE = 100  # rows in one transaction
KIND = "places.Place"

# Rooms above end what is theirs: roles and sessions. Sent inside the transaction, with `place_id`.
closing = Signal()


class Refused(Exception):
    """Leaving may not happen now; `reasons` are Dutch sentences."""

    def __init__(self, reasons: tuple[str, ...]) -> None:
        super().__init__(" ".join(reasons))
        self.reasons = reasons


class NotWhole(Exception):
    """The archive that was written does not read back as it should: nothing was erased."""


@transaction.atomic
def begin(place: Place) -> PlaceLeaving:
    """Note that a place leaves, or return the leaving that was begun before. Raises Refused."""
    known = queries.unfinished(place)
    reasons = tuple(queries.plan(place).hindrances)
    if reasons:
        raise Refused(reasons)
    if known is not None:
        return known
    leaving = PlaceLeaving(place_id=place.pk, slug=place.slug)
    leaving.save(force_insert=True)
    audit.record(actor="system", act="leave", kind=KIND, record_id=place.pk, place=place.slug)
    return leaving


@transaction.atomic
def close(leaving: PlaceLeaving) -> None:
    """Shut the place: no page, no own host, no role, no session. All processes see it within a second."""
    if leaving.closed_at is not None:
        return
    Place.objects.filter(pk=leaving.place_id).update(takes_part=False, live=False)
    closing.send(sender=Place, place_id=leaving.place_id)
    leaving.closed_at = clock.now()
    leaving.save(update_fields=["closed_at"])
    audit.record(actor="system", act="close", kind=KIND, record_id=leaving.place_id, place=leaving.slug)
    generations.bump("places")
    generations.bump()


def take_along(leaving: PlaceLeaving, target: Path, passphrase: str) -> dict[str, int]:
    """Write the archive, read it back whole, and return how many rows of each kind went along.

    The plain zip never reaches the disk. Raises NotWhole, OSError.
    """
    place = Place.objects.get(pk=leaving.place_id)
    ledger.fold()  # what was counted today goes along too
    partly = target.with_name(f".{target.name}.partly")
    partly.unlink(missing_ok=True)
    with os.fdopen(os.open(partly, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        writer = archive.SealedWriter(file, passphrase)
        counts = export.write(writer, place)  # type: ignore[arg-type]
        plain = writer.end()
        file.flush()
        os.fsync(file.fileno())
    _read_back(partly, passphrase, plain)
    partly.rename(target)
    return counts


def _read_back(path: Path, passphrase: str, plain: str) -> None:
    held = BytesIO()
    try:
        with path.open("rb") as file:
            for piece in archive.opened(file, passphrase):
                held.write(piece)
        if sha256(held.getvalue()).hexdigest() != plain or ZipFile(held).testzip() is not None:
            raise NotWhole(path.name)
    except (archive.NotOpened, BadZipFile) as error:
        raise NotWhole(path.name) from error


@transaction.atomic
def note_taken(leaving: PlaceLeaving, target: Path, counts: dict[str, int]) -> None:
    """Note that the archive is whole and that its passphrase was shown: only now something may be erased."""
    with target.open("rb") as file:
        digest = sha256()
        while piece := file.read(1 << 20):
            digest.update(piece)
    leaving.archive, leaving.digest, leaving.exported_at = target.name, digest.hexdigest(), clock.now()
    leaving.counts = counts
    leaving.save(update_fields=["archive", "digest", "exported_at", "counts"])
    audit.record(actor="system", act="export", kind=KIND, record_id=leaving.place_id, place=leaving.slug)


@transaction.atomic
def erase_keys(leaving: PlaceLeaving) -> int:
    """Erase every key of the place: all its texts are gone, here and in every copy of this database from now on.

    Raises NotWhole before its archive was read back. Returns how many keys went.
    """
    if leaving.exported_at is None:
        raise NotWhole(leaving.slug)
    number = keys.erase_of_place(leaving.place_id)
    leaving.keys_erased_at = leaving.keys_erased_at or clock.now()
    leaving.save(update_fields=["keys_erased_at"])
    return number


def remove(leaving: PlaceLeaving, *, tell: Callable[[Part, int], None] = lambda part, number: None) -> None:
    """Remove the rows that go, in small batches, each with its tombstones; take the place's own off rows that stay."""
    if leaving.keys_erased_at is None:
        raise NotWhole(leaving.slug)
    place = Place.objects.get(pk=leaving.place_id)
    _plans_elsewhere(place)
    for part in PARTS:
        if part.fate is Fate.GOES:
            number = _remove_part(part, place)
        elif part.fate is Fate.CHANGED:
            number = _change_part(part, place)
        else:
            continue
        if number:
            tell(part, number)


def _remove_part(part: Part, place: Place) -> int:
    entry, number = kept.of_model(part.model), 0
    while ids := list(export.rows_of(part, place).values_list("pk", flat=True)[:AT_ONCE]):
        with transaction.atomic():
            if entry is not None and entry.remove is not None:
                entry.remove(ids)
            apps.get_model(part.model)._base_manager.filter(pk__in=ids).delete()
            if isinstance(ids[0], UUID):
                bury(part.model, ids)
        number += len(ids)
    return number


def _change_part(part: Part, place: Place) -> int:
    number = 0
    model: Any = apps.get_model(part.model)
    column = part.way.removesuffix("_id")
    if column in part.put:  # a row that is let go is not met again
        while ids := list(export.rows_of(part, place).values_list("pk", flat=True)[:AT_ONCE]):
            number += model._base_manager.filter(pk__in=ids).update(**part.put)
        return number
    last = None
    while True:
        rows = export.rows_of(part, place)
        ids = list((rows if last is None else rows.filter(pk__gt=last)).values_list("pk", flat=True)[:AT_ONCE])
        if not ids:
            return number
        last = ids[-1]
        number += model._base_manager.filter(pk__in=ids).update(**part.put)


def _plans_elsewhere(place: Place) -> None:
    """Let a plan that was made here and lies in a locker of elsewhere open at that locker's own place."""
    plans: Any = apps.get_model("guide.KeptPlan")
    for plan in (
        plans._base_manager.filter(place_id=place.pk).exclude(locker__place_id=place.pk).select_related("locker")
    ):
        plans._base_manager.filter(pk=plan.pk).update(place_id=plan.locker.place_id)


@transaction.atomic
def finish(leaving: PlaceLeaving) -> None:
    """Note the end; what stays of the leaving are dates, counts and the archive's digest."""
    leaving.finished_at = clock.now()
    leaving.save(update_fields=["finished_at"])
    audit.record(actor="system", act="left", kind=KIND, record_id=leaving.place_id, place=leaving.slug)
    transaction.on_commit(tombstone_file.write, robust=True)  # at once: a backup may be put back within the hour
    generations.bump("places")
    generations.bump()
