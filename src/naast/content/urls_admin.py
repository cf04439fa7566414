"""The editors' admin under /beheer/: Wagtail's own addresses, behind the house's sign-in and policy."""

from django.urls import include, path
from django.views.generic import RedirectView
from wagtail.admin import urls as wagtail_admin

urlpatterns = [
    # Wagtail's own sign-in would stand open beside ours (trials.md g).
    path("login/", RedirectView.as_view(pattern_name="account_login"), name="wagtailadmin_login"),
    path("", include(wagtail_admin)),
]
