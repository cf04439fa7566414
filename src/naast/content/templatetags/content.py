"""Template tags of pages: the slots, text in the design system's clothes, the state of a check."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import template
from django.utils.html import conditional_escape, escape, linebreaks
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from wagtail.rich_text import expand_db_html

from naast.content import queries
from naast.content.fields import AUDIENCE_CHOICES
from naast.content.library import Card
from naast.core import languages
from naast.core.templatetags.naast import nbsp, nl_date
from naast.places import emergency
from naast.places import queries as places
from naast.places import views as place_views
from naast.places.rules import PlaceInfo
from naast.places.standing import At

register = template.Library()

# Tag → the class that the design system wants on it.
CLOTHES = {
    "p": "utrecht-paragraph",
    "ul": "utrecht-unordered-list",
    "ol": "utrecht-ordered-list",
    "a": "utrecht-link utrecht-link--html-a",
}
_OPENING = re.compile(r"<(p|ul|ol|a)(?=[ >])")
_LIST = re.compile(r"<(ul|ol)[ >].*?</\1>", re.DOTALL)
_SCHEME = re.compile(r"^(https?:|mailto:|tel:|/|#)")


def dress(html: str) -> str:
    """Put the design system's classes on cleaned HTML, and keep numbers with their units."""

    def items(match: re.Match[str]) -> str:
        kind = "unordered" if match[1] == "ul" else "ordered"
        return match[0].replace("<li", f'<li class="utrecht-{kind}-list__item"')

    html = _LIST.sub(items, html)
    html = _OPENING.sub(lambda match: f'<{match[1]} class="{CLOTHES[match[1]]}"', html)
    html = re.sub(r'(<a class="[^"]*") data-block-key="[^"]*"', r"\1", html)
    html = re.sub(r' data-block-key="[^"]*"', "", html)
    return re.sub(r'(<a [^>]*href="https?:[^>]*)>', r'\1 rel="noreferrer">', html)


@register.filter
def rich(value: Any) -> SafeString:
    """Print an editor's rich text: Wagtail cleaned it when it was saved, links are resolved from memory."""
    source = getattr(value, "source", value)
    return mark_safe(nbsp(dress(expand_db_html(source))))


@register.filter
def plain(text: str) -> SafeString:
    """Print a place's own words: plain text, escaped; blank lines make paragraphs, hyphens a list."""
    blocks = []
    for chunk in re.split(r"\n\s*\n", text.strip().replace("\r\n", "\n")):
        lines = [line.strip() for line in chunk.split("\n")]
        if all(line.startswith("- ") for line in lines):
            blocks.append("<ul>" + "".join(f"<li>{escape(line[2:])}</li>" for line in lines) + "</ul>")
        else:
            blocks.append(linebreaks(chunk, autoescape=True))
    return mark_safe(nbsp(dress("".join(blocks))))


@register.simple_tag(takes_context=True)
def own_slot(context: dict[str, Any], key: str) -> queries.Words | None:
    """Return what stands in an own slot for the place we read in."""
    return queries.words_for(key, context.get("place"))


@register.simple_tag(takes_context=True)
def slot_offers(context: dict[str, Any], subject: str) -> list[Any]:
    """Return the offers for an offers slot."""
    return queries.offers_beside(
        context.get("place"), audience=context.get("audience", "ouders"), subjects=[subject] if subject else [], limit=2
    )


@register.simple_tag(takes_context=True)
def slot_helplines(context: dict[str, Any]) -> list[Any]:
    """Return the helplines for this page's readers."""
    return places.helplines(context.get("audience"))[:4]


@register.simple_tag(takes_context=True)
def slot_desk(context: dict[str, Any]) -> Any:
    """Return the desk that serves the place we read in, its own or its region's, with its hours in words."""
    place = context.get("place")
    return place_views.desk_context(place) if place else None


@register.simple_tag
def checked_text(page: Any, state: str) -> str:
    """Say when a page's facts were last looked at, and by whom; or honestly that nobody did."""
    owner = conditional_escape(page.owner_name)
    if state == "unchecked" and page.for_children:
        return _("No other grown-up has read this page over yet.")
    if state == "unchecked":
        return _("Nobody has compared the facts on this page with their sources. Kept by %(owner)s.") % {"owner": owner}
    words = _("Looked at on %(day)s by %(owner)s.") % {"day": nl_date(page.checked_on), "owner": owner}
    if state == "late":
        return f"{words} " + _("It should have been looked at again before %(day)s.") % {
            "day": nl_date(page.review_due)
        }
    if page.review_due:
        words += " " + _("Next time before %(day)s.") % {"day": nl_date(page.review_due)}
    return words


@register.simple_tag(takes_context=True)
def said_in(context: dict[str, Any], text: str) -> SafeString:
    """Return ` lang="…" dir="…"` for a piece of this page's text where it is not in the language around it."""
    said = context.get("said")
    return said.attr(text) if said else mark_safe("")


@dataclass(frozen=True)
class Waiting:
    """What stands above Dutch words that wait for their translation."""

    notice: str
    urgent: str
    lang_attr: SafeString


@register.simple_tag
def waiting() -> Waiting:
    """Return the notice in the reader's language, with the way to urgent help where that page is in it."""
    one = languages.known()[languages.reading()]
    urgent = one.urgent if one.code in emergency.codes() else ""
    return Waiting(one.notice, urgent, mark_safe(languages.attributes(one.code)))  # codes of our own list


@register.simple_tag
def in_place(place: PlaceInfo, card: Card) -> str:
    """Return the address of a page in a place, for screens that stand outside every place."""
    return f"{At(place).prefix}/{card.path}"


@register.filter
def for_whom(audiences: Sequence[str]) -> str:
    """Say for whom a text is: "Voor ouders, professionals"."""
    names = dict(AUDIENCE_CHOICES)
    return _("For: %(who)s") % {"who": ", ".join(str(names[code]).lower() for code in audiences if code in names)}
