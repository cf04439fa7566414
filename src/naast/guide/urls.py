"""Addresses of the guide, below a place's `wegwijzer/`. Questions are numbered: a history shows no word of them."""

from django.urls import path

from naast.guide import views, views_plan

app_name = "guide"
urlpatterns = [
    path("", views.index, name="index"),
    path("plan/<str:token>/", views_plan.shared, name="shared"),
    path("bewaard/<uuid:plan_id>/", views_plan.kept, name="kept"),
    path("bewaard/<uuid:plan_id>/<str:paper>", views_plan.kept_paper, name="kept-paper"),
    path("<slug:slug>/", views.flow, name="flow"),
    path("<slug:slug>/vraag/<int:number>/", views.question, name="question"),
    path("<slug:slug>/antwoorden/", views.answers, name="answers"),
    path("<slug:slug>/wissen/", views.clear, name="clear"),
    path("<slug:slug>/weg/", views.leave, name="leave"),
    path("<slug:slug>/plan/", views_plan.plan, name="plan"),
    path("<slug:slug>/plan/bewaren/", views_plan.keep, name="keep"),
    path("<slug:slug>/plan/delen/", views_plan.share, name="share"),
    path("<slug:slug>/plan/<str:paper>", views_plan.paper, name="paper"),
]
