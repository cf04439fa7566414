"""Pages of taking part: what there is, a poll on its own address, an evening with its list by nickname."""

from typing import Any
from uuid import uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe
from icalendar import Calendar, Event

from naast.core import clock, limits
from naast.core import once as once_numbers
from naast.core.sharing import shared_page
from naast.places.rules import PlaceInfo

from . import actions, queries
from .forms import AnswerForm, SignUpForm
from .queries import EveningView


def _place(request: HttpRequest) -> PlaceInfo:
    place: PlaceInfo = request.place  # type: ignore[attr-defined]
    if not (place.takes_part and place.live) and not place.is_region:
        raise Http404
    return place


def _crumbs(place: PlaceInfo) -> list[dict[str, str]]:
    return [
        {"url": reverse("home"), "label": place.name},
        {"url": reverse("together:index"), "label": _("Take part")},
    ]


@shared_page
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """`/<place>/meedoen/`: open polls, coming evenings, and what was heard. The same page for everybody."""
    place = _place(request)
    context = {"found": queries.taking_part(place), "crumbs": _crumbs(place)[:1]}
    return render(request, "together/index.html", context)


def _late(request: HttpRequest, template: str, context: dict[str, Any], wait: int) -> HttpResponse:
    notice = _(
        "It is very busy at this moment. Wait a minute and send it once more. What you filled in still stands here."
    )
    response = render(request, template, {**context, "notice": notice}, status=429)
    response.headers["Retry-After"] = str(wait)
    return response


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def poll(request: HttpRequest, slug: str) -> HttpResponse:
    """A poll: choose, send, see what others said. Nothing is kept about who answers."""
    place = _place(request)
    view = queries.poll_at(place, slug)
    if view is None:
        raise Http404
    form = AnswerForm(request.POST if request.method == "POST" else None, poll=view.poll)
    context: dict[str, Any] = {"view": view, "form": form, "crumbs": _crumbs(place)}
    template = "together/poll.html"
    if request.method != "POST":
        return render(request, template, context)
    verdict = limits.allow("write", request)
    if not verdict.ok:
        return _late(request, template, context, verdict.retry_after)
    once = once_numbers.read(request.POST.get("once", ""))
    if view.stage == "closed":
        context["notice"] = _("This poll closed meanwhile. Your answer could not be counted.")
    elif once.state != "fresh":
        context["notice"] = _("This page stood open for too long. Your answer still stands here: send it once more.")
    elif form.is_valid():
        new = actions.answer_poll(once=once, poll=view.poll, option=form.cleaned_data["option"], place=place)
        context |= {"view": queries.poll_at(place, slug), "thanks": True, "again": not new}
    return render(request, template, context)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def evening(request: HttpRequest, slug: str) -> HttpResponse:
    """An evening: what, when, where, and the list by nickname."""
    place = _place(request)
    view = _evening(place, slug)
    form = SignUpForm(request.POST if request.method == "POST" else None)
    context: dict[str, Any] = {"view": view, "form": form, "crumbs": _crumbs(place)}
    template = "together/evening.html"
    if request.method != "POST":
        return render(request, template, context)
    verdict = limits.allow("write", request)
    if not verdict.ok:
        return _late(request, template, context, verdict.retry_after)
    once = once_numbers.read(request.POST.get("once", ""))
    if once.state != "fresh":
        context["notice"] = _(
            "This page stood open for too long. What you filled in still stands here: send it once more."
        )
        return render(request, template, context)
    if not form.is_valid():
        return render(request, template, context)
    try:
        done = actions.sign_up(once=once, evening=view.evening, place=place, **form.cleaned_data)
    except actions.Refused as refusal:
        context |= {"view": _evening(place, slug), "refused": refusal.why}
        return render(request, template, context)
    context |= {"done": done, "nickname": done.row.nickname, "view": _evening(place, slug)}
    return render(request, template, context)


def _evening(place: PlaceInfo, slug: str) -> EveningView:
    view = queries.evening_at(place, slug)
    if view is None:
        raise Http404
    return view


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def sign_off(request: HttpRequest, slug: str, word: str) -> HttpResponse:
    """Sign off by the address one got. Opening it changes nothing (mail scanners open everything)."""
    place = _place(request)
    view = _evening(place, slug)
    context: dict[str, Any] = {"view": view, "crumbs": _crumbs(place)}
    if request.method == "POST":
        verdict = limits.allow("write", request)
        if not verdict.ok:
            return _late(request, "together/sign_off.html", context, verdict.retry_after)
        context |= {"tried": True, "gone": actions.sign_off(evening=view.evening, word=word, place=place)}
    return render(request, "together/sign_off.html", context)


@require_safe
def calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """The evening as a calendar file, in neutral words: somebody else may look in the calendar too."""
    view = _evening(_place(request), slug)
    if view.evening.cancelled:
        return redirect("together:evening", slug)
    made = Calendar()
    made.add("prodid", "-//Agenda//NL")
    made.add("version", "2.0")
    event = Event()
    event.add("uid", uuid4().hex)
    event.add("dtstamp", clock.now().replace(microsecond=0))
    event.add("dtstart", view.evening.starts_at)
    event.add("dtend", view.evening.ends_at)
    event.add("summary", _("Evening"))
    event.add("location", f"{view.evening.venue}, {view.evening.address}")
    made.add_component(event)
    response = HttpResponse(made.to_ical(), content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="avond.ics"'
    return response
