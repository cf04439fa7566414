"""Serving films in pieces, and lists to tick off on the screen and on paper."""

import threading
from collections.abc import Iterator

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import get_script_prefix
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from naast.content import library
from naast.content.media import papers
from naast.content.media import queries as extras
from naast.content.media.rules import CONTENT_TYPES, NotThere, piece
from naast.content.queries import door_card
from naast.core import limits
from naast.core.sharing import shared_page
from naast.places.rules import PlaceInfo
from naast.places.views import desk_context

KEPT = "public, max-age=600"
CHUNK = 256 * 1024
WHOLE_AT_ONCE = 2  # whole films that stream at a time: each holds one of the server's few threads
_streams = threading.BoundedSemaphore(WHOLE_AT_ONCE)


# ---------- films ----------


@require_safe
def film_file(request: HttpRequest, key: str, name: str) -> HttpResponseBase:
    """A film, its picture or its subtitles, of a film that readers may see; else 404."""
    film = extras.film(key)
    if film is None:
        raise Http404
    for one in film.subtitles:
        if one.href.endswith(f"/{name}"):
            return _answer(HttpResponse(one.vtt, content_type=CONTENT_TYPES["vtt"]))
    if film.video_href.endswith(f"/{name}"):
        return _file(request, film.video, film.video_digest, film.content_type)
    if film.poster_href.endswith(f"/{name}"):
        return _file(request, film.poster, film.poster_digest, CONTENT_TYPES["webp"])
    raise Http404


def _answer(response: HttpResponseBase) -> HttpResponseBase:
    response.headers["Cache-Control"] = KEPT if response.status_code < 400 else "no-store"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def _file(request: HttpRequest, name: str, digest: str, content_type: str) -> HttpResponseBase:
    """Answer with a file of the storage: whole, one piece of it, or that the reader has it (RFC 9110, docs/decisions/0017)."""
    etag = f'"{digest}"'
    if settings.NAAST_ACCEL:
        # The proxy in front sends the file itself, pieces included.
        response: HttpResponseBase = HttpResponse(content_type=content_type)
        response.headers["X-Accel-Redirect"] = f"{settings.NAAST_ACCEL}{name}"
        return _answer(response)
    if etag in request.headers.get("If-None-Match", ""):
        response = HttpResponse(status=304)
        response.headers["ETag"] = etag
        return _answer(response)
    try:
        file = default_storage.open(name)
    except FileNotFoundError as error:
        raise Http404 from error
    size = file.size
    wanted = request.headers.get("Range", "")
    if request.headers.get("If-Range", etag) != etag:
        wanted = ""
    try:
        part = piece(wanted, size, settings.NAAST_FILM_PIECE) if wanted else None
    except NotThere:
        response = HttpResponse(status=416)
        response.headers["Content-Range"] = f"bytes */{size}"
    else:
        response = _part(request, file, part, size, content_type) if part else _whole(request, file, size, content_type)
    response.headers["ETag"] = etag
    response.headers["Accept-Ranges"] = "bytes"
    return _answer(response)


def _part(
    request: HttpRequest, file: File[bytes], part: tuple[int, int], size: int, content_type: str
) -> HttpResponseBase:
    """One piece, read at once: the thread is free before a slow phone has it."""
    first, last = part
    with file:
        file.seek(first)
        body = b"" if request.method == "HEAD" else file.read(last - first + 1)
    response = HttpResponse(body, status=206, content_type=content_type)
    response.headers["Content-Range"] = f"bytes {first}-{last}/{size}"
    response.headers["Content-Length"] = str(last - first + 1)
    return response


def _whole(request: HttpRequest, file: File[bytes], size: int, content_type: str) -> HttpResponseBase:
    """The whole file, as somebody who keeps it asks for it."""
    if request.method == "HEAD" or size <= settings.NAAST_FILM_PIECE:
        with file:
            body = b"" if request.method == "HEAD" else file.read()
        response: HttpResponseBase = HttpResponse(body, content_type=content_type)
    elif _streams.acquire(blocking=False):
        response = StreamingHttpResponse(_Chunks(file), content_type=content_type)
    else:
        file.close()
        response = HttpResponse(status=503)
        response.headers["Retry-After"] = "20"
        return response
    response.headers["Content-Length"] = str(size)
    return response


class _Chunks:
    """A file in chunks; whatever happens, its end gives the room back to the next."""

    def __init__(self, file: File[bytes]) -> None:
        self.file = file
        self.open = True

    def __iter__(self) -> Iterator[bytes]:
        while chunk := self.file.read(CHUNK):
            yield chunk

    def close(self) -> None:
        """Close once, also when the reader went away."""
        if self.open:
            self.open = False
            self.file.close()
            _streams.release()


# ---------- lists ----------


def _place(request: HttpRequest) -> PlaceInfo:
    """Return the place we read in. 404 outside a place that takes part."""
    place: PlaceInfo | None = getattr(request, "place", None)
    if place is None or not ((place.takes_part and place.live) or place.is_region):
        raise Http404
    return place


def _list(slug: str) -> extras.ListCard:
    found = extras.checklist(slug)
    if found is None:
        raise Http404
    return found


def _language(request: HttpRequest) -> str:
    return str(request.at.language)  # type: ignore[attr-defined]


@shared_page
@require_safe
def lists(request: HttpRequest) -> HttpResponse:
    """`/lijsten/`: every list, by who it is for."""
    place, language = _place(request), _language(request)
    groups = [(door_card(audience, language), rows) for audience, rows in extras.lists_by_audience()]
    context = {
        "groups": groups,
        "crumbs": [{"url": get_script_prefix(), "label": place.name}],
        "dutch_stands_in": language != "nl",
    }
    return render(request, "content/lists.html", context)


@shared_page
@require_safe
def checklist(request: HttpRequest, slug: str) -> HttpResponse:
    """`/lijsten/<slug>/`: one list to tick off; ticks are kept nowhere."""
    place, found = _place(request), _list(slug)
    context = {
        "list": found,
        "page": found,
        "check": found.state,
        "audience": found.audiences[0],
        "related": [card for one in found.pages if (card := library.by_slug(one, _language(request)))],
        "base_template": "core/kids_base.html" if found.for_children else "core/base.html",
        "crumbs": [
            {"url": get_script_prefix(), "label": place.name},
            {"url": f"{get_script_prefix()}lijsten/", "label": _("Lists to tick off")},
        ],
        "dutch_stands_in": _language(request) != "nl",
    }
    return render(request, "content/list.html", context)


@shared_page
@require_safe
def checklist_paper(request: HttpRequest, slug: str) -> HttpResponse:
    """`/lijsten/<slug>.pdf`: the list on paper, made for this place; held in memory like a page (docs/decisions/0004)."""
    place, found = _place(request), _list(slug)
    verdict = limits.allow("search", request)
    if not verdict.ok:
        response = render(request, "core/429.html", status=429)
        response.headers["Retry-After"] = str(verdict.retry_after)
        return response
    desk = None if found.for_children else desk_context(place)
    body = papers.checklist(found, place_name=place.name, desk=desk)
    response = HttpResponse(body, content_type="application/pdf")
    # A neutral name: it stands in the list of downloads.
    response.headers["Content-Disposition"] = 'attachment; filename="lijst.pdf"'
    return response
