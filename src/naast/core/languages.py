"""Languages of an address, of the interface and of a text (docs/decisions/0015). No Django is needed to read the list.

The address alone decides: no code is Dutch, `/en/…` English. The interface exists in Dutch and English; under any other
address it stays Dutch, and what was translated stands in it, marked with its own `lang` and `dir`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

DUTCH = "nl"
INTERFACES = ("nl", "en")
# First segments of the house's own addresses that exist in every language; staff and machines have one language.
WITH_LANGUAGE = frozenset(["", "kies", "hulp-nu", "zo-werkt-weggaan", "kluisje"])
_DATA = Path(__file__).resolve().parent / "data/languages.yaml"


@dataclass(frozen=True)
class Language:
    """A language: its code, what its readers call it, what editors read, its direction, and words of its own."""

    code: str
    name: str
    dutch: str
    direction: str = "ltr"
    notice: str = ""
    urgent: str = ""


@cache
def known() -> dict[str, Language]:
    """Return every language that Naast can carry, by code, Dutch first."""
    rows = yaml.safe_load(_DATA.read_text(encoding="utf-8"))
    return {DUTCH: Language(DUTCH, "Nederlands", "Nederlands"), **{row["code"]: Language(**row) for row in rows}}


def choices() -> list[tuple[str, str]]:
    """Return (code, name for editors) of each, for settings."""
    return [(one.code, one.dutch) for one in known().values()]


def interface(code: str) -> str:
    """Return the language of buttons and headings under an address in this language."""
    return code if code in INTERFACES else DUTCH


def direction(code: str) -> str:
    """Return ltr or rtl."""
    return known()[code].direction if code in known() else "ltr"


_reading: ContextVar[str] = ContextVar("naast_reading", default=DUTCH)


def reading() -> str:
    """Return the language of the address we read under."""
    return _reading.get()


def attributes(code: str) -> str:
    """Return ` lang="…" dir="…"` for a text in this language, or nothing where the page around it is in it already."""
    if code == interface(reading()):
        return ""
    return f' lang="{code}" dir="{direction(code)}"'


def dutch(text: str) -> str:
    """Return somebody's Dutch words as they stand in a page: marked as Dutch where the page around them is not."""
    from django.utils.html import format_html
    from django.utils.safestring import mark_safe

    around = attributes(DUTCH)
    if not text or not around:
        return text
    return format_html("<span{}>{}</span>", mark_safe(around), text)  # the code of our own list


@contextmanager
def reading_in(code: str) -> Iterator[None]:
    """Read under an address in this language: its interface is the active one until the end of the block."""
    from django.utils import translation

    token = _reading.set(code)
    try:
        with translation.override(interface(code)):
            yield
    finally:
        _reading.reset(token)


def prefixed(path: str, code: str) -> str:
    """Return one of the house's own addresses in a language: /kluisje/ becomes /en/kluisje/, /loket/ stays."""
    first = path.removeprefix("/").partition("/")[0]
    return f"/{code}{path}" if code != DUTCH and first in WITH_LANGUAGE else path
