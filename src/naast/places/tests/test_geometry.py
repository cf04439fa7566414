"""Land as numbers: the Dutch grid, paths that are only lines, and simplifying that keeps borders together."""

from math import isclose

import pytest
from hypothesis import given
from hypothesis import strategies as st

from naast.places import geometry

NORTH_TOWER = (52.15517440, 5.38720621)  # Onze Lieve Vrouwetoren, Amersfoort: the origin of RD is (155000, 463000)


def test_the_tower_of_amersfoort_is_the_middle_of_the_grid() -> None:
    assert geometry.to_rd(*NORTH_TOWER) == (155_000, 463_000)


def test_a_known_point_far_from_the_middle_lies_where_the_land_registry_has_it() -> None:
    # Martinitoren, Groningen: RD 233883.131, 582065.167 (Kadaster, point 7-70)
    x, y = geometry.to_rd(53.21938317, 6.56820053)
    assert isclose(x, 233_883.131, abs_tol=3)
    assert isclose(y, 582_065.167, abs_tol=3)


def test_distance_is_in_kilometres_as_the_crow_flies() -> None:
    assert geometry.kilometres((0, 0), (3_000, 4_000)) == 5


def test_a_path_of_lines_becomes_rings() -> None:
    assert geometry.read_path("M0,0L10,0 10 10V12H0Z M20 20L30 20L30 30Z") == [
        [(0, 0), (10, 0), (10, 10), (10, 12), (0, 12)],
        [(20, 20), (30, 20), (30, 30)],
    ]


@pytest.mark.parametrize(
    "path",
    [
        "",
        "M0,0",
        "M0,0L1",
        "L0,0L1,1L2,2Z",
        "m0,0l1,1l2,2z",
        "M0,0C1,1 2,2 3,3Z",
        "M0,0L1,1L2,2Z<script>alert(1)</script>",
        'M0,0L1,1L2,2Z" onload="alert(1)',
        "M0,0L1,1L2,2Zurl(https://elders.example/)",
        "M0,0L99999999999,1L2,2Z",
        "H5M0,0L1,1L2,0Z",
        "Z3 4",
    ],
)
def test_anything_but_lines_is_refused(path: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        geometry.read_path(path)


@given(st.text(max_size=60))
def test_no_text_breaks_the_reading_of_paths(text: str) -> None:
    try:
        rings = geometry.read_path(text)
    except ValueError:
        return
    assert all(isinstance(number, float) for ring in rings for point in ring for number in point)


def test_simplifying_keeps_what_stands_out_and_drops_what_does_not() -> None:
    line = [(0.0, 0.0), (10.0, 1.0), (20.0, 0.0), (30.0, 40.0), (40.0, 0.0)]
    assert geometry.thin(line, 5) == [(0, 0), (20, 0), (30, 40), (40, 0)]


def test_two_neighbours_keep_one_border() -> None:
    border = [(100.0, float(y)) if y % 20 else (103.0, float(y)) for y in range(0, 201, 10)]
    left = [(0.0, 0.0), *border, (0.0, 200.0)]
    right = [*border[::-1], (200.0, 0.0), (200.0, 200.0)]
    made = geometry.simplify({"left": [left], "right": [right]}, 10)
    shared = set(made["left"][0]) & set(made["right"][0])
    assert shared == {(103.0, 0.0), (103.0, 200.0)}
    assert len(made["left"][0]) == 4


@given(st.lists(st.tuples(st.integers(0, 500), st.integers(0, 500)), min_size=3, max_size=40, unique=True))
def test_a_shape_is_never_simplified_away(points: list[tuple[int, int]]) -> None:
    ring = [(float(x), float(y)) for x, y in points]
    made = geometry.simplify({"a": [ring]}, 60)["a"]
    assert len(made) == 1
    assert len(made[0]) >= 3
    assert set(made[0]) <= set(ring)


def test_the_middle_lies_within_also_where_the_land_is_bent() -> None:
    bent = [[(0.0, 0.0), (100.0, 0.0), (100.0, 20.0), (20.0, 20.0), (20.0, 100.0), (0.0, 100.0)]]
    found = geometry.middle(bent)
    assert found
    assert geometry.inside(bent, found)


def test_the_middle_of_what_is_seen_lies_in_what_is_seen() -> None:
    land = [[(0.0, 0.0), (1_000.0, 0.0), (1_000.0, 1_000.0), (0.0, 1_000.0)]]
    found = geometry.middle(land, (900, 900, 2_000, 2_000))
    assert found
    assert geometry.within(found, (900, 900, 1_000, 1_000))
    assert geometry.middle(land, (1_100, 1_100, 2_000, 2_000)) is None
