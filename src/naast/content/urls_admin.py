"""The editors' admin under /beheer/: Wagtail's own addresses, behind the house's sign-in and policy."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import include, path, re_path
from django.views.generic import RedirectView
from wagtail.admin import urls as wagtail_admin

from naast.content import views
from naast.content.level import views as views_level


def nothing(request: HttpRequest) -> HttpResponse:
    """An address that has no page here."""
    raise Http404


urlpatterns = [
    # Wagtail's own sign-in would stand open beside ours (docs/decisions/0014).
    path("login/", RedirectView.as_view(pattern_name="account_login", query_string=True), name="wagtailadmin_login"),
    # Wagtail's page that raises an error on purpose.
    path("failwhale/", nothing),
    # Fetches whatever address an editor names, from inside our network; our texts show films of our own only.
    re_path(r"^embeds/", nothing),
    # Before Wagtail's own, which turn a refusal into a redirect; here a forbidden place answers 403.
    path("plekken/", views.slots, name="content_slots"),
    path("plekken/<slug:place>/", views.slots, name="content_slots_of"),
    path("plekken/<slug:place>/<slug:key>/", views.slot, name="content_slot"),
    path("taalniveau/", views_level.levels, name="content_levels"),
    path("taalniveau/meten/", views_level.measure, name="content_level_measure"),
    path("", include(wagtail_admin)),
]
