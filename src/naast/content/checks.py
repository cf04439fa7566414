"""Checks of the shipped texts: form, slots, links, subjects, length of sentences."""

import re

from . import loading
from .level import of_faq, of_shipped
from .readability import Level
from .rules import ContentError, Shipped, slot_keys

_LINK = re.compile(r"\(naast:([a-z0-9-]+)\)")
_PHONE = re.compile(r"\b0[89]00[- ]?\d{3,}|\b0\d{2,3}[- ]\d{6,}")


def shipped_faults() -> list[str]:
    """Return every fault of the shipped texts, in words; an empty list = they may be loaded."""
    try:
        pages = [page for folder in ("articles", "roles", "pages") for page in loading.pages(folder)]
    except ContentError as error:
        return [str(error)]
    slugs = {page.slug for page in pages}
    keys = {str(slot["key"]) for slot in loading.slots()}
    faults = [fault for page in pages for fault in page_faults(page, slugs, keys)]
    for entry in loading.faq():
        faults += _language(f"faq {entry['key']}", of_faq(entry))
        faults += [f"faq {entry['key']}: {slug}" for slug in _LINK.findall(entry["answer"]) if slug not in slugs]
    return faults


def page_faults(page: Shipped, slugs: set[str], keys: set[str]) -> list[str]:
    """Return the faults of one page: long sentences, links and slots that lead nowhere, phone numbers in the text."""
    faults = _language(page.slug, of_shipped(page))
    faults += [
        f"{page.slug}: no page {slug}" for slug in (*_LINK.findall(page.raw), *page.related) if slug not in slugs
    ]
    faults += [f"{page.slug}: no slot {key}" for key in slot_keys(page.blocks) if key not in keys]
    # Helplines have one source; a number in a text would age there.
    faults += [f"{page.slug}: phone number in the text" for _ in _PHONE.findall(page.raw)]
    return faults


def _language(name: str, level: Level) -> list[str]:
    return [f"{name}: {finding.kind}: {finding.text} {finding.say}" for finding in level.findings]
