"""Addresses of the content room below a place. Wagtail asks for `wagtail_serve` by that name."""

from django.urls import include, path, re_path

from naast.content import views
from naast.content.glossary import views as views_glossary
from naast.content.media import views as views_extra
from naast.content.search import views as views_search

CHILDREN = "kinderen/wat-weet-naast-van-jou/"

named = (
    [
        path("privacy/", views.serve, {"path": "privacy/"}, name="privacy"),
        path(CHILDREN, views.serve, {"path": CHILDREN}, name="privacy-children"),
        path("toegankelijkheid/", views.serve, {"path": "toegankelijkheid/"}, name="accessibility"),
        path("wie-zit-hierachter/", views.serve, {"path": "wie-zit-hierachter/"}, name="about"),
        path("lijsten/", views_extra.lists, name="lists"),
        path("lijsten/<slug:slug>.pdf", views_extra.checklist_paper, name="list-paper"),
        path("lijsten/<slug:slug>/", views_extra.checklist, name="list"),
        path("vragen/", views.serve, {"path": "vragen/"}, name="faq"),
        path("woordenlijst/", views_glossary.terms, name="glossary"),
        path("zoeken/", views_search.search, name="search"),
    ],
    "content",
)

urlpatterns = [
    path("", include(named)),
    re_path(r"^((?:[\w\-]+/)*)$", views.serve, name="wagtail_serve"),
]
