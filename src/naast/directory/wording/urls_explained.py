"""Why results stand in their order, under /beheer/zoeken-uitleg/."""

from django.urls import path

from naast.directory.wording import views_admin as views

urlpatterns = [path("", views.explained, name="directory_explained")]
