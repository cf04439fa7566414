"""Asking a question: one page, one form; its POST answers with the code itself (docs/decisions).

A reader has no cookie, so there is no power to forge: the form carries a one-time number instead of a CSRF token. Only
a reader with an open locker has a token beside it; without a valid one the question is handled as anonymous.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from naast.contact import actions, queries, rules
from naast.contact.forms import QuestionForm
from naast.contact.models import Audience
from naast.content import queries as content
from naast.content.library import Answered
from naast.conversations import bsn, urgent
from naast.core import limits
from naast.core import once as once_numbers
from naast.core.sharing import outside
from naast.lockers import queries as lockers
from naast.lockers.models import Locker
from naast.places import queries as places
from naast.places.rules import HelplineInfo

FAQ_SHOWN = 4
URGENT = ("112", "veilig-thuis", "113", "kindertelefoon")
URGENT_YOUNG = ("112", "kindertelefoon", "veilig-thuis", "113")
LOOK_AROUND = 24  # characters shown before and after a marked number
YOUNG = (Audience.CHILDREN, Audience.YOUNG)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Show the form; take a question and answer with its code. Whatever is wrong, the text comes back."""
    # On a POST only with a valid token; without one the session is ignored and the question is anonymous.
    locker = lockers.of_form(request) if request.method == "POST" else lockers.of_request(request)
    place = request.place  # type: ignore[attr-defined]
    if not place.takes_part and request.method != "POST":
        return redirect("home")  # no desk reads here: its home shows who helps instead
    if request.method != "POST":
        audience = request.GET.get("audience", "")
        initial = {"audience": audience} if audience in rules.AUDIENCES else {}
        return _form_page(request, QuestionForm(initial=initial, ask_email=locker is None), locker)
    data = request.POST.copy()
    once = once_numbers.read(data.get("once", ""))
    verdict = limits.allow("write", request)
    if not verdict.ok:
        return _limited(request, data, locker, verdict.retry_after)
    if once.digest and (known := actions.repeat(once)):
        return _asked_page(request, known)
    if data.get("without_number"):
        data["text"] = bsn.without(rules.clean_text(data.get("text", "")))
    form = QuestionForm(data, ask_email=locker is None)
    valid = form.is_valid()
    if not place.takes_part:
        notice = _(
            "This municipality does not take part yet, so nobody would read your question. Call or copy your text."
        )
        return _form_page(request, form, locker, notice=notice, checked=not valid)
    if "csrfmiddlewaretoken" in data and lockers.of_request(request) is None:
        # The form was made for an open locker that closed meanwhile: the asker must know that a new code follows.
        notice = _("Your locker closed by itself. Your text still stands here. Send it again and you get a new code.")
        return _form_page(request, form, locker, notice=notice, checked=not valid)
    if once.state != "fresh":
        notice = _("This page stood open for too long. Your text still stands here: send it once more.")
        return _form_page(request, form, locker, notice=notice, checked=not valid)
    if not valid:
        return _form_page(request, form, locker)
    try:
        asked = actions.ask_question(
            once=once,
            place=place,
            audience=form.cleaned_data["audience"],
            text=form.cleaned_data["text"],
            email=form.cleaned_data.get("email", ""),
            locker=locker,
        )
    except actions.Empty:
        notice = _("This form was used before. Your text still stands here: send it once more.")
        return _form_page(request, form, locker, notice=notice)
    return _asked_page(request, asked)


def _limited(request: HttpRequest, data: QueryDict, locker: Locker | None, wait: int) -> HttpResponse:
    form = QuestionForm(data, ask_email=locker is None)
    response = _form_page(request, form, locker, limited=wait, checked=False, status=429)
    response.headers["Retry-After"] = str(wait)
    return response


def _form_page(
    request: HttpRequest,
    form: QuestionForm,
    locker: Locker | None,
    *,
    notice: str = "",
    limited: int = 0,
    checked: bool = True,
    status: int = 200,
) -> HttpResponse:
    """Render the form, filled with what was typed and with a fresh number."""
    place = request.place  # type: ignore[attr-defined]
    typed = rules.clean_text(str(form["text"].value() or ""))
    audience = str(form["audience"].value() or "")
    if form.is_bound and not checked:
        form.errors.clear()
    context = {
        **_common(request, audience),
        "form": form,
        "once": once_numbers.issue(),
        "locker": locker,
        "notice": notice,
        "limited": limited,
        "wait_minutes": max(1, -(-limited // 60)),
        "marked": _marked(typed, form.bsn_spans),
        "faq": [] if form.is_bound else faq(audience),
        "due_at": queries.deadline(place),
        "urgent": bool(typed) and urgent.judge(typed).urgent,
    }
    return render(request, "contact/ask.html", context, status=status)


def _asked_page(request: HttpRequest, asked: actions.Asked) -> HttpResponse:
    question = asked.question
    desk = places.by_id(question.desk_id) or request.place  # type: ignore[attr-defined]
    info = queries.desk_info(desk)
    context = {
        **_common(request, question.audience),
        "question": question,
        "code_words": asked.code_words,
        "readers": _(" or ").join(asked.readers),
        "again": asked.again,
        "desk_name": info.name,
        "answer_days": info.answer_days,
        "has_email": lockers.has_email(question.thread.locker_id),
        "history_href": outside("leaving"),
    }
    return render(request, "contact/asked.html", context)


def _common(request: HttpRequest, audience: str) -> dict[str, Any]:
    """Return what both pages need: the desk in words, help lines in this reader's order, the look."""
    place = request.place  # type: ignore[attr-defined]
    desk = queries.desk_info(place)
    young = audience in YOUNG
    lines = places.helplines(audience if young else None)
    return {
        "kids": audience == Audience.CHILDREN,
        "professional": audience == Audience.PROFESSIONALS,
        "around": audience == Audience.AROUND,
        "base_template": "core/kids_base.html" if audience == Audience.CHILDREN else "core/base.html",
        "desk_name": desk.name,
        "desk_phone": desk.phone,
        "desk_tel": "".join(char for char in desk.phone if char.isdigit() or char == "+"),
        "lines": lines[:4],
        "urgent_lines": urgent_lines(young=young),
        "young": young,
        "locker_href": outside("lockers:open"),
    }


def urgent_lines(*, young: bool) -> list[HelplineInfo]:
    """Return the four numbers of docs/safety.md in the order in which this reader needs them."""
    known = {line.key: line for line in [*places.helplines(), *places.helplines(Audience.CHILDREN.value)]}
    return [known[key] for key in (URGENT_YOUNG if young else URGENT) if key in known]


def _marked(text: str, spans: list[tuple[int, int]]) -> list[tuple[str, str, str]]:
    """Return (words before, number, words after) for each number that may not be kept."""
    return [
        (
            _before(text[:start]),
            text[start:end],
            _after(text[end:]),
        )
        for start, end in spans
    ]


def _before(text: str) -> str:
    """Return the last words of a text, cut at a word."""
    return text if len(text) <= LOOK_AROUND else "… " + text[-LOOK_AROUND:].partition(" ")[2]


def _after(text: str) -> str:
    """Return the first words of a text, cut at a word."""
    return text if len(text) <= LOOK_AROUND else text[:LOOK_AROUND].rpartition(" ")[0] + " …"


def faq(audience: str) -> list[Answered]:
    """Return what people mostly ask, first the answer and then the form; empty while nothing is published."""
    return content.faq_for(audience or None, limit=FAQ_SHOWN)
