"""Boundaries and centres of postcodes as an operator loads them."""

import csv
import json
import os
from pathlib import Path
from typing import Any

import pytest

from naast.cli import main as naast
from naast.places import boundaries, geometry, land, map_loading, queries
from naast.places.models import Boundary, PostcodeCentre
from naast.places.postcodes import FileRefused

pytestmark = pytest.mark.django_db
SHARED = Path(os.environ.get("NAAST_SHARED", Path(__file__).resolve().parents[5] / "shared")) / "data"
ENSCHEDE = [[250_000, 465_000], [266_000, 465_000], [266_000, 478_000], [250_000, 478_000], [250_000, 465_000]]
LOSSER = [[266_000, 465_000], [272_000, 465_000], [272_000, 478_000], [266_000, 478_000], [266_000, 465_000]]


def feature(code: str, ring: Any, kind: str = "Polygon") -> dict[str, Any]:
    shapes = [ring] if kind == "Polygon" else [[ring]]
    return {"type": "Feature", "properties": {"statcode": code}, "geometry": {"type": kind, "coordinates": shapes}}


def write(path: Path, data: Any) -> Path:
    file = path / "grenzen.json"
    file.write_text(data if isinstance(data, str) else json.dumps(data), encoding="utf-8")
    return file


def geojson(path: Path, *features: dict[str, Any]) -> Path:
    return write(path, {"type": "FeatureCollection", "features": list(features)})


def test_boundaries_of_cbs_are_loaded_and_told(places: None, tmp_path: Path, capsys: Any) -> None:
    file = geojson(
        tmp_path, feature("GM0153", ENSCHEDE), feature("GM0168", LOSSER, "MultiPolygon"), feature("GM9999", LOSSER)
    )
    assert naast(["places", "load-map", str(file), "--source", "CBS"]) == 0
    told = capsys.readouterr().out
    assert "Grenzen van 2 gemeenten" in told
    assert "Zonder grens" in told
    assert "Zwolle" in told
    assert "GM9999" in told
    assert {found.place.slug for found in land.lands_in((250_000, 465_000, 270_000, 470_000))} == {"enschede", "losser"}
    point = land.of_place("enschede")
    assert point
    assert geometry.within(point, (250_000, 465_000, 266_000, 478_000))


def test_degrees_and_metres_of_the_same_land_are_the_same(places: None, tmp_path: Path) -> None:
    degrees = [[6.80, 52.18], [6.98, 52.18], [6.98, 52.29], [6.80, 52.29]]
    map_loading.load_boundaries(geojson(tmp_path, feature("0153", degrees)))
    row = Boundary.objects.get(place__slug="enschede")
    assert abs(row.min_x - geometry.to_rd(52.29, 6.80)[0]) < 300
    assert abs(row.max_y - geometry.to_rd(52.29, 6.98)[1]) < 300


