"""What a staff page has to know about its session: how long it still lasts."""

from typing import Any

from django import template

from naast.core import clock
from naast.core.sharing import outside
from naast.people.drafts.rules import seconds_left

register = template.Library()


@register.inclusion_tag("people/drafts/warning.html", takes_context=True)
def session_warning(context: dict[str, Any]) -> dict[str, Any]:
    """Put the warning into the page, hidden until two minutes before the end; nothing for who is not signed in."""
    request = context.get("request")
    session = getattr(request, "staff_session", None)
    if request is None or session is None:
        return {"here": ""}
    now = clock.now()
    left = seconds_left(session.created, now, now)  # this very request counts as use
    return {
        "here": request.get_full_path(),
        "left": left.seconds,
        "last": left.last,
        "stay": outside("people:stay"),
        "leave": outside("people:keep-and-leave"),
        "csrf_token": context.get("csrf_token"),
    }
