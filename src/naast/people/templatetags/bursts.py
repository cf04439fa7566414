"""The quiet line about bursts of failed sign-ins, for who administers a place or guards its privacy."""

from typing import Any

from django import template
from django.template import Context

from naast.people.bursts import recent_for
from naast.people.models import User

register = template.Library()


@register.inclusion_tag("people/part/bursts.html", takes_context=True)
def sign_in_bursts(context: Context) -> dict[str, Any]:
    """Show the bursts of the last 30 days that the reader may know of; nothing where there were none."""
    person = context.get("user")
    return {"bursts": recent_for(person) if isinstance(person, User) else []}
