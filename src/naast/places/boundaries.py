"""Reading a file of municipal boundaries: CBS's or the Kadaster's GeoJSON (RD or WGS84), or paths on a scaled grid.

Purpose: whatever an operator hands over becomes rings of points in RD by municipality code, or a refusal in Dutch that
says what is wrong. Nothing of the file is ever shown as it stands: only numbers and codes we know come out of it.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .geometry import RD_LAND, WGS_LAND, Point, Rings, read_path, to_rd, within
from .postcodes import FileRefused, Progress, code_of

LARGEST = 400 * 1024 * 1024
# Paths on "0 0 847 1000", "RD (EPSG:28992) scaled": fitted to the extremes of the land in RD (west 13,565 at Sluis, north
# 619,231 at Het Hogeland, south 306,846 at Eijsden-Margraten). Checked with 213 centres of postcodes of 22 municipalities:
# with this scale each lies within its own municipality; with a scale 0.5 % larger some do not (tests/test_boundaries.py).
SCALED_VIEW = "0 0 847 1000"
METRES, WEST, NORTH = 312.385, 13_565.0, 619_231.0
_CODE_KEYS = ("statcode", "gm_code", "gemeentecode", "identificatie", "code", "GM_CODE", "Gemeentecode")


@dataclass
class Read:
    """What a file held: rings in RD by code, and what of it could not be used, in words."""

    shapes: dict[str, Rings] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    kind: str = ""


def read(path: Path, known: Iterable[str], progress: Progress = lambda part: None) -> Read:
    """Read a file of boundaries; keeps the codes that are known. Raises FileRefused."""
    if path.stat().st_size > LARGEST:
        raise FileRefused(f"{path.name} is groter dan 400 MB. Neem de gegeneraliseerde grenzen.")
    try:
        data = json.loads(path.read_text(encoding="utf-8-sig"))
    except json.JSONDecodeError as error:
        raise FileRefused(f"regel {error.lineno}, teken {error.colno}: dit is geen geldige JSON.") from error
    except RecursionError as error:
        raise FileRefused("Dit bestand zit te diep genest.") from error
    except UnicodeDecodeError:
        raise
    except ValueError as error:  # a number of thousands of digits
        raise FileRefused("In dit bestand staat een getal dat geen plek kan zijn.") from error
    progress(0.2)
    if not isinstance(data, dict):
        raise FileRefused("Verwacht GeoJSON, of een bestand met ‘gemeenten’ en een pad per gemeente.")
    found = Read()
    codes = frozenset(known)
    if isinstance(data.get("features"), list):
        found.kind = "geojson"
        rows = _features(data["features"], found)
    elif isinstance(data.get("gemeenten"), dict):
        found.kind = "paths"
        rows = _paths(data, found)
    else:
        raise FileRefused("Verwacht GeoJSON, of een bestand met ‘gemeenten’ en een pad per gemeente.")
    for code, rings in rows:
        if code not in codes:
            found.unknown.append(code[:20])
        else:
            found.shapes.setdefault(code, []).extend(rings)
    progress(0.5)
    if not found.shapes:
        told = "\n".join(found.wrong[:5])
        raise FileRefused("Geen enkele grens hoort bij een gemeente die Naast kent. Er is niets geladen.\n" + told)
    return found


def _paths(data: Mapping[str, Any], found: Read) -> Iterator[tuple[str, Rings]]:
    if data.get("viewBox") != SCALED_VIEW:
        raise FileRefused(f"De schaal van dit bestand is onbekend: verwacht viewBox ‘{SCALED_VIEW}’. Geef GeoJSON.")
    for key, row in data["gemeenten"].items():
        code = code_of(str(key))
        try:
            rings = read_path(str(row["d"]))
            yield code, [[_on_land((WEST + METRES * x, NORTH - METRES * y)) for x, y in ring] for ring in rings]
        except (ValueError, KeyError, TypeError) as error:
            found.wrong.append(f"{code[:20]}: {_why(error)}")


def _features(features: list[Any], found: Read) -> Iterator[tuple[str, Rings]]:
    for number, feature in enumerate(features, start=1):
        try:
            properties = feature.get("properties") or {}
            raw = next((str(properties[key]) for key in _CODE_KEYS if properties.get(key)), "")
            if not raw:
                raise ValueError("geen gemeentecode (statcode)")
            geometry = feature["geometry"]
            shapes = geometry["coordinates"]
            if geometry["type"] == "Polygon":
                shapes = [shapes]
            elif geometry["type"] != "MultiPolygon":
                raise ValueError("geen vlak")
            yield code_of(raw), [_ring(ring) for shape in shapes for ring in shape]
        except (ValueError, KeyError, TypeError, AttributeError, IndexError, OverflowError) as error:
            found.wrong.append(f"vlak {number}: {_why(error)}")


def _ring(points: list[Any]) -> list[Point]:
    made: list[Point] = []
    for raw in points:
        point = (float(raw[0]), float(raw[1]))
        if within(point, WGS_LAND):
            point = to_rd(point[1], point[0])
        point = _on_land(point)
        if not made or made[-1] != point:
            made.append(point)
    if len(made) > 1 and made[0] == made[-1]:
        made.pop()
    if len(made) < 3:
        raise ValueError("minder dan drie punten")
    return made


def _on_land(point: Point) -> Point:
    if not within(point, RD_LAND):
        raise ValueError("een punt ligt buiten Nederland (verwacht RD of WGS84)")
    return float(round(point[0])), float(round(point[1]))


def _why(error: Exception) -> str:
    return f"‘{error.args[0]}’ ontbreekt" if isinstance(error, KeyError) else str(error)[:120]
