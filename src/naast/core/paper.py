"""Papers for every room: typst from data, tagged as PDF/UA-1 (docs/decisions/0013). Words go in as data only.

With `ua-1` one character without a glyph fails the whole document, so a second attempt replaces what our fonts lack.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import typst
from fontTools.ttLib import TTFont

FONTS = Path(__file__).resolve().parent / "data" / "built" / "fonts"
MISSING = "▯"
# Turning the direction of a line, joining and selecting shapes: no glyph, and no place on paper.
INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff]")


def tagged_pdf(template: Path, data: Any) -> bytes:
    """Return a tagged PDF of what `data` says, in the form of a typst template. Raises typst.TypstError on a bad one."""
    ready = clean(data)
    try:
        return compiled(template, ready)
    except typst.TypstError:
        return compiled(template, covered(ready))


def compiled(template: Path, data: Any) -> bytes:
    """Return the PDF of clean data."""
    made = typst.compile(
        template,
        root=template.parent,
        font_paths=[FONTS],
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        pdf_standards=["ua-1"],
    )
    return bytes(made)  # type: ignore[arg-type]


def clean(data: Any) -> Any:
    """Take characters out that turn or join what stands around them."""
    return _each_text(data, lambda text: INVISIBLE.sub("", text))


def covered(data: Any) -> Any:
    """Replace every character that none of our fonts can draw."""
    known = _glyphs()
    return _each_text(data, lambda text: "".join(char if ord(char) in known else MISSING for char in text))


def _each_text(data: Any, change: Callable[[str], str]) -> Any:
    if isinstance(data, str):
        return change(data)
    if isinstance(data, dict):
        return {key: _each_text(value, change) for key, value in data.items()}
    if isinstance(data, list | tuple):
        return [_each_text(item, change) for item in data]
    return data


@cache
def _glyphs() -> frozenset[int]:
    """Return every character that the text font or the emoji font has."""
    found: set[int] = {ord("\n")}
    for file in FONTS.glob("*.ttf"):
        # A heading falls back to the text font, so the heading font counts for nothing of its own.
        if not file.name.startswith("proza"):
            found.update(TTFont(file).getBestCmap())
    return frozenset(found)
