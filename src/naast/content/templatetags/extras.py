"""Template tags of films and lists."""

from typing import Any

from django import template
from django.utils.translation import get_language

from naast.content.media import queries as extras
from naast.content.media.queries import FilmCard, ListCard

register = template.Library()


@register.simple_tag
def film_of(key: str) -> FilmCard | None:
    """Return a film that readers may see, or None: then the text goes on without it."""
    return extras.film(key)


@register.filter
def first_language(film: FilmCard) -> str:
    """Return the language whose subtitles are on from the start: the reader's, else the film's first."""
    known = [one.language for one in film.subtitles]
    reading = (get_language() or "nl")[:2]
    return reading if reading in known else known[0] if known else ""


@register.simple_tag
def lists_beside(page: Any) -> list[ListCard]:
    """Return the lists that stand beside a text."""
    return extras.lists_beside(page.slug, page.audiences, page.phases)


@register.simple_tag
def lists_in_phase(phase: str) -> list[ListCard]:
    """Return the lists for parents in a phase."""
    return extras.lists_in_phase(phase)
