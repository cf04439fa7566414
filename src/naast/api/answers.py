"""What every answer of the API has: version, CORS, no caching, and problems as application/problem+json.

After the NL API Design Rules: /core/version-header, /core/error-handling/problem-details, /core/error-handling/invalid-input
(400), /core/transport/cors. Answers never tell internals.
"""

import json
import logging
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from naast.core import limits

VERSION = "1.0.0"
log = logging.getLogger("naast.api")
METHODS = "GET, HEAD, OPTIONS"
TITLES = {
    400: "De vraag klopt niet",
    404: "Niet gevonden",
    405: "Alleen lezen",
    429: "Even te vaak gevraagd",
    500: "Er ging bij ons iets mis",
}
PROBLEM = "application/problem+json"

View = Callable[..., HttpResponse]


def problem(status: int, detail: str, **more: Any) -> HttpResponse:
    """One problem after RFC 9457; `detail` is for the reader and repeats no more than what they sent."""
    body = {"type": "about:blank", "status": status, "title": TITLES[status], "detail": detail, **more}
    return HttpResponse(json.dumps(body, ensure_ascii=False), status=status, content_type=PROBLEM)


def finished(response: HttpResponse) -> HttpResponse:
    """Add the headers that every answer has."""
    response.headers["API-Version"] = VERSION
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["X-Frame-Options"] = "DENY"
    response.headers["Access-Control-Expose-Headers"] = "API-Version, Retry-After"
    response.headers["Cache-Control"] = "no-store"
    response.headers["Content-Security-Policy"] = "default-src 'none'; frame-ancestors 'none'"
    return response


def answered(view: View) -> View:
    """Wrap a view: limits, OPTIONS and HEAD, every error as a problem, every answer with its headers."""

    @csrf_exempt
    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "OPTIONS":
            response = HttpResponse(status=204)
            response.headers["Allow"] = response.headers["Access-Control-Allow-Methods"] = METHODS
            response.headers["Access-Control-Allow-Headers"] = "Accept, Content-Type"
            return finished(response)
        if request.method not in ("GET", "HEAD"):
            response = problem(405, f"Deze API is alleen om te lezen: {METHODS}.")
            response.headers["Allow"] = METHODS
            return finished(response)
        verdict = limits.allow("search", request)
        if not verdict.ok:
            response = problem(429, "Wacht even en probeer het daarna opnieuw.")
            response.headers["Retry-After"] = str(verdict.retry_after)
            return finished(response)
        request.method = "GET"
        try:
            response = view(request, *args, **kwargs)
        except Http404:
            response = problem(
                404, "Op dit adres staat niets. Een adres van deze API eindigt niet op een schuine streep."
            )
        except SuspiciousOperation:
            response = problem(400, "De vraag is te groot of niet te lezen.")
        except Exception as error:
            # the class only: a message could hold what somebody typed
            log.error("An answer of the API failed: %s", type(error).__name__)
            response = problem(500, "Probeer het later opnieuw.")
        return finished(response)

    return wrapped


@answered
def nothing_here(request: HttpRequest, path: str = "") -> HttpResponse:
    """Every other address below /api/v1/, those with a trailing slash included."""
    raise Http404
