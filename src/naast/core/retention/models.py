"""The protocol of erasing, what the law holds back, and what waits until it is no longer held."""

from django.db import models
from django.db.models import F, Q

from naast.core import clock
from naast.core.fields import NO_PLACE, EncryptedTextField
from naast.core.models import UuidModel


class RetentionRun(UuidModel):
    """One run over all rules. While it has no end, it was stopped halfway (or is busy) and the next one goes on with it."""

    started_at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True, blank=True, db_index=True)
    beat_at = models.DateTimeField(
        default=clock.now
    )  # the last batch: older than two minutes, and nobody is busy with it
    actor = models.CharField(max_length=60)  # "system" for the worker, "command" for who typed it, "staff:<uuid>"

    class Meta:
        """Newest first."""

        ordering = ("-started_at",)

    def __str__(self) -> str:
        return f"{self.started_at:%Y-%m-%d %H:%M}"


class RetentionLine(models.Model):
    """What one run erased of one kind at one place: numbers and the rule as it read that day, never content."""

    run = models.ForeignKey(RetentionRun, on_delete=models.CASCADE, related_name="lines")
    kind = models.CharField(max_length=80)
    place = models.CharField(max_length=80, blank=True)  # slug; empty for what belongs to no place
    rule = models.TextField()
    erased = models.PositiveIntegerField(default=0)
    held = models.PositiveIntegerField(default=0)  # past its rule, and held back

    class Meta:
        """One line a run, kind and place."""

        ordering = ("kind", "place")
        constraints = (models.UniqueConstraint(fields=("run", "kind", "place"), name="retention_line_once"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.place}: {self.erased}"


class LegalHold(UuidModel):
    """A duty not to erase: of a place, of one kind there, or of one record by its id. At most a year, with a reason."""

    place = models.CharField(max_length=80, db_index=True)  # slug
    kind = models.CharField(max_length=80, blank=True)  # empty: every kind
    record_id = models.CharField(max_length=60, blank=True, db_index=True)  # empty: all of the kind
    number = models.CharField(max_length=40, blank=True)  # by which people know the record
    sealing_place = NO_PLACE
    reason = EncryptedTextField()
    actor = models.CharField(max_length=60)
    starts = models.DateField(default=clock.today)
    ends = models.DateField()  # the last day that counts
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.CharField(max_length=60, blank=True)

    class Meta:
        """It ends on a day that is named beforehand; one record belongs to one kind."""

        ordering = ("-starts",)
        constraints = (
            models.CheckConstraint(condition=Q(ends__gte=F("starts")), name="legal_hold_ends_after_start"),
            models.CheckConstraint(condition=Q(record_id="") | ~Q(kind=""), name="legal_hold_record_has_kind"),
        )

    def __str__(self) -> str:
        return f"{self.kind or '*'} @ {self.place}"


class WaitingErasure(models.Model):
    """Somebody asked to erase what was held: it goes at the first run after the hold. The locker opens to nobody."""

    locker_id = models.UUIDField(primary_key=True)
    asked_on = models.DateField(default=clock.today)

    def __str__(self) -> str:
        return str(self.locker_id)
