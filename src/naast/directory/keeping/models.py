"""What keeping offers true needs to remember: who was asked about which date, the links that were mailed, a place's choice."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from naast.core import clock
from naast.core.models import UuidModel
from naast.directory.keeping import rules
from naast.directory.models import Offer
from naast.places.models import Place


def last_day() -> date:
    """Return the last day of a link that is made today."""
    return clock.today() + rules.LINK_WORKS


class Answer(models.TextChoices):
    """What who gives an offer said of it."""

    TRUE = "klopt", _("Still true")
    CHANGED = "gewijzigd", _("Changed")
    ENDED = "gestopt", _("Does not exist any more")


class Confirmation(UuidModel):
    """That somebody is asked whether an offer is still true: for which date, how often, and what came of it."""

    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="confirmations")
    due = models.DateField()
    owner = models.CharField(max_length=60, db_index=True)  # rules.owner_key: "organisation:<uuid>" or "place:<slug>"
    times = models.PositiveSmallIntegerField(default=0)
    last_on = models.DateField(null=True, blank=True)
    told_on = models.DateField(null=True, blank=True)  # when the municipality's editors heard that nobody answered
    answer = models.CharField(max_length=10, choices=Answer.choices, blank=True)
    answered_on = models.DateField(null=True, blank=True)

    objects: ClassVar[models.Manager["Confirmation"]] = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["offer", "due"], name="offer_asked_once_a_date"),
            models.CheckConstraint(
                condition=Q(answer="") | Q(answer__in=Answer.values), name="offer_answer_known_code"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.offer_id} {self.due}"


class ConfirmationLink(UuidModel):
    """One mailed link: only a hash of its token is kept, so this table opens no page (docs/decisions/0022)."""

    digest = models.BinaryField(max_length=32, unique=True)
    owner = models.CharField(max_length=60)
    made_on = models.DateField(default=clock.today)
    expires_on = models.DateField(default=last_day, db_index=True)
    confirmations = models.ManyToManyField(Confirmation, related_name="links")

    objects: ClassVar[models.Manager["ConfirmationLink"]] = models.Manager()

    def __str__(self) -> str:
        return str(self.pk)


class KeepingChoice(models.Model):
    """What a place chose about its own offers: after how many months past their date they are hidden; empty is never."""

    place = models.OneToOneField(Place, on_delete=models.CASCADE, primary_key=True, related_name="+")
    hide_after = models.PositiveSmallIntegerField(null=True, blank=True, default=rules.HIDE_AFTER)

    def __str__(self) -> str:
        return str(self.place_id)
