"""In the editors' admin: the guides in the menu, and a page that a guide names is not taken away unseen."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.models import Page

from naast.content.library import LANGUAGE
from naast.guide import naming
from naast.people.policy import scopes_for


class RightItem(MenuItem):
    """Shown to those who have a right somewhere; `for_places` says that a municipality's editor sees it too."""

    def __init__(self, *args: Any, right: str, for_places: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.right, self.for_places = right, for_places

    def is_shown(self, request: HttpRequest) -> bool:
        """Ask the policy."""
        return bool(scopes_for(request.user, self.right))


@hooks.register("register_admin_menu_item")
def guides_item() -> MenuItem:
    """Put the guides in the menu."""
    return RightItem(_("Guides"), reverse("guides:index"), icon_name="list-ol", order=110, right="flows.edit")


@hooks.register("register_admin_menu_item")
def local_item() -> MenuItem:
    """Put a place's own steps in the menu."""
    return RightItem(
        _("Our steps"), reverse("guides:local"), icon_name="tasks", order=2, right="guide.local", for_places=True
    )


def _refused(request: HttpRequest, pages: Iterable[Page], *, with_children: bool) -> HttpResponse | None:
    """Return a page that says which guides name one of these pages, or None when no guide does."""
    slugs: dict[str, str] = {}
    for page in pages:
        rows = Page.objects.descendant_of(page, inclusive=True) if with_children else Page.objects.filter(pk=page.pk)
        slugs |= dict(rows.filter(locale__language_code=LANGUAGE, live=True).values_list("slug", "title"))
    uses = naming.uses_of(slugs)
    if not uses:
        return None
    return render(request, "guide/admin/page_in_use.html", {"uses": uses}, status=409)


@hooks.register("before_delete_page")
def before_delete(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Refuse to delete a page (or one above it) that a guide names."""
    return _refused(request, [page], with_children=True)


@hooks.register("before_unpublish_page")
def before_unpublish(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Refuse to take a page off line that a guide names."""
    return _refused(request, [page], with_children="include_descendants" in request.POST)


@hooks.register("before_bulk_action")
def before_bulk(request: HttpRequest, action_type: str, objects: Iterable[Any], action: Any) -> HttpResponse | None:
    """The same for many pages at once."""
    if action_type not in ("delete", "unpublish"):
        return None
    return _refused(request, [item for item in objects if isinstance(item, Page)], with_children=True)
