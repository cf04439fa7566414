"""Addresses of the locker, outside every place: `/kluisje/`."""

from django.urls import path

from naast.lockers import views

app_name = "lockers"
urlpatterns = [
    path("", views.open_locker, name="open"),
    path("sluiten/", views.close, name="close"),
    path("seintje/", views.email, name="email"),
    path("downloaden/", views.download_page, name="download"),
    path("downloaden/kluisje.zip", views.download_file, name="download-file"),
    path("wie-las-mee/", views.who_read, name="readers"),
    path("leegmaken/", views.empty, name="empty"),
]
