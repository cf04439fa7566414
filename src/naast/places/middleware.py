"""The place of a request: taken off the path and made Django's script prefix (docs/decisions/0001).

Then every `reverse`, `{% url %}` and page address carries the place by itself. Outside a place nothing changes.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import get_script_prefix, get_urlconf, set_script_prefix, set_urlconf

from naast.core import generations

from . import queries, rules
from .standing import At, standing


def find(request: HttpRequest) -> tuple[At, str] | None:
    """Return where a request stands and the rest of its path, or None outside every place."""
    cut = rules.split_path(request.path_info)
    if not cut.slug or cut.slug in rules.RESERVED:
        return None
    place = queries.by_slug(cut.slug)
    if place is None or place.kind == "country":
        return None
    return At(place, cut.language), cut.rest


class PlaceMiddleware:
    """Sets `request.place` and `request.at`, and stands there while the request is answered."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request from where it stands."""
        request.place = request.at = None  # type: ignore[attr-defined]
        with generations.one_look():
            found = find(request)
            if found is None:
                return self.get_response(request)
            at, rest = found
            request.place, request.at, request.path_info = at.place, at, rest  # type: ignore[attr-defined]
            old = get_script_prefix(), get_urlconf()
            set_script_prefix(at.prefix + "/")
            request.urlconf = settings.PLACE_URLCONF  # type: ignore[attr-defined]
            set_urlconf(settings.PLACE_URLCONF)
            try:
                with standing(at):
                    response = self.get_response(request)
                    if hasattr(response, "render") and not getattr(response, "is_rendered", True):
                        response = response.render()  # while the prefix still stands
                    return response
            finally:
                set_script_prefix(old[0])
                set_urlconf(old[1])
