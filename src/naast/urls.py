"""The house's own addresses, outside every place. What stands below a place is in urls_place.py."""

from pathlib import Path

from django.conf import settings
from django.urls import include, path

from naast.core import views as core
from naast.places import views as places


def room(prefix: str, module: str) -> list:  # type: ignore[type-arg]
    """Include a room's addresses."""
    file = Path(__file__).parent.joinpath(*module.split(".")[1:]).with_suffix(".py")
    installed = f"naast.{module.split('.')[1]}" in settings.INSTALLED_APPS
    return [path(prefix, include(module))] if file.exists() and installed else []


urlpatterns = [
    path("", places.start, name="start"),
    path("-/live", core.live, name="live"),
    path("-/ready", core.ready, name="ready"),
    path("-/weg/", core.leave, name="leave"),
    path("-/thema/<slug:place>.<str:digest>.css", places.theme, name="theme"),
    path("kies/", places.choose, name="choose"),
    path("hulp-nu/", places.help_now, name="help-now"),
    path("zo-werkt-weggaan/", places.leaving, name="leaving"),
    path(".well-known/security.txt", core.security_txt, name="security-txt"),
    path("robots.txt", core.robots_txt, name="robots"),
    *room("kluisje/", "naast.lockers.urls"),
    *room("kluisje/", "naast.conversations.urls"),
    *room("loket/", "naast.people.urls"),
    *room("loket/", "naast.desk.urls"),
    *room("api/v1/", "naast.api.urls"),
    *room("beheer/", "naast.content.urls_admin"),
    *(room("demo/", "naast.demo.urls") if settings.NAAST_DEMO else []),
]

handler400 = "naast.core.views.bad_request"
handler403 = "naast.core.views.forbidden"
handler404 = "naast.core.views.not_found"
handler500 = "naast.core.views.server_error"
