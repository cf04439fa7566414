"""The pages behind a mailed link: nobody signs in, opening changes nothing, each offer is answered once.

Mail programs open links by themselves, so only a button does something. A token that opens nothing gets the same page
whether it was guessed, mistyped or forgotten long ago.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from naast.core import limits
from naast.core import once as once_numbers
from naast.core.once import Once
from naast.directory import shown
from naast.directory.keeping import actions, queries
from naast.directory.keeping.forms import EndedForm, OfferForm
from naast.directory.models import Confirmation, ConfirmationLink, Costs, Offer, State
from naast.directory.rules import RecordError
from naast.directory.waiting import shown as waiting
from naast.directory.waiting.rules import weeks_of

LinkView = Callable[..., HttpResponse]


@dataclass(frozen=True)
class Row:
    """One offer on the page of a link: its asking, how it stands (open, an answer, or gone), and its facts."""

    asked: Confirmation
    offer: Offer
    stands: str
    facts: list[tuple[str, str]]
    choices: list[waiting.Choice]


def behind_link(view: LinkView) -> LinkView:
    """Open the link first: a token that opens nothing gets a page that says how to go on. Nobody keeps or indexes these."""

    @csrf_exempt
    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def opened(request: HttpRequest, token: str, *args: Any, **kwargs: Any) -> HttpResponse:
        state, link = queries.link_at(token)
        if link is None or state != "open":
            response = render(request, "directory/keeping/no_link.html", {"expired": state == "expired"})
            response.status_code = 410 if state == "expired" else 404
        else:
            response = view(request, token, link, *args, **kwargs)
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        response.headers["Referrer-Policy"] = "no-referrer"  # the address is the key
        response.headers["Cache-Control"] = "private, no-store"
        return response

    return opened


@behind_link
def page(request: HttpRequest, token: str, link: ConfirmationLink) -> HttpResponse:
    """`/aanbod-bevestigen/<token>/`: every offer this mail was about, with its answers."""
    if request.method != "POST":
        return _list(request, token, link)
    once, problem = _may_write(request)
    if problem:
        return _list(request, token, link, notice=problem)
    try:
        asked_id = UUID(request.POST.get("asked", ""))
        if weeks := weeks_of(request.POST.get("waiting", "")):
            actions.say_waiting(once=once, link=link, confirmation_id=asked_id, weeks=weeks)
        elif request.POST.get("do") == "klopt":
            actions.confirm(once=once, link=link, confirmation_id=asked_id)
        else:
            return _list(request, token, link, notice=_("We did not understand that. Choose one of the buttons."))
    except (LookupError, ValueError):
        return _list(request, token, link, notice=_("This mail is not about that offer. Choose one from the list."))
    return _back(token, asked_id)


@behind_link
def change(request: HttpRequest, token: str, link: ConfirmationLink, asked: UUID) -> HttpResponse:
    """A form with the facts of one offer; sending it makes a proposal for its editors."""
    found = queries.one_behind(link, asked)
    if found is None or found.answer or not queries.can_be_confirmed(found.offer):
        return _back(token, asked)
    form = OfferForm(request.POST if request.method == "POST" else None, initial=OfferForm.initial_of(found.offer))
    context: dict[str, Any] = {"form": form, "offer": found.offer, "back": _list_href(token)}
    if request.method == "POST":
        once, problem = _may_write(request)
        if problem:
            context["notice"] = problem
        elif form.is_valid():
            try:
                actions.change(once=once, link=link, confirmation_id=asked, values=form.cleaned_data)
                return _back(token, asked)
            except RecordError as error:
                form.add_error(None, _("This cannot be saved: %(why)s.") % {"why": "; ".join(error.problems)})
    return render(request, "directory/keeping/change.html", context)


@behind_link
def ended(request: HttpRequest, token: str, link: ConfirmationLink, asked: UUID) -> HttpResponse:
    """Ask once more before the editors hear that an offer exists no more."""
    found = queries.one_behind(link, asked)
    if found is None or found.answer or not queries.can_be_confirmed(found.offer):
        return _back(token, asked)
    form = EndedForm(request.POST if request.method == "POST" else None)
    context: dict[str, Any] = {"form": form, "offer": found.offer, "back": _list_href(token)}
    if request.method == "POST":
        once, problem = _may_write(request)
        if problem:
            context["notice"] = problem
        elif form.is_valid():
            reason = form.cleaned_data["reason"]
            actions.say_ended(once=once, link=link, confirmation_id=asked, reason=reason)
            return _back(token, asked)
    return render(request, "directory/keeping/ended.html", context)


def _may_write(request: HttpRequest) -> tuple[Once, str]:
    """The one-time number that came back, and why nothing can be written now ('' when it can)."""
    once = once_numbers.read(request.POST.get("once", ""))
    if not limits.allow("write", request).ok:
        return once, _("It is very busy at this moment. Wait a minute and press the button again.")
    if once.state != "fresh":
        return once, _("This page stood open for too long. Nothing is lost: press the button once more.")
    return once, ""


def _list_href(token: str) -> str:
    return reverse("offer-check", args=[token])


def _back(token: str, asked: UUID) -> HttpResponse:
    response = HttpResponseRedirect(f"{_list_href(token)}#aanbod-{asked}")
    response.status_code = 303
    return response


def _list(request: HttpRequest, token: str, link: ConfirmationLink, *, notice: str = "") -> HttpResponse:
    rows = [_row(asked) for asked in queries.behind(link)]
    still_open = [row for row in rows if row.stands == "open"]
    waiting_more = queries.asked_by(link).filter(answer="").count() - sum(not row.asked.answer for row in rows)
    context = {
        "rows": rows,
        "open": len(still_open),
        "more": max(0, waiting_more),
        "organisation": rows[0].offer.organisation.name if rows else "",
        "token": token,
        "link": link,
        "notice": notice,
    }
    return render(request, "directory/keeping/page.html", context)


def _row(asked: Confirmation) -> Row:
    offer = asked.offer
    stands = asked.answer or "open"
    if offer.state == State.MERGED:
        stands = "merged"
    elif not queries.can_be_confirmed(offer):
        stands = "gone"
    return Row(asked, offer, stands, _facts(offer), waiting.choices(offer) if stands == "open" else [])


def _facts(offer: Offer) -> list[tuple[str, str]]:
    """What the provider must look at, in short; what nobody wrote is said to be empty."""
    empty = _("not filled in")
    costs = offer.costs_text or str(Costs(offer.costs).label)
    return [
        (_("For whom"), shown.for_whom(offer)),
        (_("Costs"), costs),
        (_("Telephone"), offer.phone or empty),
        (_("Open"), offer.hours or empty),
        (_("Web address"), offer.website or empty),
        (_("Waiting time"), waiting.words(offer) or empty),
    ]
