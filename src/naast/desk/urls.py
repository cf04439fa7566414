"""Addresses of the desk, below /loket/."""

from django.urls import path

from naast.desk import views

app_name = "desk"

urlpatterns = [
    path("", views.work_list, name="list"),
    path("vraag/<uuid:question_id>/", views.question, name="question"),
    path("vraag/<uuid:question_id>/concept/", views.draft, name="draft"),
]
