"""The house's own addresses behind a mailed link: `aanbod-bevestigen/<token>/`."""

from django.urls import path

from naast.directory.keeping import views

urlpatterns = [
    path("<str:token>/", views.page, name="offer-check"),
    path("<str:token>/<uuid:asked>/aanpassen/", views.change, name="offer-check-change"),
    path("<str:token>/<uuid:asked>/gestopt/", views.ended, name="offer-check-ended"),
]
