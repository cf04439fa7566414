"""Addresses below a place (`/enschede/…`): the middleware takes the place off the path before these are asked."""

from django.urls import include, path

from naast.places import views as places
from naast.upkeep.statements import views as statements

urlpatterns = [
    path("", places.home, name="home"),
    path("hulp-nu/", places.help_now, name="help-now"),
    path("zo-werkt-weggaan/", places.leaving, name="leaving"),
    path("wegwijzer/", include("naast.guide.urls")),
    path("hulp/", include("naast.directory.urls")),
    path("open-gegevens/", include("naast.directory.open_data.urls")),
    path("meedoen/", include("naast.together.urls")),
    path("toegankelijkheid/verklaring.json", statements.accessibility_data, name="accessibility-data"),
    path("", include("naast.contact.urls")),
    path("", include("naast.content.urls")),
]

handler400 = "naast.core.views.bad_request"
handler403 = "naast.core.views.forbidden"
handler404 = "naast.core.views.not_found"
handler500 = "naast.core.views.server_error"
