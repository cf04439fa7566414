"""Snapshot: what searching needs of all offers, held in memory by generation as sets of bits.

Purpose: filters, counts and nearness cost no query. A bit is an offer's place in the snapshot. Another process sees a change
within a second (core.generations). The texts stay in the database; only the page that is shown is read from there.
"""

import threading
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from naast.core import generations
from naast.directory.models import Offer, OfferArea
from naast.directory.rules import COSTS, FORMS
from naast.directory.search import index
from naast.directory.search.analyser import Analyser
from naast.places.rules import AUDIENCES, PHASES

FACETS: Mapping[str, tuple[str, ...]] = {"audience": AUDIENCES, "phase": PHASES, "form": FORMS, "costs": COSTS}


def bits(positions: Iterable[int], size: int) -> int:
    """A set of positions as one number."""
    row = bytearray(size // 8 + 1)
    for position in positions:
        row[position >> 3] |= 1 << (position & 7)
    return int.from_bytes(row, "little")


_OFFSETS = [[offset for offset in range(8) if byte >> offset & 1] for byte in range(256)]


def positions(mask: int) -> list[int]:
    """The positions in a set of bits, in order."""
    found: list[int] = []
    for byte_place, byte in enumerate(mask.to_bytes(mask.bit_length() // 8 + 1, "little")):
        if byte:
            base = byte_place * 8
            found.extend([base + offset for offset in _OFFSETS[byte]])
    return found


@dataclass(frozen=True)
class Classes:
    """What a property can be, and which of these each offer has, by position: a factor is computed once a kind."""

    kinds: list[Any]
    of: list[int]


def classes(values: Sequence[Any]) -> Classes:
    """Number the distinct values."""
    numbers = {value: number for number, value in enumerate(dict.fromkeys(values))}
    return Classes(list(numbers), [numbers[value] for value in values])


@dataclass(frozen=True)
class Snapshot:
    """All indexed offers at one generation. Lists are by position; masks are sets of positions as bits."""

    generation: tuple[int, int]
    analyser: Analyser
    ids: list[UUID]
    slugs: list[str]
    audiences: Classes
    phases: Classes
    ages: Classes
    subjects: list[frozenset[str]]
    tie: list[int]  # order among equals: who was checked first, then the id, so never the alphabet
    by_number: dict[int, int]
    by_slug: dict[str, int]
    facets: dict[str, dict[str, int]]
    areas: dict[str, int]
    helplines: int

    @property
    def everything(self) -> int:
        """The mask of all offers."""
        return (1 << len(self.ids)) - 1

    def any_of(self, facet: str, codes: Collection[str]) -> int:
        """The mask of offers with any of these codes; no code asked = all offers."""
        if not codes:
            return self.everything
        mask = 0
        for code in codes:
            mask |= self.facets[facet].get(code, 0)
        return mask


_held: Snapshot | None = None
_lock = threading.Lock()


def forget() -> None:
    """Forget what memory holds (tests)."""
    global _held
    _held = None


def current() -> Snapshot:
    """The snapshot as it is now; read again only when an offer changed."""
    global _held
    generation = generations.seen(index.KEY)
    held = _held
    if held is not None and held.generation == generation and not generations.in_doubt():
        return held
    with _lock:
        fresh = _read(generation)
        _held = fresh
    return fresh


def _ties(rows: Sequence[Mapping[str, Any]]) -> list[int]:
    order = sorted(range(len(rows)), key=lambda position: (rows[position]["checked_on"] is None, rows[position]["pk"]))
    tie = [0] * len(rows)
    for rank, position in enumerate(order):
        tie[position] = rank
    return tie


_FIELDS = (
    "pk", "slug", "audiences", "phases", "forms", "costs", "subjects", "age_min", "age_max", "checked_on", "is_helpline",
    "indexed__number",
)  # fmt: skip


def _read(generation: tuple[int, int]) -> Snapshot:
    rows = list(Offer.objects.filter(indexed__isnull=False).order_by("indexed__number").values(*_FIELDS))
    size = len(rows)
    having: dict[str, dict[str, list[int]]] = {facet: {} for facet in FACETS}
    for position, row in enumerate(rows):
        # no phase named means every phase
        codes = {
            "audience": row["audiences"] or AUDIENCES,
            "phase": row["phases"] or PHASES,
            "form": row["forms"],
            "costs": [row["costs"]],
        }
        for facet, some in codes.items():
            for code in some:
                having[facet].setdefault(code, []).append(position)
    by_id = {row["pk"]: position for position, row in enumerate(rows)}
    serving: dict[str, list[int]] = {}
    for offer_id, slug in OfferArea.objects.values_list("offer_id", "place__slug"):
        if offer_id in by_id:
            serving.setdefault(slug, []).append(by_id[offer_id])
    return Snapshot(
        generation=generation,
        analyser=index.analyser(),
        ids=[row["pk"] for row in rows],
        slugs=[row["slug"] for row in rows],
        audiences=classes([frozenset(row["audiences"]) for row in rows]),
        phases=classes([frozenset(row["phases"]) for row in rows]),
        ages=classes([(row["age_min"], row["age_max"]) for row in rows]),
        subjects=[frozenset(row["subjects"]) for row in rows],
        tie=_ties(rows),
        by_number={row["indexed__number"]: position for position, row in enumerate(rows)},
        by_slug={row["slug"]: position for position, row in enumerate(rows)},
        facets={facet: {code: bits(where, size) for code, where in codes.items()} for facet, codes in having.items()},
        areas={slug: bits(where, size) for slug, where in serving.items()},
        helplines=bits([position for position, row in enumerate(rows) if row["is_helpline"]], size),
    )
