"""Saying how long people wait: the offer's range and its history, in one transaction."""

from django.db import transaction

from naast.core import audit, clock, generations
from naast.directory.models import ConfirmedBy, Offer, OfferArea, WaitingNote
from naast.directory.search import index
from naast.directory.waiting.rules import Weeks


def say(*, offer: Offer, weeks: Weeks, said_by: ConfirmedBy, actor: str) -> Offer:
    """Say the waiting time of an offer as it is today; readers see it at once. The last word of a day stands."""
    today = clock.today()
    with transaction.atomic():
        row = Offer.objects.select_for_update().get(pk=offer.pk)
        row.waiting_min, row.waiting_max, row.waiting_on = weeks.least, weeks.most, today
        row.updated_at = clock.now()
        row.save(update_fields=["waiting_min", "waiting_max", "waiting_on", "updated_at"])
        keep_history(offer=row, said_by=said_by)
        index.put([row.pk])
        audit.record(actor=actor, act="waiting", kind="directory.Offer", record_id=row.pk, fields=["waiting_min"])
        bump_places(row)
    return row


def keep_history(*, offer: Offer, said_by: ConfirmedBy) -> None:
    """Note the range that stands in an offer under its own day. Call it in the transaction that wrote the range."""
    if offer.waiting_min is None or offer.waiting_max is None or offer.waiting_on is None:
        return
    WaitingNote.objects.update_or_create(
        offer_id=offer.pk,
        said_on=offer.waiting_on,
        defaults={"weeks_min": offer.waiting_min, "weeks_max": offer.waiting_max, "said_by": said_by},
    )


def bump_places(offer: Offer) -> None:
    """Say that the places an offer serves show something new; of a region's or the country's offer, all places."""
    served = list(OfferArea.objects.filter(offer_id=offer.pk).values_list("place__slug", "place__kind"))
    if any(kind != "municipality" for _slug, kind in served):
        generations.bump()
        return
    for slug, _kind in served:
        generations.bump(slug)
