"""Addresses of the desk, below /loket/."""

from django.urls import path

from naast.desk import views, views_glass, views_teams

app_name = "desk"

urlpatterns = [
    path("", views.work_list, name="list"),
    path("vraag/<uuid:question_id>/", views.question, name="question"),
    path("vraag/<uuid:question_id>/concept/", views.draft, name="draft"),
    path("noodtoegang/<uuid:glass_id>/", views_glass.glass, name="glass"),
    path("teams/", views_teams.home, name="teams-home"),
    path("teams/<slug:place>/", views_teams.teams, name="teams"),
    path("teams/<slug:place>/nieuw/", views_teams.new, name="team-new"),
    path("teams/<slug:place>/<uuid:team_id>/", views_teams.team, name="team"),
    path("teams/<slug:place>/kennis/<uuid:user_id>/", views_teams.knows, name="knows"),
]
