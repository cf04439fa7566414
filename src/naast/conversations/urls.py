"""Addresses of conversations in a locker: `/kluisje/gesprek/…`. A random id; no word of what is said."""

from django.urls import path

from naast.conversations import views

app_name = "conversations"
urlpatterns = [
    path("gesprek/<uuid:thread_id>/", views.thread, name="thread"),
    path("gesprek/<uuid:thread_id>/klaar/", views.finish, name="finish"),
    path("gesprek/<uuid:thread_id>/wissen/", views.erase, name="erase"),
]
