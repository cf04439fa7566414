"""Breaking the glass: somebody of a desk read one record outside their places, because of danger."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from naast.core import clock
from naast.core.fields import EncryptedTextField
from naast.core.models import UuidModel
from naast.people.scoped import ScopedQuerySet


class Judgement(models.TextChoices):
    """What the privacy officer thought of it."""

    NONE = "", _("not looked at yet")
    RIGHT = "right", _("rightly")
    WRONG = "wrong", _("not rightly")


class GlassQuerySet(ScopedQuerySet["BrokenGlass"]):
    """Broken glass at the places somebody has a right at: `within(scopes)`."""


class BrokenGlass(UuidModel):
    """One time that somebody broke the glass: who, which record, why, and what was thought of it. Reading only."""

    sealing_place = "place_id"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    role = models.CharField(max_length=40)  # by which role at the own desk
    place = models.ForeignKey("places.Place", on_delete=models.PROTECT, related_name="+")  # of the record
    kind = models.CharField(max_length=60)
    record_id = models.CharField(max_length=60, db_index=True)
    number = models.CharField(max_length=20)  # as people say it
    about = models.CharField(max_length=60, blank=True)  # the locker it is of
    reason = EncryptedTextField()
    begun_at = models.DateTimeField(default=clock.now, db_index=True)
    ends_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)  # ended by hand, before its time
    judgement = models.CharField(max_length=8, blank=True, choices=Judgement.choices, default=Judgement.NONE)
    judged_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    judged_at = models.DateTimeField(null=True, blank=True)
    judged_note = EncryptedTextField()

    objects: ClassVar[models.Manager[BrokenGlass]] = GlassQuerySet.as_manager()

    class Meta:
        """The latest first; it ends after it began."""

        ordering = ("-begun_at",)
        constraints = (models.CheckConstraint(condition=Q(ends_at__gt=F("begun_at")), name="people_glass_ends_later"),)

    def __str__(self) -> str:
        return f"glass broken at {self.begun_at:%Y-%m-%d %H:%M}"

    @property
    def is_open(self) -> bool:
        """Whether the record may still be read by it."""
        return self.ended_at is None and clock.now() < self.ends_at
