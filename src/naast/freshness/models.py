"""What freshness keeps: who was asked about which date, and when an outside link was looked at."""

from django.db import models


class Asked(models.Model):
    """A reminder that was sent: of which text (`kind` and `record`), for which date, at which stage."""

    kind = models.CharField(max_length=40)
    record = models.CharField(max_length=40)
    due = models.DateField()
    stage = models.CharField(max_length=8)
    asked_on = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "record", "due", "stage"], name="asked_once_a_stage")]

    def __str__(self) -> str:
        return f"{self.kind} {self.record} {self.stage}"


class Link(models.Model):
    """An address elsewhere that stands in our texts, and what it last answered."""

    url = models.TextField(unique=True)
    failures = models.PositiveSmallIntegerField(default=0)
    failing_since = models.DateTimeField(null=True, blank=True)
    looked_at = models.DateTimeField(null=True, blank=True)
    next_look = models.DateTimeField(db_index=True)
    state = models.CharField(max_length=12, blank=True)

    def __str__(self) -> str:
        return self.url
