"""The outermost layer round Django: counts visits, and holds shared pages in memory (docs/decisions/0004).

A page is held under scheme, host, path and query, exactly as Django answered it for a reader without a cookie of ours
(the host in small letters, the query in one order: what is the same page is held once);
it is served again only while the generations of its place and of the shared tree are what they were before Django was
called, and only while the watch looked at them lately. A host gets into the keys only after Django accepted it.
"""

import gzip
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any
from urllib.parse import parse_qsl, urlencode

import brotli
from django.conf import settings
from django.core.handlers.wsgi import get_str_from_wsgi

from .generations import watch
from .sharing import MAX_AGE, SHARED_HEADER, has_our_cookie

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
Headers = list[tuple[str, str]]
Visit = Callable[[Environ], None]
DROPPED = {"vary", "cache-control", "content-length", "etag", SHARED_HEADER.lower()}
LONGEST_QUERY = 500  # characters; what is longer than every filter together is made anew each time
ASKED_PART = 4  # pages with a query get this part of the room, so that made-up queries push no plain page out
PASSED_BY = ("/static/", "/media/", "/loket/", "/kluisje/", "/beheer/", "/-/")


def cookie_names(environ: Environ) -> list[str]:
    """Return the names of the cookies that came with a request, read as Django reads them."""
    header = get_str_from_wsgi(environ, "HTTP_COOKIE", "")
    return [part.partition("=")[0].strip() for part in header.split(";")] if header else []


def one_order(query: str) -> str:
    """Return a query as all its spellings mean it: no empty parts, keys in order, a key's own values as they came."""
    return urlencode(sorted(parse_qsl(query, keep_blank_values=True), key=lambda pair: pair[0])) if query else ""


@dataclass
class Page:
    """One held page: its body per encoding, made when first asked for."""

    place: str
    generation: tuple[int, int]
    headers: Headers
    body: bytes
    made: dict[str, tuple[bytes, str]] = field(default_factory=dict)

    def as_encoded(self, encoding: str) -> tuple[bytes, str]:
        """Return (body, ETag) in one encoding: br, gzip or identity."""
        if encoding not in self.made:
            if encoding == "br":
                body = brotli.compress(self.body, quality=6)
            elif encoding == "gzip":
                body = gzip.compress(self.body, compresslevel=6, mtime=0)
            else:
                body = self.body
            self.made[encoding] = body, f'"{blake2b(body, digest_size=12).hexdigest()}"'
        return self.made[encoding]

    def size(self) -> int:
        """Return about how many bytes this page takes."""
        return len(self.body) * 2


class Pages:
    """Held pages, the least recently used one goes first when the room is full."""

    def __init__(self, room: int) -> None:
        self.room = room
        self.used = 0
        self._pages: OrderedDict[tuple[str, ...], Page] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: tuple[str, ...]) -> Page | None:
        """Return a page that still shows what its place shows, or None."""
        page = self._pages.get(key)
        if page is None or not watch.trusted() or page.generation != watch.number(page.place):
            return None
        with self._lock:
            if key in self._pages:
                self._pages.move_to_end(key)
        return page

    def put(self, key: tuple[str, ...], page: Page) -> None:
        """Hold a page."""
        with self._lock:
            old = self._pages.pop(key, None)
            self.used += page.size() - (old.size() if old else 0)
            self._pages[key] = page
            while self.used > self.room and self._pages:
                _, gone = self._pages.popitem(last=False)
                self.used -= gone.size()

    def clear(self) -> None:
        """Forget all (tests)."""
        with self._lock:
            self._pages.clear()
            self.used = 0


def chosen_encoding(accepted: str) -> str:
    """Return the best encoding the reader accepts."""
    offers = {part.partition(";")[0].strip() for part in accepted.lower().split(",")}
    return "br" if "br" in offers else "gzip" if "gzip" in offers else "identity"


