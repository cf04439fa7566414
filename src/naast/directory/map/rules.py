"""
Thinking about maps: what part of the land is seen, its paths and names in units of the drawing, and pins that do not overlap.

Pure: no Django, no clock, no database. Points come in RD (metres, y to the north) and go out in units of a drawing of
WIDTH x HEIGHT (y downwards). All text that comes out of here as a path is made of numbers.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from math import ceil

from naast.places.geometry import Box, Point, Rings, meet

WIDTH, HEIGHT = 600, 450
MARGIN = 0.10  # of the land's own size, on each side
LEAST_MARGIN = 3_000.0  # metres: enough of the neighbours to know them
PHONE = 1.75  # how much larger a pin is drawn on a phone (map.css)
EDGE = 24  # units from the edge within which a pin would be cut off
OUTSIDE = 30  # how far a path goes on beyond the edge, so that no border line shows there
MOST_NAMED = 8  # signs of numbers that stand in one pin
ROUND = 2  # signs that fit in a round pin
SCALE_CORNER: Box = (WIDTH - 220, HEIGHT - 50, WIDTH, HEIGHT)  # where the scale stands
LETTER = 0.56  # width of a letter, in font sizes
SIZES = {"small": 22, "large": 14}  # font size of a name, in units, on a phone and on a wide screen


@dataclass(frozen=True)
class View:
    """The part of the land that is seen: its west and north edge (RD), and units a metre."""

    west: float
    north: float
    scale: float

    @property
    def box(self) -> Box:
        """The land that is seen, in RD."""
        return self.west, self.north - HEIGHT / self.scale, self.west + WIDTH / self.scale, self.north

    def at(self, point: Point) -> Point:
        """Where a point of the land stands in the drawing."""
        return (point[0] - self.west) * self.scale, (self.north - point[1]) * self.scale

    def shows(self, point: Point) -> bool:
        """Whether a pin at this point would stand whole in the drawing."""
        x, y = self.at(point)
        return EDGE <= x <= WIDTH - EDGE and 2 * EDGE <= y <= HEIGHT - 4


def view_of(boxes: Sequence[Box]) -> View:
    """A view with all these boxes in it, in the middle, and a strip of the neighbours around. ValueError without boxes."""
    left, low = min(box[0] for box in boxes), min(box[1] for box in boxes)
    right, high = max(box[2] for box in boxes), max(box[3] for box in boxes)
    wide = right - left + 2 * max(LEAST_MARGIN, MARGIN * (right - left))
    tall = high - low + 2 * max(LEAST_MARGIN, MARGIN * (high - low))
    scale = min(WIDTH / wide, HEIGHT / tall)
    return View((left + right) / 2 - WIDTH / scale / 2, (low + high) / 2 + HEIGHT / scale / 2, scale)


def path_of(rings: Rings, view: View) -> str:
    """The path of rings in a drawing, in whole units; '' where nothing of it is seen."""
    made = []
    for ring in rings:
        points = _clipped([view.at(point) for point in ring])
        whole = [(round(x), round(y)) for x, y in points]
        kept = [point for index, point in enumerate(whole) if index == 0 or point != whole[index - 1]]
        if len(set(kept)) >= 3:
            steps = [f"{x2 - x1} {y2 - y1}" for (x1, y1), (x2, y2) in pairwise(kept)]
            made.append(f"M{kept[0][0]} {kept[0][1]}l{' '.join(steps).replace(' -', '-')}z")
    return "".join(made)


def _clipped(ring: list[Point]) -> list[Point]:
    """Cut a ring at a frame a little outside the drawing (Sutherland & Hodgman, 1974)."""
    for axis, sign, edge in ((0, 1, -OUTSIDE), (0, -1, -WIDTH - OUTSIDE), (1, 1, -OUTSIDE), (1, -1, -HEIGHT - OUTSIDE)):
        made: list[Point] = []
        for one, two in zip(ring, [*ring[1:], *ring[:1]], strict=True):
            inside, next_inside = sign * one[axis] >= edge, sign * two[axis] >= edge
            if inside:
                made.append(one)
            if inside != next_inside:
                part = (sign * edge - one[axis]) / (two[axis] - one[axis])
                made.append((one[0] + part * (two[0] - one[0]), one[1] + part * (two[1] - one[1])))
        ring = made
    return ring


# ---------- names


@dataclass(frozen=True)
class Name:
    """A name in the drawing. `narrow`: it has room on a phone too, where letters are larger."""

    text: str
    x: int
    y: int
    narrow: bool
    own: bool = False


def named(places: Iterable[tuple[str, Point]]) -> list[Name]:
    """Of names with the point they belong to the ones that have room, the first first; none stands over another."""
    taken: dict[str, list[Box]] = {"small": [SCALE_CORNER], "large": [SCALE_CORNER]}
    made = []
    for text, (x, y) in places:
        room = {}
        for width, size in SIZES.items():
            half = LETTER * size * len(text) / 2
            box = (x - half - 3, y - size * 0.8, x + half + 3, y + size * 0.5)
            fits = box[0] >= 4 and box[2] <= WIDTH - 4 and box[1] >= 4 and box[3] <= HEIGHT - 4
            room[width] = fits and not any(
                box[0] < other[2] and other[0] < box[2] and box[1] < other[3] and other[1] < box[3]
                for other in taken[width]
            )
            if room[width]:
                taken[width].append(box)
        if room["large"]:
            made.append(Name(text, round(x), round(y), room["small"]))
    return made


def scale_bar(view: View) -> tuple[int, int]:
    """A round number of kilometres for below the drawing, and how many units that is: between 60 and 200."""
    for kilometres in (1, 2, 5, 10, 20, 50, 100):
        units = view.scale * kilometres * 1_000
        if units >= 60:
            return kilometres, round(units)
    return 100, round(view.scale * 100_000)


# ---------- pins


@dataclass(frozen=True)
class Pin:
    """A pin in the drawing: where, and the numbers of the results that are there, in their order."""

    x: int
    y: int
    numbers: tuple[int, ...]

    @property
    def text(self) -> str:
        """What stands in the pin: up to three numbers where they fit, or the first and how many more."""
        named = ", ".join(str(number) for number in self.numbers)
        return named if len(named) <= MOST_NAMED else f"{self.numbers[0]} +{len(self.numbers) - 1}"

    @property
    def half(self) -> int:
        """Half the length of the straight part of the head: 0 for what fits in a round one."""
        return 0 if len(self.text) <= ROUND else ceil(len(self.text) * 4.6) - 6

    @property
    def outline(self) -> str:
        """The path of the pin with its point at 0,0: a round head, drawn out sideways where more than two signs stand in it."""
        if len(self.text) <= ROUND:
            return "M0 0L-8-13.3A15 15 0 1 1 8-13.3z"
        return f"M0 0L-8-11H-{self.half}a15 15 0 0 1 0-30H{self.half}a15 15 0 0 1 0 30H8z"

    @property
    def box(self) -> Box:
        """What it takes of the drawing on a phone, where it is largest."""
        wide = PHONE * (self.half + 16)
        return self.x - wide, self.y - PHONE * 42, self.x + wide, self.y + 2

    def covers(self, point: Point, half: float) -> bool:
        """Whether the pin stands over a word of this half width at a point."""
        return meet(self.box, (point[0] - half, point[1] - 14, point[0] + half, point[1] + 12))


def pins(spots: Iterable[tuple[int, Point]], view: View) -> list[Pin]:
    """Pins for numbered results at points. Those that would overlap on a phone stand together, at the spot of the first.

    A result with several points stands at each; in the order of the first number, so that keys follow the list.
    """
    at: dict[tuple[int, int], list[int]] = {}
    for number, point in spots:
        if view.shows(point):
            x, y = view.at(point)
            numbers = at.setdefault((round(x), round(y)), [])
            if number not in numbers:
                numbers.append(number)
    made = sorted((Pin(x, y, tuple(sorted(some))) for (x, y), some in at.items()), key=lambda pin: pin.numbers)
    while pair := next(((one, two) for one, two in combinations(made, 2) if meet(one.box, two.box)), None):
        one, two = pair
        both = Pin(one.x, one.y, tuple(sorted({*one.numbers, *two.numbers})))
        made = sorted([*(pin for pin in made if pin not in pair), both], key=lambda pin: pin.numbers)
    return made


def rounded(kilometres: float) -> int:
    """A distance as people say it: whole kilometres, above 20 in fives; 0 below one kilometre."""
    if kilometres < 1:
        return 0
    return round(kilometres) if kilometres < 20 else 5 * round(kilometres / 5)
