"""Land as numbers: the Dutch grid (RD, EPSG:28992, metres), paths, distance, and simplifying that keeps borders together.

Pure. Boundaries are kept as rings of whole metres in RD, which is flat enough over the Netherlands to draw and to measure:
the grid's scale differs from the ground's by less than 0.01 %.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import hypot

Point = tuple[float, float]
Ring = list[Point]
Rings = list[Ring]
Box = tuple[float, float, float, float]  # min x, min y, max x, max y

# the land of the Netherlands in RD, a little wider than its borders
RD_LAND: Box = (-10_000, 289_000, 300_000, 640_000)
WGS_LAND: Box = (2.5, 50.0, 7.8, 54.2)  # longitude, latitude
# Schreutelkamp & Strang van Hees, "Benaderingsformules voor de transformatie tussen RD- en WGS84-kaartcoördinaten",
# Geodesia 2001-2: (power of latitude, power of longitude, factor); better than a metre
_X = ((0, 1, 190094.945), (1, 1, -11832.228), (2, 1, -114.221), (0, 3, -32.391), (1, 0, -0.705), (3, 1, -2.340),
      (1, 3, -0.608), (0, 2, -0.008), (2, 3, 0.148))  # fmt: skip
_Y = ((1, 0, 309056.544), (0, 2, 3638.893), (2, 0, 73.077), (1, 2, -157.984), (3, 0, 59.788), (0, 1, 0.433),
      (2, 2, -6.439), (1, 1, -0.032), (0, 4, 0.092), (1, 4, -0.054))  # fmt: skip
_NUMBER = re.compile(r"-?\d{1,7}(?:\.\d{1,9})?")
_PATH = re.compile(r"[MLHVZ]|-?\d{1,7}(?:\.\d{1,9})?|[\s,]+")


def to_rd(latitude: float, longitude: float) -> Point:
    """Return where a point in WGS84 (degrees) lies in RD (metres)."""
    north, east = 0.36 * (latitude - 52.15517440), 0.36 * (longitude - 5.38720621)
    x = 155_000 + sum(factor * north**p * east**q for p, q, factor in _X)
    y = 463_000 + sum(factor * north**p * east**q for p, q, factor in _Y)
    return x, y


def within(point: Point, box: Box) -> bool:
    """Tell whether a point lies in a box."""
    return box[0] <= point[0] <= box[2] and box[1] <= point[1] <= box[3]


def kilometres(one: Point, other: Point) -> float:
    """Return how far two points in RD are from each other, as the crow flies."""
    return hypot(one[0] - other[0], one[1] - other[1]) / 1_000


def box_of(rings: Iterable[Sequence[Point]]) -> Box:
    """Return the smallest box around rings. Raises ValueError where there is no point."""
    points = [point for ring in rings for point in ring]
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)


def meet(one: Box, other: Box) -> bool:
    """Tell whether two boxes have land in common."""
    return one[0] <= other[2] and other[0] <= one[2] and one[1] <= other[3] and other[1] <= one[3]


def area(ring: Sequence[Point]) -> float:
    """Return the area within a ring, without a sign."""
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in _sides(ring))) / 2


def _sides(ring: Sequence[Point]) -> Iterator[tuple[Point, Point]]:
    return zip(ring, [*ring[1:], ring[0]], strict=True)


def inside(rings: Iterable[Sequence[Point]], point: Point) -> bool:
    """Tell whether a point lies within rings (a ring within a ring is a hole)."""
    x, y = point
    odd = False
    for ring in rings:
        for (x1, y1), (x2, y2) in _sides(ring):
            if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
                odd = not odd
    return odd


def middle(rings: Rings, box: Box | None = None) -> Point | None:
    """Return a point well within rings (and the box): the first of `middles`, None where there is none."""
    return next(iter(middles(rings, box)), None)


def middles(rings: Rings, box: Box | None = None, steps: int = 9) -> list[Point]:
    """Return points of a grid that lie within rings (and the box), the one farthest from any border first."""
    whole = box_of(rings)
    left, low, right, high = (
        (max(whole[0], box[0]), max(whole[1], box[1]), min(whole[2], box[2]), min(whole[3], box[3])) if box else whole
    )
    found: list[tuple[float, Point]] = []
    corners = [point for ring in rings for point in ring]
    for column in range(steps):
        for row in range(steps):
            point = (left + (right - left) * (column + 0.5) / steps, low + (high - low) * (row + 0.5) / steps)
            if not inside(rings, point):
                continue
            room = min(hypot(point[0] - x, point[1] - y) for x, y in corners)
            if box:
                room = min(room, 1.2 * (point[0] - box[0]), 1.2 * (box[2] - point[0]))
                room = min(room, 2 * (point[1] - box[1]), 2 * (box[3] - point[1]))
            found.append((-room, point))
    return [point for _, point in sorted(found)]


def read_path(text: str) -> Rings:
    """Read an SVG path of straight lines: only M, L, H, V, Z and numbers, all absolute. Raises ValueError for all else.

    The text is never used as markup: what comes back are numbers.
    """
    at = 0
    rings: Rings = []
    ring: Ring = []
    numbers: list[float] = []
    command = ""

    def put() -> None:
        nonlocal numbers
        if command in ("M", "L"):
            if len(numbers) % 2 or (command == "M" and not numbers):
                raise ValueError("een punt zonder tweede getal")
            ring.extend(zip(numbers[::2], numbers[1::2], strict=True))
        elif command in ("H", "V"):
            if not ring:
                raise ValueError("een lijn zonder begin")
            for number in numbers:
                last = ring[-1]
                ring.append((number, last[1]) if command == "H" else (last[0], number))
        elif numbers:
            raise ValueError("getallen zonder letter ervoor")
        numbers = []

    while at < len(text):
        found = _PATH.match(text, at)
        if found is None:
            raise ValueError(f"onbekend teken ‘{text[at : at + 12]}’")
        at = found.end()
        piece = found.group()
        if _NUMBER.fullmatch(piece):
            numbers.append(float(piece))
        elif piece in "MLHVZ":
            put()
            if piece in "MZ" and ring:
                rings.append(ring)
                ring = []
            if not command and piece != "M":
                raise ValueError("het pad begint niet met M")
            command = piece
    put()
    if ring:
        rings.append(ring)
    closed = [whole for ring in rings if len(whole := _open(ring)) >= 3]
    if not closed:
        raise ValueError("minder dan drie punten")
    return closed


def _open(ring: Ring) -> Ring:
    """Drop a last point that is the first again, and points that come twice."""
    kept = [point for index, point in enumerate(ring) if index == 0 or point != ring[index - 1]]
    return kept[:-1] if len(kept) > 1 and kept[0] == kept[-1] else kept


# ---------- simplifying


def thin(line: Sequence[Point], tolerance: float) -> Ring:
    """Leave out points that lie within the tolerance of the line without them (Ramer, Douglas & Peucker, 1973)."""
    if len(line) < 3:
        return list(line)
    keep = {0, len(line) - 1}
    todo = [(0, len(line) - 1)]
    while todo:
        first, last = todo.pop()
        (x1, y1), (x2, y2) = line[first], line[last]
        length = hypot(x2 - x1, y2 - y1)
        worst, at = tolerance, -1
        for index in range(first + 1, last):
            x, y = line[index]
            off = (
                abs((x2 - x1) * (y1 - y) - (x1 - x) * (y2 - y1)) / length if length else hypot(x - x1, y - y1)
            )  # fmt: skip
            if off > worst:
                worst, at = off, index
        if at >= 0:
            keep.add(at)
            todo += [(first, at), (at, last)]
    return [line[index] for index in sorted(keep)]


def simplify(shapes: Mapping[str, Rings], tolerance: float) -> dict[str, Rings]:
    """Simplify shapes that share borders so that they still fit: a piece of border is thinned once, for both sides.

    Pieces end where another neighbour begins. A ring that becomes smaller than the tolerance squared is left out, unless it
    is the largest of its shape.
    """
    owners: dict[Point, set[str]] = {}
    for key, rings in shapes.items():
        for ring in rings:
            for point in ring:
                owners.setdefault(point, set()).add(key)
    done: dict[str, Rings] = {}
    for key, rings in shapes.items():
        made = [thinned for ring in rings if len(thinned := _thin_ring(ring, owners, tolerance)) >= 3]
        large = [ring for ring in made if area(ring) > tolerance * tolerance]
        done[key] = large or [max(made or rings, key=area)]
    return done


def _thin_ring(ring: Ring, owners: Mapping[Point, set[str]], tolerance: float) -> Ring:
    size = len(ring)
    stops = [at for at in range(size) if owners[ring[at]] != owners[ring[at - 1]] or _ends(ring, owners, at)]
    if len(stops) < 2:
        # an island, or an enclave: begin at the lowest point, part it at the one farthest away, from either side the same
        start = min(range(size), key=lambda at: ring[at])
        far = max(
            range(size), key=lambda at: (hypot(ring[at][0] - ring[start][0], ring[at][1] - ring[start][1]), ring[at])
        )
        stops = sorted({start, far})
    made: Ring = []
    for first, last in zip(stops, [*stops[1:], stops[0] + size], strict=True):
        piece = [ring[at % size] for at in range(first, last + 1)]
        turned = piece[0] > piece[-1]
        thinned = thin(piece[::-1] if turned else piece, tolerance)
        made += (thinned[::-1] if turned else thinned)[:-1]
    return made


def _ends(ring: Ring, owners: Mapping[Point, set[str]], at: int) -> bool:
    after = owners[ring[(at + 1) % len(ring)]]
    return owners[ring[at]] != after