class Outermost:
    """WSGI: visits counted, shared pages served from memory, all else handed to Django."""

    def __init__(self, app: Callable[..., Iterable[bytes]], on_visit: Visit | None = None) -> None:
        self.app = app
        self.on_visit = on_visit
        self.pages = Pages(settings.NAAST_PAGE_CACHE_BYTES)
        self.asked = Pages(settings.NAAST_PAGE_CACHE_BYTES // ASKED_PART)

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request."""
        path = environ.get("PATH_INFO", "")
        if path.startswith(PASSED_BY):
            return self.app(environ, start_response)
        watch.start()
        method = environ["REQUEST_METHOD"]
        sharable = (
            method in ("GET", "HEAD")
            and "HTTP_AUTHORIZATION" not in environ
            and not environ.get("HTTP_HX_REQUEST")
            and not has_our_cookie(cookie_names(environ))
        )
        if not sharable:
            return self._pass_on(environ, start_response, None)
        query = environ.get("QUERY_STRING", "")
        if len(query) > LONGEST_QUERY:
            return self._pass_on(environ, start_response, None)
        key = (environ.get("wsgi.url_scheme", ""), environ.get("HTTP_HOST", "").lower(), path, one_order(query))
        page = self._room_of(key).get(key)
        if page is not None:
            if self.on_visit:
                self.on_visit(environ)
            return self._answer(environ, start_response, page)
        return self._pass_on(environ, start_response, key)

    def _room_of(self, key: tuple[str, ...]) -> Pages:
        return self.asked if key[-1] else self.pages

    def _pass_on(self, environ: Environ, start_response: StartResponse, key: tuple[str, ...] | None) -> Iterable[bytes]:
        # Noted before Django is called: a change during rendering makes the page old at once.
        trusted, look = watch.trusted(), watch.number
        before: dict[str, tuple[int, int]] = {}
        numbers = dict(watch._numbers)
        said: dict[str, Any] = {}

        def remember(status: str, headers: Headers, exc_info: Any = None) -> Callable[[bytes], Any]:
            said.update(status=status, headers=headers, exc_info=exc_info)
            return lambda data: None

        chunks = self.app(environ, remember)
        headers: Headers = said["headers"]
        place = next((value for name, value in headers if name.lower() == SHARED_HEADER.lower()), None)
        if self.on_visit and said["status"].startswith("200"):
            self.on_visit(environ)
        if place is None:
            start_response(said["status"], headers)
            return chunks
        clean = [(name, value) for name, value in headers if name.lower() not in DROPPED]
        sets_cookie = any(name.lower() == "set-cookie" for name, _ in headers)
        if key is None or sets_cookie or environ["REQUEST_METHOD"] != "GET":
            # The same page, but for somebody with a cookie of ours: not to be kept anywhere.
            private = [pair for pair in headers if pair[0].lower() not in {SHARED_HEADER.lower(), "cache-control"}]
            start_response(said["status"], [*private, ("Cache-Control", "private, no-store")])
            return chunks
        body = b"".join(chunks)
        if hasattr(chunks, "close"):
            chunks.close()
        before[place] = numbers.get(place, 0), numbers.get("*", 0)
        page = Page(place, before[place], clean, body)
        if trusted and look(place) == before[place]:
            self._room_of(key).put(key, page)
        return self._answer(environ, start_response, page)

    def _answer(self, environ: Environ, start_response: StartResponse, page: Page) -> Iterable[bytes]:
        encoding = chosen_encoding(environ.get("HTTP_ACCEPT_ENCODING", ""))
        body, etag = page.as_encoded(encoding)
        headers = [*page.headers, ("Cache-Control", MAX_AGE), ("Vary", "Accept-Encoding"), ("ETag", etag)]
        if etag in environ.get("HTTP_IF_NONE_MATCH", ""):
            start_response("304 Not Modified", headers)
            return [b""]
        if encoding != "identity":
            headers.append(("Content-Encoding", encoding))
        start_response("200 OK", [*headers, ("Content-Length", str(len(body)))])
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]
