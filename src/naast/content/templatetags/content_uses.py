"""Template tag of the page that asks for confirmation before a page goes."""

from typing import Any

from django import template
from wagtail.models import Page

from naast.content import uses
from naast.places import queries as places

register = template.Library()


@register.simple_tag(takes_context=True)
def uses_of(context: Any) -> list[uses.Use] | None:
    """Return the texts that lead to the page at hand or to one below it, each once; None for what is no page."""
    asked = context.get("page") or context.get("object")
    page = asked.get("item") if isinstance(asked, dict) else asked  # a dict where many go at once
    return uses.of_pages([page]) if isinstance(page, Page) else None


@register.simple_tag
def places_showing() -> int:
    """Return how many municipalities show what all share: those that take part and are live."""
    return sum(place.kind == "municipality" and place.live for place in places.all_places(taking_part=True))
