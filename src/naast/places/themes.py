"""House styles as files: a shipped one or a place's own, served under an address that carries its hash."""

from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b

from django.templatetags.static import static

from naast.core.sharing import outside

from . import house_style, tailor
from .rules import PlaceInfo
from .tailor import StyleChoice


@dataclass(frozen=True)
class LogoInfo:
    """A logo as pages show it."""

    src: str
    alt: str
    width: int
    height: int


@lru_cache(maxsize=512)
def sheet(key: str, choice: StyleChoice | None) -> str:
    """Return a style sheet: of what a place chose, else of the shipped style; '' for the default look or an unknown one."""
    if choice is not None:
        return house_style.style_sheet(tailor.tailored(choice))
    style = house_style.shipped().get(key)
    return house_style.style_sheet(style, static(style.logo) if style.logo else None) if style else ""


def css(place: PlaceInfo) -> str:
    """Return a place's style sheet; '' for the default look."""
    return sheet(place.theme, place.style)


def digest_of(text: str) -> str:
    """Return the mark of a style sheet that its address carries."""
    return blake2b(text.encode(), digest_size=6).hexdigest()


@lru_cache(maxsize=512)
def _address(slug: str, key: str, choice: StyleChoice | None) -> str:
    text = sheet(key, choice)
    return outside("theme", place=slug, digest=digest_of(text)) if text else ""


def address(place: PlaceInfo | None) -> str:
    """Return the address of a place's style sheet, '' for the default look."""
    return _address(place.slug, place.theme, place.style) if place else ""


def logo(place: PlaceInfo | None, choice: StyleChoice | None) -> LogoInfo | None:
    """Return the logo of a choice, or None."""
    if place is None or choice is None or not choice.logo:
        return None
    src = outside("logo", place=place.slug, digest=choice.logo)
    return LogoInfo(src, choice.logo_alt, *choice.logo_size)
