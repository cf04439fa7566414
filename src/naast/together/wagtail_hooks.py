"""The menu item of the editors' screens."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from naast.people.policy import scopes_for


class TogetherItem(MenuItem):
    """Shown to those who may write polls and evenings somewhere."""

    for_places = True  # stays in the menu of who has no shared pages

    def is_shown(self, request: HttpRequest) -> bool:
        """Ask the policy."""
        return bool(scopes_for(request.user, "together.edit"))


@hooks.register("register_admin_menu_item")
def together_item() -> MenuItem:
    """Put it after the slots."""
    return TogetherItem(_("Taking part"), reverse("together"), icon_name="group", order=3)
