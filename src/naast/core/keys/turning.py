"""Moving texts to the key they should lie under today, while the house runs.

Texts are walked in the order of their ids and judged by their outside: what lies right is not opened, so a run that was
stopped, or killed, goes on without doing anything twice. A text is written back only where the old bytes still lie (the
database compares), so nothing that somebody writes meanwhile is lost, and no row is locked while we compute.
"""

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import connection, models, transaction

from naast.core import crypto
from naast.core.clock import now
from naast.core.fields import EncryptedTextField, sealing_path

from . import actions, queries
from .models import PlaceKey

READ_AT_ONCE = 500
WRITE_AT_ONCE = 100  # rows in one transaction: some milliseconds of SQLite's write lock
PASSES = 3  # a text that was written under the old key meanwhile is met in the next
REST = timedelta(hours=1)  # after a key retired: longer than any transaction that may still seal with it


class Stopped(Exception):
    """Somebody asked to stop; what was done stays, and the next run goes on from there."""


@dataclass
class Progress:
    """How far the walk is: rows looked at of all rows, texts sealed anew, texts that cannot be opened."""

    total: int = 0
    seen: int = 0
    turned: Counter[str] = field(default_factory=Counter)  # model → texts
    lost: int = 0
    started: float = field(default_factory=time.monotonic)

    @property
    def percent(self) -> int:
        """Return how far it is, 0–100."""
        return min(100, self.seen * 100 // self.total) if self.total else 100

    @property
    def rate(self) -> int:
        """Return rows a second."""
        return int(self.seen / max(0.001, time.monotonic() - self.started))


Tell = Callable[[Progress], None]
Asked = Callable[[], bool]


def rewrap_all(*, stop: Asked = lambda: False) -> int:
    """Seal every place's key under the newest ring key, one a transaction; returns how many. Raises Stopped."""
    older = PlaceKey.objects.filter(erased_at=None).exclude(ring_id=crypto.newest_key()[0])
    done = 0
    for key_id in older.values_list("pk", flat=True):
        if stop():
            raise Stopped
        done += actions.rewrap(key_id)
    return done


def turn(*, place_id: UUID | None = None, tell: Tell = lambda progress: None, stop: Asked = lambda: False) -> Progress:
    """Seal every text (or those of one place) under the key it should have today. Raises Stopped between two batches."""
    walks = [(model, sealed) for model, sealed in queries.sealed_fields() if place_id is None or sealing_path(model)]
    progress = Progress()
    for number in range(PASSES):
        before = sum(progress.turned.values())
        progress.seen, progress.lost = 0, 0
        progress.total = sum(_rows(model, place_id).count() for model, _ in walks)
        for model, sealed in walks:
            _walk(model, sealed, place_id, progress, tell if number == 0 else _quietly, stop)
        if sum(progress.turned.values()) == before or number == PASSES - 1:
            break
    return progress


def _quietly(progress: Progress) -> None:
    """Tell nothing: a later pass only looks for what came meanwhile."""


def _rows(model: type[models.Model], place_id: UUID | None) -> models.QuerySet[Any]:
    rows = model._base_manager.all()
    return rows if place_id is None else rows.filter(**{str(sealing_path(model)): place_id})


def _walk(
    model: type[models.Model],
    sealed: list[EncryptedTextField],
    place_id: UUID | None,
    progress: Progress,
    tell: Tell,
    stop: Asked,
) -> None:
    path, names = sealing_path(model), [one.attname for one in sealed]
    last: Any = None
    while True:
        rows = _rows(model, place_id).order_by("pk")
        if last is not None:
            rows = rows.filter(pk__gt=last)
        page = list(rows.values_list("pk", *([path] if path else []), *names)[:READ_AT_ONCE])
        if not page:
            return
        last = page[-1][0]
        keys = _Keys()
        waiting: list[tuple[EncryptedTextField, Any, bytes, bytes]] = []
        for row in page:
            place, texts = (row[1], row[2:]) if path else (None, row[1:])
            for one, lies in zip(sealed, texts, strict=True):
                if lies and keys.lies_wrong(bytes(lies), place):
                    fresh = _sealed_anew(model, one, row[0], bytes(lies), keys.of(place))
                    if fresh is None:
                        progress.lost += 1
                    else:
                        waiting.append((one, row[0], bytes(lies), fresh))
            if len(waiting) >= WRITE_AT_ONCE:
                progress.turned[model._meta.label] += _write(model, waiting)
                waiting = []
                if stop():
                    raise Stopped
        progress.turned[model._meta.label] += _write(model, waiting)
        progress.seen += len(page)
        tell(progress)
        if stop():
            raise Stopped


class _Keys:
    """The keys that texts should lie under, as they are for one page of rows."""

    def __init__(self) -> None:
        self.newest = crypto.newest_key()[0]
        rows = PlaceKey.objects.filter(retired_at=None, erased_at=None).values_list("place_id", "pk")
        self.in_use: dict[UUID, UUID] = dict(rows)
        self.opened: dict[UUID, tuple[UUID, bytes]] = {}

    def lies_wrong(self, lies: bytes, place: UUID | None) -> bool:
        try:
            outside = crypto.envelope(lies)
        except crypto.Unreadable:
            return False
        if place is None:
            return outside.ring_id != self.newest
        return outside.place_key is None or outside.place_key != self.in_use.get(place)

    def of(self, place: UUID | None) -> tuple[UUID, bytes] | None:
        if place is None:
            return None
        if place not in self.opened:
            self.opened[place] = actions.for_writing(place)
            self.in_use[place] = self.opened[place][0]
        return self.opened[place]


def _sealed_anew(
    model: type[models.Model], one: EncryptedTextField, pk: Any, lies: bytes, key: tuple[UUID, bytes] | None
) -> bytes | None:
    """Return the text under its new key, or None where nobody can open it."""
    bound_to = {"model": model._meta.label_lower, "record_id": pk, "field": one.attname}
    try:
        text = crypto.decrypt(lies, **bound_to)
        return crypto.encrypt(text, **bound_to) if key is None else crypto.encrypt_for_place(text, key, **bound_to)
    except crypto.Unreadable:
        return None


def _write(model: type[models.Model], waiting: list[tuple[EncryptedTextField, Any, bytes, bytes]]) -> int:
    """Put texts back under their new key where the old bytes still lie; returns how many. Past `save`: history too."""
    name, binary, done = connection.ops.quote_name, connection.Database.Binary, 0  # type: ignore[attr-defined]
    meta = model._meta
    assert meta.pk is not None  # noqa: S101 - every model has one
    with transaction.atomic():
        for one in {entry[0] for entry in waiting}:
            # Names of our own tables and columns, quoted by the framework; values go as parameters.
            statement = (
                f"UPDATE {name(meta.db_table)} SET {name(str(one.column))} = %s "  # noqa: S608
                f"WHERE {name(str(meta.pk.column))} = %s AND {name(str(one.column))} = %s"
            )
            rows = [
                (binary(fresh), meta.pk.get_db_prep_value(pk, connection), binary(lies))
                for of, pk, lies, fresh in waiting
                if of is one
            ]
            with connection.cursor() as cursor:
                cursor.executemany(statement, rows)
                done += cursor.rowcount
    return done


def begin(place_id: UUID, *, actor: str = "system") -> bool:
    """Give a place a fresh key, unless texts still have to move to the one it has. Tells whether it did."""
    retired = PlaceKey.objects.filter(place_id=place_id, retired_at__isnull=False, erased_at=None)
    ids = list(retired.values_list("pk", flat=True))
    used = queries.need().of_places if ids else Counter()
    if any(used[key_id] for key_id in ids):
        return False
    actions.renew(place_id, actor=actor)
    return True


def forget_retired() -> int:
    """Erase keys that retired an hour ago or more and that no text lies under; returns how many."""
    retired = PlaceKey.objects.filter(retired_at__lt=now() - REST, erased_at=None).values_list("pk", flat=True)
    ids = list(retired)
    if not ids:
        return 0
    used = queries.need().of_places
    return sum(actions.erase(key_id) for key_id in ids if not used[key_id])
