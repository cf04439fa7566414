"""The editors' screens, under /beheer/meedoen/."""

from django.urls import path

from . import views_admin as views

urlpatterns = [
    path("", views.overview, name="together"),
    path("<slug:place>/", views.overview, name="together_of"),
    path("<slug:place>/peiling/", views.poll, name="together_new_poll"),
    path("<slug:place>/peiling/<uuid:poll_id>/", views.poll, name="together_poll"),
    path("<slug:place>/avond/", views.evening, name="together_new_evening"),
    path("<slug:place>/avond/<uuid:evening_id>/", views.evening, name="together_evening"),
    path("<slug:place>/avond/<uuid:evening_id>/af/<uuid:sign_up_id>/", views.strike, name="together_strike"),
]
