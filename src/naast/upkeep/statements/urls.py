"""Addresses of the statements, below /loket/verklaringen/."""

from django.urls import include, path

from naast.upkeep.statements import views

own = [
    path("", views.home, name="home"),
    path("<slug:place>/", views.place, name="place"),
    path("<slug:place>/<slug:kind>/", views.statement, name="statement"),
]
urlpatterns = [path("verklaringen/", include((own, "statements")))]
