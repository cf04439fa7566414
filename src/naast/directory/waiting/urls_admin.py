"""The editors' address of a waiting time: `beheer/wachttijd/<offer>/`."""

from django.urls import path

from naast.directory.waiting import views

urlpatterns = [path("wachttijd/<uuid:offer_id>/", views.page, name="offer-waiting")]
