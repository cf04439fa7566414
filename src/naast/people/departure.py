"""When a municipality leaves, its roles, the sessions of who held them and the forms kept for them end at once."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.dispatch import receiver

from naast.core import audit, clock
from naast.people import taken
from naast.people.models import Grant, KeptForm, StaffSession
from naast.places.departure.actions import closing
from naast.places.queries import by_id


@receiver(closing, dispatch_uid="people.place_leaves")
def end_roles(sender: Any, place_id: UUID, **kwargs: Any) -> None:
    """End every role that holds at this place, the last administrator's too, and sign their holders out."""
    place = by_id(place_id)
    today = clock.today()
    grants = Grant.objects.filter(Q(ends__isnull=True) | Q(ends__gte=today), scope_id=place_id)
    yesterday = today - timedelta(days=1)
    people = set()
    for grant in grants:
        people.add(grant.user_id)
        audit.record(
            actor="system", act="end", kind="people.Grant", record_id=grant.pk, fields=("ends",),
            place=place.slug if place else "",
        )  # fmt: skip
        if grant.starts > yesterday:
            grant.delete()
        else:
            grant.ends = yesterday
            grant.save(update_fields=["ends"])
            taken.last_day(grant)
    StaffSession.objects.filter(user__in=people).delete()
    # What they were writing when a session ended lies under the ring, not under the place's key.
    KeptForm.objects.filter(user__in=people).delete()
