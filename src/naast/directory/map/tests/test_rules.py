"""What of the land is seen, and pins that do not overlap."""

import re

from hypothesis import given
from hypothesis import strategies as st

from naast.directory.map import rules
from naast.directory.map.rules import HEIGHT, WIDTH, View
from naast.places.geometry import meet

SQUARE = (250_000.0, 465_000.0, 266_000.0, 478_000.0)
VIEW = rules.view_of([SQUARE])
numbers = st.floats(-400_000, 400_000, allow_nan=False)


def test_a_view_holds_the_whole_place_with_a_strip_of_its_neighbours() -> None:
    left, low, right, high = VIEW.box
    assert left <= SQUARE[0] - 3_000
    assert right >= SQUARE[2] + 3_000
    assert low <= SQUARE[1] - 3_000
    assert high >= SQUARE[3] + 3_000


@given(numbers, numbers, st.floats(1, 100_000), st.floats(1, 100_000))
def test_north_is_up_and_the_shape_of_the_land_stays(west: float, low: float, wide: float, tall: float) -> None:
    view = rules.view_of([(west, low, west + wide, low + tall)])
    x1, y1 = view.at((west, low))
    x2, y2 = view.at((west + wide, low + tall))
    assert 0 <= x1 <= x2 <= WIDTH
    assert 0 <= y2 <= y1 <= HEIGHT
    assert abs((x2 - x1) / wide - (y1 - y2) / tall) < 1e-6


@given(st.lists(st.tuples(numbers, numbers), min_size=3, max_size=30))
def test_a_path_is_made_of_whole_numbers_and_stays_near_the_drawing(points: list[tuple[float, float]]) -> None:
    path = rules.path_of([points], View(250_000, 478_000, 0.03))
    assert re.fullmatch(r"(M-?\d+ -?\d+l[-\d ]+z)*", path)
    if path:
        x, y = re.findall(r"-?\d+", path)[:2]
        assert -rules.OUTSIDE - 1 <= int(x) <= WIDTH + rules.OUTSIDE + 1
        assert -rules.OUTSIDE - 1 <= int(y) <= HEIGHT + rules.OUTSIDE + 1


def test_land_that_is_not_seen_has_no_path() -> None:
    assert rules.path_of([[(0.0, 300_000.0), (10_000.0, 300_000.0), (10_000.0, 310_000.0)]], VIEW) == ""


class TestPins:
    """Numbered pins."""

    def test_results_at_one_spot_share_a_pin_in_the_order_of_the_list(self) -> None:
        here, there = (255_000.0, 470_000.0), (262_000.0, 474_000.0)
        pins = rules.pins([(3, here), (5, there), (7, here), (12, here)], VIEW)
        assert [pin.text for pin in pins] == ["3, 7, 12", "5"]

    def test_more_than_three_are_counted_and_none_is_lost(self) -> None:
        pin = rules.pins([(number, (255_000.0, 470_000.0)) for number in range(1, 21)], VIEW)[0]
        assert pin.text == "1 +19"
        assert pin.numbers == tuple(range(1, 21))

    def test_what_lies_outside_has_no_pin(self) -> None:
        assert rules.pins([(1, (100_000.0, 400_000.0))], VIEW) == []

    @given(st.lists(st.tuples(st.floats(251_000, 265_000), st.floats(466_000, 476_000)), max_size=20))
    def test_pins_never_stand_over_each_other_and_hold_every_result(self, points: list[tuple[float, float]]) -> None:
        pins = rules.pins(list(enumerate(points, start=1)), VIEW)
        assert {number for pin in pins for number in pin.numbers} == set(range(1, len(points) + 1))
        for one in pins:
            assert not any(meet(one.box, other.box) for other in pins if other is not one)
        assert [pin.numbers[0] for pin in pins] == sorted(pin.numbers[0] for pin in pins)


class TestNames:
    """Names in the drawing."""

    def test_the_first_name_wins_and_none_stands_over_another(self) -> None:
        names = rules.named([("Enschede", (300, 200)), ("Losser", (310, 205)), ("Hengelo", (100, 100))])
        assert [name.text for name in names] == ["Enschede", "Hengelo"]

    def test_a_name_without_room_on_a_phone_is_for_wide_screens(self) -> None:
        assert [name.narrow for name in rules.named([("Hof van Twente", (80, 200))])] == [False]

    def test_no_name_stands_over_the_scale(self) -> None:
        assert rules.named([("Geertruidenberg", (500, 420))]) == []

    def test_a_name_at_the_edge_is_left_out(self) -> None:
        assert rules.named([("Haaksbergen", (10, 200))]) == []


def test_the_scale_is_a_round_number_of_kilometres() -> None:
    kilometres, units = rules.scale_bar(VIEW)
    assert kilometres in (1, 2, 5, 10)
    assert units == round(kilometres * 1_000 * VIEW.scale)


def test_distances_are_said_roughly() -> None:
    assert [rules.rounded(km) for km in (0.4, 1.2, 3.6, 22.4, 58)] == [0, 1, 4, 20, 60]
