"""House styles: sets of tokens, checked for contrast, served as immutable files."""

from functools import lru_cache
from hashlib import blake2b

from django.templatetags.static import static

from naast.core.sharing import outside

from . import house_style
from .rules import PlaceInfo


@lru_cache(maxsize=64)
def css(key: str) -> str:
    """Return a theme's style sheet; '' for the default look or an unknown one."""
    style = house_style.shipped().get(key)
    return house_style.style_sheet(style, static(style.logo) if style.logo else None) if style else ""


@lru_cache(maxsize=512)
def _address(slug: str, key: str) -> str:
    sheet = css(key)
    return outside("theme", place=slug, digest=blake2b(sheet.encode(), digest_size=6).hexdigest()) if sheet else ""


def address(place: PlaceInfo | None) -> str:
    """Return the address of a place's style sheet, '' for the default look."""
    return _address(place.slug, place.theme) if place else ""
