"""A place's own house style, purely: what was chosen, whether it can be read, and all tokens that follow from it.

Somebody chooses six colours by day and, if they like, by night; everything else follows, so that no choice can make a
page unreadable. A colour that has too little contrast is refused with the nearest one that has enough.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from . import colours, house_style
from .house_style import HouseStyle

SCHEMES = ("light", "dark")
# What may be chosen, in the order of the form.
CHOSEN = ("primary", "accent", "header", "link", "button", "footer")
FONTS = {
    "proza": ('"Proza Naast", "Proza Fallback", sans-serif', "600"),
    "atkinson": ('"Atkinson Naast", "Atkinson Fallback", sans-serif', "700"),
    "serif": ('Georgia, "Times New Roman", serif', "700"),
    "system": ("system-ui, sans-serif", "700"),
}
CORNERS = {"straight": "0rem", "soft": "0.375rem", "round": "1.25rem"}
KIDS_MIST = {"light": "#fdf4d6", "dark": "#2c2a1b"}  # of tokens.css: every style is read on it too
# The two parents must look apart: brick, green, petrol, violet; never blue and pink.
SECONDS = {
    "light": (("#a5421c", "#fae5da"), ("#2f6b4f", "#dff0e6"), ("#0a5560", "#dcecec"), ("#6b3a72", "#f2e6f0")),
    "dark": (("#f3a583", "#47281b"), ("#93d3b0", "#1d3d2d"), ("#86d0d2", "#1c4148"), ("#dcb2d6", "#40283d")),
}


@dataclass(frozen=True)
class StyleChoice:
    """What a place chose: a shipped style to start from, (token, #rrggbb) by day and night, font, corners, logo.

    A colour that is not chosen by night follows from the one by day. `logo` is its digest and `logo_alt` what it shows.
    """

    base: str = "naast"
    light: tuple[tuple[str, str], ...] = ()
    dark: tuple[tuple[str, str], ...] = ()
    font: str = ""
    corners: str = ""
    logo: str = ""
    logo_alt: str = ""
    logo_size: tuple[int, int] = (0, 0)

    @classmethod
    def of(cls, *, light: Mapping[str, str], dark: Mapping[str, str], **rest: Any) -> "StyleChoice":
        """Make one from mappings; names that cannot be chosen and empty values are left out."""
        return cls(
            light=tuple((name, light[name]) for name in CHOSEN if light.get(name)),
            dark=tuple((name, dark[name]) for name in CHOSEN if dark.get(name)),
            **rest,
        )

    def colours(self, scheme: str) -> dict[str, str]:
        """Return what was chosen by day ('light') or by night ('dark')."""
        return dict(self.light if scheme == "light" else self.dark)


WITH_SOFTS = ("primary", "accent")  # colours with a soft ground of their own, on which others are read


@dataclass(frozen=True)
class Shortfall:
    """One colour that cannot be read: where, how little contrast it has, how much it needs, what lies nearest."""

    scheme: str
    name: str
    colour: str
    ratio: float
    needed: float
    nearest: str


def _base(choice: StyleChoice) -> HouseStyle:
    return house_style.shipped().get(choice.base) or house_style.shipped()["naast"]


def _tokens(base: HouseStyle, scheme: str) -> dict[str, str]:
    return dict(base.light if scheme == "light" else base.dark)


def tint(colour: str, scheme: str, tokens: Mapping[str, str]) -> str:
    """Return the soft ground of a colour: very light by day, very dark by night; text can be read on it."""
    lightness, chroma = (0.945, 0.035) if scheme == "light" else (0.3, 0.045)
    soft = colours.at_lightness(colour, lightness, chroma)
    return colours.nearest(soft, [(tokens["ink"], 4.6), (tokens["ink-soft"], 4.6)]) or soft


def needs(name: str, scheme: str, tokens: Mapping[str, str]) -> list[colours.Need]:
    """Return on which grounds a chosen colour is seen, and the contrast it needs there (WCAG 1.4.3 and 1.4.11)."""
    grounds = [tokens["paper"], tokens["mist"], KIDS_MIST[scheme]]
    if name == "link":
        grounds += [tokens["primary-soft"], tokens["accent-soft"], tokens["surface"]]
        return [(ground, house_style.TEXT) for ground in grounds]
    if name in ("primary", "button"):
        return [(ground, house_style.SIGN) for ground in grounds]
    return []


def _from_day(name: str, colour: str, tokens: Mapping[str, str]) -> str:
    """Return what a colour becomes by night: the same hue, light where it is a sign, dark where it is a ground."""
    if name in ("header", "footer"):
        return colours.at_lightness(colour, 0.25 if name == "header" else 0.19, 0.06)
    lightness = colours.to_lch(tokens[name]).lightness
    moved = colours.at_lightness(colour, lightness, 0.11 if name != "accent" else 0.17)
    return colours.nearest(moved, needs(name, "dark", tokens)) or tokens[name]


def _with_softs(choice: StyleChoice, scheme: str) -> dict[str, str]:
    """Return the base's tokens with the soft grounds of what was chosen: all other colours are judged on those."""
    tokens = _tokens(_base(choice), scheme)
    for name in WITH_SOFTS:
        colour = choice.colours(scheme).get(name) or choice.colours("light").get(name)
        if colour:
            tokens[f"{name}-soft"] = tint(colour, scheme, tokens)
    return tokens


def shortfalls(choice: StyleChoice) -> list[Shortfall]:
    """Return every chosen colour that cannot be read, each with the nearest that can.

    Who takes all that is offered has a style without shortfalls: the others are judged on the soft ground of what is offered.
    """
    found = []
    for scheme in SCHEMES:
        tokens = _with_softs(choice, scheme)
        for name, colour in sorted(choice.colours(scheme).items(), key=lambda pair: pair[0] not in WITH_SOFTS):
            wanted = needs(name, scheme, tokens)
            if not colours.passes(colour, wanted):
                ratio, least = min(((colours.contrast(colour, ground), least) for ground, least in wanted))
                offer = colours.nearest(colour, wanted) or tokens[name]
                found.append(Shortfall(scheme, name, colour, ratio, least, offer))
                if name in WITH_SOFTS:
                    tokens[f"{name}-soft"] = tint(offer, scheme, tokens)
    return found


def tailored(choice: StyleChoice) -> HouseStyle:
    """Return the whole style that follows from a choice. Where `shortfalls` is empty it can be read everywhere."""
    base = _base(choice)
    shape = dict(base.shape)
    if choice.font in FONTS:
        shape["heading-font"], shape["heading-weight"] = FONTS[choice.font]
    if choice.corners in CORNERS:
        shape["radius"] = CORNERS[choice.corners]
    parts = {scheme: _scheme(choice, scheme) for scheme in SCHEMES}
    return HouseStyle(key="own", name=base.name, logo=None, shape=shape, light=parts["light"], dark=parts["dark"])


def _scheme(choice: StyleChoice, scheme: str) -> dict[str, str]:
    tokens = _with_softs(choice, scheme)
    chosen = choice.colours(scheme)
    if scheme == "dark":
        day = choice.colours("light")
        chosen = {name: chosen.get(name) or _from_day(name, day[name], tokens) for name in {**day, **chosen}}
    step = -0.1 if scheme == "light" else 0.08
    for name, colour in chosen.items():
        tokens[name] = colour
        if name == "primary":
            tokens["primary-strong"] = _moved(colour, step)
            tokens["on-primary"] = colours.text_on(colour)
            tokens["draw-a"] = colours.at_lightness(colour, 0.83 if scheme == "light" else 0.48, 0.09)
        elif name == "accent":
            tokens["on-accent"] = colours.text_on(colour)
            tokens["draw-b"] = colours.at_lightness(colour, 0.83 if scheme == "light" else 0.62)
        elif name == "link":
            tokens["link-hover"] = _hover(colour, step, needs("link", scheme, tokens))
        elif name == "button":
            text = colours.text_on(colour)
            tokens["button-text"] = text
            tokens["button-hover"] = _hover(colour, -0.1 if text == "#ffffff" else 0.06, [(text, house_style.TEXT)])
        else:
            tokens[f"{name}-text"] = colours.text_on(colour)
    if "primary" in chosen:
        tokens["second"], tokens["second-soft"] = second(tokens["primary"], scheme)
    return tokens


def _moved(colour: str, step: float) -> str:
    return colours.at_lightness(colour, min(0.97, max(0.12, colours.to_lch(colour).lightness + step)))


def _hover(colour: str, step: float, wanted: list[colours.Need]) -> str:
    """Return the colour under a pointer: a step further from its ground, or the colour itself where that ends."""
    moved = _moved(colour, step)
    return moved if colours.passes(moved, wanted) else colour


def second(primary: str, scheme: str) -> tuple[str, str]:
    """Return the other parent's line and its ground: the first that lies far enough from the first parent's hue."""
    pairs = SECONDS[scheme]
    for pair in pairs:
        if house_style.hue_apart(primary, pair[0]) >= house_style.LEAST_HUE_APART:
            return pair
    return max(pairs, key=lambda pair: house_style.hue_apart(primary, pair[0]))
