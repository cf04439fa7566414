"""Addresses of the demonstration; they exist only with the embedded settings and NAAST_DEMO=1."""

from django.urls import path

from naast.demo import post_views, views

app_name = "demo"
urlpatterns = [
    path("as/<slug:role>/", views.look_as, name="as"),
    path("post/", post_views.post, name="post"),
]
