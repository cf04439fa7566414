"""Addresses about what is kept, below /loket/."""

from django.urls import path

from naast.upkeep.keeping import views

app_name = "keeping"

urlpatterns = [
    path("gegevens/", views.home, name="home"),
    path("gegevens/<slug:place>/", views.register, name="register"),
    path("gegevens/<slug:place>/gewist/", views.protocol, name="protocol"),
    path("gegevens/<slug:place>/bewaren/", views.holds, name="holds"),
    path("gegevens/<slug:place>/bewaren/<uuid:hold_id>/einde/", views.end_hold, name="end-hold"),
]
