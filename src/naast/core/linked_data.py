"""Facts for machines in a page (JSON-LD): a data block, which no browser runs and no policy of ours forbids."""

import json
from collections.abc import Mapping
from typing import Any

from django.utils.safestring import SafeString, mark_safe

CONTEXT = "https://schema.org"
# What could end the element, begin another, or end a line of a script: written as JSON allows.
_ESCAPED = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}


def without_empty(value: Any) -> Any:
    """The same without what nobody knows: None, '', and empty lists and objects."""
    if isinstance(value, Mapping):
        kept = {key: without_empty(one) for key, one in value.items()}
        return {key: one for key, one in kept.items() if one not in (None, "", [], {})}
    if isinstance(value, list | tuple):
        return [one for one in map(without_empty, value) if one not in (None, "", [], {})]
    return value


def block(data: Mapping[str, Any]) -> SafeString:
    """The element with schema.org data; texts of anybody may stand in it."""
    whole = {"@context": CONTEXT, **without_empty(data)}
    text = json.dumps(whole, ensure_ascii=False, separators=(",", ":"), default=str).translate(_ESCAPED)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # escaped above


def crumbs(links: list[tuple[str, str]]) -> dict[str, Any]:
    """A trail of (name, absolute address) as a BreadcrumbList."""
    items = [
        {"@type": "ListItem", "position": number, "name": name, "item": address}
        for number, (name, address) in enumerate(links, start=1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}
