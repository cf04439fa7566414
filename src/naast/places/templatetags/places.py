"""What the head of a page says about its languages."""

from typing import Any

from django import template

from naast.places import tongues

register = template.Library()


@register.simple_tag(takes_context=True)
def tongue_heads(context: dict[str, Any]) -> dict[str, Any]:
    """Return the canonical address and the translations of the page at hand (places.tongues.heads)."""
    return tongues.heads(context["request"], context.get("tongues") or [])
