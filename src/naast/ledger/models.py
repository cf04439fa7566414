"""What is counted: waiting facts (unordered, without any id of a person), folded counters, published figures."""

from uuid import uuid4

from django.db import models


class WaitingFact(models.Model):
    """A fact that waits to be folded. Random key, no moment but the month: its order tells nothing."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    fact = models.CharField(max_length=40)
    month = models.CharField(max_length=7)  # 2026-11
    place = models.CharField(max_length=80)
    dimensions = models.CharField(max_length=200)  # "audience=ouders;channel=web", sorted
    amount = models.PositiveIntegerField(default=1)


class Counter(models.Model):
    """How often a fact happened in a month at a place."""

    fact = models.CharField(max_length=40)
    month = models.CharField(max_length=7)
    place = models.CharField(max_length=80)
    dimensions = models.CharField(max_length=200)
    amount = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["fact", "month", "place", "dimensions"], name="counter_once")]


class Published(models.Model):
    """A figure that may be shown; monitor writes it, content reads it."""

    key = models.CharField(primary_key=True, max_length=120)
    place = models.CharField(max_length=80, db_index=True)
    text = models.CharField(max_length=80)  # as it may be read: "minder dan 10", "45"
    definition = models.TextField()
    published_on = models.DateField()
