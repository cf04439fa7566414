"""Pages of a run: the list of guides, one question a page, the answers so far.

A step of a run changes nothing on our side and needs no power: its forms carry no one-time number and no token
(docs/decisions/0011). Whatever is wrong leads to the right page, never to a refusal.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from naast.core.sharing import shared_page
from naast.core.views import leave as leave_the_site
from naast.flows import queries as flows
from naast.flows import rules as engine
from naast.flows.parts import AnswerError, DangerError, Flow, Kind, Question
from naast.flows.queries import Version
from naast.guide import actions, chooser, queries, rules, runs

LOST = "weg"


@shared_page
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """`/wegwijzer/`: the guides, the same page for everybody."""
    context = {"groups": chooser.groups(), "desk": queries.desk_of(_place(request))}
    return render(request, "guide/index.html", context)


def _place(request: HttpRequest) -> Any:
    return request.place  # type: ignore[attr-defined]


def begun(request: HttpRequest, slug: str) -> tuple[Version, rules.Run | None]:
    """Return the version this browser's run was begun with (else the current one), and the run. 404 for no guide."""
    run = runs.read(request, slug)
    version = flows.by_short(slug, run.version) if run else None
    if version is not None:
        return version, run
    version = flows.current(slug)
    if version is None:
        raise Http404
    return version, None


def to(name: str, *args: object, **query: str) -> HttpResponse:
    """Lead on by GET (303), so that a reload never sends an answer twice."""
    address = reverse(f"guide:{name}", args=args) + (f"?{urlencode(query)}" if query else "")
    response = HttpResponseRedirect(address)
    response.status_code = 303
    return response


def number_of(flow: Flow, question_id: str) -> int:
    """Return the number by which a question stands in its address."""
    return [question.id for question in flow.questions].index(question_id) + 1


def onward(flow: Flow, run: rules.Run | None, **query: str) -> HttpResponse:
    """Lead to the next question, or to the plan when none is left."""
    asked = engine.next_question(flow, run.answers if run else {})
    if asked is None:
        return to("plan", flow.slug)
    return to("question", flow.slug, number_of(flow, asked.id), **query)


