"""Help in the editors' admin, under /beheer/hulp/."""

from django.urls import include, path

from naast.directory.editing import views_editor, views_merging

own = [
    path("", views_editor.overview, name="index"),
    path("nieuw/", views_editor.new, name="new"),
    path("voorstellen/", views_editor.proposals, name="proposals"),
    path("voorstellen/<uuid:change_id>/", views_editor.proposal, name="proposal"),
    path("dubbel/", views_merging.doubles_list, name="doubles"),
    path("dubbel/<uuid:keep_id>/<uuid:gone_id>/", views_merging.merge, name="merge"),
    path("organisaties/<uuid:organisation_id>/", views_merging.organisation, name="organisation"),
    path("<uuid:offer_id>/", views_editor.edit, name="edit"),
    path("<uuid:offer_id>/staat/", views_editor.state, name="state"),
    path("<uuid:offer_id>/geschiedenis/", views_editor.history, name="history"),
]
urlpatterns = [path("hulp/", include((own, "help")))]
