"""Checks of one shipped page: links, slots, phone numbers. `gate` puts them together with coverage and language."""

import re
from collections.abc import Iterator
from typing import Literal

from naast.content.rules import Shipped, slot_keys

LINK = re.compile(r"\(naast:([a-z0-9-]+)\)")
OUTSIDE = re.compile(r"\]\((https?://[^)\s]+)\)")
_PHONE = re.compile(r"\b0[89]00[- ]?\d{3,}|\b0\d{2,3}[- ]\d{6,}")

Kind = Literal["link", "slot", "phone"]


def page_faults(page: Shipped, slugs: set[str], keys: set[str]) -> Iterator[tuple[Kind, str]]:
    """Return what is wrong with a page, in Dutch: links and slots that lead nowhere, phone numbers in the text."""
    for slug in (*LINK.findall(page.raw), *page.related):
        if slug not in slugs:
            yield "link", f"Er is geen pagina {slug}."
    for key in slot_keys(page.blocks):
        if key not in keys:
            yield "slot", f"Er is geen plek {key}."
    for number in _PHONE.findall(page.raw):
        # Helplines have one source; a number in a text would age there.
        yield "phone", f"Het nummer {number} staat in de tekst; nummers komen uit de lijst met hulplijnen."
