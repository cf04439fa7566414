"""Pages of the locker. Nothing of them may be kept by a browser or a proxy, and no title says what lies in it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import (
    NoReverseMatch,
    Resolver404,
    get_script_prefix,
    get_urlconf,
    resolve,
    reverse,
    set_script_prefix,
    set_urlconf,
)
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from naast.core.sharing import outside
from naast.lockers import actions, contents, download, queries, readers
from naast.lockers.forms import CodeForm, EmailForm
from naast.lockers.models import Locker
from naast.places import queries as places
from naast.places import themes
from naast.places.rules import PlaceInfo

CHILDREN = "kinderen"
YOUNG = (CHILDREN, "jongeren")
FOOTER_LINES = 4
LONGEST_TEXT = 20_000  # characters of a text that waits while its locker is opened again


# --- The frame that all pages of an open locker share -----------------------------------------------------------------


@contextmanager
def _inside(place: PlaceInfo) -> Iterator[None]:
    """Stand inside a place for its addresses, without standing there for anything else."""
    old = get_script_prefix(), get_urlconf()
    set_script_prefix(f"/{place.slug}/")
    set_urlconf(settings.PLACE_URLCONF)
    try:
        yield
    finally:
        set_script_prefix(old[0])
        set_urlconf(old[1])


def _links(pairs: tuple[tuple[str, str], ...]) -> list[dict[str, Any]]:
    found = []
    for name, label in pairs:
        try:
            found.append({"url": reverse(name), "label": label, "current": False})
        except NoReverseMatch:
            continue
    return found


def frame(locker: Locker, current: str) -> dict[str, Any]:
    """Return what every page of an open locker needs: its place and look, its own menu, help lines in its order."""
    place = places.by_id(locker.place_id)
    kids = locker.audience == CHILDREN
    lines = places.helplines(locker.audience if locker.audience in YOUNG else None)
    context: dict[str, Any] = {
        "locker": locker,
        "kids": kids,
        "base_template": "core/kids_base.html" if kids else "core/base.html",
        "sections": contents.of(locker.pk),
        "current": current,
        "helplines": lines[:FOOTER_LINES],
        "urgent_lines": [line for line in lines if line.number][:FOOTER_LINES],
    }
    context["left"] = place is not None and not (place.takes_part and place.live)
    if place is not None and context["left"]:
        context |= {
            "place": place,
            "nav": [{"url": outside("lockers:open"), "label": _("Locker"), "current": True}],
            "footer_links": [{"url": outside("help-now"), "label": _("Help now")}],
            "theme_href": themes.address(place),
            "ask_href": "",
        }
    elif place is not None:
        with _inside(place):
            nav = _links(
                (
                    ("guide:index", _("Guide")),
                    ("directory:search", _("Help nearby")),
                    ("contact:ask", _("Ask a question")),
                )
            )
            footer = _links(
                (("content:privacy", _("What we keep and what not")), ("content:accessibility", _("Accessibility")))
            )
            ask = _links((("contact:ask", ""),))
        nav.append({"url": outside("lockers:open"), "label": _("Locker"), "current": True})
        context |= {
            "place": place,
            "nav": nav,
            "footer_links": [
                {"url": outside("help-now"), "label": _("Help now")},
                {"url": outside("leaving"), "label": _("How ‘Leave this site’ works")},
                *footer,
            ],
            "theme_href": themes.address(place),
            "ask_href": ask[0]["url"] if ask else f"/{place.slug}/",
            "privacy_href": footer[0]["url"] if footer else "",
        }
    return context


def needs_locker(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Guard a page of an open locker: the view gets the locker; without one its owner is led to the code and back."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        locker = queries.of_request(request)
        if locker is None:
            return to_code(request)
        return view(request, locker, *args, **kwargs)

    return guarded


def to_code(request: HttpRequest) -> HttpResponse:
    """Lead to the page with the code. What was typed comes along and stands ready after opening."""
    text = request.POST.get("text", "")[:LONGEST_TEXT] if request.method == "POST" else ""
    notice = (
        _("Your locker has closed. That happens after 20 minutes without use.") if queries.just_ended(request) else ""
    )
    if text:
        notice = _("Your locker has closed. Your text still stands here: open your locker, then send it.")
    return _code_page(request, CodeForm(label_suffix=""), notice=notice, next_url=request.path, text=text)


# --- Opening and closing ----------------------------------------------------------------------------------------------


# Exempt: a reader has no cookie, so there is no power to forge. A foreign site is refused by its origin.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def open_locker(request: HttpRequest) -> HttpResponse:
    """Show the locker, or the field for its code; a code opens it."""
    if request.method != "POST":
        locker = queries.of_request(request)
        if locker is not None:
            return _overview(request, locker)
        notice = ""
        if "dicht" in request.GET:
            notice = _("Your locker is closed.")
        elif queries.just_ended(request):
            notice = _("Your locker has closed. That happens after 20 minutes without use.")
        return _code_page(request, CodeForm(label_suffix=""), notice=notice)
    form = CodeForm(request.POST, label_suffix="")
    next_url, text = request.POST.get("next", ""), request.POST.get("text", "")[:LONGEST_TEXT]
    if is_foreign(request):
        return _code_page(request, CodeForm(label_suffix=""), next_url=next_url, text=text)
    try:
        locker = actions.unlock(code=request.POST.get("code", ""), request=request)
    except actions.TooOften as limit:
        response = _code_page(request, form, next_url=next_url, text=text, wait=limit.retry_after, status=429)
        response.headers["Retry-After"] = str(limit.retry_after)
        return response
    if locker is None:
        if form.is_valid():
            form.add_error("code", _("No locker opens with these five words. Is each word right, and the order too?"))
        return _code_page(request, form, next_url=next_url, text=text)
    return _go_on(request, next_url, text)


def is_foreign(request: HttpRequest) -> bool:
    """Tell whether another site sent this form: by Origin, and by what the browser says of where it came from."""
    origin = request.headers.get("Origin")
    own = f"{request.scheme}://{request.get_host()}"
    return (origin is not None and origin != own) or request.headers.get("Sec-Fetch-Site") == "cross-site"


def _go_on(request: HttpRequest, next_url: str, text: str) -> HttpResponse:
    """Go where the reader wanted to be; with a text that waits, show that page with the text in its field."""
    if not next_url or not url_has_allowed_host_and_scheme(next_url, allowed_hosts=None):
        next_url = outside("lockers:open")
    if text and next_url.startswith(outside("lockers:open")):
        try:
            match = resolve(next_url)
        except Resolver404:
            pass
        else:
            request.method = "GET"
            request.waiting_text = text  # type: ignore[attr-defined]
            answer: HttpResponse = match.func(request, *match.args, **match.kwargs)
            return answer
    return see_other(next_url)


def see_other(url: str) -> HttpResponse:
    """Answer a POST with "look there" (303)."""
    response = HttpResponseRedirect(url)
    response.status_code = 303
    return response


def _code_page(
    request: HttpRequest,
    form: CodeForm,
    *,
    notice: str = "",
    next_url: str = "",
    text: str = "",
    wait: int = 0,
    status: int = 200,
) -> HttpResponse:
    if wait:
        form.errors.clear()
    context = {
        "form": form,
        "notice": notice,
        "next_url": next_url if next_url != outside("lockers:open") else "",
        "text": text,
        "limited": wait,
        "wait_minutes": max(1, -(-wait // 60)),
    }
    return render(request, "lockers/open.html", context, status=status)


def _overview(request: HttpRequest, locker: Locker) -> HttpResponse:
    return render(request, "lockers/overview.html", frame(locker, outside("lockers:open")))


@csrf_exempt
@require_POST
def close(request: HttpRequest) -> HttpResponse:
    """Close the locker in this browser."""
    if queries.of_request(request) is not None:
        actions.leave(request=request)
    return see_other(outside("lockers:open") + "?dicht")


# --- A signal by mail -------------------------------------------------------------------------------------------------


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@needs_locker
def email(request: HttpRequest, locker: Locker) -> HttpResponse:
    """Show, add, change or remove the address for a signal."""
    notice, form = "", EmailForm(initial={"email": str(locker.email)})
    if request.method == "POST":
        if queries.of_form(request) is None:
            notice = _("This page stood open for too long. Do it once more.")
            form = EmailForm(initial={"email": request.POST.get("email", "")})
        elif "remove" in request.POST:
            actions.set_email(locker=locker, email="")
            return see_other(outside("lockers:email") + "?weg")
        else:
            form = EmailForm(request.POST)
            if form.is_valid():
                actions.set_email(locker=locker, email=form.cleaned_data["email"])
                return see_other(outside("lockers:email") + "?klaar")
    context = frame(locker, outside("lockers:email")) | {
        "form": form,
        "notice": notice,
        "kept": "klaar" in request.GET and locker.has_email,
        "removed": "weg" in request.GET and not locker.has_email,
    }
    return render(request, "lockers/email.html", context)


# --- Taking it home, emptying it --------------------------------------------------------------------------------------


@require_safe
@needs_locker
def who_read(request: HttpRequest, locker: Locker) -> HttpResponse:
    """Show who of the staff read along in each question."""
    along = readers.of_locker(locker.pk)
    context = frame(locker, outside("lockers:readers")) | {
        "along": along,
        "emergency": any(one.in_emergency for one in along),
    }
    return render(request, "lockers/readers.html", context)


@require_safe
@needs_locker
def download_page(request: HttpRequest, locker: Locker) -> HttpResponse:
    """Say what is in the file, and what to mind, before it is made."""
    context = frame(locker, outside("lockers:download")) | {"groups": download.groups(locker.pk)}
    return render(request, "lockers/download.html", context)


@require_safe
@needs_locker
def download_file(request: HttpRequest, locker: Locker) -> HttpResponse:
    """Give everything as one zip."""
    body = download.as_zip(locker_id=locker.pk, place_name=locker.place.name)
    response = HttpResponse(body, content_type="application/zip")
    response.headers["Content-Disposition"] = 'attachment; filename="kluisje.zip"'
    return response


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@needs_locker
def empty(request: HttpRequest, locker: Locker) -> HttpResponse:
    """Ask in words, then erase the locker with everything in it, at once."""
    context = frame(locker, outside("lockers:empty"))
    if request.method == "POST":
        if queries.of_form(request) is not None and request.POST.get("sure") == "yes":
            context["held_until"] = actions.empty(locker=locker)
            actions.leave(request=request)
            return render(request, "lockers/emptied.html", context)
        context["notice"] = _("Nothing was erased. This page stood open for too long: choose once more.")
    context["something"] = locker.has_email or any(section.entries for section in context["sections"])
    return render(request, "lockers/empty.html", context)
