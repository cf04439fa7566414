"""What the ground keeps: used one-time numbers, outgoing mail, the access log, generations, beats, tombstones."""

from uuid import uuid4

from django.db import models

from .clock import now
from .fields import NO_PLACE, EncryptedTextField


class UuidModel(models.Model):
    """A record with a random id that exists before it is saved (encryption is bound to it)."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)

    class Meta:
        abstract = True


class UsedOnce(models.Model):
    """A one-time number that was used: only its hash, for 24 hours."""

    digest = models.BinaryField(primary_key=True, max_length=32)
    purpose = models.CharField(max_length=40)
    used_at = models.DateTimeField(default=now, db_index=True)


class OutboxMail(UuidModel):
    """A mail that was promised in a transaction. Its address is encrypted and goes when it has left."""

    kind = models.CharField(max_length=60)
    sealing_place = NO_PLACE  # of whoever a mail is promised to, staff too; it goes when it has left
    to = EncryptedTextField(for_programs=True)
    context = models.JSONField(default=dict)  # names and addresses of pages; never a word of a person
    message_id = models.CharField(max_length=120, unique=True)
    created_at = models.DateTimeField(default=now)
    sent_at = models.DateTimeField(null=True, db_index=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    error_class = models.CharField(max_length=120, blank=True)


class AuditLine(models.Model):
    """One line of the access log: who did what to which record; field names, never values. Append-only."""

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField(default=now, db_index=True)
    actor = models.CharField(max_length=60)  # "staff:<uuid>", "locker", "system"
    act = models.CharField(max_length=60)
    kind = models.CharField(max_length=60)
    record_id = models.CharField(max_length=60, db_index=True)
    fields = models.JSONField(default=list)
    place = models.CharField(
        max_length=60, blank=True, default="", db_default="", db_index=True
    )  # slug of the record's
    about = models.CharField(max_length=60, blank=True, default="", db_default="", db_index=True)  # the locker it is of
    role = models.CharField(max_length=40, blank=True, default="", db_default="")  # by which role the actor might
    why = models.CharField(max_length=60, blank=True, default="", db_default="")  # a reason kept elsewhere, by its id

    def save(self, *args: object, **kwargs: object) -> None:
        """Write a new line; a line that exists is never written again."""
        if not self._state.adding:
            raise TypeError("The access log is append-only.")
        super().save(force_insert=True)

    def delete(self, *args: object, **kwargs: object) -> tuple[int, dict[str, int]]:
        """Refuse: whole sealed hours expire, single lines never go."""
        raise TypeError("The access log is append-only.")


class AuditSeal(models.Model):
    """The seal over one hour of the access log: Merkle root of its lines with the root before it.

    `leaves` holds each line's hash (32 bytes) in order, so that a broken line can be named; none for a seal of before.
    `signature` is made with a key that does not stand in the database (core/auditing/rules.py).
    """

    hour = models.DateTimeField(primary_key=True)
    lines = models.PositiveIntegerField()
    root = models.CharField(max_length=64)
    leaves = models.BinaryField(null=True)
    signature = models.CharField(max_length=200, blank=True, default="", db_default="")


class AuditCheck(models.Model):
    """What one verifying of the access log found, so that a seal that goes later is missed."""

    at = models.DateTimeField(default=now, db_index=True)
    whole = models.BooleanField()
    hours = models.PositiveIntegerField()
    lines = models.PositiveBigIntegerField()
    last_hour = models.DateTimeField(null=True)
    last_root = models.CharField(max_length=64, blank=True)
    fault = models.JSONField(null=True)  # what is wrong, the hour and the id of the line; never what it says


class DailySecret(models.Model):
    """One row, overwritten daily: the secret with which a network prefix is hashed for limits."""

    day = models.DateField()
    secret = models.BinaryField(max_length=32)


class Generation(models.Model):
    """How often what a place shows was changed; '*' is the shared tree. Caches look at it each half second."""

    place = models.CharField(primary_key=True, max_length=80)
    number = models.PositiveBigIntegerField(default=0)


class WorkerBeat(models.Model):
    """A worker says that it lives."""

    worker_id = models.CharField(primary_key=True, max_length=64)
    at = models.DateTimeField(default=now)


class Tombstone(models.Model):
    """A random id that was erased; kept 35 days so that a restored backup is cleaned again."""

    model = models.CharField(max_length=80)
    record_id = models.CharField(max_length=60)
    erased_at = models.DateTimeField(default=now, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["model", "record_id"], name="tombstone_once")]


from naast.core.keys.models import PlaceKey, PlaceLeaving  # noqa: E402, F401 - alcoves stand on the models above
from naast.core.retention.models import (  # noqa: E402, F401 - alcoves stand on the models above
    LegalHold,
    RetentionLine,
    RetentionRun,
    WaitingErasure,
)
