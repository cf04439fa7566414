"""The way from a page to the guide that fits it."""

from django import template

from naast.flows import queries as flows
from naast.flows.parts import Flow

register = template.Library()


@register.simple_tag
def guides_for(audience: str, phase: str = "") -> list[Flow]:
    """Return the guides for an audience in a phase of life; where the phase has none, all of that audience."""
    found = flows.guides_for(audience)
    return [version.flow for version in found if phase in version.flow.phases] or [version.flow for version in found]


@register.simple_tag
def guide_path(guides: list[Flow]) -> str:
    """Return where these guides begin, below the place: the guide itself, or the list when there is a choice."""
    return f"wegwijzer/{guides[0].slug}/" if len(guides) == 1 else "wegwijzer/"
