"""A house style of one's own: no choice makes a page unreadable, and what is offered is the nearest that can be read."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from naast.places import colours, house_style, tailor
from naast.places.tailor import StyleChoice

HEX = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")
NEEDS = st.sampled_from(
    [
        [("#ffffff", 4.5)],
        [("#ffffff", 4.5), ("#eff5f3", 4.5), ("#fdf4d6", 4.5)],
        [("#ffffff", 3.0), ("#f6f3ee", 3.0)],
        [("#0f2429", 4.5), ("#163137", 4.5)],
        [("#14292e", 3.0)],
        [("#777777", 4.5)],
    ]
)
CHOSEN = st.dictionaries(st.sampled_from(tailor.CHOSEN), HEX)
BASES = st.sampled_from(sorted(house_style.shipped()))


def choice(base, light, dark) -> StyleChoice:
    return StyleChoice.of(base=base, light=light, dark=dark)


# ---------- colours ----------


@given(HEX)
def test_a_colour_comes_back_from_lightness_chroma_and_hue(colour):
    back = colours.to_hex(colours.to_lch(colour))
    assert colours.distance(colour, back) < 0.005


def test_the_reference_colours_of_oklab():
    white, red = colours.to_lch("#ffffff"), colours.to_lch("#ff0000")
    assert white.lightness == pytest.approx(1, abs=1e-4)
    assert (red.lightness, red.chroma, red.hue) == pytest.approx((0.628, 0.2577, 29.23), abs=1e-2)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("#0A5560", "#0a5560"),
        ("0a5560", "#0a5560"),
        (" #fff ", "#ffffff"),
        ("geel", None),
        ("#12345", None),
        ("", None),
    ],
)
def test_a_colour_is_read_as_people_type_it(typed, read):
    assert colours.read(typed) == read


@given(HEX, NEEDS)
def test_what_is_offered_can_be_read(colour, needs):
    offer = colours.nearest(colour, needs)
    assert offer is not None
    assert colours.passes(offer, needs)


@given(HEX, NEEDS)
def test_what_can_be_read_already_is_left_alone(colour, needs):
    if colours.passes(colour, needs):
        assert colours.nearest(colour, needs) == colour


@given(HEX, NEEDS)
def test_nothing_else_of_the_same_hue_lies_nearer(colour, needs):
    offer = colours.nearest(colour, needs)
    assert offer is not None
    start = colours.to_lch(colour)
    others = (colours.to_hex(colours.Lch(step / 50, start.chroma, start.hue)) for step in range(51))
    nearest = min((colours.distance(colour, one) for one in others if colours.passes(one, needs)), default=9.0)
    assert colours.distance(colour, offer) <= nearest + 0.02


def test_yellow_on_white_becomes_a_dark_yellow():
    offer = colours.nearest("#ffff00", [("#ffffff", 4.5)])
    assert offer is not None
    assert abs(colours.to_lch(offer).hue - colours.to_lch("#ffff00").hue) < 5


def test_where_no_colour_can_be_read_none_is_offered():
    assert colours.nearest("#808080", [("#ffffff", 7.0), ("#000000", 7.0)]) is None


@given(HEX)
def test_the_text_on_any_ground_can_be_read(ground):
    assert colours.contrast(colours.text_on(ground), ground) >= 4.5


# ---------- whole styles ----------


@settings(max_examples=60, deadline=None)
@given(BASES, CHOSEN, CHOSEN)
def test_a_style_without_shortfalls_can_be_read_everywhere_by_day_and_by_night(base, light, dark):
    made = choice(base, light, dark)
    for found in tailor.shortfalls(made):
        (light if found.scheme == "light" else dark)[found.name] = found.nearest
    mended = choice(base, light, dark)
    assert tailor.shortfalls(mended) == []
    assert house_style.shortfalls(tailor.tailored(mended)) == []


def test_what_is_offered_holds_together():
    found = tailor.shortfalls(choice("duinmond", {}, {"primary": "#0c130b", "accent": "#000000", "link": "#000000"}))
    mended = choice("duinmond", {}, {"accent": "#000000"} | {one.name: one.nearest for one in found})
    assert tailor.shortfalls(mended) == []


def test_a_style_that_was_not_mended_falls_short():  # the canary: the check above can fail
    made = choice("naast", {"link": "#ffff00"}, {})
    assert [found.name for found in tailor.shortfalls(made)] == ["link"]
    assert house_style.shortfalls(tailor.tailored(made)) != []


@pytest.mark.parametrize("key", sorted(house_style.shipped()))
def test_choosing_nothing_is_the_shipped_style(key):
    made, shipped = tailor.tailored(StyleChoice(base=key)), house_style.shipped()[key]
    assert (made.light, made.dark, made.shape) == (shipped.light, shipped.dark, shipped.shape)


def test_a_colour_by_night_follows_from_the_one_by_day_and_keeps_its_hue():
    night = tailor.tailored(choice("naast", {"link": "#8a1c5a"}, {})).dark["link"]
    assert abs(colours.to_lch(night).hue - colours.to_lch("#8a1c5a").hue) < 8
    assert colours.to_lch(night).lightness > 0.6


def test_a_colour_chosen_by_night_is_kept():
    assert tailor.tailored(choice("naast", {"link": "#8a1c5a"}, {"link": "#ffd1e8"})).dark["link"] == "#ffd1e8"


def test_danger_ink_and_paper_stay_ours():
    made = tailor.tailored(choice("naast", dict.fromkeys(tailor.CHOSEN, "#8a1c5a"), {}))
    for name in house_style.OURS_ALONE:
        assert made.light[name] == house_style.shipped()["naast"].light[name]


def test_the_two_parents_stay_apart_whatever_the_main_colour():
    made = tailor.tailored(choice("naast", {"primary": "#a5421c"}, {}))
    assert house_style.hue_apart(made.light["primary"], made.light["second"]) >= house_style.LEAST_HUE_APART
