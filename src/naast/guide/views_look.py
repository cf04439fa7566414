"""Looking at a guide in the editors' admin: its drawing, a try with answers, two versions beside each other."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from naast.flows import compare as comparing
from naast.flows import drawing, loading, rules, telling
from naast.flows import queries as flows
from naast.flows.conditions import Value
from naast.flows.models import FlowVersion
from naast.flows.parts import PLAN, AnswerError, DangerError, Flow, Kind, Order, Question
from naast.guide import drafts
from naast.guide.editing import TEXT
from naast.guide.views_editor import frame, guide_or_404, sketch_of, to
from naast.people.policy import needs, signed_in

DRAFT = "concept"


@needs("flows.edit")
def draw(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the drawing of the draft, and a table that says the same."""
    guide_or_404(slug)
    text = drafts.text_of(slug)
    sketch = sketch_of(text)
    context = {**frame(slug, "drawing", text), "rows": telling.told(sketch) if sketch else [], "sketch": sketch}
    return render(request, "guide/admin/drawing.html", context)


@needs("flows.edit")
def svg(request: HttpRequest, slug: str) -> HttpResponse:
    """Answer with the drawing of the draft as a picture: nothing in it can run or load."""
    guide_or_404(slug)
    sketch = sketch_of(drafts.text_of(slug))
    if sketch is None:
        raise Http404
    response = HttpResponse(drawing.svg(sketch), content_type="image/svg+xml; charset=utf-8")
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


# --- Trying it -------------------------------------------------------------------------------------------------------


