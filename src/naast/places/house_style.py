"""House styles, purely: read the shipped ones, refuse one that cannot be read well, write its style sheet.

Contrast is WCAG 2.2's (1.4.3 text, 1.4.11 signs); the pairs are those of the design direction.
"""

import colorsys
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from .colours import channels, contrast

DATA = Path(__file__).resolve().parent / "data/themes.yaml"
TEXT, SIGN = 4.5, 3.0
# (what is seen, on what ground, least contrast)
PAIRS: tuple[tuple[str, str, float], ...] = (
    ("ink", "paper", TEXT),
    ("ink", "primary-soft", TEXT),
    ("ink", "accent-soft", TEXT),
    ("ink-soft", "mist", TEXT),
    ("ink-soft", "primary-soft", TEXT),
    ("ink-soft", "accent-soft", TEXT),
    ("heading-color", "mist", TEXT),
    ("link", "paper", TEXT),
    ("link", "mist", TEXT),
    ("link", "primary-soft", TEXT),
    ("link", "accent-soft", TEXT),
    ("link-hover", "mist", TEXT),
    ("button-text", "button", TEXT),
    ("button-text", "button-hover", TEXT),
    ("on-primary", "primary", TEXT),
    ("on-accent", "accent", TEXT),
    ("second", "second-soft", TEXT),
    ("header-text", "header", TEXT),
    ("footer-text", "footer", TEXT),
    ("ok", "ok-soft", TEXT),
    ("danger", "danger-soft", TEXT),
    ("on-danger", "danger", TEXT),
    ("edge", "mist", SIGN),
    ("edge", "surface", SIGN),
    ("primary", "paper", SIGN),
    ("second", "paper", SIGN),
    ("button", "mist", SIGN),
    ("focus", "paper", SIGN),
    ("focus", "mist", SIGN),
    ("focus", "focus-gap", SIGN),
)
LEAST_HUE_APART = 60.0  # degrees between the two parents' lines
OURS_ALONE = frozenset(
    {"danger", "danger-soft", "on-danger", "ok", "ok-soft", "ink", "ink-soft", "paper", "surface", "line", "edge"}
)


@dataclass(frozen=True)
class HouseStyle:
    """One house style: its shape (fonts, corners), its colours in light and in dark, and its logo's static path."""

    key: str
    name: str
    logo: str | None
    shape: Mapping[str, str]
    light: Mapping[str, str]
    dark: Mapping[str, str]


@cache
def shipped() -> dict[str, HouseStyle]:
    """Return the styles of data/themes.yaml by key, each completed from Naast's own. Raises ValueError on a bad one."""
    return read(yaml.safe_load(DATA.read_text(encoding="utf-8")))


def read(data: Mapping[str, Any]) -> dict[str, HouseStyle]:
    """Return the styles in parsed YAML. Raises ValueError when one sets what it may not, or cannot be read well."""
    base = data["naast"]
    styles = {}
    for key, row in data.items():
        parts = {part: {**base[part], **(row.get(part) or {})} for part in ("shape", "light", "dark")}
        style = HouseStyle(key=key, name=row["name"], logo=row.get("logo"), **parts)
        own = set() if key == "naast" else (set(row.get("light") or {}) | set(row.get("dark") or {})) & OURS_ALONE
        wrong = [f"may not set {name}" for name in sorted(own)] + shortfalls(style)
        if wrong:
            raise ValueError(f"theme {key}: {'; '.join(wrong)}")
        styles[key] = style
    return styles


def shortfalls(style: HouseStyle) -> list[str]:
    """Return what is wrong with a style's colours, in words; empty when it can be read in light and in dark."""
    found = []
    for scheme, colours in (("light", style.light), ("dark", style.dark)):
        for front, ground, least in PAIRS:
            ratio = contrast(colours[front], colours[ground])
            if ratio < least:
                found.append(f"{scheme}: {front} on {ground} is {ratio:.2f}, needs {least}")
        apart = hue_apart(colours["primary"], colours["second"])
        if apart < LEAST_HUE_APART:
            found.append(f"{scheme}: primary and second differ {apart:.0f}° in hue, need {LEAST_HUE_APART:.0f}°")
    return found


def hue_apart(one: str, other: str) -> float:
    """Return how many degrees (0 to 180) two colours lie apart on the wheel."""
    first, second = (colorsys.rgb_to_hls(*channels(colour))[0] * 360 for colour in (one, other))
    return min(abs(first - second), 360 - abs(first - second))


def style_sheet(style: HouseStyle, logo_url: str | None = None) -> str:
    """Return the style sheet of a style: only what differs from Naast's own; `logo_url` is the address of its logo.

    The selectors weigh as much as those of tokens.css, so that the children's variant keeps its corners and ground.
    """
    base = shipped()["naast"]
    shape = _differing(style.shape, base.shape)
    if logo_url:
        shape["logo"] = f'url("{logo_url}")'
    light, dark = _differing(style.light, base.light), _differing(style.dark, base.dark)
    if not (shape or light or dark):
        return ""
    return (
        _rule(".naast-theme", shape)
        + f"@media not (prefers-color-scheme: dark) {{ {_rule('.naast-theme', light)}}}\n"
        + f"@media (prefers-color-scheme: dark) {{ {_rule('.naast-theme:not([data-scheme=light])', dark)}}}\n"
    )


def preview_sheet(style: HouseStyle, scheme: str) -> str:
    """Return a style sheet that shows one scheme ('light' or 'dark') whatever the device prefers."""
    tokens = {**style.shape, **(style.light if scheme == "light" else style.dark)}
    kids = {"mist": "#fdf4d6" if scheme == "light" else "#2c2a1b"}
    return (
        f".naast-theme.naast-theme.naast-theme {{ color-scheme: {scheme}; }}\n"
        + _rule(".naast-theme.naast-theme.naast-theme", {k: v for k, v in tokens.items() if k != "radius"})
        + _rule(".naast-theme", {"radius": tokens["radius"]})
        + _rule(".naast-theme.naast-theme.naast-theme.naast-kids", kids)
    )


def _differing(tokens: Mapping[str, str], base: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in tokens.items() if base.get(name) != value}


def _rule(selector: str, tokens: Mapping[str, str]) -> str:
    body = " ".join(f"--naast-{name}: {value};" for name, value in tokens.items())
    return f"{selector} {{ {body} }}\n"
