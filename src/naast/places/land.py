"""Reading land: boundaries for a drawing, and points that distances are measured between. Points are in RD, metres.

Points of all postcodes and municipalities are held in memory by the generation of places, so that a search costs no query
for them; boundaries are read when a map is drawn, and the drawing is held (naast.directory.map).
"""

import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import cast

from naast.core import generations

from . import queries
from .geometry import Box, Point, Rings
from .models import Boundary, PostcodeCentre
from .rules import PlaceInfo

KEY = "places"


@dataclass(frozen=True)
class Land:
    """The land of one municipality."""

    place: PlaceInfo
    rings: Rings
    box: Box
    source: str


@dataclass(frozen=True)
class Points:
    """Where postcodes (four digits) and municipalities (slug) lie, at one generation."""

    generation: tuple[int, int]
    postcodes: Mapping[str, Point]
    places: Mapping[str, Point]


_held: Points | None = None
_lock = threading.Lock()


def forget() -> None:
    """Forget what memory holds (tests)."""
    global _held
    _held = None


def points() -> Points:
    """Return where postcodes and municipalities lie; read again only when places changed."""
    global _held
    generation = generations.seen(KEY)
    held = _held
    if held is not None and held.generation == generation and not generations.in_doubt():
        return held
    with _lock:
        middles = Boundary.objects.values_list("place_id", "middle_x", "middle_y")
        by_id = queries.snapshot().by_id
        fresh = Points(
            generation=generation,
            postcodes={pc4: (x, y) for pc4, x, y in PostcodeCentre.objects.values_list("pc4", "x", "y")},
            places={by_id[place_id].slug: (x, y) for place_id, x, y in middles if place_id in by_id},
        )
        _held = fresh
    return fresh


def of_postcode(pc4: str) -> Point | None:
    """Return the middle of a four-digit postcode; where nobody loaded it, of the municipality it mostly lies in."""
    held = points()
    if pc4 in held.postcodes:
        return held.postcodes[pc4]
    found = queries.by_postcode(pc4)
    return held.places.get(found[0][0].slug) if found else None


def of_place(slug: str) -> Point | None:
    """Return a point well within a municipality, or None where no boundary was loaded."""
    return points().places.get(slug)


def lands(slugs: Iterable[str]) -> list[Land]:
    """Return the land of these municipalities; those without a boundary are left out."""
    by_id = queries.snapshot().by_id
    rows = Boundary.objects.filter(place__slug__in=list(slugs))
    return [_land(row, by_id[row.place_id]) for row in rows if row.place_id in by_id]


def lands_in(box: Box) -> list[Land]:
    """Return the land of all municipalities that may lie in a box, by name."""
    left, low, right, high = (round(value) for value in box)
    rows = Boundary.objects.filter(min_x__lte=right, max_x__gte=left, min_y__lte=high, max_y__gte=low)
    by_id = queries.snapshot().by_id
    found = [_land(row, by_id[row.place_id]) for row in rows if row.place_id in by_id]
    return sorted(found, key=lambda land: land.place.name)


def _land(row: Boundary, place: PlaceInfo) -> Land:
    flat = cast(list[list[int]], row.rings)
    rings: Rings = [list(zip(ring[::2], ring[1::2], strict=True)) for ring in flat]
    return Land(place, rings, (row.min_x, row.min_y, row.max_x, row.max_y), row.source)
