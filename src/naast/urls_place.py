"""Addresses below a place (`/enschede/…`): the middleware takes the place off the path before these are asked."""

from pathlib import Path

from django.conf import settings
from django.urls import include, path

from naast.places import views as places


def room(prefix: str, module: str) -> list:  # type: ignore[type-arg]
    """Include a room's addresses."""
    file = Path(__file__).parent.joinpath(*module.split(".")[1:]).with_suffix(".py")
    installed = f"naast.{module.split('.')[1]}" in settings.INSTALLED_APPS
    return [path(prefix, include(module))] if file.exists() and installed else []


urlpatterns = [
    path("", places.home, name="home"),
    path("hulp-nu/", places.help_now, name="help-now"),
    path("zo-werkt-weggaan/", places.leaving, name="leaving"),
    *room("wegwijzer/", "naast.guide.urls"),
    *room("hulp/", "naast.directory.urls"),
    *room("", "naast.contact.urls"),
    *room("", "naast.content.urls"),
]

handler400 = "naast.core.views.bad_request"
handler403 = "naast.core.views.forbidden"
handler404 = "naast.core.views.not_found"
handler500 = "naast.core.views.server_error"
