"""The ways in by a municipality's own sign-in, on our sign-in page."""

from typing import Any
from urllib.parse import urlencode

from django import template

from naast.core.sharing import outside
from naast.people.oidc import queries, rules

register = template.Library()

BUTTONS = 3  # more than so many become a list to choose from


@register.inclusion_tag("people/oidc/ways.html", takes_context=True)
def sign_in_ways(context: dict[str, Any]) -> dict[str, Any]:
    """Show a button for each provider, or a list where there are many; nothing where there is none.

    `?bij=` chooses one of the list, `?alleen=` says that somebody's place demands it, `?next=` travels along.
    """
    request = context["request"]
    next_path = rules.safe_next(request.GET.get("next") or request.POST.get("next") or "")
    tail = f"?{urlencode({'next': next_path})}" if next_path else ""
    ways = [
        {"slug": one.slug, "name": one.name, "href": outside("people:via", slug=one.slug) + tail}
        for one in queries.providers()
    ]
    wanted = request.GET.get("alleen") or request.GET.get("bij")
    chosen = [way for way in ways if way["slug"] == wanted]
    many = len(ways) > BUTTONS
    return {
        "ways": sorted(ways, key=lambda way: way["name"]),
        "buttons": chosen if many else (chosen + [way for way in ways if way not in chosen]),
        "many": many,
        "chosen": wanted if chosen else "",
        "demanded": bool(chosen and request.GET.get("alleen")),
        "next": next_path,
    }
