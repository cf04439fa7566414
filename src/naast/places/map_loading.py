"""Writing boundaries and centres of postcodes: a whole file at once, or nothing of it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from django.db import transaction

from naast.core import generations

from . import boundaries, geometry
from .geometry import Rings
from .models import Boundary, Place, PostcodeCentre
from .postcodes import EVERY, FileRefused, Progress, Wrong

BATCH = 1_000
TOLERANCE = 60.0  # metres that a drawn border may be off: less than two pixels on the map of a municipality
DATA = Path(__file__).parent / "data"
OWN_CENTRES = DATA / "demo_centres.csv"


@dataclass
class LoadedMap:
    """What loading boundaries did."""

    municipalities: int = 0
    points: int = 0
    missing: list[str] = field(default_factory=list)  # names of municipalities without a boundary
    unknown: list[str] = field(default_factory=list)  # codes of the file that we do not know
    wrong: list[str] = field(default_factory=list)


def load_boundaries(path: Path, *, source: str = "", progress: Progress = lambda part: None) -> LoadedMap:
    """Replace all boundaries by those of a file, simplified so that neighbours still fit.

    Raises FileRefused before anything is written.
    """
    places = {place.code: place for place in Place.objects.exclude(code="")}
    found = boundaries.read(path, places, progress)
    shapes = geometry.simplify(found.shapes, TOLERANCE)
    progress(0.8)
    rows = [_row(places[code], rings, source) for code, rings in shapes.items()]
    with transaction.atomic():
        Boundary.objects.all().delete()
        Boundary.objects.bulk_create(rows, batch_size=100)
        generations.bump("places")
        generations.bump()
    progress(1.0)
    return LoadedMap(
        municipalities=len(rows),
        points=sum(len(ring) // 2 for row in rows for ring in row.rings),
        missing=sorted(place.name for code, place in places.items() if code not in shapes),
        unknown=found.unknown,
        wrong=found.wrong,
    )


def _row(place: Place, rings: Rings, source: str) -> Boundary:
    box = [round(value) for value in geometry.box_of(rings)]
    middle = geometry.middle(rings) or rings[0][0]
    return Boundary(
        place=place,
        rings=[[round(value) for point in ring for value in point] for ring in rings],
        min_x=box[0],
        min_y=box[1],
        max_x=box[2],
        max_y=box[3],
        middle_x=round(middle[0]),
        middle_y=round(middle[1]),
        source=source[:160],
    )


def load_centres(path: Path, *, progress: Progress = lambda part: None) -> tuple[int, Wrong]:
    """Add centres of four-digit postcodes from GeoNames' NL postal file; returns how many, and the lines left out.

    A postcode that stands on several lines gets the mean of those. Raises FileRefused.
    """
    return _keep(*read_geonames(path, progress), path.name)


def load_own_centres() -> int:
    """Add the centres of the demonstration municipalities' own postcodes that come with Naast; returns how many."""
    return _keep(*read_own(OWN_CENTRES), OWN_CENTRES.name)[0]


def _keep(points: dict[str, list[tuple[float, float]]], wrong: Wrong, name: str) -> tuple[int, Wrong]:
    if not points:
        told = "\n".join(wrong.shown[:5])
        raise FileRefused(f"{name} heeft geen postcodes met een plek. Geef NL.txt van GeoNames (postal codes).\n{told}")
    rows = [PostcodeCentre(pc4=pc4, x=round(_mean(some, 0)), y=round(_mean(some, 1))) for pc4, some in points.items()]
    with transaction.atomic():
        for start in range(0, len(rows), BATCH // 2):
            some = rows[start : start + BATCH // 2]
            PostcodeCentre.objects.filter(pc4__in=[row.pc4 for row in some]).delete()
            PostcodeCentre.objects.bulk_create(some)
        generations.bump("places")
        generations.bump()
    return len(rows), wrong


def _mean(points: Iterable[tuple[float, float]], axis: int) -> float:
    values = [point[axis] for point in points]
    return sum(values) / len(values)


def read_geonames(
    path: Path, progress: Progress = lambda part: None
) -> tuple[dict[str, list[tuple[float, float]]], Wrong]:
    """Read GeoNames' NL postal file: postcode in column 2, latitude and longitude in columns 10 and 11; gives points in RD."""
    points: dict[str, list[tuple[float, float]]] = {}
    wrong = Wrong()
    with path.open(encoding="utf-8") as file:
        for number, line in enumerate(file, start=1):
            cells = line.rstrip("\r\n").split("\t")
            if cells[0] == "NL" and len(cells) >= 11:
                _take(points, wrong, number, cells[1][:4], cells[9], cells[10])
            elif line.strip():
                wrong.lines += 1
                wrong.note(number, "geen regel van GeoNames (12 velden met tabs).")
            if number % EVERY == 0:
                progress(0.5)
    return points, wrong


def read_own(path: Path) -> tuple[dict[str, list[tuple[float, float]]], Wrong]:
    """Read the project's own table: lines `pc4,latitude,longitude`; a line with # tells where it comes from."""
    points: dict[str, list[tuple[float, float]]] = {}
    wrong = Wrong()
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        cells = line.split(",")
        if not line.startswith("#") and cells[0] != "pc4" and len(cells) == 3:
            _take(points, wrong, number, *cells)
    return points, wrong


def _take(
    points: dict[str, list[tuple[float, float]]], wrong: Wrong, number: int, pc4: str, latitude: str, longitude: str
) -> None:
    wrong.lines += 1
    try:
        place = (float(longitude), float(latitude))
    except ValueError:
        wrong.note(number, f"‘{latitude[:12]} {longitude[:12]}’ is geen plek.")
        return
    if not (len(pc4) == 4 and pc4.isascii() and pc4.isdigit() and pc4 >= "1000"):
        wrong.note(number, f"‘{pc4[:12]}’ is geen postcode.")
    elif not geometry.within(place, geometry.WGS_LAND):
        wrong.note(number, "deze plek ligt buiten Nederland.")
    else:
        points.setdefault(pc4, []).append(geometry.to_rd(place[1], place[0]))
