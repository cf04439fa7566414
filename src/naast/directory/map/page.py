"""What a page shows of a map: its land, pins with their names and links, and in words what is not on it.

Purpose: the map has nothing that the list lacks. Every pin leads to the results of its numbers; what has no pin is said below.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from naast.core.sharing import place_address
from naast.directory.map import queries, rules
from naast.directory.map.queries import Drawing, Shape
from naast.directory.map.rules import Name, Pin
from naast.directory.map.sight import MAP, PICTURE, Sight
from naast.directory.models import Offer
from naast.places import land
from naast.places.geometry import Point
from naast.places.rules import PlaceInfo

Pairs = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Marked:
    """A pin with what it says aloud, and the address it leads to."""

    pin: Pin
    said: str
    href: str


@dataclass(frozen=True)
class Picture:
    """A map for a page."""

    drawing: Drawing
    marks: tuple[Marked, ...] = ()
    home: Point | None = None  # the reader's own postcode area, in units of the drawing
    links: tuple[tuple[Shape, str], ...] = ()  # the municipalities of a region, each with the address of its help
    beyond: str = ""  # what lies outside the drawing, in words
    without: str = ""  # what has no place one can go to, in words

    @property
    def names(self) -> list[Name]:
        """Names that no pin stands over, the municipality's own at the roomiest spot that is left."""
        pins = [mark.pin for mark in self.marks]

        def free(text: str, point: Point) -> bool:
            half = rules.LETTER * rules.SIZES["small"] * len(text) / 2
            return not any(pin.covers(point, half) for pin in pins)

        kept = [name for name in self.drawing.names if free(name.text, (name.x, name.y))]
        title = self.drawing.title
        spot = next((point for point in self.drawing.spots if free(title, point)), None) if title else None
        return [*kept, Name(title, round(spot[0]), round(spot[1]), narrow=True, own=True)] if spot else kept

    @property
    def numbers(self) -> frozenset[int]:
        """The numbers that stand in a pin."""
        return frozenset(number for mark in self.marks for number in mark.pin.numbers)

    @property
    def scale(self) -> dict[str, int]:
        """The scale bar: kilometres, its length, and where it ends."""
        kilometres, units = rules.scale_bar(self.drawing.view)
        return {"kilometres": kilometres, "units": units, "right": rules.WIDTH - 14, "left": rules.WIDTH - 14 - units}


class Search(Protocol):
    """What the map needs of a search: how somebody looks, and addresses of the same search."""

    @property
    def sight(self) -> Sight:
        """How somebody looks."""

    @property
    def typed(self) -> str:
        """The words."""

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """What the address keeps."""

    @property
    def address(self) -> str:
        """Where the search stands."""

    def seen(self, *, as_map: bool) -> "Search":
        """The same search with a map or without."""


def context(asked: Search, found: Sequence[tuple[int, Offer]], place: PlaceInfo) -> dict[str, Any]:
    """What the page of help nearby needs: the switch, the field of the postcode, and the map where somebody wants it."""
    drawable = queries.can_draw(place)
    kept = [("q", asked.typed), *asked.pairs] if asked.typed else asked.pairs
    return {
        "sight": asked.sight,
        "list_href": asked.seen(as_map=False).address,
        "map_href": asked.seen(as_map=True).address if drawable else "",
        "no_map": asked.sight.map and not drawable,
        "picture": of_results(found, place, asked.sight, kept) if asked.sight.map and drawable else None,
    }


def of_results(found: Sequence[tuple[int, Offer]], place: PlaceInfo, sight: Sight, kept: Pairs = ()) -> Picture | None:
    """The map of numbered results; None where no boundary of the place was loaded. `kept`: what a link to a place keeps."""
    drawing = queries.drawing(place)
    if drawing is None:
        return None
    spots: list[tuple[int, Point]] = []
    outside: list[str] = []
    nowhere = 0
    for number, offer in found:
        points = points_shown(offer)
        seen = [point for point in points if drawing.view.shows(point)]
        spots += [(number, point) for point in seen]
        if not points:
            nowhere += 1
        elif not seen:
            towns = dict.fromkeys(location.town for location in offer.locations.all())
            outside.append(f"{number} ({', '.join(towns)})")
    names = {number: offer.name for number, offer in found}
    home = land.of_postcode(sight.pc4) if sight.pc4 else None
    return Picture(
        drawing=drawing,
        marks=tuple(_mark(pin, names) for pin in rules.pins(spots, drawing.view)),
        home=drawing.view.at(home) if home and drawing.view.shows(home) else None,
        links=_links(drawing, place, kept),
        beyond=_("Not on this map: %(places)s.") % {"places": ", ".join(outside)} if outside else "",
        without=_without(nowhere, len(found)),
    )


def of_offer(offer: Offer, place: PlaceInfo) -> Picture | None:
    """The small map of one offer; None where there is no drawing, or nothing of the offer in it."""
    points = points_shown(offer)
    drawing = queries.drawing(place) if points else None
    if drawing is None:
        return None
    pins = [Pin(round(x), round(y), ()) for x, y in (drawing.view.at(p) for p in points if drawing.view.shows(p))]
    return Picture(drawing, tuple(Marked(pin, "", "") for pin in pins)) if pins else None


def points_shown(offer: Offer) -> list[Point]:
    """Where somebody can go for an offer (locations read already); nothing for what is only online or by phone."""
    if offer.forms and set(offer.forms) <= queries.FAR_FORMS:
        return []
    return queries.points_of(offer.locations.all())


def _mark(pin: Pin, names: dict[int, str]) -> Marked:
    each = [f"{number}: {names[number]}" for number in pin.numbers]
    # what is read aloud begins with what is seen, so that somebody who speaks to the device can name it
    return Marked(pin, "; ".join([pin.text, *each] if len(each) > 1 else each), f"#hulp-{pin.numbers[0]}")


def _links(drawing: Drawing, place: PlaceInfo, kept: Pairs) -> tuple[tuple[Shape, str], ...]:
    if not place.is_region:
        return ()
    pairs = [(key, value) for key, value in kept if key != PICTURE]
    asked = urlencode([*pairs, (PICTURE, MAP)])
    # the path below a place, whatever place is in front of it now
    below = reverse("directory:search").removeprefix(reverse("home"))
    return tuple((shape, f"{place_address(shape.slug)}{below}?{asked}") for shape in drawing.own)


def _without(nowhere: int, all_of_them: int) -> str:
    if nowhere == all_of_them:
        return _("None of these places has an address you can go to. They stand in the list.")
    if not nowhere:
        return ""
    return ngettext(
        "%(count)s place has no address: it comes to you, or goes by phone or online. It stands in the list.",
        "%(count)s places have no address: they come to you, or go by phone or online. They stand in the list.",
        nowhere,
    ) % {"count": nowhere}
