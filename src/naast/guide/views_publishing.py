"""Publishing a guide in the editors' admin, now or later, and its draft as one text."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from naast.core import clock
from naast.flows import writing
from naast.flows.problems import LoadError
from naast.guide import drafts
from naast.guide.views_editor import frame, guide_or_404, to, tree_of
from naast.people.policy import needs, signed_in


@needs("flows.edit")
def raw_text(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the draft as one text, to copy, keep elsewhere or put back."""
    guide_or_404(slug)
    text, _tree = tree_of(slug)
    problem, status = "", 200
    if request.method == "POST":
        typed_text = request.POST.get("text", "").replace("\r\n", "\n")
        problem = _unusable(typed_text, slug)
        if not problem:
            drafts.change(user=signed_in(request), slug=slug, text=typed_text)
            messages.success(request, _("Kept as draft."))
            return to("text", slug)
        text, status = typed_text, 422
    context = {**frame(slug, "text", text), "text": text, "problem": problem}
    return render(request, "guide/admin/text.html", context, status=status)


def _unusable(text: str, slug: str) -> str:
    """Say why a text cannot be this guide's draft at all, or nothing."""
    try:
        found = writing.read(text)
    except LoadError as error:
        return error.problems[0].message("nl")
    if not found:
        return _("This is no guide: fields with their values belong here.")
    if found.get("flow") != slug:
        return _("This text belongs to another guide. The line ‘flow: %s’ must stay.") % slug
    return ""


@needs("flows.edit")
def publish(request: HttpRequest, slug: str) -> HttpResponse:
    """Publish the draft now or at a moment; with errors nothing happens and all of them are shown."""
    guide_or_404(slug)
    text, _tree = tree_of(slug)
    refused, problem = False, ""
    if request.method == "POST":
        user, note = signed_in(request), request.POST.get("note", "").strip()[:200]
        try:
            if request.POST.get("do") == "unplan":
                drafts.unplan(user=user, slug=slug)
                messages.success(request, _("Taken back: nothing will be published by itself."))
                return to("publish", slug)
            if request.POST.get("do") == "later":
                drafts.plan(user=user, slug=slug, moment=_moment(request), note=note)
                messages.success(request, _("Ready. It is published by itself at that moment."))
                return to("publish", slug)
            version = drafts.publish(user=user, slug=slug, note=note)
        except drafts.RefusedError:
            refused = True
        except drafts.PastError:
            problem = _("Choose a day and time that is still to come.")
        except ValueError:
            problem = _("Fill in a day and a time.")
        else:
            messages.success(request, _("Version %s is published. Readers see it at once.") % version.number)
            return to("overview", slug)
    context = {
        **frame(slug, "publish", text),
        "refused": refused,
        "problem": problem,
        "typed": request.POST,
        "today": clock.local_now(),
    }
    return render(request, "guide/admin/publish.html", context, status=422 if refused or problem else 200)


def _moment(request: HttpRequest) -> datetime:
    """Read the day and time, in the country's own clock. Raises ValueError."""
    day, hour = request.POST.get("day", ""), request.POST.get("time", "")
    return datetime.fromisoformat(f"{day}T{hour}").replace(tzinfo=clock.AMSTERDAM)
