"""Colours as the eye sees them (OKLCH), and the nearest one that can be read. Pure.

Lightness 0–1, chroma 0–0.4, hue in degrees: Björn Ottosson's OKLab (2020), as CSS Color 4 uses it. Contrast is
WCAG 2.2's, measured on the very #rrggbb that is offered.
"""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

STEPS = 200  # lightness is looked through in steps of half a percent, then finer where it begins to fit
_HEX = re.compile(r"^#?([0-9a-fA-F]{6}|[0-9a-fA-F]{3})$")

Need = tuple[str, float]  # (the ground's colour, least contrast on it)


@dataclass(frozen=True)
class Lch:
    """A colour by lightness, chroma and hue."""

    lightness: float
    chroma: float
    hue: float


def read(text: str) -> str | None:
    """Return a colour as #rrggbb from what somebody typed ('0a5560', '#FFF'), or None when it is no colour."""
    match = _HEX.match(text.strip())
    if match is None:
        return None
    digits = match.group(1).lower()
    return "#" + (digits if len(digits) == 6 else "".join(digit * 2 for digit in digits))


def channels(colour: str) -> tuple[float, float, float]:
    """Return red, green and blue (0–1) of a colour written #rrggbb."""
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


def _gamma(value: float) -> float:
    return value * 12.92 if value <= 0.0031308 else 1.055 * value ** (1 / 2.4) - 0.055


def luminance(colour: str) -> float:
    """Return WCAG's relative luminance, 0 (black) to 1 (white)."""
    red, green, blue = (_linear(value) for value in channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return WCAG's contrast ratio of two colours written #rrggbb, from 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def to_lch(colour: str) -> Lch:
    """Return a colour's lightness, chroma and hue."""
    red, green, blue = (_linear(value) for value in channels(colour))
    long = math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    medium = math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    lightness = 0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short
    a = 1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short
    return Lch(lightness, math.hypot(a, b), math.degrees(math.atan2(b, a)) % 360)


def _rgb(colour: Lch) -> tuple[float, float, float]:
    a = colour.chroma * math.cos(math.radians(colour.hue))
    b = colour.chroma * math.sin(math.radians(colour.hue))
    long = (colour.lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (colour.lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (colour.lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )


def to_hex(colour: Lch) -> str:
    """Return a colour as #rrggbb; where a screen cannot show it, the same lightness and hue with less chroma."""
    lightness = min(1.0, max(0.0, colour.lightness))
    low, high = 0.0, colour.chroma
    if not _shown(_rgb(Lch(lightness, high, colour.hue))):
        for _ in range(18):
            middle = (low + high) / 2
            low, high = (middle, high) if _shown(_rgb(Lch(lightness, middle, colour.hue))) else (low, middle)
    else:
        low = high
    values = (round(255 * _gamma(min(1.0, max(0.0, value)))) for value in _rgb(Lch(lightness, low, colour.hue)))
    return "#" + "".join(f"{value:02x}" for value in values)


def _shown(rgb: Sequence[float]) -> bool:
    return all(-1e-6 <= value <= 1 + 1e-6 for value in rgb)


def at_lightness(colour: str, lightness: float, chroma: float | None = None) -> str:
    """Return the colour at another lightness, with at most this chroma."""
    found = to_lch(colour)
    return to_hex(Lch(lightness, found.chroma if chroma is None else min(found.chroma, chroma), found.hue))


def passes(colour: str, needs: Sequence[Need]) -> bool:
    """Tell whether a colour has enough contrast on every ground."""
    return all(contrast(colour, ground) >= least for ground, least in needs)


def nearest(colour: str, needs: Sequence[Need]) -> str | None:
    """Return the colour that looks most like this one and passes; itself when it passes, None when none can.

    Only the lightness moves (and the chroma with it, where a screen ends): a municipality knows its colour by its hue.
    """
    if passes(colour, needs):
        return colour
    start = to_lch(colour)
    found = [
        offer for step in range(STEPS + 1) if passes(offer := to_hex(Lch(step / STEPS, start.chroma, start.hue)), needs)
    ]
    found += [grey for grey in ("#000000", "#ffffff") if not found and passes(grey, needs)]
    if not found:
        return None
    best = min(found, key=lambda offer: distance(colour, offer))
    return _finer(start, to_lch(best).lightness, best, needs)


def _finer(start: Lch, lightness: float, best: str, needs: Sequence[Need]) -> str:
    """Halve the last step towards the colour that was typed, as long as it passes."""
    inside, outer = lightness, start.lightness
    if abs(inside - outer) > 1.5 / STEPS:
        outer = inside + math.copysign(1.5 / STEPS, outer - inside)
    for _ in range(10):
        middle = (inside + outer) / 2
        offer = to_hex(Lch(middle, start.chroma, start.hue))
        if passes(offer, needs):
            inside, best = middle, offer
        else:
            outer = middle
    return best


def distance(one: str, other: str) -> float:
    """Return how far two colours lie apart for the eye (ΔE in OKLab): 0 the same, about 1 black and white."""
    first, second = to_lch(one), to_lch(other)
    a = first.chroma * math.cos(math.radians(first.hue)) - second.chroma * math.cos(math.radians(second.hue))
    b = first.chroma * math.sin(math.radians(first.hue)) - second.chroma * math.sin(math.radians(second.hue))
    return math.hypot(first.lightness - second.lightness, a, b)


def text_on(ground: str, *, dark: str = "#14292e", light: str = "#ffffff") -> str:
    """Return the text colour that is read best on a ground: the dark or the light one, black where neither reaches 4.5."""
    best = max((dark, light), key=lambda text: contrast(text, ground))
    return best if contrast(best, ground) >= 4.5 else max(("#000000", "#ffffff"), key=lambda t: contrast(t, ground))


def hue_apart(one: str, other: str) -> float:
    """Return how many degrees (0 to 180) two hues lie apart."""
    apart = abs(to_lch(one).hue - to_lch(other).hue)
    return min(apart, 360 - apart)
