"""The place and language of a request: taken off the path and made Django's script prefix (docs/decisions/0001, 0015).

Then every `reverse`, `{% url %}` and page address carries both by itself. Outside a place the house's own addresses for
residents carry the language alone (`/en/kluisje/`); all else is passed on unchanged. On a place's own host name the
place is known already and the path holds none (docs/decisions/0016).
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import get_script_prefix, get_urlconf, set_script_prefix, set_urlconf

from naast.core import generations, languages
from naast.core.sharing import on_own_host

from . import hosts, queries, rules
from .rules import PlaceInfo
from .standing import At, standing

# What asks whether we live must hear it when the database, and so every place, is away.
WITHOUT_PLACES = frozenset({"/-/live", "/-/ready"})
IN_PLACES = frozenset({"hulp-nu", "zo-werkt-weggaan"})  # in the house and in each place


def find(request: HttpRequest) -> tuple[At, str] | None:
    """Return where a request stands and the rest of its path, or None outside every place."""
    cut = rules.split_path(request.path_info, queries.spoken())
    if not cut.slug or cut.slug in rules.RESERVED:
        return None
    place = queries.by_slug(cut.slug)
    if place is None or place.kind == "country":
        return None
    return At(place, cut.language), cut.rest


def find_on_own_host(request: HttpRequest, own: PlaceInfo) -> tuple[At, str] | None:
    """Return where a request on a place's own host stands: everywhere in that place, but for the house's addresses."""
    cut = rules.split_path(request.path_info, queries.spoken())
    if cut.slug in rules.RESERVED - IN_PLACES:
        return None
    path = request.path_info
    rest = path if cut.language == languages.DUTCH else "/" + path.removeprefix("/").partition("/")[2]
    return At(own, cut.language, own.own_host), rest


def away_from(request: HttpRequest, own: PlaceInfo, shared: str) -> str:
    """Return where an address leads that names a place although the own host does already; '' for all others.

    `/enschede/hulp/` on Enschede's own host is `/hulp/`; another place, and choosing one, lie on the shared host.
    """
    cut = rules.split_path(request.path_info, queries.spoken())
    named = queries.by_slug(cut.slug) if cut.slug and cut.slug not in rules.RESERVED else None
    if cut.slug == "kies" or (named is not None and named.slug != own.slug):
        return shared + request.get_full_path()
    if named is not None:
        query = request.META.get("QUERY_STRING", "")
        # One slash: "//elsewhere" would lead to another host.
        rest = "/" + cut.rest.lstrip("/")
        return f"{At(own, cut.language, own.own_host).prefix}{rest}{f'?{query}' if query else ''}"
    return ""


def _moved(request: HttpRequest, address: str) -> HttpResponse:
    response = HttpResponseRedirect(address)
    if request.method not in ("GET", "HEAD"):
        response.status_code = 307  # what was typed goes along
    return response


def find_language(path: str) -> tuple[str, str] | None:
    """Return the language of one of the house's own addresses and the rest of its path, or None where it has none."""
    cut = rules.split_path(path, queries.spoken())
    if cut.language == languages.DUTCH or cut.slug not in languages.WITH_LANGUAGE:
        return None
    if not cut.slug and cut.rest != "/":  # "/en//elsewhere/" is no address
        return None
    return cut.language, f"/{cut.slug}{cut.rest}" if cut.slug else "/"


@contextmanager
def _addresses(prefix: str, urlconf: str | None) -> Iterator[None]:
    """Put a prefix before every address that is made, and take addresses from this list."""
    old = get_script_prefix(), get_urlconf()
    set_script_prefix(prefix)
    set_urlconf(urlconf)
    try:
        yield
    finally:
        set_script_prefix(old[0])
        set_urlconf(old[1])


class PlaceMiddleware:
    """Sets `request.place` and `request.at`, and stands there while the request is answered."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request from where it stands."""
        request.place = request.at = None  # type: ignore[attr-defined]
        if request.path_info in WITHOUT_PLACES:
            return self.get_response(request)
        with generations.one_look():
            own = queries.by_host(hosts.bare(request))
            if own is None:
                return self._in_house(request, find(request))
            shared = hosts.shared_address(request)
            leads_to = away_from(request, own, shared)
            if leads_to:
                return _moved(request, leads_to)
            with on_own_host(own.slug, shared):
                return self._in_house(request, find_on_own_host(request, own))

    def _in_house(self, request: HttpRequest, found: tuple[At, str] | None) -> HttpResponse:
        if found:
            at, rest = found
            request.place, request.at, request.path_info = at.place, at, rest  # type: ignore[attr-defined]
            request.urlconf = settings.PLACE_URLCONF  # type: ignore[attr-defined]
            with _addresses(at.prefix + "/", settings.PLACE_URLCONF):
                return self._answer(request, standing(at))
        if spoken := find_language(request.path_info):
            code, request.path_info = spoken
            with _addresses(f"/{code}/", None):
                return self._answer(request, languages.reading_in(code))
        return self.get_response(request)

    def _answer(self, request: HttpRequest, stand: AbstractContextManager[object]) -> HttpResponse:
        with stand:
            response = self.get_response(request)
            if hasattr(response, "render") and not getattr(response, "is_rendered", True):
                response = response.render()  # while the prefix still stands
            return response
