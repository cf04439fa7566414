"""What taking part keeps: polls with their answers to choose from, evenings, and who comes by nickname. No vote is kept."""

import secrets
from typing import ClassVar

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from naast.core.fields import EncryptedTextField
from naast.core.models import UuidModel
from naast.people.policy import ScopedQuerySet


def new_code() -> str:
    """Return a short code by which the ledger counts a poll."""
    return secrets.token_hex(5)


class Heard(models.Model):
    """What people said and what happens with it, shown back to them (docs: "dit hoorden we, dit doen we")."""

    heard = models.TextField(_("This is what we heard"), blank=True)
    doing = models.TextField(_("This is what we do"), blank=True)

    class Meta:
        abstract = True


class Poll(Heard, UuidModel):
    """One question with a few answers. Who answers is not known; the ledger counts the answers."""

    place = models.ForeignKey("places.Place", on_delete=models.CASCADE, related_name="+")
    code = models.CharField(max_length=12, unique=True, default=new_code, editable=False)
    slug = models.SlugField(max_length=60)
    question = models.CharField(max_length=160)
    lead = models.CharField(max_length=300, blank=True)
    opens_on = models.DateField()
    closes_on = models.DateField()
    published = models.BooleanField(default=False)
    is_example = models.BooleanField(default=False, help_text="Verzonnen voor de demonstratie")

    objects: ClassVar[models.Manager["Poll"]] = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["-closes_on", "question"]
        constraints = [models.UniqueConstraint(fields=["place", "slug"], name="poll_address_once_a_place")]

    def __str__(self) -> str:
        return self.question


class PollOption(models.Model):
    """One answer to choose. Its code never changes: the counters hang on it."""

    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="options")
    code = models.CharField(max_length=4)
    text = models.CharField(max_length=100)

    class Meta:
        ordering = ["code"]
        constraints = [models.UniqueConstraint(fields=["poll", "code"], name="poll_option_code_once")]

    def __str__(self) -> str:
        return self.text


class Evening(Heard, UuidModel):
    """An evening on which people talk with each other about one theme."""

    place = models.ForeignKey("places.Place", on_delete=models.CASCADE, related_name="+")
    slug = models.SlugField(max_length=60)
    title = models.CharField(max_length=120)
    theme = models.TextField(max_length=1200)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    venue = models.CharField(max_length=120)
    address = models.CharField(max_length=160)
    seats = models.PositiveSmallIntegerField(default=20, validators=[MinValueValidator(1)])
    published = models.BooleanField(default=False)
    cancelled = models.BooleanField(default=False)
    why_cancelled = models.CharField(max_length=200, blank=True)
    is_example = models.BooleanField(default=False, help_text="Verzonnen voor de demonstratie")

    objects: ClassVar[models.Manager["Evening"]] = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at"]
        constraints = [
            models.UniqueConstraint(fields=["place", "slug"], name="evening_address_once_a_place"),
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")), name="evening_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class SignUp(UuidModel):
    """Somebody who comes, by nickname. `digest` is the hash of the word in the address with which they sign off."""

    evening = models.ForeignKey(Evening, on_delete=models.CASCADE, related_name="sign_ups")
    sealing_place = "evening__place_id"
    nickname = EncryptedTextField()
    together = models.PositiveSmallIntegerField(default=1)
    digest = models.BinaryField(max_length=32, unique=True)
    signed_up_on = models.DateField()

    def __str__(self) -> str:
        return str(self.pk)
