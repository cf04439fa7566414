"""The editors' admin: the screen 'Our places in the text', its menu item, and links in texts resolved from memory."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import escape, format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.rich_text.pages import PageLinkHandler

from naast.content import queries
from naast.content.library import library
from naast.core.languages import reading
from naast.people.policy import scopes_for


class MemoryLinkHandler(PageLinkHandler):
    """Prints a link to a page with the address it has where we stand, without a query."""

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict[str, Any]]) -> list[str]:
        """Return opening tags; a link to a page that is not live loses its address, not its words."""
        held = library()
        pages = (held.by_pk.get(int(attrs["id"])) for attrs in attrs_list)
        found = (held.translated(card, reading()) if card else None for card in pages)
        return [f'<a href="{escape(card.href)}">' if card else "<a>" for card in found]


@hooks.register("register_rich_text_features", order=200)
def links_from_memory(features: Any) -> None:
    """Take the place of Wagtail's handler, which asks the database for every text."""
    features.register_link_type(MemoryLinkHandler)


class SlotsItem(MenuItem):
    """Shown to those who may fill slots somewhere."""

    for_places = True  # stays in the menu of who has no shared pages

    def is_shown(self, request: HttpRequest) -> bool:
        """Ask the policy."""
        return bool(scopes_for(request.user, "content.slots"))


@hooks.register("register_admin_menu_item")
def slots_item() -> MenuItem:
    """Put the screen first in the menu."""
    return SlotsItem(_("Our places"), reverse("content_slots"), icon_name="edit", order=1)


class LevelItem(MenuItem):
    """Shown to those who keep the shared texts."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Ask the policy."""
        return bool(scopes_for(request.user, "content.shared"))


@hooks.register("register_admin_menu_item")
def level_item() -> MenuItem:
    """Put the list of texts with their language level behind the texts themselves."""
    return LevelItem(_("Language level"), reverse("content_levels"), icon_name="glasses", order=150)


class LanguagesItem(MenuItem):
    """Shown to those who keep the shared pages: they add languages (docs/languages.md)."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Ask the policy."""
        return bool(scopes_for(request.user, "content.shared"))


@hooks.register("register_admin_menu_item")
def languages_item() -> MenuItem:
    """Put the list of languages after the pages; Wagtail keeps it among settings that editors do not see."""
    return LanguagesItem(_("Languages"), reverse("wagtaillocales:index"), icon_name="globe", order=450)


@hooks.register("construct_main_menu")
def only_what_is_used(request: HttpRequest, items: list[MenuItem]) -> None:
    """Leave Wagtail's help (it links elsewhere) out, and for who only fills slots all but those."""
    only_slots = not scopes_for(request.user, "content.shared") and not request.user.is_superuser
    keep: Iterable[MenuItem] = [
        item for item in items if item.name != "help" and (not only_slots or getattr(item, "for_places", False))
    ]
    items[:] = list(keep)
    for item in items:
        if item.name == "snippets":  # nobody but Wagtail calls them so
            item.label = _("Questions, words, films")


@hooks.register("insert_global_admin_css")
def house_colours() -> str:
    """Give the admin the house's colours."""
    return format_html('<link rel="stylesheet" href="{}">', static("content/admin.css"))


REVIEWS_SHOWN = 10


class ReviewPanel(Component):
    """On the admin's first page: whose facts nobody looked at, and what is past its date."""

    order = 100
    template_name = "content/admin/review_panel.html"

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """Return the pages to look at, past their date first."""
        rows = queries.to_review()
        return {"rows": rows[:REVIEWS_SHOWN], "total": len(rows)}


@hooks.register("construct_homepage_panels")
def review_first(request: HttpRequest, panels: list[Any]) -> None:
    """Show editors of shared pages what waits to be looked at."""
    if scopes_for(request.user, "content.shared"):
        panels.append(ReviewPanel())
