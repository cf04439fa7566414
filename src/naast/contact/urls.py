"""Addresses of contact below a place."""

from django.urls import path

from naast.contact import views

app_name = "contact"

urlpatterns = [path("vraag/", views.ask, name="ask")]
