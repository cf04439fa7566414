"""The work list and an open question beside it. All of it works without a script; filters stand in the address."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from naast.contact import actions, reading, rules
from naast.contact.models import Audience, Question
from naast.contact.queries import subject_labels
from naast.conversations import queries as conversations
from naast.core import clock
from naast.core.templatetags.naast import nl_time
from naast.desk import queries
from naast.desk import rules as desk_rules
from naast.desk.forms import AnswerForm, HandOverForm
from naast.desk.queries import Filters
from naast.desk.rules import Drawer
from naast.people.models import User
from naast.people.policy import StaffRequest, needs, scopes_for
from naast.people.queries import right_to
from naast.places import queries as places


def drawer_labels() -> dict[Drawer, str]:
    """Return the names of the drawers, in the order of the screen."""
    return {
        Drawer.ALL: _("Everything that waits"),
        Drawer.NEW: _("New"),
        Drawer.MINE: _("Mine"),
        Drawer.WAITING: _("Waits for another"),
        Drawer.OVERDUE: _("Overdue"),
        Drawer.DONE: _("Done this week"),
    }


@require_GET
@needs("desk.read")
def work_list(request: StaffRequest) -> HttpResponse:
    """Show the work list."""
    return render(request, "desk/list.html", _frame(request))


@require_http_methods(["GET", "HEAD", "POST"])
@needs("desk.read")
def question(request: StaffRequest, question_id: UUID) -> HttpResponseBase:
    """Show a question beside the list, and do what a button says. Opening one is written in the access log."""
    found = queries.question(question_id=question_id, scopes=request.scopes)
    if found is None:
        raise Http404
    if request.method == "POST":
        act = ACTS.get(request.POST.get("do", ""))
        if act is None:
            raise Http404
        return act(request, found)
    return _page(request, found)


@require_POST
@needs("desk.answer")
def draft(request: StaffRequest, question_id: UUID) -> JsonResponse:
    """Keep what is being written; answers with the time for the line under the field."""
    try:
        kept = actions.keep_draft(question_id=question_id, by=_user(request), text=request.POST.get("text", ""))
    except Question.DoesNotExist as error:
        raise Http404 from error
    return JsonResponse({"saved": _("Draft kept at %(time)s") % {"time": nl_time(kept.saved_at)} if kept else ""})


# --- What the buttons do ----------------------------------------------------------------------------------------------


def _take(request: StaffRequest, found: Question) -> HttpResponse:
    def act() -> None:
        actions.take(question_id=found.pk, by=_user(request))

    return _done(request, found, act, stay=True)


def _answer(request: StaffRequest, found: Question) -> HttpResponse:
    return _send(request, found, actions.answer, _("Your answer to %(number)s is sent."))


def _ask_back(request: StaffRequest, found: Question) -> HttpResponse:
    return _send(request, found, actions.ask_back, _("Your question back about %(number)s is sent."))


def _send(request: StaffRequest, found: Question, action: Callable[..., Question], said: str) -> HttpResponse:
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _page(request, found, answer=form)

    def act() -> None:
        action(question_id=found.pk, by=_user(request), text=form.cleaned_data["text"])

    return _done(request, found, act, said=said, answer=form)


def _draft(request: StaffRequest, found: Question) -> HttpResponse:
    def act() -> None:
        actions.keep_draft(question_id=found.pk, by=_user(request), text=request.POST.get("text", ""))

    return _done(request, found, act, said=_("Your draft is kept."), stay=True)


def _hand_over(request: StaffRequest, found: Question) -> HttpResponse:
    form = _hand_over_form(request, found, request.POST)
    if not form.is_valid():
        return _page(request, found, hand_over=form)
    kind, _colon, key = form.cleaned_data["to"].partition(":")
    note = form.cleaned_data["note"]

    def act() -> None:
        if kind == "person":
            to = User.objects.get(pk=key)
            actions.hand_to_person(question_id=found.pk, by=_user(request), to=to, note=note)
        else:
            desk = places.by_slug(key)
            if desk is None:
                raise PermissionDenied
            actions.hand_to_desk(question_id=found.pk, by=_user(request), desk=desk, note=note)

    return _done(request, found, act, said=_("%(number)s is handed over."), hand_over=form)


def _close(request: StaffRequest, found: Question) -> HttpResponse:
    def act() -> None:
        actions.close(question_id=found.pk, by=_user(request), note=request.POST.get("note", ""))

    return _done(request, found, act, said=_("%(number)s is closed."))


ACTS: dict[str, Callable[[StaffRequest, Question], HttpResponse]] = {
    "take": _take,
    "answer": _answer,
    "ask_back": _ask_back,
    "draft": _draft,
    "hand_over": _hand_over,
    "close": _close,
}


def _done(
    request: StaffRequest,
    found: Question,
    act: Callable[[], None],
    *,
    said: str = "",
    stay: bool = False,
    **forms: Any,
) -> HttpResponse:
    """Do it and go on: to the question itself, else to the list. Who came too late sees why, with the text kept."""
    try:
        act()
    except rules.NotNow:
        actions.keep_draft(question_id=found.pk, by=_user(request), text=request.POST.get("text", ""))
        fresh = queries.question(question_id=found.pk, scopes=request.scopes)
        late = _("A colleague was just before you. Look what changed; your text is kept.")
        return _page(request, fresh or found, late=late, status=409, **forms)
    if said:
        messages.success(request, said % {"number": found.number})
    filters = Filters.of(request.GET)
    address = reverse("desk:question", args=[found.pk]) if stay else reverse("desk:list")
    return redirect(address + filters.query())


# --- The page ---------------------------------------------------------------------------------------------------------


def _user(request: StaffRequest) -> User:
    user = request.user
    if not isinstance(user, User):
        raise PermissionDenied
    return user


def _frame(request: StaffRequest, current: Question | None = None) -> dict[str, Any]:
    """Return what every screen of the desk shows: drawers, filters, the list, the team."""
    scopes = request.scopes
    user = _user(request)
    filters = Filters.of(request.GET)
    reading.read_list(by=user, scopes=scopes, searched=queries.searched_by(filters.words))
    listed = queries.work_list(user=user, scopes=scopes, filters=filters)
    labels = drawer_labels()
    ids = [str(row.question.pk) for row in listed.rows]
    before, after = desk_rules.neighbours(ids, str(current.pk)) if current else (None, ids[0] if ids else None)
    inside = sorted({info for scope in scopes if (info := places.by_id(scope.id))}, key=lambda info: info.name)
    outer = [info for info in inside if info.is_region]
    return {
        "filters": filters,
        "here": filters.query(),
        "listed": listed,
        "title": _("Found") if filters.words else labels[filters.drawer],
        "drawers": [
            {
                "label": label,
                "href": reverse("desk:list") + filters.query(drawer=drawer, words="", page=1),
                "number": listed.counts[drawer],
                "current": drawer is filters.drawer and not filters.words,
            }
            for drawer, label in labels.items()
        ],
        "team": queries.team(scopes),
        "desk_places": [info for info in inside if not info.is_region],
        "audiences": Audience.choices,
        "subjects": subject_labels().items(),
        "current": current,
        "previous": _row_url(before, filters),
        "next": _row_url(after, filters),
        "earlier": reverse("desk:list") + filters.query(page=filters.page - 1) if filters.page > 1 else "",
        "later": reverse("desk:list") + filters.query(page=filters.page + 1) if filters.page < listed.pages else "",
        "everything": reverse("desk:list") + filters.query(place="", subject="", audience="", words="", page=1),
        "desk_name": (outer or inside)[0].name if inside else "",
        "desk_nav": _ways(user),
        "emergency_href": reverse("access:glass") if scopes_for(user, "people.break_glass") else "",
    }


def _ways(user: User) -> list[dict[str, Any]]:
    """Return the way from the list to what else is done at a desk."""
    found = [{"url": reverse("desk:list"), "label": _("Work list"), "current": True}]
    if scopes_for(user, "people.break_glass"):
        found.append({"url": reverse("access:glass"), "label": _("Emergency access"), "current": False})
    if scopes_for(user, "people.teams"):
        found.append({"url": reverse("desk:teams-home"), "label": _("Teams"), "current": False})
    return [*found, {"url": reverse("people:absence"), "label": _("Away"), "current": False}]


def _row_url(question_id: str | None, filters: Filters) -> str:
    return reverse("desk:question", args=[question_id]) + filters.query() if question_id else ""


def _hand_over_form(request: StaffRequest, found: Question, data: Any = None) -> HandOverForm:
    scope = reading.scope_of(found)
    people = [
        (f"person:{colleague.user.pk}", _colleague_label(colleague))
        for colleague in queries.team([scope])
        if colleague.user.pk != found.taken_by_id
    ]
    desks = [(f"desk:{info.slug}", info.name) for info in actions.desks_near(found)]
    return HandOverForm(data, people=people, desks=desks)


def _colleague_label(colleague: queries.Colleague) -> str:
    if colleague.away_until:
        return _("%(name)s (away)") % {"name": colleague.user.display_name}
    return colleague.user.display_name


def _page(
    request: StaffRequest,
    found: Question,
    *,
    answer: AnswerForm | None = None,
    hand_over: HandOverForm | None = None,
    late: str = "",
    status: int = 200,
) -> HttpResponse:
    """Render the list with this question open beside it. A line of the access log first, whatever led here."""
    user = _user(request)
    reading.read_question(question=found, by=user)
    kept = found.drafts.filter(author=user).first()
    place, desk = places.by_id(found.place_id), places.by_id(found.desk_id)
    context = {
        **_frame(request, found),
        "question": found,
        "row_clock": desk_rules.clock(queries.item_of(found), clock.now()),
        "asked_in": place.name if place else "",
        "lies_at": desk.name if desk else "",
        "subject_label": subject_labels().get(found.subject, found.subject),
        "turns": conversations.messages(found.thread),
        "steps": found.steps.select_related("actor"),
        "allowed": {act.value for act in rules.allowed(rules.State(found.state))},
        "holder": found.taken_by,
        "holder_away": queries.away_until(found.taken_by_id),
        "is_mine": found.taken_by_id == user.pk,
        "may_answer": reading.scope_of(found) in scopes_for(user, "desk.answer"),
        "answer": answer or AnswerForm(initial={"text": kept.text if kept else ""}),
        "draft": kept,
        "fitting": queries.fitting(found),
        "hand_over": hand_over or _hand_over_form(request, found),
        "hand_over_open": hand_over is not None,
        "late": late,
        "why": right_to(user, "desk.read", reading.scope_of(found)),
    }
    return render(request, "desk/question.html", context, status=status)
