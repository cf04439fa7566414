"""Addresses of help nearby, below a place: `hulp/`, `hulp/suggesties/` and `hulp/<offer>/`."""

from django.urls import path

from naast.directory import views, views_calendar
from naast.directory.overview import views as overview

app_name = "directory"
urlpatterns = [
    path("", views.search, name="search"),
    path("suggesties/", views.suggestions, name="suggestions"),
    path("overzicht/", overview.overview, name="overview"),
    path("overzicht.csv", overview.as_sheet, name="overview-sheet"),
    path("overzicht.pdf", overview.on_paper, name="overview-paper"),
    path("vergelijken/", overview.side_by_side, name="compare"),
    path("<slug:slug>/", views.offer, name="offer"),
    path("<slug:slug>/agenda.ics", views_calendar.agenda, name="offer-calendar"),
]
