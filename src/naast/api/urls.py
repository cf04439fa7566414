"""Addresses of the public API, version 1: what the rooms offer, each answer with the same headers."""

from django.urls import URLPattern, re_path

from naast.api.answers import V1, Surface, answered, nothing_here
from naast.api.service import OpenApi, api

app_name = "api"


def wrapped(interface: OpenApi, surface: Surface) -> list[URLPattern]:
    """The addresses of one interface, each answer with the headers of its surface."""
    patterns: list[URLPattern] = [pattern for pattern in interface.urls[0] if isinstance(pattern, URLPattern)]
    for pattern in patterns:
        pattern.callback = answered(pattern.callback, surface)
    return patterns


urlpatterns = [*wrapped(api, V1), re_path(r"^(?P<path>(?s:.*))\Z", nothing_here)]
