"""Regular work of the ground: what is past its rule erased, finished jobs pruned, hours sealed, tombstones written down."""

from datetime import timedelta

from . import audit, worker
from .retention import actions as retention


def connect() -> None:
    """Let the worker do this work."""
    from .backup import tombstone_file
    from .keys import turning

    worker.every(timedelta(hours=1), "prune", worker.prune)
    worker.every(timedelta(minutes=10), "seal", audit.seal_hours)
    worker.every(timedelta(minutes=10), "retention", retention.tick)
    worker.every(timedelta(hours=1), "tombstones", tombstone_file.write)
    worker.every(timedelta(hours=6), "retired-keys", turning.forget_retired)
