"""In the editors' admin: help in the menu."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from naast.people.policy import scopes_for


class OffersItem(MenuItem):
    """Shown to those who keep offers somewhere."""

    for_places = True  # stays in the menu of who has no shared pages

    def is_shown(self, request: HttpRequest) -> bool:
        """Ask the policy."""
        return bool(scopes_for(request.user, "directory.edit"))


@hooks.register("register_admin_menu_item")
def offers_item() -> MenuItem:
    """Put it after a place's own words and steps."""
    return OffersItem(_("Offers"), reverse("help:index"), name="offers", icon_name="clipboard-list", order=3)
