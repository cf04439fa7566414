"""Addresses about the people of a place, below /loket/; they belong to the names of `people`."""

from django.urls import path

from naast.people.staffing import views, views_absence, views_mandates

urlpatterns = [
    path("mensen/", views.home, name="home"),
    path("mensen/<slug:place>/", views.table, name="place"),
    path("mensen/<slug:place>/wie-ziet-wat/", views.matrix, name="matrix"),
    path("mensen/<slug:place>/wie-ziet-wat.csv", views.matrix_sheet, name="matrix-sheet"),
    path("mensen/<slug:place>/uitnodigen/", views.invite, name="invite"),
    path("mensen/<slug:place>/uitnodiging/<uuid:invitation_id>/", views.invitation, name="invitation"),
    path("mensen/<slug:place>/<uuid:user_id>/", views.person, name="person"),
    path("mensen/<slug:place>/<uuid:user_id>/rol/", views.give_role, name="give-role"),
    path("mensen/<slug:place>/<uuid:user_id>/rol/<uuid:grant_id>/", views.role, name="role"),
    path("mensen/<slug:place>/<uuid:user_id>/uit-dienst/", views.leaves, name="leaves"),
    path("afwezig/", views_absence.absence, name="absence"),
    path("afwezig/<uuid:absence_id>/terug/", views_absence.end, name="absence-end"),
    path("afwezig/collega/<uuid:absence_id>/terug/", views_absence.end_of_colleague, name="absence-end-colleague"),
    path("mandaten/", views_mandates.home, name="mandates-home"),
    path("mandaten/<slug:place>/", views_mandates.mandates, name="mandates"),
    path("mandaten/<slug:place>/nieuw/", views_mandates.new, name="mandate-new"),
    path("mandaten/<slug:place>/<uuid:mandate_id>/", views_mandates.mandate, name="mandate"),
]
