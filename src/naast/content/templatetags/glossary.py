"""Template tags of the glossary: a text with its terms explained, the first time each stands in the page."""

from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from naast.content.glossary import queries as glossary
from naast.content.glossary.rules import More
from naast.content.library import Answered
from naast.content.templatetags.content import rich
from naast.core.templatetags.naast import nbsp

register = template.Library()


def _more(for_children: bool) -> More | None:
    # The list is written for adults.
    return None if for_children else More(reverse("content:glossary"), _("Glossary"))


def _children(context: dict[str, Any]) -> bool:
    return bool(getattr(context.get("page"), "for_children", False))


@register.simple_tag(takes_context=True)
def explained(context: dict[str, Any], value: Any) -> SafeString:
    """Print an editor's rich text with the page's terms marked; where no page stands around it, just the text."""
    html = rich(value)
    if said := context.get("said"):
        html = said.mark(html)
    marker = context.get("terms")
    return mark_safe(marker.mark(html, _more(_children(context)))) if marker else html


@register.simple_tag(takes_context=True)
def explained_words(context: dict[str, Any], text: str) -> SafeString:
    """Print a plain line with the page's terms marked."""
    words = nbsp(text)
    marker = context.get("terms")
    return mark_safe(marker.in_text(words, _more(_children(context)))) if marker else conditional_escape(words)


@register.simple_tag
def explained_answer(entry: Answered) -> SafeString:
    """Print an answer with its own terms marked: it is folded apart from the others, so each explains for itself."""
    children = "kinderen" in entry.audiences
    marker = glossary.marker(entry.language, for_children=children, prefix=f"{entry.key}-")
    html = rich(entry.answer)
    return mark_safe(marker.mark(html, _more(children))) if marker else html
