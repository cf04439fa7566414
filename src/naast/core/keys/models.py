"""What is kept of keys: one sealed key a place, and how far a place is with leaving. No foreign keys: they outlive rows."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from naast.core.clock import now
from naast.core.models import UuidModel


class PlaceKey(UuidModel):
    """A place's own key of 32 bytes, sealed under a ring key. Erased, only its dates stay: what lay under it is gone."""

    place_id = models.UUIDField(db_index=True)
    wrapped = models.BinaryField(null=True)
    ring_id = models.CharField(max_length=40, blank=True)  # which ring entry opens it
    created_at = models.DateTimeField(default=now)
    retired_at = models.DateTimeField(null=True)  # a fresh one took its place: it reads, and seals nothing new
    erased_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager["PlaceKey"]] = models.Manager()

    class Meta:
        """One key of a place seals new texts; an erased key holds no bytes."""

        constraints = (
            models.UniqueConstraint(
                fields=("place_id",),
                condition=Q(retired_at__isnull=True, erased_at__isnull=True),
                name="place_key_one_in_use",
            ),
            models.CheckConstraint(
                condition=Q(erased_at__isnull=True, wrapped__isnull=False)
                | Q(erased_at__isnull=False, wrapped__isnull=True),
                name="place_key_erased_is_empty",
            ),
        )

    def __str__(self) -> str:
        return str(self.pk)


class PlaceLeaving(UuidModel):
    """How far a place is with leaving, so that a command that was killed goes on where it was. Counts, no content."""

    place_id = models.UUIDField()
    slug = models.CharField(max_length=80)
    started_at = models.DateTimeField(default=now)
    closed_at = models.DateTimeField(null=True)  # nobody reads or writes there any more
    exported_at = models.DateTimeField(null=True)  # the sealed file was read back whole
    archive = models.CharField(max_length=255, blank=True)  # the file's name, without its folder
    digest = models.CharField(max_length=64, blank=True)  # SHA-256 of the sealed file
    keys_erased_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    counts = models.JSONField(default=dict)

    objects: ClassVar[models.Manager["PlaceLeaving"]] = models.Manager()

    class Meta:
        """A place leaves once at a time."""

        constraints = (
            models.UniqueConstraint(
                fields=("place_id",), condition=Q(finished_at__isnull=True), name="place_leaving_one_at_a_time"
            ),
        )

    def __str__(self) -> str:
        return self.slug
