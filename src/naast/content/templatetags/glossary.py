"""Template tags of the glossary: a text with its terms explained, the first time each stands in the page."""

from typing import Any

from django import template
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from naast.content.marking import More

from .content import rich

register = template.Library()


@register.simple_tag(takes_context=True)
def explained(context: dict[str, Any], value: Any) -> SafeString:
    """Print an editor's rich text with the page's terms marked; where no page stands around it, just the text."""
    html = rich(value)
    marker = context.get("terms")
    if not marker:
        return html
    children = getattr(context.get("page"), "for_children", False)  # the list is written for adults
    return mark_safe(marker.mark(html, None if children else More(reverse("content:glossary"), _("Glossary"))))
