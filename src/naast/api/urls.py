"""Addresses of the public API, version 1: what the rooms offer, each answer with the same headers."""

from django.urls import URLPattern, re_path

from naast.api.answers import answered, nothing_here
from naast.api.service import api

app_name = "api"


def _wrapped() -> list[URLPattern]:
    patterns: list[URLPattern] = [pattern for pattern in api.urls[0] if isinstance(pattern, URLPattern)]
    for pattern in patterns:
        pattern.callback = answered(pattern.callback)
    return patterns


urlpatterns = [*_wrapped(), re_path(r"^(?P<path>.*)$", nothing_here)]
