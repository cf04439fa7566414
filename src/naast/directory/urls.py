"""Addresses of help nearby, below a place: `hulp/` and `hulp/<offer>/`."""

from django.urls import path

from naast.directory import views

app_name = "directory"
urlpatterns = [
    path("", views.search, name="search"),
    path("<slug:slug>/", views.offer, name="offer"),
]
