"""House styles: every shipped one can be read, a bad one is refused, and it colours only what it may."""

import re
from pathlib import Path

import pytest
import yaml

from naast.places import house_style as themes

CSS = Path(themes.__file__).resolve().parent.parent / "core/static/naast/tokens.css"


def data():
    return yaml.safe_load(themes.DATA.read_text(encoding="utf-8"))


@pytest.mark.parametrize("key", sorted(yaml.safe_load(themes.DATA.read_text(encoding="utf-8"))))
def test_every_shipped_theme_has_enough_contrast_in_light_and_dark(key):
    assert themes.shortfalls(themes.shipped()[key]) == []


def test_black_on_white_is_21_and_a_colour_on_itself_1():
    assert themes.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert themes.contrast("#0a5560", "#0a5560") == pytest.approx(1)


def test_a_theme_with_pale_links_is_refused():  # the canary: this gate can fail
    broken = data()
    broken["duinmond"]["light"]["link"] = "#9fb2dd"
    with pytest.raises(ValueError, match="link on mist"):
        themes.read(broken)


def test_a_theme_whose_parents_look_alike_is_refused():
    broken = data()
    broken["duinmond"]["light"]["second"] = "#2a2f8f"
    with pytest.raises(ValueError, match="differ"):
        themes.read(broken)


def test_a_theme_may_not_colour_danger():
    broken = data()
    broken["veldrijk"]["light"]["danger"] = "#000000"
    with pytest.raises(ValueError, match="may not set danger"):
        themes.read(broken)


def test_the_style_sheet_says_only_what_differs_and_leaves_danger_alone():
    sheet = themes.style_sheet(themes.shipped()["veldrijk"], "/static/logo.svg")
    assert "--naast-primary: #5a2a55;" in sheet
    assert 'url("/static/logo.svg")' in sheet
    assert "--naast-danger" not in sheet
    assert "--naast-ink" not in sheet


def test_the_own_theme_needs_no_style_sheet():
    assert themes.style_sheet(themes.shipped()["naast"]) == ""


@pytest.mark.parametrize(
    ("part", "opening"), [("light", ".naast-theme {"), ("dark", '.naast-theme:not([data-scheme="light"]) {')]
)
def test_the_own_theme_in_the_data_is_the_one_in_the_css(part, opening):
    css = CSS.read_text(encoding="utf-8")
    block = css[css.index(opening) :]
    told = dict(re.findall(r"--naast-([a-z-]+): (#[0-9a-f]{6});", block[: block.index("}")]))
    assert told == dict(getattr(themes.shipped()["naast"], part))
