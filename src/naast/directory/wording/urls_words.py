"""The editors' words, under /beheer/woorden/."""

from django.urls import path

from naast.directory.wording import views_admin as views

urlpatterns = [
    path("", views.words, name="directory_words"),
    path("<uuid:wording_id>/weg/", views.remove, name="directory_words_remove"),
]