@needs("flows.edit")
def preview(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the plan of some answers, and which rule brought each step. Nothing is kept."""
    guide_or_404(slug)
    text = drafts.text_of(slug)
    context = frame(slug, "preview", text)
    flow = context["report"].flow
    if flow is None or _cannot_walk(flow):
        return render(request, "guide/admin/preview.html", {**context, "walkable": False})
    context |= {"walkable": True, **_tried(flow, request)}
    return render(request, "guide/admin/preview.html", context)


def _cannot_walk(flow: Flow) -> bool:
    """Say whether a run could go round or fall out of the guide."""
    known = {question.id for question in flow.questions} | {PLAN}
    targets = {to for question in flow.questions for to in (question.next, *(route.to for route in question.routes))}
    return not flow.questions or not targets <= known or _has_circle(flow)


def _has_circle(flow: Flow) -> bool:
    ahead = {question.id: {question.next, *(route.to for route in question.routes)} for question in flow.questions}
    done: set[str] = {PLAN}
    while True:
        ready = {name for name, targets in ahead.items() if name not in done and targets <= done}
        if not ready:
            return len(done) <= len(ahead)
        done |= ready


def _tried(flow: Flow, request: HttpRequest) -> dict[str, Any]:
    """Return the questions with what was chosen, and the plan, or the help that a danger answer leads to."""
    answers: dict[str, Value] = {}
    notes: dict[str, str] = {}
    danger = None
    for question in flow.questions:
        typed = request.POST.getlist(f"a-{question.id}")
        if not [item for item in typed if item.strip()]:
            answers[question.id] = None
            continue
        try:
            answers[question.id] = rules.read_answer(question, typed)
        except DangerError as found:
            danger = danger or next((item for item in flow.helps if item.id == found.help_id), None)
            answers[question.id] = None
        except AnswerError:
            answers[question.id] = None
            notes[question.id] = _("This answer does not fit the question; it counts as skipped.")
    walk = rules.path(flow, answers)
    asked = [
        {
            "question": question,
            "number": number,
            "on_the_way": question.id in walk.visited,
            "typed": request.POST.getlist(f"a-{question.id}"),
            "note": notes.get(question.id, _needs_answer(question, answers[question.id], walk.next)),
            "is_number": question.kind is Kind.NUMBER,
            "many": question.kind is Kind.SEVERAL,
        }
        for number, question in enumerate(flow.questions, 1)
    ]
    planned = rules.steps(flow, answers) if walk.finished else ()
    reasons = rules.reasons(flow, answers)
    names = {Order.NOW: _("Now"), Order.SOON: _("Soon"), Order.LATER: _("Later")}
    stages = [
        {
            "name": names[order],
            "steps": [
                {
                    "step": item.step,
                    "why": [
                        (place + 1, telling.condition_words(flow, flow.rules[place].when))
                        for place in reasons.get(item.step.id, ())
                    ],
                    "pushed": _pushed(flow, item.step.id, item.order, reasons.get(item.step.id, ())),
                }
                for item in planned
                if item.order is order
            ],
        }
        for order in Order
    ]
    return {
        "asked": asked,
        "stages": stages,
        "count": len(planned),
        "outcome": rules.outcome(flow, answers),
        "danger": danger,
        "finished": walk.finished,
    }


def _needs_answer(question: Question, value: Value, waiting: str | None) -> str:
    if question.id == waiting and value is None:
        return _("This question cannot be skipped: choose an answer to go on.")
    return ""


def _pushed(flow: Flow, step_id: str, order: Order, places: tuple[int, ...]) -> bool:
    """Say whether a step for now moved to soon because the week was full."""
    wanted = {flow.rules[place].order or flow.step(step_id).order for place in places}
    return order is Order.SOON and Order.NOW in wanted


# --- Versions --------------------------------------------------------------------------------------------------------


@needs("flows.edit")
def versions(request: HttpRequest, slug: str) -> HttpResponse:
    """Show all versions, and the changes from one to another; an old one can become the draft again."""
    row = guide_or_404(slug)
    if request.method == "POST":
        return _bring_back(request, slug)
    text = drafts.text_of(slug)
    context = frame(slug, "versions", text)
    found = drafts.versions_of(slug)
    latest = str(found[0][0].number) if found else ""
    current = next((str(version.number) for version, _n in found if version.pk == row.current_id), latest)
    before = str(max(int(current or 1) - 1, 1))
    old = request.GET.get("oud") or (current if context["draft"] else before)
    new = request.GET.get("nieuw") or (DRAFT if context["draft"] else current)
    left, right = _flow_of(slug, old, text), _flow_of(slug, new, text)
    context |= {
        "versions": found,
        "current": row.current_id,
        "old": old,
        "new": new,
        "readable": left is not None and right is not None,
        "changes": _changes(left, right) if left and right else [],
        "labels": _labels(),
    }
    return render(request, "guide/admin/versions.html", context)


def _bring_back(request: HttpRequest, slug: str) -> HttpResponse:
    number = request.POST.get("number", "")
    row = FlowVersion.objects.filter(flow_id=slug, number=int(number) if number.isdigit() else 0).first()
    if row is not None:
        drafts.change(user=signed_in(request), slug=slug, text=row.yaml)
        messages.success(request, _("Version %s is your draft now. Readers see it after you publish.") % row.number)
    return to("versions", slug)


def _flow_of(slug: str, name: str, draft: str) -> Flow | None:
    """Return the flow of a version by number, or of the draft; None when there is none that can be read."""
    if name == DRAFT:
        return sketch_of(draft)
    row = FlowVersion.objects.filter(flow_id=slug, number=int(name) if name.isdigit() else 0).first()
    version = flows.by_digest(row.pk) if row else None
    return version.flow if version else loading.sketch(row.yaml) if row else None


def _labels() -> dict[str, str]:
    """Return the names of fields as the forms have them."""
    return {field.name: str(field.label) for fields in TEXT.values() for field in fields}


def _changes(old: Flow, new: Flow) -> list[dict[str, Any]]:
    """Return the changes with their words for people."""
    kinds = {
        "flow": _("About the guide"),
        "question": _("Question"),
        "option": _("Answer"),
        "rule": _("Rule"),
        "step": _("Step"),
        "help": _("Help in danger"),
        "outcome": _("Words above the plan"),
        "source": _("Source"),
    }
    acts = {
        comparing.Act.ADDED: _("new"),
        comparing.Act.REMOVED: _("gone"),
        comparing.Act.CHANGED: _("changed"),
        comparing.Act.MOVED: _("moved"),
    }
    labels = {**_labels(), "routes": _("Routes"), "when": _("Under which answers"), "add": _("Steps")}
    return [
        {
            "act": change.act.value,
            "act_words": acts[change.act],
            "kind": kinds[change.kind],
            "title": change.title,
            "fields": [
                {
                    "label": labels.get(field.name, field.name),
                    "pieces": field.pieces,
                    "before": field.before,
                    "after": field.after,
                }
                for field in change.fields
            ],
        }
        for change in comparing.compare(old, new)
    ]
