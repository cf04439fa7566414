"""Tombstones written beside the database, so that they outlive it: ids and days, never what it was."""

import json
import os
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from django.conf import settings

from naast.core.keys.actions import KIND as KEY
from naast.core.models import PlaceKey, PlaceLeaving
from naast.core.retention import tombstones
from naast.core.retention.tombstones import Stone


def path() -> Path:
    """Return where the file stands: the setting NAAST_TOMBSTONES."""
    return Path(settings.NAAST_TOMBSTONES)


def collect() -> list[Stone]:
    """Return every tombstone of the database, with the keys of places that left and those places themselves.

    A tombstone goes after 35 days; that a place left, and that its key was erased, is known for good.
    """
    keys = PlaceKey.objects.filter(erased_at__isnull=False).values_list("pk", "erased_at")
    left = PlaceLeaving.objects.filter(keys_erased_at__isnull=False).values_list("slug", "keys_erased_at")
    return [
        *tombstones.all_stones(),
        *((KEY, str(key_id), at) for key_id, at in keys if at),
        *((tombstones.LEFT_PLACE, slug, at) for slug, at in left if at),
    ]


def write(target: Path | None = None, extra: Iterable[Stone] = (), *, own: bool = True) -> int:
    """Write every tombstone (and `extra`; without `own` only that) to the file, whole or not at all; returns how many.

    A database that knows of none takes nothing from the file: on a new machine the worker may run before the restore.
    """
    file = target or path()
    stones = {(model, record_id): at for model, record_id, at in [*extra, *(collect() if own else ())]}
    if not stones and target is None and file.exists():
        return 0
    lines = (json.dumps([model, record_id, at.isoformat()]) for (model, record_id), at in stones.items())
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = file.with_name(f".{file.name}.{os.getpid()}")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as out:
        out.write("".join(f"{line}\n" for line in lines))
        out.flush()
        os.fsync(out.fileno())
    fresh.replace(file)
    return len(stones)


def read(source: Path | None = None) -> list[Stone]:
    """Return the tombstones of the file; none where there is no file. Raises ValueError on a line that is none."""
    file = source or path()
    if not file.exists():
        return []
    found: list[Stone] = []
    for line in file.read_text(encoding="utf-8").splitlines():
        model, record_id, at = json.loads(line)
        found.append((str(model), str(record_id), datetime.fromisoformat(at)))
    return found