@require_safe
def flow(request: HttpRequest, slug: str) -> HttpResponse:
    """`/wegwijzer/<flow>/`: go on where this browser was, or begin."""
    version, run = begun(request, slug)
    return onward(version.flow, run)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def question(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """One question: show it, take its answer, skip it; a danger answer leads to help at once and is never kept."""
    version, run = begun(request, slug)
    questions = version.flow.questions
    if not 1 <= number <= len(questions):
        return onward(version.flow, run)
    asked = questions[number - 1]
    if request.method == "POST":
        return _take(request, version, run, asked)
    answers = run.answers if run else {}
    if not engine.may_ask(version.flow, answers, asked.id):
        # Without a run the way here was lost: time, or a browser that keeps no cookie.
        return onward(version.flow, run, **({} if run else {LOST: "1"}))
    return _question_page(request, version, run, asked)


def _take(request: HttpRequest, version: Version, run: rules.Run | None, asked: Question) -> HttpResponse:
    """Take one answer and lead on."""
    slug = version.flow.slug
    before = run or rules.Run(version.short)
    typed = request.POST.getlist("answer")
    try:
        skipped = "skip" in request.POST and asked.optional
        value = None if skipped else engine.read_answer(asked, typed)
    except DangerError as danger:
        response = _danger_page(request, version, asked, danger.help_id)
        if before.answers.get(asked.id) is not None:
            # What was said here before is no longer true; it becomes a skipped question, as for everybody.
            changed = engine.give(version.flow, before.answers, asked.id, None)
            runs.write(request, response, slug, replace(before, answers=changed))
        return response
    except AnswerError as error:
        return _question_page(request, version, run, asked, error=error.code, typed=typed)
    after = replace(
        before, answers=engine.tidy(version.flow, engine.give(version.flow, before.answers, asked.id, value))
    )
    finished = engine.path(version.flow, after.answers).finished
    if run is None:
        actions.count_start(place=_place(request), slug=slug)
    if finished and not before.counted:
        actions.count_finish(place=_place(request), slug=slug)
        after = replace(after, counted=True)
    lost = run is None and asked.id != version.flow.questions[0].id
    response = onward(version.flow, after, **({LOST: "1"} if lost else {}))
    runs.write(request, response, slug, after)
    return response


def _danger_page(request: HttpRequest, version: Version, asked: Question, help_id: str) -> HttpResponse:
    """Answer the POST itself with help: no redirect, no cookie, nothing of it in an address or on our side."""
    found = version.flow.help(help_id)
    context = {
        **common(request, version.flow),
        "help": found,
        "calls": queries.help_calls(found.lines, _place(request)),
        "first_call": queries.first_call(_place(request), version.flow),
        "number": number_of(version.flow, asked.id),
    }
    return render(request, "guide/danger.html", context)


def _error_words(asked: Question, code: str) -> str:
    if asked.kind is Kind.NUMBER:
        bounds = {"low": asked.minimum, "high": asked.maximum}
        return _("Fill in a whole number from %(low)s to %(high)s, or skip this question.") % bounds
    return {
        "missing": _("Choose an answer, or skip this question."),
        "exclusive": _("The last answer goes alone. Choose that one, or the others."),
    }.get(code, _("Choose one of these answers, or skip this question."))


def _question_page(
    request: HttpRequest,
    version: Version,
    run: rules.Run | None,
    asked: Question,
    *,
    error: str = "",
    typed: list[str] | None = None,
) -> HttpResponse:
    """Render one question, filled with what was answered before or just typed."""
    flow = version.flow
    answers = run.answers if run else {}
    if not engine.may_ask(flow, answers, asked.id):
        return onward(flow, run, **{LOST: "1"})
    kept = answers.get(asked.id)
    chosen = typed if typed is not None else _as_typed(kept)
    previous = engine.back(flow, answers, asked.id)
    context = {
        **common(request, flow),
        "asked": asked,
        "chosen": chosen,
        "value": chosen[0] if chosen else "",
        "error": _error_words(asked, error) if error else "",
        "previous": number_of(flow, previous) if previous else None,
        "progress": rules.progress(flow, answers, asked.id),
        "told": told(flow, answers, until=asked.id),
        "first_call": queries.first_call(_place(request), version.flow),
        "lost": LOST in request.GET,
        "changing": asked.id in answers,
    }
    return render(request, "guide/question.html", context, status=200)


def _as_typed(value: Any) -> list[str]:
    """Return a kept answer as a form sends it."""
    if value is None:
        return []
    return list(value) if isinstance(value, tuple) else [str(value)]


def told(flow: Flow, answers: dict[str, Any], until: str | None = None) -> list[dict[str, Any]]:
    """Return what was told so far as sentences with the number of their question; skipped ones say so."""
    found: list[dict[str, Any]] = []
    for question_id in engine.path(flow, answers).visited:
        if question_id == until:
            break
        asked = flow.question(question_id)
        words = engine.said(asked, answers[question_id])
        language = asked.language or flow.language
        found.append(
            {"number": number_of(flow, question_id), "title": asked.title, "text": words, "language": language}
        )
    return found


def common(request: HttpRequest, flow: Flow) -> dict[str, Any]:
    """Return what all pages of a guide need: its frame, its way out of the site, its language."""
    young = flow.audience in queries.YOUNG
    return {
        "flow": flow,
        **({"helplines": queries.young_lines()} if young else {}),
        "base_template": queries.base_template(flow),
        "young": young,
        "leave_href": reverse("guide:leave", args=[flow.slug]),
        "only_dutch": request.at.language != flow.language,  # type: ignore[attr-defined]
    }


@require_safe
def answers(request: HttpRequest, slug: str) -> HttpResponse:
    """`/wegwijzer/<flow>/antwoorden/`: everything that was told, each with its way to change it."""
    version, run = begun(request, slug)
    if run is None:
        return onward(version.flow, None, **{LOST: "1"})
    finished = engine.path(version.flow, run.answers).finished
    context = {**common(request, version.flow), "told": told(version.flow, run.answers), "finished": finished}
    return render(request, "guide/answers.html", context)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def clear(request: HttpRequest, slug: str) -> HttpResponse:
    """Take the run out of this browser and go to the list of guides."""
    if request.method != "POST":
        return to("flow", slug)
    response = to("index")
    runs.drop(request, response, slug)
    return response


@csrf_exempt
def leave(request: HttpRequest, slug: str) -> HttpResponse:
    """Leave the site from a guide: as everywhere, and the run goes too (its cookie is sent here only)."""
    response = leave_the_site(request)
    runs.drop(request, response, slug)
    return response
