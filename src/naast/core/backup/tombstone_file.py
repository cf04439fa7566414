"""Tombstones written beside the database, so that they outlive it: ids and days, never what it was."""

import json
import os
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from django.conf import settings

from naast.core.retention import tombstones
from naast.core.retention.tombstones import Stone


def path() -> Path:
    """Return where the file stands: the setting NAAST_TOMBSTONES."""
    return Path(settings.NAAST_TOMBSTONES)


def write(target: Path | None = None, extra: Iterable[Stone] = ()) -> int:
    """Write every tombstone (and `extra`) to the file, whole or not at all, readable by us alone; returns how many."""
    file = target or path()
    stones = {(model, record_id): at for model, record_id, at in [*extra, *tombstones.all_stones()]}
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
