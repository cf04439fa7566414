"""What is kept about residents, below the privacy statement: printed from the declarations, so that it is true."""

from typing import Any

from django import template

from naast.core import kept

register = template.Library()


@register.inclusion_tag("upkeep/keeping/public.html", takes_context=True)
def what_is_kept(context: dict[str, Any], *, short: bool = False) -> dict[str, Any]:
    """Print it; `short` says only what and how long, for children."""
    entries = next(entries for whom, entries in kept.in_words() if whom == "inwoners")
    return {"entries": entries, "short": short, "nl_attr": context.get("nl_attr", "")}
