"""Bursts of failed sign-ins: noticed as they happen, told once to who administers the place, and kept as a number.

Nothing of the tries is kept: no address, no account, no network. A burst is a place, a begin, an end and a count.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.core.cache import caches
from django.db import transaction
from django.db.models import F

from naast.core import clock, mail
from naast.core.sharing import outside
from naast.people.attempts import as_found
from naast.people.models import Grant, SignInBurst, User
from naast.people.policy import scopes_for
from naast.people.policy_table import REGION
from naast.people.queries import who_may
from naast.people.rules import BURST_OVER, BURST_WINDOW, Scope, is_burst
from naast.places.queries import by_id

ADMINISTERS, READS = "people.grant", "people.read"
SHOWN, KEPT = timedelta(days=30), timedelta(days=365)
EVERYWHERE = None


def noticed(email: str) -> None:
    """Count a failed sign-in: for the installation, and for each place where this account holds a role."""
    held = Grant.objects.in_force(clock.today()).filter(user__email=as_found(email))
    places = {scope_id for scope_id in held.values_list("scope_id", flat=True) if by_id(scope_id)}
    for place_id in (EVERYWHERE, *places):
        failures = _count(place_id)
        if is_burst(failures, everywhere=place_id is EVERYWHERE):
            _grows(place_id, failures)


def _count(place_id: UUID | None) -> int:
    """Return how many failures there are in this window, this one included."""
    window = int(clock.now().timestamp() // BURST_WINDOW.total_seconds())
    key, cache = f"naast.burst.{place_id or 'all'}.{window}", caches["shared"]
    cache.add(key, 0, timeout=BURST_WINDOW.total_seconds() * 2)
    try:
        return int(cache.incr(key))
    except ValueError:
        return 1


@transaction.atomic
def _grows(place_id: UUID | None, failures: int) -> None:
    """Add to the burst that goes on, or begin one and tell about it."""
    moment = clock.now()
    going_on = SignInBurst.objects.filter(place_id=place_id, last__gte=moment - BURST_OVER)
    if going_on.update(last=moment, failures=F("failures") + 1):
        return
    burst = SignInBurst.objects.create(place_id=place_id, began=moment, last=moment, failures=failures)
    for person, name in _to_tell(place_id):
        mail.queue_mail(
            kind="people/burst",
            to=person.email,
            context={"place": name, "url": outside("people:account")},
            message_id=f"burst:{burst.pk}:{person.pk}",
        )


def _to_tell(place_id: UUID | None) -> Iterable[tuple[User, str]]:
    """Find who administers the place; for the whole installation who administers its regions."""
    if place_id is not EVERYWHERE:
        place = by_id(place_id)
        return [(one, place.name) for one in who_may(ADMINISTERS, Scope(place.kind, place.id))] if place else []
    regions = Grant.objects.in_force(clock.today()).filter(scope_kind=REGION).values_list("scope_id", flat=True)
    people = {one for scope_id in set(regions) for one in who_may(ADMINISTERS, Scope(REGION, scope_id))}
    return [(one, "Naast") for one in sorted(people, key=lambda one: str(one.pk))]


def recent_for(user: User) -> list[tuple[SignInBurst, str]]:
    """Return the bursts of the last 30 days that this person may know of, newest first, each with its place's name.

    Administrators and privacy officers: of their places, and of the whole installation.
    """
    scopes = scopes_for(user, READS)
    if not scopes:
        return []
    since: datetime = clock.now() - SHOWN
    rows = SignInBurst.objects.filter(last__gte=since).order_by("-began")
    ids = {scope.id for scope in scopes}
    shown = [row for row in rows if row.place_id is None or row.place_id in ids]
    return [(row, place.name if row.place_id and (place := by_id(row.place_id)) else "") for row in shown]


def forget_old() -> None:
    """Erase bursts of more than a year ago. Idempotent."""
    SignInBurst.objects.filter(last__lt=clock.now() - KEPT).delete()