@pytest.mark.parametrize(
    ("data", "why"),
    [
        ("{broken", "regel 1"),
        ("[1, 2]", "Verwacht GeoJSON"),
        ({"features": []}, "Geen enkele grens"),
        ({"features": [None, 3, {}]}, "Geen enkele grens"),
        ({"features": [feature("GM0153", [[1, 2], ["x", 3], [4, 5]])]}, "Geen enkele grens"),
        ({"features": [feature("GM0153", [[900_000, 900_000]] * 4)]}, "buiten Nederland"),
        ({"gemeenten": {"GM0153": {"d": "M1,1L2,2L3,1Z"}}, "viewBox": "0 0 10 10"}, "schaal"),
        ({"gemeenten": {"GM0153": {"d": 'M1,1L2,2L3,1Z"><script>'}}, "viewBox": "0 0 847 1000"}, "onbekend teken"),
        ({"gemeenten": {"GM0153": {}}, "viewBox": "0 0 847 1000"}, "ontbreekt"),
        ({"features": [feature("GM0153", [[10**400, 1], [1, 2], [3, 4]])]}, "Geen enkele grens"),
        ("[" * 100_000, "genest"),
        ("1" * 5_000, "getal"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_in_words_and_changes_nothing(
    places: None, tmp_path: Path, data: Any, why: str
) -> None:
    map_loading.load_boundaries(geojson(tmp_path, feature("GM0168", LOSSER)))
    with pytest.raises(FileRefused, match=why):
        map_loading.load_boundaries(write(tmp_path, data))
    assert Boundary.objects.count() == 1


def test_a_missing_or_unreadable_file_is_said(places: None, tmp_path: Path, capsys: Any) -> None:
    assert naast(["places", "load-map", str(tmp_path / "weg.json")]) == 2
    bad = tmp_path / "bad.json"
    bad.write_bytes(b"\xff\xfe\x00")
    assert naast(["places", "load-map", str(bad)]) == 2
    assert "niet te lezen" in capsys.readouterr().err


class TestCentres:
    """Points of postcodes."""

    def test_geonames_gives_the_middle_of_a_postcode(self, places: None, tmp_path: Path, capsys: Any) -> None:
        file = tmp_path / "NL.txt"
        file.write_text(
            "NL\t9999\tA\tx\t01\tx\t0153\t\t\t52.20\t6.90\t6\nNL\t9999\tB\tx\t01\tx\t0153\t\t\t52.22\t6.90\t6\n"
            "NL\t12\tC\tx\t01\tx\t0153\t\t\t52.22\t6.90\t6\nNL\t7512\tC\tx\t01\tx\t0153\t\t\tx\t6.90\t6\nonzin\n",
            encoding="utf-8",
        )
        assert naast(["places", "load-centres", str(file)]) == 0
        assert "1 postcodes" in capsys.readouterr().out
        row = PostcodeCentre.objects.get(pc4="9999")
        assert geometry.kilometres((row.x, row.y), geometry.to_rd(52.21, 6.90)) < 0.01

    def test_a_file_without_a_single_point_is_refused(self, places: None, tmp_path: Path, capsys: Any) -> None:
        file = tmp_path / "NL.txt"
        file.write_text("<script>\n", encoding="utf-8")
        assert naast(["places", "load-centres", str(file)]) == 1
        assert "GeoNames" in capsys.readouterr().err

    def test_without_a_centre_the_municipality_s_own_middle_counts(self, places: None, tmp_path: Path) -> None:
        PostcodeCentre.objects.all().delete()
        map_loading.load_boundaries(geojson(tmp_path, feature("GM0153", ENSCHEDE)))
        assert land.of_postcode("7511") == land.of_place("enschede")
        assert land.of_postcode("1000") is None

    def test_the_shipped_points_name_their_source_and_licence(self) -> None:
        text = map_loading.OWN_CENTRES.read_text(encoding="utf-8")
        assert "GeoNames" in text
        assert "CC BY 4.0" in text


def _inside_own(read: boundaries.Read, scale: float) -> float:
    """Part of the shipped centres that lie within their own municipality, when the land were drawn at another scale."""
    with (map_loading.DATA / "demo_postcodes.csv").open(encoding="utf-8") as file:
        slugs = {row["pc4"]: row["slug"] for row in csv.DictReader(file)}
    points, _ = map_loading.read_own(map_loading.OWN_CENTRES)
    codes = {place.slug: place.code for place in queries.all_places()}
    good = 0
    for pc4, some in points.items():
        x, y = some[0]
        x, y = boundaries.WEST + (x - boundaries.WEST) / scale, boundaries.NORTH + (y - boundaries.NORTH) / scale
        good += geometry.inside(read.shapes[codes[slugs[pc4]]], (x, y))
    return good / len(points)


@pytest.fixture(scope="module")
def country() -> Path:
    file = SHARED / "gemeenten_2023_svg_paths.json"
    assert file.is_file(), f"set NAAST_SHARED: {file} is not there"
    return file


def test_every_shipped_centre_lies_in_its_own_municipality_at_the_scale_of_the_country_s_file(
    places: None, country: Path
) -> None:
    codes = [place.code for place in queries.all_places()]
    read = boundaries.read(country, codes)
    assert len(read.shapes) == 342
    assert not read.wrong
    assert _inside_own(read, 1.0) > 0.99
    assert _inside_own(read, 1.01) < 0.95


def test_simplified_neighbours_still_touch(places: None, country: Path) -> None:
    map_loading.load_boundaries(country)
    with (SHARED / "gemeente_buren.csv").open(encoding="utf-8") as file:
        wanted = [(row["gm_code"], row["buur_gm_code"]) for row in csv.DictReader(file)]
    corners = {
        row.place.code: {(ring[at], ring[at + 1]) for ring in row.rings for at in range(0, len(ring), 2)}
        for row in Boundary.objects.select_related("place")
    }
    apart = [pair for pair in wanted if pair[0] in corners and not corners[pair[0]] & corners[pair[1]]]
    assert len(apart) < len(wanted) * 0.12  # neighbours across water share no line
