"""Pages of a conversation in an open locker: read, write back, say that it helped, erase it."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from naast.conversations import actions, bsn, queries, rules, urgent
from naast.conversations.forms import WriteBackForm
from naast.conversations.models import Thread
from naast.core import limits
from naast.core import once as once_numbers
from naast.core.retention.actions import Held
from naast.core.sharing import outside
from naast.lockers import queries as lockers
from naast.lockers.models import Locker
from naast.lockers.views import frame, needs_locker, see_other


# Exempt from Django's own check: the token is looked at here, so that a text is never lost to a 403.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@needs_locker
def thread(request: HttpRequest, locker: Locker, thread_id: UUID) -> HttpResponse:
    """Show a conversation; take what its owner writes back. Whatever is wrong, the text comes back."""
    found = _own(locker, thread_id)
    if request.method != "POST":
        actions.mark_seen(thread=found)
        waiting = getattr(request, "waiting_text", "")
        return _page(request, locker, found, WriteBackForm(initial={"text": waiting}, label_suffix=""))
    data = request.POST.copy()
    verdict = limits.allow("write", request)
    if not verdict.ok:
        return _limited(request, locker, found, data.get("text", ""), verdict.retry_after)
    if data.get("without_number"):
        data["text"] = bsn.without(rules.clean_text(data.get("text", "")))
    form = WriteBackForm(data, label_suffix="")
    once = once_numbers.read(data.get("once", ""))
    if once.state != "fresh" or lockers.of_form(request) is None:
        return _once_more(request, locker, found, data.get("text", ""))
    if not form.is_valid():
        return _page(request, locker, found, form)
    try:
        actions.write_back(once=once, locker=locker, thread_id=thread_id, text=form.cleaned_data["text"])
    except actions.UsedElsewhere:
        return _once_more(request, locker, found, data.get("text", ""))
    return see_other(_url(found) + "#laatste")


def _own(locker: Locker, thread_id: UUID) -> Thread:
    found = queries.of_owner(thread_id=thread_id, locker_id=locker.pk)
    if found is None:
        raise Http404("no such conversation in this locker")
    return found


def _url(found: Thread) -> str:
    return outside("conversations:thread", found.pk)


def _once_more(request: HttpRequest, locker: Locker, found: Thread, text: str) -> HttpResponse:
    notice = _("This page stood open for too long. Your text still stands here: send it once more.")
    return _page(request, locker, found, WriteBackForm(initial={"text": text}, label_suffix=""), notice=notice)


def _limited(request: HttpRequest, locker: Locker, found: Thread, text: str, wait: int) -> HttpResponse:
    form = WriteBackForm(initial={"text": text}, label_suffix="")
    response = _page(request, locker, found, form, wait=wait, status=429)
    response.headers["Retry-After"] = str(wait)
    return response


def _page(
    request: HttpRequest,
    locker: Locker,
    found: Thread,
    form: WriteBackForm,
    *,
    notice: str = "",
    wait: int = 0,
    status: int = 200,
) -> HttpResponse:
    """Render a conversation with its form, filled with what was typed and with a fresh number."""
    messages = queries.messages(found)
    turns = queries.turns(found, messages)
    last = messages[-1]
    typed = str(form["text"].value() or "")
    context: dict[str, Any] = frame(locker, _url(found)) | {
        "thread": found,
        "title": rules.opening_words(turns[0].text),
        "turns": turns,
        "mine_last": turns[-1].mine,
        "done": found.state == rules.State.DONE,
        "answered_at": found.answered_at,
        "speaker": queries.last_speaker(messages),
        "desk_name": queries.desk_of(found),
        "erased_on": queries.erased_on(found),
        "form": form,
        "marked": form.marked(),
        "once": once_numbers.issue(),
        "notice": notice,
        "limited": wait,
        "wait_minutes": max(1, -(-wait // 60)),
        # What was just sent, or what stands in the field, sounds as if somebody is in danger: help first.
        "urgent_sent": last.urgent and turns[-1].mine,
        "urgent_typed": bool(typed) and urgent.judge(typed).urgent,
    }
    return render(request, "conversations/thread.html", context, status=status)


@csrf_exempt
@require_POST
@needs_locker
def finish(request: HttpRequest, locker: Locker, thread_id: UUID) -> HttpResponse:
    """Take "this helps, I am done": nobody needs to answer any more."""
    found = _own(locker, thread_id)
    if lockers.of_form(request) is not None:
        actions.finish(locker=locker, thread_id=thread_id)
    return see_other(_url(found) + "#laatste")


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@needs_locker
def erase(request: HttpRequest, locker: Locker, thread_id: UUID) -> HttpResponse:
    """Ask in words, then erase one conversation at once."""
    found = _own(locker, thread_id)
    notice = ""
    if request.method == "POST":
        if lockers.of_form(request) is not None and request.POST.get("sure") == "yes":
            try:
                actions.erase(locker=locker, thread_id=thread_id)
            except Held as held:
                return render(request, "lockers/held.html", frame(locker, _url(found)) | {"held_until": held.until})
            return see_other(outside("lockers:open"))
        notice = _("Nothing was erased. This page stood open for too long: choose once more.")
    context = frame(locker, _url(found)) | {
        "thread": found,
        "title": queries.turns(found, queries.messages(found)[:1])[0].text,
        "waits": found.state == rules.State.ASKED,
        "notice": notice,
    }
    context["title"] = rules.opening_words(context["title"])
    return render(request, "conversations/erase.html", context)
