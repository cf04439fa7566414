"""Reading where help is: points of offers, distances for the ranking, and the drawing of a place that maps begin from.

Points of all offers and drawings are held in memory by generation, so that a search costs no query for them.
"""

import threading
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from naast.core import generations
from naast.directory.map import rules
from naast.directory.map.rules import Name, View
from naast.directory.models import Form, Location, Offer
from naast.directory.search.snapshot import Snapshot
from naast.places import geometry, land
from naast.places import queries as places
from naast.places.geometry import Point
from naast.places.land import Land
from naast.places.rules import PlaceInfo

FAR_FORMS = frozenset({Form.ONLINE, Form.CHAT, Form.PHONE})
MOST_ORIGINS = 32
MOST_DRAWINGS = 400


@dataclass(frozen=True)
class Shape:
    """A municipality in a drawing."""

    slug: str
    name: str
    path: str


@dataclass(frozen=True)
class Drawing:
    """The land that maps of one place begin from. `own`: the municipality, or those of a region."""

    view: View
    own: tuple[Shape, ...]
    others: tuple[Shape, ...]
    names: tuple[Name, ...]
    title: str  # the name of a municipality, which finds its spot when the pins are known; '' for a region
    spots: tuple[Point, ...]  # where that may stand, the roomiest first
    source: str


@dataclass(frozen=True)
class _Spots:
    """Where all offers are, by id, at one generation of offers and places."""

    generation: tuple[tuple[int, int], tuple[int, int]]
    of: Mapping[UUID, frozenset[Point]]


_spots: _Spots | None = None
_origins: OrderedDict[tuple[object, Point], Mapping[UUID, float]] = OrderedDict()
_drawings: dict[str, Drawing | None] = {}
_drawn_at: tuple[int, int] | None = None
_lock = threading.Lock()


def forget() -> None:
    """Forget what memory holds (tests)."""
    global _spots, _drawn_at
    _spots = _drawn_at = None
    _origins.clear()
    _drawings.clear()


# ---------- points and distance


def point_of(postcode: str, place_id: UUID | None, town: str) -> Point | None:
    """Where a location is: the middle of its postcode area, else of its municipality, else of the one named as its town."""
    pc4 = postcode.strip()[:4]
    held = land.points()
    if pc4 in held.postcodes:
        return held.postcodes[pc4]
    place = places.by_id(place_id) if place_id else None
    if place is None or place.slug not in held.places:
        place = places.by_name(town)
    return held.places.get(place.slug) if place else None


def points_of(locations: Iterable[Location]) -> list[Point]:
    """Where locations are, each point once; those that nobody can place are left out."""
    found = [point_of(location.postcode, location.place_id, location.town) for location in locations]
    return list(dict.fromkeys(point for point in found if point))


def origin_of(where: str) -> Point | None:
    """The point that distances are measured from: of four digits, or of a place (slug). None where nobody knows it."""
    return land.of_postcode(where) if where.isdigit() else land.of_place(where)


def kilometres(held: Snapshot, where: str) -> Mapping[UUID, float]:
    """How far offers are from a postcode (four digits) or place (slug), by id: the nearest of their locations.

    Offers without a place one can go to (no location, or only online and by phone) are left out. One query at the most, and
    none while nothing changed.
    """
    origin = origin_of(where)
    if origin is None:
        return {}
    spots = _current(held)
    key = (spots.generation, origin)
    known = _origins.get(key)
    if known is not None:
        return known
    far = {kind for kind, forms in enumerate(held.forms.kinds) if forms and forms <= FAR_FORMS}
    distance: dict[frozenset[Point], float] = {}
    found: dict[UUID, float] = {}
    for offer_id, kind in zip(held.ids, held.forms.of, strict=True):
        points = spots.of.get(offer_id)
        if points and kind not in far:
            if points not in distance:
                distance[points] = min(geometry.kilometres(origin, point) for point in points)
            found[offer_id] = distance[points]
    with _lock:
        _origins[key] = found
        while len(_origins) > MOST_ORIGINS:
            _origins.popitem(last=False)
    return found


def _current(held: Snapshot) -> _Spots:
    global _spots
    generation = (held.generation, land.points().generation)
    if _spots is not None and _spots.generation == generation and not generations.in_doubt():
        return _spots
    by_offer: dict[UUID, set[Point]] = {}
    points: dict[tuple[str, UUID | None, str], Point | None] = {}
    for offer_id, postcode, place_id, town in _located():
        key = (postcode.strip()[:4], place_id, town)
        if key not in points:
            points[key] = point_of(*key)
        if point := points[key]:
            by_offer.setdefault(offer_id, set()).add(point)
    same: dict[frozenset[Point], frozenset[Point]] = {}
    fresh = {offer_id: same.setdefault(frozenset(some), frozenset(some)) for offer_id, some in by_offer.items()}
    _spots = _Spots(generation, fresh)
    return _spots


def _located() -> QuerySet[Offer, tuple[UUID, str, UUID | None, str]]:
    rows = Offer.objects.filter(locations__isnull=False)
    return rows.values_list("pk", "locations__postcode", "locations__place_id", "locations__town")


# ---------- the drawing


def drawing(place: PlaceInfo) -> Drawing | None:
    """The drawing of a place and what lies around it; None where no boundary of it was loaded. Held until places change."""
    global _drawn_at
    generation = generations.seen(land.KEY)
    if generation != _drawn_at or generations.in_doubt():
        with _lock:
            _drawings.clear()
            _drawn_at = generation
    if place.slug not in _drawings:
        made = _draw(place)
        with _lock:
            if len(_drawings) >= MOST_DRAWINGS:
                _drawings.clear()
            _drawings[place.slug] = made
    return _drawings[place.slug]


def can_draw(place: PlaceInfo) -> bool:
    """Whether there is a map of this place, at no cost."""
    known = land.points().places
    return any(one.slug in known for one in _own(place))


def _own(place: PlaceInfo) -> list[PlaceInfo]:
    return places.members(place) if place.is_region else [place]


def _draw(place: PlaceInfo) -> Drawing | None:
    own = land.lands(one.slug for one in _own(place))
    if not own:
        return None
    view = rules.view_of([one.box for one in own])
    mine = {one.place.slug for one in own}
    around = [one for one in land.lands_in(view.box) if one.place.slug not in mine]
    shown = [(one, path) for one in [*own, *around] if (path := rules.path_of(one.rings, view))]
    shapes = {one.place.slug: Shape(one.place.slug, one.place.name, path) for one, path in shown}
    title = "" if place.is_region else place.name
    inner = geometry.middles(own[0].rings, view.box) if title else []
    return Drawing(
        view=view,
        own=tuple(shapes[slug] for slug in shapes if slug in mine),
        others=tuple(shapes[slug] for slug in shapes if slug not in mine),
        names=tuple(
            rules.named(_named([one for one, _ in shown if not title or one.place.slug not in mine], mine, view))
        ),
        title=title,
        spots=tuple(view.at(point) for point in inner),
        source=own[0].source,
    )


def _named(lands: list[Land], mine: set[str], view: View) -> list[tuple[str, Point]]:
    """Names with the point they stand at: the place's own first, then those of which most is seen."""
    found: list[tuple[bool, float, str, Point]] = []
    for one in lands:
        middle = geometry.middle(one.rings, view.box)
        if middle is not None:
            left, low, right, high = one.box
            box = view.box
            seen = (min(right, box[2]) - max(left, box[0])) * (min(high, box[3]) - max(low, box[1]))
            found.append((one.place.slug not in mine, -seen, one.place.name, view.at(middle)))
    return [(name, point) for _, _, name, point in sorted(found)]
