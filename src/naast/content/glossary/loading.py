"""Writes the shipped terms of the glossary."""

from django.utils.text import slugify
from wagtail.models import Locale

from naast.content import loading
from naast.content.glossary.models import GlossaryTerm
from naast.content.rules import shipped_due


def load_terms() -> int:
    """Load the shipped terms that are not there yet; what editors changed stays. Returns how many were made."""
    known = set(GlossaryTerm.objects.values_list("key", flat=True))
    dutch, _made = Locale.objects.get_or_create(language_code="nl")
    new = [term for term in loading.glossary() if slugify(term["term"]) not in known]
    for term in new:
        GlossaryTerm.objects.create(
            key=slugify(term["term"]),
            locale=dutch,
            term=term["term"],
            forms=", ".join(term.get("forms") or ()),
            text=term["text"],
            simple=term.get("simple") or "",
            sources=term["source"],
            checked_on=term.get("checked"),
            review_due=shipped_due(term.get("checked"), None),
        )
    return len(new)
