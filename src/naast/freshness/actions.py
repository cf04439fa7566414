"""What happens to freshness: people are asked, somebody says "still true", links are looked at."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction

from naast.content.models import SlotFill
from naast.core import audit, clock, generations, outbound
from naast.core.mail import queue_mail
from naast.core.outbound import Seen
from naast.core.sharing import outside
from naast.directory.keeping import actions as keeping
from naast.people.models import User
from naast.people.policy import Scope, may, scopes_for

from . import queries, rules
from .models import Asked, Link

LOOKS_AT_ONCE = 20
Look = Callable[[str], Seen]


def remind() -> int:
    """Queue one mail a person about the texts that came to a new stage; returns how many people are asked. Idempotent.

    The mail holds a number and an address, no word of a text.
    """
    today = clock.today()
    waiting: dict[str, int] = {}
    people: dict[str, User] = {}
    with transaction.atomic():
        for ask in queries.asks():
            row = ask.row
            if row.due is None:
                continue
            _asked, new = Asked.objects.get_or_create(
                kind=row.kind, record=row.record, due=row.due, stage=row.stage, defaults={"asked_on": today}
            )
            if not new:
                continue
            for person in ask.people:
                people[str(person.pk)] = person
                waiting[str(person.pk)] = waiting.get(str(person.pk), 0) + 1
        url = outside("freshness")
        for key, number in waiting.items():
            context = {"url": url, "number": str(number)}
            queue_mail(
                kind="freshness/look_again", to=people[key].email, context=context, message_id=f"look-{today}-{key}"
            )
    return len(waiting)


def still_true(*, user: User, kind: str, record: str) -> None:
    """Note that somebody looked and it is still true; a text comes back in a year, an offer in half a year.

    Raises PermissionDenied without the right, LookupError or ValueError when there is no such text.
    """
    if kind == queries.OFFER:
        keeping.editor_confirms(user=user, offer_id=UUID(record))
        return
    today = clock.today()
    due = today + rules.LOOK_AGAIN
    with transaction.atomic():
        if kind == queries.SLOT:
            fill = SlotFill.objects.select_related("place").filter(pk=UUID(record)).first()
            if fill is None:
                raise LookupError(record)
            if not may(user, "content.slots", Scope(fill.place.kind, fill.place_id)):
                raise PermissionDenied("content.slots")
            fill.review_due = due
            fill.save(update_fields=["review_due"])
            found: Any = fill
            generations.bump(fill.place.slug)
        else:
            if not scopes_for(user, "content.shared"):
                raise PermissionDenied("content.shared")
            found = queries.shared(kind, record)
            if found is None:
                raise LookupError(record)
            _look_noted(found, checked_on=today, review_due=due)
            generations.bump()
        fields = ["checked_on", "review_due"] if kind != queries.SLOT else ["review_due"]
        audit.record(
            actor=f"staff:{user.pk}", act="confirmed", kind=found._meta.label, record_id=found.pk, fields=fields
        )


def _look_noted(record: Any, **fields: Any) -> None:
    """Write the dates on what readers see and on the newest draft, which would undo them when it is published."""
    type(record).objects.filter(pk=record.pk).update(**fields)
    revision = getattr(record, "latest_revision", None)
    if revision is not None:
        revision.content |= {name: value.isoformat() for name, value in fields.items()}
        revision.save(update_fields=["content"])


# ---------- links ----------


def collect_links() -> int:
    """Bring the list of outside links up to date with the texts; returns how many there are. Idempotent."""
    now = clock.now()
    wanted = queries.links_now()
    with transaction.atomic():
        known = set(Link.objects.values_list("url", flat=True))
        Link.objects.filter(url__in=known - wanted).delete()
        Link.objects.bulk_create(
            [Link(url=url, next_look=now) for url in sorted(wanted - known)], ignore_conflicts=True, batch_size=500
        )
    return len(wanted)


def look_at_links(look: Look = outbound.look) -> int:
    """Look at the links whose turn it is, one a host; returns at how many.

    When nothing at all answers, we are the ones who are offline, and nothing is noted.
    """
    seen = [(link, look(link.url)) for link in _turn()]
    if (
        seen
        and all(found.state == "unreachable" for _link, found in seen)
        and len({_host(link) for link, _ in seen}) > 1
    ):
        return 0
    for link, found in seen:
        _note(link, found)
    return len(seen)


def _host(link: Link) -> str:
    return link.url.split("/")[2].lower() if link.url.count("/") >= 2 else link.url


def _turn() -> list[Link]:
    turn: dict[str, Link] = {}
    for link in Link.objects.filter(next_look__lte=clock.now()).order_by("next_look")[:500]:
        turn.setdefault(_host(link), link)
        if len(turn) == LOOKS_AT_ONCE:
            break
    return list(turn.values())


def _note(link: Link, found: Seen) -> None:
    now = clock.now()
    link.failures = 0 if found.state == "there" else min(link.failures + 1, 1_000)
    link.failing_since = None if link.failures == 0 else link.failing_since or now
    link.state, link.looked_at, link.next_look = found.state, now, rules.next_look(link.failures, now)
    link.save()


def forget_old() -> int:
    """Drop notes of reminders about dates more than two years ago; returns how many."""
    return Asked.objects.filter(due__lt=clock.today() - timedelta(days=730)).delete()[0]
