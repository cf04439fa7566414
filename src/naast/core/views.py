"""Addresses of the ground: liveness, readiness, leaving the site, what happens when a form is too old."""

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from . import leaving
from .limits import Verdict


@require_safe
def live(request: HttpRequest) -> HttpResponse:
    """Say that the process lives."""
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """Say whether the database answers; no details to outsiders."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM core_generation LIMIT 1")
    except DatabaseError:
        return HttpResponse("not ready\n", status=503, content_type="text/plain; charset=utf-8")
    return HttpResponse("ready\n", content_type="text/plain; charset=utf-8")


@csrf_exempt
def leave(request: HttpRequest) -> HttpResponse:
    """Clear our own cookies and storage, end the session, and go to a neutral site at once."""
    if request.COOKIES.get(settings.SESSION_COOKIE_NAME):
        request.session.flush()
    response = HttpResponseRedirect(settings.NAAST_NEUTRAL_SITE)
    response.status_code = 303
    for name in list(request.COOKIES):
        if name.startswith(("naast-", settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME)):
            response.delete_cookie(name)
    leaving.drop(request, response)
    # Not "cookies": that would sign out the municipality's whole domain.
    response.headers["Clear-Site-Data"] = '"storage"'
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Cache-Control"] = "no-store"
    return response


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A staff form that is too old: say what happened and how to go on, and keep what was typed in view."""
    # A password is never shown again, and the token is nobody's words.
    typed = {
        name: value
        for name, value in request.POST.items()
        if len(value) > 20 and "password" not in name and name != "csrfmiddlewaretoken"
    }
    return render(request, "core/form_expired.html", {"typed": typed}, status=403)


def too_often(request: HttpRequest, verdict: Verdict) -> HttpResponse:
    """Somebody's network asked too much in a minute (429): a friendly page that says when to come back."""
    response = render(request, "core/429.html", {"retry_minutes": 1}, status=429)
    response.headers["Retry-After"] = str(verdict.retry_after)
    return response


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """A request that is not understood (400)."""
    return _plain(request, 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """A page this person may not see (403)."""
    return _plain(request, 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """An address that does not exist (404): with the postcode field and the ways on."""
    return _plain(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Our own fault (500): with the phone numbers, from a template that needs nothing."""
    return _plain(request, 500)


def _plain(request: HttpRequest, status: int) -> HttpResponse:
    if request.path.startswith(("/api/", "/hsds/")):
        titles = {400: "Bad Request", 403: "Forbidden", 404: "Not Found", 500: "Internal Server Error"}
        body = {"status": status, "title": titles[status], "detail": titles[status]}
        return JsonResponse(body, status=status, content_type="application/problem+json")
    try:
        return render(request, f"core/{status}.html", status=status)
    except Exception:
        if status != 500:
            raise
        return HttpResponse("Er ging iets mis. Bel 112 bij direct gevaar, of 0800-2000.", status=500)


@require_safe
def robots_txt(request: HttpRequest) -> HttpResponse:
    """Keep lockers, desk, forms and shared plans out of search engines."""
    lines = ["User-agent: *"]
    lines += [f"Disallow: {path}" for path in ("/kluisje/", "/loket/", "/beheer/", "/monitor/", "/demo/", "/-/")]
    lines += ["Disallow: /*/vraag/", "Disallow: /*/wegwijzer/*/", "Disallow: /*/plan/"]
    lines += ["Disallow: /vraag/", "Disallow: /wegwijzer/*/"]  # on a place's own host name
    lines += ["", f"Sitemap: {request.scheme}://{request.get_host()}/sitemap.xml"]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
