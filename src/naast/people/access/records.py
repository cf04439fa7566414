"""Records that people know by a number, told by the rooms that keep them: this room knows no question.

A room registers one source for each kind in its `AppConfig.ready`.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class Found:
    """A record by its number: whose it is (a locker's id), where it was made, and at which desk it lies."""

    kind: str
    record_id: str
    number: str
    place_id: UUID
    desk_id: UUID
    about: str


@dataclass(frozen=True)
class Named:
    """A record as its owner in the locker knows it: its words, its address, and the staff whose first name it shows."""

    label: str
    url: str
    shown: Mapping[str, str]  # id of a user → first name


@dataclass(frozen=True)
class Source:
    """One kind of record.

    `find(number)` gives a record as people say it; `numbers(ids)` gives record id → number; `named(locker_id)` gives
    record id → what the owner sees of it; `glass_url(glass_id)` is where broken glass leads to.
    """

    kind: str
    find: Callable[[str], Found | None]
    numbers: Callable[[Collection[str]], Mapping[str, str]]
    named: Callable[[UUID], Mapping[str, Named]]
    glass_url: Callable[[UUID], str]


_sources: dict[str, Source] = {}


def register(source: Source) -> None:
    """Add a kind of record; the same kind again replaces it."""
    _sources[source.kind] = source


def find(number: str) -> Found | None:
    """Return the record with this number, of whatever kind, or None."""
    typed = " ".join(number.split()).upper()
    return next((found for source in _sources.values() if (found := source.find(typed))), None) if typed else None


def numbers(kind: str, ids: Collection[str]) -> Mapping[str, str]:
    """Return record id → number for the records of a kind that still exist."""
    source = _sources.get(kind)
    return source.numbers(ids) if source and ids else {}


def named(locker_id: UUID) -> dict[tuple[str, str], Named]:
    """Return (kind, record id) → what its owner sees of it, for everything in a locker."""
    return {
        (source.kind, record_id): one
        for source in _sources.values()
        for record_id, one in source.named(locker_id).items()
    }


def glass_url(kind: str, glass_id: UUID) -> str:
    """Return where broken glass leads to. KeyError for a kind that no room registered."""
    return _sources[kind].glass_url(glass_id)
