"""Pages of a plan: tick it off, print it, take it along, keep it in a locker, share it by link.

What writes on our side (keep, share) carries a one-time number; with an open locker a token as well. A kept plan
belongs to an open locker and is shown to nobody else.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware.csrf import CsrfViewMiddleware
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from naast.core import clock, limits
from naast.core import once as once_numbers
from naast.core.retention.actions import Held
from naast.core.sharing import outside
from naast.flows import queries as flows
from naast.flows import rules as engine
from naast.flows.queries import Version
from naast.guide import actions, papers, queries, rules, runs
from naast.guide.local import at_place
from naast.guide.models import KeptPlan
from naast.guide.views import LOST, begun, common, onward
from naast.lockers import queries as lockers
from naast.lockers.models import Locker
from naast.lockers.views import frame as locker_frame
from naast.places import queries as places
from naast.places.rules import PlaceInfo

PAPERS = {"plan.pdf": "application/pdf", "agenda.ics": "text/calendar; charset=utf-8"}


def _place(request: HttpRequest) -> PlaceInfo:
    return request.place  # type: ignore[attr-defined, no-any-return]


def _finished(request: HttpRequest, slug: str) -> tuple[Version, rules.Run, rules.Plan] | HttpResponse:
    """Return the finished run and its plan, or the way to the question that is still open."""
    version, run = begun(request, slug)
    if run is None or not engine.path(version.flow, run.answers).finished:
        return onward(version.flow, run, **({} if run else {LOST: "1"}))
    version = at_place(version, _place(request))
    return version, run, rules.plan_of(version.flow, run.answers, run.done)


# --- The plan in this browser -----------------------------------------------------------------------------------------


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: HttpRequest, slug: str) -> HttpResponse:
    """The step plan as a path; a tick is kept in the browser's own cookie."""
    found = _finished(request, slug)
    if isinstance(found, HttpResponse):
        return found
    version, run, made = found
    if request.method == "POST":
        step_id = request.POST.get("step", "")
        response: HttpResponse = HttpResponseRedirect(f"{reverse('guide:plan', args=[slug])}#{_anchor(made, step_id)}")
        response.status_code = 303
        if step_id in [known for known, _order in made.steps]:
            run = replace(run, done=rules.tick(made.done, step_id, "done" in request.POST))
        runs.write(request, response, slug, run)
        return response
    context = {
        **common(request, version.flow),
        "plan": queries.plan_view(place=_place(request), version=version, plan=made),
        "tick_href": reverse("guide:plan", args=[slug]),
        "first_call": queries.first_call(_place(request), version.flow),
    }
    return render(request, "guide/plan.html", context)


def _anchor(made: rules.Plan, step_id: str) -> str:
    return f"stap-{step_id}" if step_id in [known for known, _order in made.steps] else "inhoud"


@require_safe
def paper(request: HttpRequest, slug: str, paper: str) -> HttpResponse:
    """The plan as PDF or calendar file, made at once and kept nowhere."""
    if paper not in PAPERS:
        raise Http404
    found = _finished(request, slug)
    if isinstance(found, HttpResponse):
        return found
    version, _run, made = found
    return _paper(request, version, made, paper, _place(request))


def _paper(request: HttpRequest, version: Version, made: rules.Plan, paper: str, place: PlaceInfo) -> HttpResponse:
    verdict = limits.allow("search", request)
    if not verdict.ok:
        response = render(request, "core/429.html", status=429)
        response.headers["Retry-After"] = str(verdict.retry_after)
        return response
    if paper == "plan.pdf":
        view = queries.plan_view(place=place, version=version, plan=made)
        body = papers.pdf(view, place_name=place.name)
    else:
        body = papers.calendar(queries.calendar_moments(place=place, version=version, plan=made))
    response = HttpResponse(body, content_type=PAPERS[paper])
    # Neutral names: they stand in the list of downloads.
    response.headers["Content-Disposition"] = f'attachment; filename="{paper}"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


# --- Keep -------------------------------------------------------------------------------------------------------------


def _open_locker(request: HttpRequest) -> Locker | None:
    """Return the open locker; on a POST only with a valid token, else the session is ignored."""
    locker = lockers.of_request(request)
    if locker is None or request.method != "POST":
        return locker
    return locker if _has_token(request) else None


def _has_token(request: HttpRequest) -> bool:
    # By hand, because the view is exempt: a missing token makes the reader anonymous, never an error.
    request.csrf_processing_done = False  # type: ignore[attr-defined]
    return CsrfViewMiddleware(_nothing).process_view(request, _nothing, (), {}) is None


def _nothing(request: HttpRequest) -> HttpResponse:
    """Stand for a view without exemption."""
    return HttpResponse()


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def keep(request: HttpRequest, slug: str) -> HttpResponse:
    """Keep the plan in a locker; the POST itself answers with the code, as a question's does."""
    found = _finished(request, slug)
    if isinstance(found, HttpResponse):
        return found
    version, _run, made = found
    locker = _open_locker(request)
    context = {**common(request, version.flow), "locker": locker, "locker_href": outside("lockers:open")}
    if request.method == "POST":
        once = once_numbers.read(request.POST.get("once", ""))
        verdict = limits.allow("write", request)
        if not verdict.ok:
            return _busy(request, "guide/keep.html", context, verdict.retry_after)
        if once.state == "fresh":
            try:
                kept = actions.keep_plan(once=once, place=_place(request), version=version, plan=made, locker=locker)
            except actions.NotKept:
                pass
            else:
                return render(request, "guide/kept_done.html", {**context, "kept": kept})
        context["notice"] = _("This page stood open for too long. Press the button once more.")
    return render(request, "guide/keep.html", context)


