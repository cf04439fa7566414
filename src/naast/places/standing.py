"""Where we stand: the place and language of the request or job at hand, in a context variable."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace

from naast.core import languages

from .rules import PlaceInfo


@dataclass(frozen=True)
class At:
    """A place as an address names it: the place, the language of the address, own host or not."""

    place: PlaceInfo
    language: str = "nl"
    host: str = ""  # filled when the place answers on its own host name: then the path carries no place

    @property
    def prefix(self) -> str:
        """Return what the path begins with, without a closing slash: '', '/enschede', '/en/enschede'."""
        language = "" if self.language == "nl" else f"/{self.language}"
        return language if self.host else f"{language}/{self.place.slug}"

    def prefix_in(self, language: str) -> str:
        """Return the prefix of a page in this language; a Dutch one stands in under the address's own language."""
        return self.prefix if language == languages.DUTCH else replace(self, language=language).prefix


_at: ContextVar[At | None] = ContextVar("naast_at", default=None)


def current() -> At | None:
    """Return where we stand, or None outside every place."""
    return _at.get()


@contextmanager
def standing(at: At) -> Iterator[At]:
    """Stand at a place: its language is the active one until the end of the block."""
    token = _at.set(at)
    try:
        with languages.reading_in(at.language):
            yield at
    finally:
        _at.reset(token)
