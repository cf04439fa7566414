"""Which texts lead to a page: by a link in their words, or by its name. Rooms above add what they lead from."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from wagtail.models import Page

from naast.content.library import LANGUAGE
from naast.content.media.models import Checklist
from naast.content.models import ArticlePage, FaqEntry, RolePage, StatementPage, TextPage


@dataclass(frozen=True)
class Use:
    """One text that leads to a page: what it is called for editors, and where to change it."""

    page: str
    where: str
    href: str


Finder = Callable[[Mapping[str, str]], Iterable[Use]]
_finders: list[Finder] = []


def register(finder: Finder) -> None:
    """Let a room above say where it names pages: slugs with their titles in, uses out."""
    if finder not in _finders:
        _finders.append(finder)


def of_pages(pages: Iterable[Page]) -> list[Use]:
    """Return what leads to these pages or to one below them, each text once, those below themselves left out."""
    below = [row for page in pages for row in Page.objects.descendant_of(page, inclusive=True).select_related("locale")]
    dutch = {page.slug: page.title for page in below if page.locale.language_code == LANGUAGE}
    found = [*by_link({page.pk: page.title for page in below}), *by_slug(dutch)]
    own = {_page_href(page) for page in below}
    return list({use.href: use for use in found if use.href not in own}.values())


def by_slug(slugs: Mapping[str, str]) -> list[Use]:
    """Return what names one of these pages (slug → title): 'read also' of other pages, lists, and rooms above."""
    found = [
        Use(slugs[slug], page.title, _page_href(page))
        for page in _texts()
        for slug in page.related_slugs
        if slug in slugs and page.slug != slug
    ]
    for checklist in Checklist.objects.exclude(pages=""):
        href = reverse("wagtailsnippets_content_checklist:edit", args=[checklist.pk])
        named = [one.strip() for one in checklist.pages.split(",")]
        found += [Use(slugs[slug], checklist.title, href) for slug in named if slug in slugs]
    return found + [use for finder in _finders for use in finder(slugs)]


def by_link(pages: Mapping[int, str]) -> list[Use]:
    """Return what links to one of these pages (id → title) in its words: live pages and questions."""
    found = []
    for page in _texts():
        # As stored: binding the blocks would ask for their choices.
        words = "".join(str(block["value"]) for block in page.body.raw_data if block["type"] == "text")
        found += [Use(title, page.title, _page_href(page)) for pk, title in pages.items() if _links(words, pk, page)]
    for entry in FaqEntry.objects.filter(live=True):
        href = reverse("wagtailsnippets_content_faqentry:edit", args=[entry.pk])
        found += [Use(title, entry.question, href) for pk, title in pages.items() if _links(entry.answer, pk)]
    return found


def _links(words: str, pk: int, page: TextPage | None = None) -> bool:
    # Stored as Wagtail's editor or our loader writes it: the attributes in either order.
    return (page is None or page.pk != pk) and any(
        'linktype="page"' in tag and f'id="{pk}"' in tag for tag in re.findall(r"<a [^>]*>", words)
    )


def _texts() -> list[Any]:
    return [page for model in (ArticlePage, RolePage, StatementPage) for page in model.objects.live()]


def _page_href(page: Page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])
