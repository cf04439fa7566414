"""Addresses of the open data of a place: `open-gegevens/` and the sheet below it."""

from django.urls import path

from naast.directory.open_data import views

app_name = "open-data"
urlpatterns = [
    path("", views.page, name="page"),
    path("aanbod.csv", views.as_sheet, name="sheet"),
]
