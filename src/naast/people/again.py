"""Is it still you? A fresh sign-in before what matters: exports, roles, the second step, breaking the glass.

    from naast.people.again import fresh_sign_in

    @needs("people.grant")
    @fresh_sign_in(minutes=10)
    def give_role(request): ...

Below `needs`, above the view. Put it on the view that shows the form and on the one that takes it (often the same).
Who proved themselves longer ago is asked for a passkey, a password or a code. A page that was only asked for comes back
by itself. What somebody sent is carried along in the page that asks, field by field, and reaches the view once they have
proved it: nothing is kept on our side and nothing typed is lost. A chosen file cannot be carried; the page says so.
In tests: `people.tests.factories.sign_in(client, user, minutes_ago=11)` is somebody who has to prove it again.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, TypeVar
from urllib.parse import urlencode

from allauth.account.authentication import get_authentication_records
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from naast.core.sharing import outside
from naast.people.forms import AgainForm
from naast.people.models import User
from naast.people.passkeys.forms import as_json
from naast.people.passkeys.queries import options_to_use

__all__ = ["MINUTES", "Way", "fresh_sign_in", "proved_within", "register_way"]

View = TypeVar("View", bound=Callable[..., HttpResponseBase])

MINUTES = 10
# Not ours to carry: the token is the page's own, and what proves somebody never reaches a view.
NEVER_CARRIED = ("csrfmiddlewaretoken", *AgainForm.names())


@dataclass(frozen=True, slots=True)
class Way:
    """Another way to prove who you are, beside our own form: the address that leads there, and what it says."""

    url: str
    label: str


FindWay = Callable[[User, str], Way | None]
_ways: list[FindWay] = []


def register_way(find: FindWay) -> FindWay:
    """Register another way (a municipality's own sign-in). `find` gets the person and the address to come back to.

    It returns None for who cannot go that way. What somebody sent cannot travel along, so the page says that first.
    """
    if find not in _ways:
        _ways.append(find)
    return find


def proved_within(request: HttpRequest, minutes: int = MINUTES) -> bool:
    """Tell whether who is signed in proved it in this session, by any way, less than so many minutes ago."""
    records = get_authentication_records(request, request.user)  # type: ignore[arg-type]
    # allauth writes these by the clock of the machine.
    return any(time.time() - record.get("at", 0) < minutes * 60 for record in records)


def fresh_sign_in(minutes: int = MINUTES) -> Callable[[View], View]:
    """Let a view through only when its visitor proved who they are less than `minutes` ago; else ask, then go on."""

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not isinstance(request.user, User) or proved_within(request, minutes):
                return view(request, *args, **kwargs)
            if request.method in ("GET", "HEAD"):
                return HttpResponseRedirect(again_path(request.get_full_path()))
            form = AgainForm(
                request.POST if AgainForm.was_sent(request.POST) else None, request=request, person=request.user
            )
            if not form.is_bound or not form.is_valid():
                return _ask(request, form, carried=_carried(request.POST), files=bool(request.FILES))
            form.save()
            request.POST = _without_proof(request.POST)  # type: ignore[assignment]
            return view(request, *args, **kwargs)

        guarded.fresh_sign_in = minutes  # type: ignore[attr-defined]
        return guarded  # type: ignore[return-value]

    return guard


def again_path(back: str) -> str:
    """Return the path of the page that asks, and that leads back to `back`."""
    return f"{outside('account_reauthenticate')}?{urlencode({'next': back})}"


def confirm(request: HttpRequest) -> HttpResponse:
    """Ask who is signed in to prove it again, then lead back to where they were."""
    if not isinstance(request.user, User):
        return HttpResponseRedirect(outside("account_login"))
    form = AgainForm(request.POST or None, request=request, person=request.user)
    if form.is_bound and form.is_valid():
        form.save()
        return HttpResponseRedirect(_back(request))
    return _ask(request, form, back=_back(request))


def _back(request: HttpRequest) -> str:
    """Return where to lead back to: an address of this host, else one's own page."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if safe else outside("people:account")


def _ask(
    request: HttpRequest,
    form: AgainForm,
    *,
    back: str = "",
    carried: tuple[tuple[str, str], ...] = (),
    files: bool = False,
) -> HttpResponse:
    person = request.user
    assert isinstance(person, User)  # noqa: S101 - both callers looked
    here = request.get_full_path()
    context = {
        "form": form,
        "back": back,
        "carried": carried,
        "sent": request.method == "POST" and not back,
        "files": files,
        "passkey": _passkey_button(person) if form.by_passkey else None,
        "ways": [way for find in _ways if (way := find(person, back or here))],
    }
    response = render(request, "people/again.html", context)
    response.headers["Cache-Control"] = "private, no-store"  # what was sent stands in it
    return response


def _passkey_button(person: User) -> dict[str, object]:
    options = as_json(options_to_use(person))
    return {"act": "use", "label": _("Use your passkey"), "options": options, "into": "again_passkey"}


def _carried(sent: QueryDict) -> tuple[tuple[str, str], ...]:
    return tuple((name, value) for name, values in sent.lists() if name not in NEVER_CARRIED for value in values)


def _without_proof(sent: QueryDict) -> QueryDict:
    kept = sent.copy()
    for name in AgainForm.names():
        kept.pop(name, None)
    kept._mutable = False
    return kept
