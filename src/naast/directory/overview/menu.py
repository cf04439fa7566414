"""The menu item of the staff screen."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from naast.people.policy import scopes_for


class GapsItem(MenuItem):
    """Shown to those who keep the directory of a place, or have its figures."""

    for_places = True  # stays in the menu of who has no shared pages

    def is_shown(self, request: HttpRequest) -> bool:
        """Ask the policy."""
        return bool(scopes_for(request.user, "directory.gaps"))


@hooks.register("register_admin_menu_item")
def gaps_item() -> MenuItem:
    """Put it after what waits for a look."""
    return GapsItem(_("Gaps in the offer"), reverse("directory_gaps"), icon_name="search", order=4)
