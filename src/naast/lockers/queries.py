"""Reading lockers: the open one of a request, and what its pages show."""

import hashlib
from collections.abc import Mapping, Sequence
from uuid import UUID

from django.conf import settings
from django.db.models import Count, Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware

from naast.core import clock, crypto
from naast.lockers import rules
from naast.lockers.models import Locker

SESSION_LOCKER = "locker"
SESSION_SEEN = "locker_seen"
EMAIL_INDEX = "locker-email"
_MEMO = "_naast_locker"
_ENDED = "_naast_locker_ended"
_BEAT = 60  # seconds between two writes of "last seen": reading pages stays reading


def of_request(request: HttpRequest) -> Locker | None:
    """Return the locker that is open in this browser, or None. Reads nothing where there is no session cookie.

    Twenty idle minutes close it; use moves that moment.
    """
    if hasattr(request, _MEMO):
        found: Locker | None = getattr(request, _MEMO)
        return found
    locker = _look(request)
    setattr(request, _MEMO, locker)
    return locker


def remember(request: HttpRequest, locker: Locker | None) -> None:
    """Let the rest of this request see the locker that was just opened or closed."""
    setattr(request, _MEMO, locker)


def just_ended(request: HttpRequest) -> bool:
    """Tell whether this request found a locker that closed by itself, or that was emptied elsewhere."""
    of_request(request)
    return bool(getattr(request, _ENDED, False))


def _look(request: HttpRequest) -> Locker | None:
    if settings.SESSION_COOKIE_NAME not in request.COOKIES and SESSION_LOCKER not in getattr(request, "session", {}):
        return None
    session = request.session
    locker_id, last_seen = session.get(SESSION_LOCKER), session.get(SESSION_SEEN, 0)
    if not locker_id:
        return None
    moment = int(clock.now().timestamp())
    locker = None
    if not rules.session_ended(last_seen=last_seen, now=moment):
        locker = Locker.objects.select_related("place").filter(pk=locker_id).first()
    if locker is None:
        session.pop(SESSION_LOCKER, None)
        session.pop(SESSION_SEEN, None)
        setattr(request, _ENDED, True)
        return None
    if moment - last_seen >= _BEAT:
        session[SESSION_SEEN] = moment
    return locker


def salts_in_use() -> dict[str, int]:
    """Return salt id → how many lockers still need it; a salt that is needed may not be dropped."""
    rows = Locker.objects.values_list("salt_id").annotate(number=Count("id")).order_by()
    return dict(rows)


def salts_to_try() -> list[tuple[str, bytes]]:
    """Return the salts a code is tried with: the newest first, then older ones for as long as a locker needs them."""
    salts: Mapping[str, bytes] = settings.NAAST_LOCKER_SALTS
    newest = next(iter(salts))
    needed = set(Locker.objects.exclude(salt_id=newest).values_list("salt_id", flat=True).distinct())
    return [(salt_id, salt) for salt_id, salt in salts.items() if salt_id == newest or salt_id in needed]


def by_email(address: str) -> Sequence[Locker]:
    """Return lockers whose owner gave exactly this address (the privacy officer answers a request with it)."""
    return list(Locker.objects.filter(email_index=crypto.blind_index(address, purpose=EMAIL_INDEX)))


def has_email(locker_id: UUID) -> bool:
    """Tell whether the owner of this locker gets a signal by mail."""
    return Locker.objects.filter(pk=locker_id).exclude(email_index="").exists()


def with_nothing_in_it() -> QuerySet[Locker]:
    """Return lockers in which nothing lies: no record of any room points at them."""
    lockers: QuerySet[Locker] = Locker.objects.all()
    for relation in Locker._meta.related_objects:
        model, name = relation.related_model, relation.field.name
        lockers = lockers.filter(~Exists(model._default_manager.filter(**{name: OuterRef("pk")})))
    return lockers


def unused() -> QuerySet[Locker]:
    """Return lockers past their rule: nothing lies in them and nobody opened them for 12 months."""
    return with_nothing_in_it().filter(last_used_on__lt=rules.unused_since(clock.today()), demonstration="")


def short_mark(locker: Locker) -> str:
    """Return a mark of a locker for file names and checks that says nothing about its owner."""
    return hashlib.sha256(locker.pk.bytes).hexdigest()[:6]


def of_form(request: HttpRequest) -> Locker | None:
    """Return the open locker of a POST that carries a valid token; without one the session is ignored.

    For views that are exempt from Django's own check, because a form of a closed locker must come back filled instead of
    ending in 403.
    """
    locker = of_request(request)
    if locker is None:
        return None
    request.csrf_processing_done = False  # type: ignore[attr-defined]
    refused = CsrfViewMiddleware(_unused).process_view(request, _unused, (), {})
    return locker if refused is None else None


def _unused(request: HttpRequest) -> HttpResponse:
    """Stand in for the view, which is exempt; only the token is looked at."""
    return HttpResponse()
