"""Addresses of the guides' editor in the editors' admin, below `beheer/wegwijzers/`."""

from django.urls import path

from naast.guide import views_editor, views_local, views_look, views_publishing

app_name = "guides"
urlpatterns = [
    path("", views_editor.index, name="index"),
    path("eigen/", views_local.index, name="local"),
    path("eigen/<slug:place>/", views_local.index, name="local-of"),
    path("eigen/<slug:place>/stap/<uuid:step_id>/", views_local.change, name="local-step"),
    path("eigen/<slug:place>/<slug:guide>/nieuw/", views_local.new, name="local-new"),
    path("eigen/<slug:place>/<slug:guide>/woorden/<slug:step>/", views_local.words, name="local-words"),
    path("<slug:slug>/", views_editor.overview, name="overview"),
    path("<slug:slug>/deel/<slug:part>/<int:number>/", views_editor.item, name="item"),
    path("<slug:slug>/deel/<slug:part>/<int:number>/nakijken/", views_editor.check, name="check"),
    path("<slug:slug>/tekening/", views_look.draw, name="drawing"),
    path("<slug:slug>/tekening.svg", views_look.svg, name="svg"),
    path("<slug:slug>/proberen/", views_look.preview, name="preview"),
    path("<slug:slug>/versies/", views_look.versions, name="versions"),
    path("<slug:slug>/tekst/", views_publishing.raw_text, name="text"),
    path("<slug:slug>/plaatsen/", views_publishing.publish, name="publish"),
]
