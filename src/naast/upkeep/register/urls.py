"""Addresses of the register and the DPIA, below /loket/gegevens/<place>/."""

from django.urls import path

from naast.upkeep.register import views

app_name = "register"

urlpatterns = [
    path("gegevens/<slug:place>/register.csv", views.sheet, name="sheet"),
    path("gegevens/<slug:place>/<slug:kind>/", views.page, name="page"),
    path("gegevens/<slug:place>/<slug:kind>/invullen/", views.fill, name="fill"),
    path("gegevens/<slug:place>/<slug:kind>/papier.pdf", views.on_paper, name="paper"),
    path("gegevens/<slug:place>/<slug:kind>/<uuid:version_id>/", views.version, name="version"),
    path("gegevens/<slug:place>/<slug:kind>/<uuid:version_id>.pdf", views.version_on_paper, name="version-paper"),
]
