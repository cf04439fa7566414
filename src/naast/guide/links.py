"""What a step of a plan leads to: our published pages, another guide, an address elsewhere. What is not there is left out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.urls import NoReverseMatch, reverse

from naast.content import library
from naast.core import languages
from naast.flows import queries as flows
from naast.flows.parts import Step
from naast.flows.queries import Version
from naast.guide.local import LocalVersion

OTHER_GUIDE = "wegwijzer:"


@dataclass(frozen=True, slots=True)
class LinkView:
    """Where to read more: one of our published pages, another guide, or (`elsewhere`) an address of somebody else."""

    href: str
    text: str
    language: str = ""
    elsewhere: bool = False


def links_of(version: Version, step: Step) -> Iterator[LinkView]:
    """Yield what a step leads to; a page or guide that is not published is left out."""
    for slug in step.read:
        if card := library.by_slug(slug, languages.reading()):
            yield LinkView(card.href, card.title, card.language)
    if step.link.startswith(OTHER_GUIDE):
        slug = step.link.removeprefix(OTHER_GUIDE)
        if (other := flows.current(slug)) and (href := _address(slug)):
            yield LinkView(href, other.flow.title, other.flow.language)
    if isinstance(version, LocalVersion) and (url := version.links.get(step.id)):
        yield LinkView(url, urlsplit(url).hostname or url, elsewhere=True)


def _address(slug: str) -> str:
    try:
        return reverse("guide:flow", args=[slug])
    except NoReverseMatch:
        return ""
