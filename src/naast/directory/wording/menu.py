"""The menu item of the editors' words."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from naast.people.policy import scopes_for


class WordsItem(MenuItem):
    """Shown to those who keep people's words."""

    for_places = True  # stays in the menu of who has no shared pages

    def is_shown(self, request: HttpRequest) -> bool:
        """Ask the policy."""
        return bool(scopes_for(request.user, "directory.words"))


class ExplainedItem(MenuItem):
    """Shown to those who keep the directory of a place."""

    for_places = True

    def is_shown(self, request: HttpRequest) -> bool:
        """Ask the policy."""
        return bool(scopes_for(request.user, "directory.edit"))


@hooks.register("register_admin_menu_item")
def words_item() -> MenuItem:
    """Put it after the gaps in the offer."""
    return WordsItem(_("Search words"), reverse("directory_words"), icon_name="comment", order=5)


@hooks.register("register_admin_menu_item")
def explained_item() -> MenuItem:
    """Put it after people's words."""
    return ExplainedItem(_("Search explained"), reverse("directory_explained"), icon_name="help", order=6)
