"""The house's own addresses, outside every place. What stands below a place is in urls_place.py."""

from django.conf import settings
from django.urls import include, path

from naast.api.answers import nothing_here, nothing_in_hsds
from naast.content import sitemap
from naast.content.media import views as films
from naast.core import views as core
from naast.core.uploads import views as uploads
from naast.places import views as places
from naast.upkeep.statements import views as statements

urlpatterns = [
    path("", places.start, name="start"),
    path("-/live", core.live, name="live"),
    path("-/ready", core.ready, name="ready"),
    path("-/weg/", core.leave, name="leave"),
    path("-/thema/<slug:place>.<str:digest>.css", places.theme, name="theme"),
    path("-/logo/<slug:place>.<str:digest>.webp", places.logo, name="logo"),
    path("-/film/<slug:key>/<str:name>", films.film_file, name="film-file"),
    path("-/ophalen/<str:token>/", uploads.upload, name="upload"),
    path("kies/", places.choose, name="choose"),
    path("hulp-nu/", places.help_now, name="help-now"),
    path("zo-werkt-weggaan/", places.leaving, name="leaving"),
    path(".well-known/security.txt", statements.security, name="security-txt"),
    path("robots.txt", core.robots_txt, name="robots"),
    path("sitemap.xml", sitemap.sitemap, name="sitemap"),
    path("aanbod-bevestigen/", include("naast.directory.keeping.urls")),
    path("kluisje/", include("naast.lockers.urls")),
    path("kluisje/", include("naast.conversations.urls")),
    path("loket/", include("naast.people.urls")),
    path("loket/", include("naast.upkeep.urls")),
    path("loket/", include("naast.upkeep.statements.urls")),
    path("loket/", include("naast.upkeep.keeping.urls")),
    path("loket/", include("naast.upkeep.register.urls")),
    path("loket/", include("naast.directory.editing.urls")),
    path("loket/", include("naast.desk.urls")),
    path("api/v1/", include("naast.api.urls")),
    path(
        "api/v1", nothing_here, {"path": ""}, name="api-without-slash"
    ),  # a missing slash is a 404 of the API, not a redirect
    path("hsds/v3/", include("naast.api.urls_hsds")),
    path("hsds/v3", nothing_in_hsds, {"path": ""}, name="hsds-without-slash"),
    path("monitor/gaten/", include("naast.directory.overview.urls_admin")),
    path("beheer/meedoen/", include("naast.together.urls_admin")),
    path("beheer/nakijken/", include("naast.freshness.urls_admin")),
    path("beheer/wegwijzers/", include("naast.guide.urls_admin")),
    path("beheer/", include("naast.directory.editing.urls_admin")),
    path("beheer/woorden/", include("naast.directory.wording.urls_words")),
    path("beheer/zoeken-uitleg/", include("naast.directory.wording.urls_explained")),
    path("beheer/", include("naast.directory.waiting.urls_admin")),
    path("beheer/", include("naast.content.urls_admin")),
    *([path("demo/", include("naast.demo.urls"))] if settings.NAAST_DEMO else []),
]

handler400 = "naast.core.views.bad_request"
handler403 = "naast.core.views.forbidden"
handler404 = "naast.core.views.not_found"
handler500 = "naast.core.views.server_error"
