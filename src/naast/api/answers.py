"""What every answer of our public interfaces has: version, CORS, whether it may be held, and problems as problem+json.

After the NL API Design Rules: /core/version-header, /core/error-handling/problem-details, /core/error-handling/invalid-input
(400), /core/transport/cors. Their advice `Cache-Control: no-store` holds for problems and for questions in people's own
words; the open lists may be held for a minute and carry a strong ETag (docs/api.md says why). Answers never tell internals.
"""

import json
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from hashlib import blake2b
from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import parse_etags
from django.views.decorators.csrf import csrf_exempt

from naast.core import limits

log = logging.getLogger("naast.api")
METHODS = "GET, HEAD, OPTIONS"
PROBLEM = "application/problem+json"
EXPOSED = "API-Version, ETag, Link, Location, Retry-After"
HELD = "public, max-age=60"
# What somebody typed, and where they live: an answer to that is held nowhere on the way.
PRIVATE_KEYS = frozenset({"q", "search", "postcode"})

View = Callable[..., HttpResponse]


@dataclass(frozen=True)
class Surface:
    """One public interface: its full version, and its sentences for what can go wrong, by status."""

    version: str
    titles: Mapping[int, str]
    details: Mapping[int, str]


V1 = Surface(
    version="1.1.0",
    titles={
        400: "De vraag klopt niet",
        404: "Niet gevonden",
        405: "Alleen lezen",
        410: "Bestaat niet meer",
        429: "Even te vaak gevraagd",
        500: "Er ging bij ons iets mis",
    },
    details={
        400: "De vraag is te groot of niet te lezen.",
        404: "Op dit adres staat niets. Een adres van deze API eindigt niet op een schuine streep.",
        405: f"Deze API is alleen om te lezen: {METHODS}.",
        410: "Dit aanbod of deze organisatie is gestopt.",
        429: "Wacht even en probeer het daarna opnieuw.",
        500: "Probeer het later opnieuw.",
    },
)
HSDS = Surface(
    version="3.0.0",
    titles={
        400: "The question is not right",
        404: "Not found",
        405: "For reading only",
        410: "No longer exists",
        429: "Too many requests",
        500: "Something went wrong here",
    },
    details={
        400: "The question is too large or cannot be read.",
        404: "Nothing stands at this address. An address of this API does not end with a slash.",
        405: f"This API is for reading only: {METHODS}.",
        410: "This service or organization has ended.",
        429: "Wait a moment and try again.",
        500: "Try again later.",
    },
)


def problem(status: int, detail: str = "", *, surface: Surface = V1, **more: Any) -> HttpResponse:
    """One problem after RFC 9457; `detail` is for the reader and repeats no more than what they sent."""
    said = detail or surface.details[status]
    body = {"type": "about:blank", "status": status, "title": surface.titles[status], "detail": said, **more}
    return HttpResponse(json.dumps(body, ensure_ascii=False), status=status, content_type=PROBLEM)


def finished(response: HttpResponse, surface: Surface) -> HttpResponse:
    """Add the headers that every answer has."""
    response.headers["API-Version"] = surface.version
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Expose-Headers"] = EXPOSED
    response.headers["X-Frame-Options"] = "DENY"
    response.headers.setdefault("Cache-Control", "no-store")
    response.headers["Content-Security-Policy"] = (
        "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
    return response


def held(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Let an open answer be held for a minute, with a strong ETag of its bytes; 304 for who holds these bytes already.

    Compared weakly, as RFC 9110 (13.1.2) asks of If-None-Match: a proxy that compresses makes a strong tag weak.
    """
    if response.status_code != 200 or response.streaming or PRIVATE_KEYS & set(request.GET):
        return response
    etag = f'"{blake2b(response.content, digest_size=16).hexdigest()}"'
    known = [one.removeprefix("W/") for one in parse_etags(request.headers.get("If-None-Match", ""))]
    if etag in known or "*" in known:
        same = HttpResponse(status=304)
        del same.headers["Content-Type"]
        if "Link" in response.headers:
            same.headers["Link"] = response.headers["Link"]
        response = same
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = HELD
    return response


def answered(view: View, surface: Surface = V1) -> View:
    """Wrap a view: limits, OPTIONS and HEAD, every error as a problem, every answer with its headers."""

    @csrf_exempt
    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return finished(_answer(request, *args, **kwargs), surface)

    def _answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "OPTIONS":
            response = HttpResponse(status=204)
            response.headers["Allow"] = response.headers["Access-Control-Allow-Methods"] = METHODS
            response.headers["Access-Control-Allow-Headers"] = "Accept, Content-Type, If-None-Match"
            response.headers["Access-Control-Max-Age"] = "86400"
            return response
        if request.method not in ("GET", "HEAD"):
            response = problem(405, surface=surface)
            response.headers["Allow"] = METHODS
            return response
        verdict = limits.allow("api", request)
        if not verdict.ok:
            response = problem(429, surface=surface)
            response.headers["Retry-After"] = str(verdict.retry_after)
            return response
        request.method = "GET"
        try:
            return held(request, view(request, *args, **kwargs))
        except Http404:
            return problem(404, surface=surface)
        except SuspiciousOperation:
            return problem(400, surface=surface)
        except Exception as error:
            # the class only: a message could hold what somebody typed
            log.error("An answer of the API failed: %s", type(error).__name__)
            return problem(500, surface=surface)

    return wrapped


def _nothing(request: HttpRequest, path: str = "") -> HttpResponse:
    raise Http404


# every other address below /api/v1/ and /hsds/v3/, those with a trailing slash included
nothing_here = answered(_nothing)
nothing_in_hsds = answered(_nothing, HSDS)
