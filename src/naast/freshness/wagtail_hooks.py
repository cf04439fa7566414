"""The menu item of the screen."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from naast.people.policy import scopes_for


class FreshnessItem(MenuItem):
    """Shown to those who keep texts somewhere."""

    for_places = True  # stays in the menu of who has no shared pages

    def is_shown(self, request: HttpRequest) -> bool:
        """Ask the policy."""
        return bool(scopes_for(request.user, "content.slots"))


@hooks.register("register_admin_menu_item")
def freshness_item() -> MenuItem:
    """Put it after the slots."""
    return FreshnessItem(_("To look at again"), reverse("freshness"), icon_name="history", order=2)
