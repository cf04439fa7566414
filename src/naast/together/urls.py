"""Addresses of taking part, below a place's `meedoen/`."""

from django.urls import path

from . import views

app_name = "together"
urlpatterns = [
    path("", views.index, name="index"),
    path("peiling/<slug:slug>/", views.poll, name="poll"),
    path("avond/<slug:slug>/", views.evening, name="evening"),
    path("avond/<slug:slug>/avond.ics", views.calendar, name="calendar"),
    path("avond/<slug:slug>/afmelden/<str:word>/", views.sign_off, name="sign-off"),
]
