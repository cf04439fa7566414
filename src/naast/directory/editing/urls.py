"""The provider's own screens and the contact for professionals, under /loket/."""

from django.urls import include, path

from naast.directory.editing import views_own as views

own = [
    path("aanbod/", views.home, name="home"),
    path("aanbod/<uuid:offer_id>/", views.offer, name="offer"),
    path("aanbod/<uuid:offer_id>/klopt/", views.still_true, name="still-true"),
    path("aanbod/<uuid:offer_id>/aanpassen/", views.propose, name="propose"),
    path("aanbod/<uuid:offer_id>/terugnemen/", views.withdraw, name="withdraw"),
    path("hulp/<uuid:offer_id>/contact/", views.contact, name="contact"),
    path("hulp/<uuid:offer_id>/contact/bewaren/", views.save_contact, name="contact-save"),
    path("plaats/<slug:place>/aanbieders/", views.small_facts, name="rule"),
]
urlpatterns = [path("", include((own, "own")))]
