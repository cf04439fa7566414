"""The history of waiting times: one note an offer and day, a range of weeks."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from naast.core.models import UuidModel
from naast.directory.models import ConfirmedBy, Offer


class WaitingNote(UuidModel):
    """How long people waited for an offer on a day, and who said so."""

    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="waiting_notes")
    weeks_min = models.PositiveSmallIntegerField()
    weeks_max = models.PositiveSmallIntegerField()
    said_on = models.DateField()
    said_by = models.CharField(max_length=10, choices=ConfirmedBy.choices, default=ConfirmedBy.PROVIDER)

    objects: ClassVar[models.Manager["WaitingNote"]] = models.Manager()

    class Meta:
        ordering = ["said_on"]
        constraints = [
            models.UniqueConstraint(fields=["offer", "said_on"], name="waiting_noted_once_a_day"),
            models.CheckConstraint(condition=Q(weeks_min__lte=F("weeks_max")), name="waiting_note_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.offer_id} {self.said_on}"
