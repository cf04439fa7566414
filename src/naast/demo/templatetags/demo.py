"""What the bar of the demonstration needs. The same for everybody: shared pages stay shared."""

from django import template

from naast.demo import roles

register = template.Library()


@register.simple_tag
def demo_roles() -> tuple[tuple[str, object], ...]:
    """Return the roles that the bar offers."""
    return roles.offered()
