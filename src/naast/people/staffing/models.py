"""What is kept about working together at a place: invitations, teams, and mandates (who decides what, until when)."""

from datetime import date, datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from naast.core.models import UuidModel
from naast.people.scoped import ScopedQuerySet
from naast.people.staffing.rules import OWN_DECISION, Standing, invitation_standing


class Invitation(UuidModel):
    """A mailed link with which somebody sets a password once. Their account is closed until they used it."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="invitations")
    place = models.ForeignKey("places.Place", on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    sent_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    times = models.PositiveSmallIntegerField(default=1, db_default=1, help_text="how often it was mailed")
    accepted_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager["Invitation"]] = ScopedQuerySet.as_manager()

    class Meta:
        """Somebody has one open invitation at most: a second mail renews it."""

        ordering = ("-sent_at",)
        constraints = (
            models.UniqueConstraint(
                fields=("user",),
                condition=Q(accepted_at__isnull=True, withdrawn_at__isnull=True),
                name="people_invitation_one_open",
            ),
        )

    def __str__(self) -> str:
        return f"invitation of {self.sent_at:%Y-%m-%d %H:%M}"

    def standing(self, now: datetime) -> Standing:
        """Return whether it waits, ended by itself, was used or was taken back."""
        return invitation_standing(self.ends_at, self.accepted_at, self.withdrawn_at, now)


class Team(UuidModel):
    """People of a place who work together, and the subjects they know: codes of the directory's subjects."""

    place = models.ForeignKey("places.Place", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=80)
    knows = models.JSONField(default=list)
    members = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="teams", blank=True)

    objects: ClassVar[models.Manager["Team"]] = ScopedQuerySet.as_manager()

    class Meta:
        """By name; a place has no two teams of one name."""

        ordering = ("name",)
        constraints = (models.UniqueConstraint(fields=("place", "name"), name="people_team_name_once"),)

    def __str__(self) -> str:
        return self.name


class Mandate(UuidModel):
    """Who decides something for a place: an office, perhaps the person who holds it, a substitute, the paper."""

    place = models.ForeignKey("places.Place", on_delete=models.PROTECT, related_name="+")
    decision = models.CharField(max_length=40)  # a code of `decisions.DECISIONS`, or "own"
    own_decision = models.CharField(max_length=120, blank=True)  # in words, where the list has none that fits
    office = models.CharField(max_length=120)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="mandates"
    )
    substitute = models.CharField(max_length=120, blank=True)
    starts = models.DateField()
    ends = models.DateField(null=True, blank=True)
    paper = models.CharField(max_length=200)
    paper_date = models.DateField()
    reminded_for = models.DateField(null=True)  # the end that administrators were reminded of

    objects: ClassVar[models.Manager["Mandate"]] = ScopedQuerySet.as_manager()

    class Meta:
        """A mandate does not end before it starts; a decision of one's own has words."""

        ordering = ("decision", "own_decision", "starts")
        constraints = (
            models.CheckConstraint(
                condition=Q(ends__isnull=True) | Q(ends__gte=F("starts")), name="people_mandate_ends_after_start"
            ),
            models.CheckConstraint(
                condition=~Q(decision=OWN_DECISION) | ~Q(own_decision=""), name="people_mandate_own_has_words"
            ),
        )

    def __str__(self) -> str:
        return f"{self.own_decision or self.decision}: {self.office}"

    def in_force(self, day: date) -> bool:
        """Tell whether it holds on this day; `ends` is the last day."""
        return self.starts <= day and (self.ends is None or self.ends >= day)
