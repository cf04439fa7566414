"""What the head of a page says about its languages."""

from typing import Any

from django import template
from django.core.exceptions import DisallowedHost
from django.utils.safestring import SafeString

from naast.core import languages, linked_data
from naast.places import tongues

register = template.Library()


@register.simple_tag(takes_context=True)
def tongue_heads(context: dict[str, Any]) -> dict[str, Any]:
    """Return the canonical address and the translations of the page at hand (places.tongues.heads)."""
    return tongues.heads(context["request"], context.get("tongues") or [])


@register.simple_tag(takes_context=True)
def linked_page(context: dict[str, Any]) -> SafeString | str:
    """Print what machines may know of a page below a place: its trail, or of a home that it is a website (JSON-LD)."""
    request, place = context["request"], context.get("place")
    if place is None or not context.get("at"):
        return ""
    try:
        request.get_host()
    except DisallowedHost:  # the page that says so has this head too, and no address
        return ""
    if request.path_info == "/":
        address = tongues.told(request, f"{context['at'].prefix}/")
        site = {"@type": "WebSite", "name": f"Naast {place.name}", "url": address, "inLanguage": languages.reading()}
        return linked_data.block({**site, "publisher": {"@type": "Organization", "name": "Naast"}})
    trail = [(str(link["label"]), tongues.told(request, link["url"])) for link in context.get("crumbs") or []]
    return linked_data.block(linked_data.crumbs(trail)) if trail else ""
