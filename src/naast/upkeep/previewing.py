"""Real pages of a place in a house style that nobody else sees yet, made by the whole chain as for a reader."""

import re
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit

from django.core.handlers.base import BaseHandler
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpRequest, HttpResponse

from naast.places import hosts
from naast.places.rules import PlaceInfo
from naast.places.tailor import StyleChoice

# Key in the address → path below the place.
PAGES = {"begin": "", "ouders": "ouders/", "formulier": "vraag/", "kinderen": "kinderen/"}
# A preview is looked at, not used: nothing in its frame runs, remembers the place or leaves the site.
_SCRIPT = re.compile(rb"<script\b[^>]*>.*?</script>", re.DOTALL)
_KEPT = ("REMOTE_ADDR", "SERVER_NAME", "SERVER_PORT", "SERVER_PROTOCOL", "HTTP_X_FORWARDED_PROTO", "wsgi.url_scheme")


@dataclass(frozen=True)
class Preview:
    """What the frame of a previewed page needs: where the style sheet lies, and what was chosen."""

    href: str
    choice: StyleChoice


class _Handler(BaseHandler):
    """Django's own chain, loaded once; a preview is a request in it without anybody's cookies."""

    def __init__(self) -> None:
        super().__init__()
        self.load_middleware()


@cache
def _handler() -> _Handler:
    return _Handler()


def render_page(request: HttpRequest, place: PlaceInfo, page: str, preview: Preview) -> HttpResponse:
    """Return one of PAGES of a place as a reader would get it, in another house style. KeyError for an unknown page."""
    environ: dict[str, Any] = {name: request.META[name] for name in _KEPT if name in request.META}
    environ |= {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": f"/{place.slug}/{PAGES[page]}",
        "SCRIPT_NAME": "",
        "QUERY_STRING": "",
        "HTTP_HOST": urlsplit(hosts.shared_address(request)).netloc,
        "wsgi.input": BytesIO(),
    }
    environ.setdefault("wsgi.url_scheme", request.scheme)
    inner: Any = WSGIRequest(environ)
    inner.is_dummy, inner.preview = True, preview
    made: Any = _handler().get_response(inner)
    still = _SCRIPT.sub(b"", made.content)
    return HttpResponse(still, status=made.status_code, content_type=made.headers.get("Content-Type"))
