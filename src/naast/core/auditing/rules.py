"""The thinking about seals: hashes of lines, roots of hours, and which line is the first that does not fit. Pure.

An hour's lines are hashed one by one (a leaf is 32 bytes); their Merkle root is chained to the root of the hour before
and signed with a key that does not stand in the database. Source: standards.md 2.7 (NEN 7513, tamper evidence).
"""

import hmac
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256

GENESIS = "0" * 64
LEAF = 32  # bytes of one line's hash
HOUR = timedelta(hours=1)
# An hour is sealed this long after its end: a transaction that began in it has ended by then (jobs stop at 10 minutes).
GRACE = timedelta(minutes=15)
# Lines that stand this long without a seal are a fault: the worker seals every ten minutes.
LATE = timedelta(hours=3)
# docs/safety.md: the log is kept for five years.
KEPT = timedelta(days=5 * 365 + 1)

# id, at, actor, act, kind, record_id, fields, place, about, role, why
Row = tuple[int, datetime, str, str, str, str, list[str], str, str, str, str]


class What(StrEnum):
    """What is wrong with the first line or seal that does not fit."""

    CHANGED = "changed"  # a line says something else than when it was sealed
    MISSING = "missing"  # a line was taken away
    ADDED = "added"  # a line was put in after the hour was sealed
    ORDER = "order"  # lines stand in another order
    HOUR = "hour"  # something in this hour; a seal of before knows no single lines
    SEAL = "seal"  # the seal itself was changed
    SEAL_MISSING = "seal-missing"  # a seal was taken away, before this hour or at the end
    KEY = "key"  # the key that signed this seal is not in the ring
    UNSEALED = "unsealed"  # lines of long ago have no seal: the worker does not run


@dataclass(frozen=True)
class Difference:
    """The first line that differs: what, its place in the hour (from 1), and its id; of a missing one its neighbours."""

    what: What
    position: int
    line: int | None = None
    after: int | None = None
    before: int | None = None


def hour_of(moment: datetime) -> datetime:
    """Return the beginning of the hour of a moment."""
    return moment.replace(minute=0, second=0, microsecond=0)


def leaf(row: Row) -> bytes:
    """Return the hash of one line: every field, told apart without doubt."""
    at = row[1].isoformat()
    return sha256(json.dumps([row[0], at, *row[2:]], separators=(",", ":")).encode()).digest()


def old_leaf(row: Row) -> bytes:
    """Return the hash as seals of before counted it; what a line of then did not have counts where it is filled."""
    parts = [row[0], row[1].isoformat(), *row[2:6], ",".join(map(str, row[6]))]
    later = list(row[7:])
    parts += later if any(later) else []
    return sha256("\x1f".join(map(str, parts)).encode()).digest()


def merkle_root(digests: Iterable[bytes], before: str) -> str:
    """Return the root over one hour's lines, chained to the root of the hour before (both 64 hex characters)."""
    level = list(digests)
    while len(level) > 1:
        if len(level) % 2:
            level.append(level[-1])
        level = [sha256(a + b).digest() for a, b in zip(level[::2], level[1::2], strict=True)]
    return sha256(bytes.fromhex(before) + (level[0] if level else b"")).hexdigest()


def split(leaves: bytes) -> list[bytes]:
    """Return the hashes of an hour one by one; a piece that is too short stays as it is and fits nothing."""
    return [leaves[at : at + LEAF] for at in range(0, len(leaves), LEAF)]


SIGNATURE = re.compile(r"([0-9A-Za-z]+):[0-9a-f]{64}")


def signature(*, hour: datetime, lines: int, root: str, key_id: str, key: bytes) -> str:
    """Return the signature of a seal: the id of the key, a colon, and a keyed hash in hex."""
    said = f"{hour.isoformat()}|{lines}|{root}".encode()
    return f"{key_id}:{hmac.digest(key, said, sha256).hex()}"


def signed_by(found: str) -> str:
    """Return the id of the key a signature says it was made with; "" for what has no signature's form."""
    formed = SIGNATURE.fullmatch(found)
    return formed[1] if formed else ""


def first_difference(sealed: Sequence[bytes], now: Sequence[bytes], ids: Sequence[int]) -> Difference | None:
    """Compare what was sealed with what stands there now (in the same order as `ids`); None when they are the same."""
    if list(sealed) == list(now):
        return None
    were, are = set(sealed), set(now)
    for at in range(max(len(sealed), len(now))):
        was, is_ = _at(sealed, at), _at(now, at)
        if was == is_:
            continue
        gone, new = was is not None and was not in are, is_ is not None and is_ not in were
        around = {"after": ids[at - 1] if at else None, "before": ids[at] if at < len(ids) else None}
        if gone and new:
            return Difference(What.CHANGED, at + 1, line=ids[at])
        if gone:
            return Difference(What.MISSING, at + 1, line=_only_id(around), **around)
        if new:
            return Difference(What.ADDED, at + 1, line=ids[at])
        return Difference(What.ORDER, at + 1, line=ids[at] if at < len(ids) else None, **around)
    return None  # pragma: no cover - lists that differ differ somewhere


def _at(digests: Sequence[bytes], at: int) -> bytes | None:
    return digests[at] if at < len(digests) else None


def _only_id(around: Mapping[str, int | None]) -> int | None:
    """Return the id of a missing line where only one fits between its neighbours."""
    after, before = around["after"], around["before"]
    return after + 1 if after is not None and before is not None and before - after == 2 else None
