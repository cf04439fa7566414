"""Going to a municipality's own sign-in and coming back. What is believed stands in rules; nothing of it stays here."""

import logging
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.internal.stagekit import clear_login
from allauth.account.models import Login
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_GET

from naast.core import clock
from naast.core.limits import allow
from naast.core.sharing import outside
from naast.people.models import User
from naast.people.oidc import actions, queries, rules, talking, visits
from naast.people.oidc.rules import Proved, Provider, Refused
from naast.people.start import first_page
from naast.people.views import too_many

logger = logging.getLogger("naast.people.oidc")

# What the page says for which reason: the reader learns what to do, the log learns the reason.
SAYS: dict[str, tuple[str, int]] = {
    **dict.fromkeys(("cancelled",), ("cancelled", 200)),
    **dict.fromkeys(("state", "late", "mixed-up", "used"), ("late", 400)),
    **dict.fromkeys(("address", "no-account", "no-role", "somebody-else"), ("unknown", 403)),
    **dict.fromkeys(("other-person", "not-asked-again"), ("again", 403)),
    "unreachable": ("silent", 503),
}
METHOD = "oidc"  # in the records of the session, beside allauth's "password" and "mfa"


def _provider(slug: str) -> Provider:
    found = queries.provider(slug)
    if found is None:
        raise Http404(slug)
    return found


def _return_address(request: HttpRequest, provider: Provider) -> str:
    """Return the one address a provider may lead back to; in production it does not depend on what was asked."""
    host = f"{request.scheme}://{request.get_host()}" if settings.NAAST_EMBEDDED else settings.WAGTAILADMIN_BASE_URL
    return f"{host}{outside('people:via-back', slug=provider.slug)}"


@require_GET
def leave(request: HttpRequest, slug: str) -> HttpResponse:
    """Send somebody to their provider. A link, no form: our content policy lets no form lead elsewhere."""
    provider = _provider(slug)
    verdict = allow("signin", request)
    if not verdict.ok:
        return too_many(request, verdict.retry_after)
    back = _return_address(request, provider)
    if not back.startswith(f"{request.scheme}://{request.get_host()}/"):
        # The session has to be one of the host that the provider leads back to.
        return HttpResponseRedirect(back.removesuffix(outside("people:via-back", slug=slug)) + request.get_full_path())
    again = request.GET.get("opnieuw") == "1" and request.user.is_authenticated
    if request.user.is_authenticated and not again:
        return HttpResponseRedirect(first_page(request.user))
    try:
        metadata = talking.metadata(provider)
    except Refused as refused:
        return _failed(request, provider, refused)
    visit = visits.begin(request, provider, next_path=rules.safe_next(request.GET.get("next", "")), again=again)
    return HttpResponseRedirect(rules.authorize_address(provider, metadata, visit, back))


@require_GET
def back(request: HttpRequest, slug: str) -> HttpResponse:
    """Judge what a provider sent somebody back with, and sign them in, or say what to do."""
    provider = _provider(slug)
    verdict = allow("signin", request)
    if not verdict.ok:
        return too_many(request, verdict.retry_after)
    visit = visits.take(request, request.GET.get("state", ""))
    try:
        proved = _proved(request, provider, visit)
        assert visit is not None  # noqa: S101 - _proved refuses without one
        user = actions.admitted(provider=provider, proved=proved)
        if visit.again:
            return _proved_again(request, user, visit.next)
    except Refused as refused:
        return _failed(request, provider, refused, visit.next if visit else "")
    return _sign_in(request, provider, user, visit.next, second_factor=proved.second_factor)


def _proved(request: HttpRequest, provider: Provider, visit: rules.Visit | None) -> Proved:
    if visit is None:
        raise Refused("state")
    metadata = talking.metadata(provider)
    # A name that stands there twice is nobody's answer: which of the two would we judge?
    answer = {name: values[0] for name, values in request.GET.lists() if len(values) == 1}
    now = clock.now()
    code = rules.judged_code(answer, visit, metadata, provider, now)
    if not visits.first_use("code", code):
        raise Refused("used")
    token = talking.exchanged(provider, metadata, visit, code, _return_address(request, provider))
    return rules.judged_token(token, talking.keys_for(metadata, token), provider, visit, now)


def _sign_in(
    request: HttpRequest, provider: Provider, user: User, next_path: str, *, second_factor: bool
) -> HttpResponse:
    """Sign in: with a second factor that the provider proved at once, else by way of our own second step."""
    clear_login(request)  # what was begun with a password here, by whomever, is over
    request.session[rules.SIGN_IN_VIA] = provider.slug
    record_authentication(request, user, METHOD)
    where = next_path or first_page(user)
    if second_factor:
        record_authentication(request, user, "mfa", type=METHOD)
        get_adapter(request).login(request, user)
        return HttpResponseRedirect(where)
    request.sign_in_via = provider.slug  # type: ignore[attr-defined]
    return perform_login(request, Login(user=user, redirect_url=where))


def _proved_again(request: HttpRequest, user: User, next_path: str) -> HttpResponse:
    if request.user != user:
        raise Refused("other-person")
    record_authentication(request, user, METHOD, reauthenticated=True)
    return HttpResponseRedirect(next_path or outside("people:account"))


def _failed(request: HttpRequest, provider: Provider, refused: Refused, next_path: str = "") -> HttpResponse:
    logger.warning("sign-in by %s: %s", provider.slug, refused.reason)
    says, status = SAYS.get(refused.reason, ("broken", 400))
    context: dict[str, Any] = {"provider": provider, "says": says, "next": next_path}
    return render(request, "people/oidc/failed.html", context, status=status)
