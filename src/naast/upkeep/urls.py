"""Addresses of the place administrator, below /loket/plaats/."""

from django.urls import include, path

from . import views, views_style

own = [
    path("", views.home, name="home"),
    path("<slug:place>/", views.overview, name="place"),
    path("<slug:place>/adres/", views.host, name="host"),
    path("<slug:place>/huisstijl/", views_style.style, name="style"),
    path("<slug:place>/huisstijl/toets/", views_style.check, name="check"),
    path("<slug:place>/huisstijl/voorbeeld.css", views_style.preview_css, name="preview-css"),
    path("<slug:place>/huisstijl/voorbeeld/<slug:page>/", views_style.preview, name="preview"),
    path("<slug:place>/huisstijl/terug/<uuid:style_id>/", views_style.put_back, name="put-back"),
]
urlpatterns = [path("plaats/", include((own, "upkeep")))]
