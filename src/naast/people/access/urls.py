"""Addresses about who saw what, below /loket/."""

from django.urls import path

from naast.people.access import views

app_name = "access"

urlpatterns = [
    path("inzage/", views.log, name="log"),
    path("inzage/regels.csv", views.sheet, name="sheet"),
    path("noodtoegang/", views.glass, name="glass"),
    path("noodtoegang/overzicht/", views.glass_list, name="glass-list"),
    path("noodtoegang/<uuid:glass_id>/sluiten/", views.end_glass, name="glass-end"),
    path("noodtoegang/<uuid:glass_id>/oordeel/", views.judge, name="glass-judge"),
]
