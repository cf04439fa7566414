"""Tags with which a page shows what the place we read in has declared."""

from typing import Any

from django import template
from django.urls import reverse

from naast.upkeep.statements import shown

register = template.Library()


@register.inclusion_tag("upkeep/statements/of_place.html", takes_context=True)
def place_statement(context: Any, kind: str) -> dict[str, Any]:
    """Print the place's own part of a statement (privacy or accessibility) below the text that all places share."""
    place = context.get("place")
    frame = {name: context.get(name) for name in ("nl_attr", "request", "at")}
    found = shown.here(place) if place else None
    return {**frame, "kind": kind, "found": found, "data_href": reverse("accessibility-data") if place else ""}
