"""The staff screen, under /monitor/gaten/."""

from django.urls import path

from naast.directory.overview import views_admin as views

urlpatterns = [
    path("", views.gaps, name="directory_gaps"),
    path("<slug:place>/", views.gaps, name="directory_gaps_of"),
]
