"""The run of a guide in one encrypted cookie: limited to that guide's own path, small, gone after 60 minutes.

Nothing of a run is kept on our side. The cookie is bound to its place and guide, so it opens nowhere else. A danger
answer never gets here: the engine refuses to give one.
"""

from __future__ import annotations

import base64
import binascii
from dataclasses import replace

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from naast.core import clock, crypto
from naast.guide import rules

PREFIX = "naast-guide"


def cookie_name(request: HttpRequest, slug: str) -> str:
    """Return the cookie's name; one per guide and language, because a browser can drop only one path per name."""
    return named(slug, request.at.language)  # type: ignore[attr-defined]


def named(slug: str, language: str) -> str:
    """Return the name of a guide's cookie in one language."""
    return f"{PREFIX}-{slug}" if language == "nl" else f"{PREFIX}-{slug}-{language}"


def path(slug: str) -> str:
    """Return the only path that gets the cookie: this guide of this place."""
    return reverse("guide:flow", args=[slug])


def _bound_to(request: HttpRequest, slug: str) -> dict[str, str]:
    place = request.place  # type: ignore[attr-defined]
    return {"model": "guide.run", "record_id": f"{place.slug}/{slug}", "field": "run"}


def read(request: HttpRequest, slug: str) -> rules.Run | None:
    """Return the run of this browser, or None: no cookie, not ours, another place's, or older than 60 minutes."""
    sealed = request.COOKIES.get(cookie_name(request, slug), "")
    if not sealed or len(sealed) > 2 * rules.COOKIE_BYTES:
        return None
    try:
        text = crypto.decrypt(base64.urlsafe_b64decode(sealed.encode()), **_bound_to(request, slug))
    except (crypto.Unreadable, binascii.Error, ValueError):
        return None
    run = rules.read_run(text)
    return run if run and run.is_fresh(int(clock.now().timestamp())) else None


def seal(request: HttpRequest, slug: str, run: rules.Run) -> str:
    """Return the cookie's value."""
    return base64.urlsafe_b64encode(crypto.encrypt(rules.write_run(run), **_bound_to(request, slug))).decode()


def write(request: HttpRequest, response: HttpResponse, slug: str, run: rules.Run) -> None:
    """Put the run in the answer, good for another 60 minutes."""
    run = replace(run, touched=int(clock.now().timestamp()))
    value = seal(request, slug, run)
    if len(value) > rules.COOKIE_BYTES:
        # Answers make the plan; ticks are the part that can be given again.
        value = seal(request, slug, replace(run, done=()))
    response.set_cookie(
        cookie_name(request, slug),
        value,
        max_age=rules.RUN_LASTS,
        path=path(slug),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def drop(request: HttpRequest, response: HttpResponse, slug: str) -> None:
    """Take the run out of the browser."""
    response.delete_cookie(cookie_name(request, slug), path=path(slug), samesite="Lax")