def _busy(request: HttpRequest, template: str, context: dict[str, Any], wait: int) -> HttpResponse:
    notice = _("It is very busy for a moment. Your plan is still here. Try again in a minute.")
    response = render(request, template, {**context, "notice": notice}, status=429)
    response.headers["Retry-After"] = str(wait)
    return response


# --- Share ------------------------------------------------------------------------------------------------------------


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def share(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask first, then put the plan behind a random address for 30 days."""
    found = _finished(request, slug)
    if isinstance(found, HttpResponse):
        return found
    version, _run, made = found
    context = {**common(request, version.flow), "days": rules.SHARED_FOR.days}
    if request.method == "POST":
        once = once_numbers.read(request.POST.get("once", ""))
        verdict = limits.allow("write", request)
        if not verdict.ok:
            return _busy(request, "guide/share.html", context, verdict.retry_after)
        if once.state == "fresh":
            token = actions.share_plan(once=once, place=_place(request), version=version, plan=made)
            address = request.build_absolute_uri(reverse("guide:shared", args=[token]))
            last = clock.today() + rules.SHARED_FOR
            return render(request, "guide/shared_done.html", {**context, "address": address, "last_day": last})
        context["notice"] = _("This page stood open for too long. Press the button once more.")
    return render(request, "guide/share.html", context)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def shared(request: HttpRequest, token: str) -> HttpResponse:
    """A plan behind its address; whoever holds the address may read it and take it away."""
    row = queries.shared_plan(actions.token_digest(token))
    version = flows.by_digest(row.version_id) if row else None
    if row is None or version is None:
        response = render(request, "guide/shared_gone.html", {"base_template": "core/base.html"}, status=404)
    elif request.method == "POST":
        actions.unshare(shared=row)
        response = render(request, "guide/shared_gone.html", {**common(request, version.flow), "now": True})
    else:
        made = row.content
        version = at_place(version, places.by_id(row.place_id) or _place(request), made.ids)
        view = queries.plan_view(place=_place(request), version=version, plan=made)
        context = {
            **common(request, version.flow),
            "plan": view,
            "last_day": row.expires_on,
            "words_instead": row.words_instead,
            "is_shared": True,
            "first_call": queries.first_call(_place(request), version.flow),
        }
        response = render(request, "guide/plan.html", context)
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


# --- In the locker ----------------------------------------------------------------------------------------------------


def _own(request: HttpRequest, plan_id: UUID) -> tuple[KeptPlan, Version] | HttpResponse:
    """Return the plan of the locker that is open here; a closed locker leads to its door, a foreign plan is not there."""
    locker = lockers.of_request(request)
    if locker is None:
        response = HttpResponseRedirect(outside("lockers:open"))
        response.status_code = 303
        return response
    row = queries.kept_plan(plan_id, locker.pk)
    version = flows.by_digest(row.version_id) if row else None
    if row is None or version is None:
        raise Http404
    return row, at_place(version, queries.place_of(row) or _place(request), row.content.ids)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def kept(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """A plan in the open locker: tick it off, take it along, erase it."""
    found = _own(request, plan_id)
    if isinstance(found, HttpResponse):
        return found
    row, version = found
    if request.method == "POST" and _has_token(request):
        if "erase" in request.POST:
            try:
                actions.erase_kept(kept=row)
            except Held as held:
                return render(request, "lockers/held.html", locker_frame(row.locker, "") | {"held_until": held.until})
            response: HttpResponse = HttpResponseRedirect(outside("lockers:open"))
        else:
            step_id = request.POST.get("step", "")
            actions.tick_kept(kept=row, step_id=step_id, is_done="done" in request.POST)
            anchor = _anchor(row.content, step_id)
            response = HttpResponseRedirect(f"{reverse('guide:kept', args=[plan_id])}#{anchor}")
        response.status_code = 303
        return response
    actions.use_kept(kept=row)
    place = queries.place_of(row) or _place(request)
    context = {
        **common(request, version.flow),
        "leave_href": None,
        "plan": queries.plan_view(place=place, version=version, plan=row.content),
        "tick_href": reverse("guide:kept", args=[plan_id]),
        "first_call": queries.first_call(place, version.flow),
        "kept": row,
        "words_instead": row.words_instead,
        "locker_href": outside("lockers:open"),
        "again": request.method == "POST",
    }
    return render(request, "guide/plan.html", context)


@require_safe
def kept_paper(request: HttpRequest, plan_id: UUID, paper: str) -> HttpResponse:
    """A kept plan as PDF or calendar file."""
    if paper not in PAPERS:
        raise Http404
    found = _own(request, plan_id)
    if isinstance(found, HttpResponse):
        return found
    row, version = found
    made = rules.known_steps(version.flow, row.content)
    return _paper(request, version, made, paper, queries.place_of(row) or _place(request))
