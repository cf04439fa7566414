"""The screen under /beheer/nakijken/."""

from django.urls import path

from . import views

urlpatterns = [
    path("", views.overview, name="freshness"),
    path("<slug:place>/", views.overview, name="freshness_of"),
    path("<slug:place>/verbergen/", views.hiding, name="freshness_hiding"),
    path("<slug:place>/<slug:kind>/<str:record>/", views.still_true, name="freshness_still_true"),
]
