"""Threads and their messages. The words are encrypted per message; nothing of them is searchable."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from naast.conversations import rules
from naast.core import clock
from naast.core.fields import EncryptedTextField
from naast.core.models import UuidModel
from naast.people.policy import ScopedQuerySet


class ThreadQuerySet(ScopedQuerySet["Thread"]):
    """Threads of the places somebody has a right at: `within(scopes)`."""


class Thread(UuidModel):
    """One conversation of one locker with the staff of a place."""

    locker = models.ForeignKey("lockers.Locker", on_delete=models.CASCADE, related_name="threads")
    place = models.ForeignKey("places.Place", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, default="question")
    audience = models.CharField(max_length=16)
    subject = models.CharField(max_length=40, blank=True)  # a code of the directory's subjects, never a text
    state = models.CharField(max_length=12, default=rules.State.ASKED.value)
    urgent = models.BooleanField(default=False)
    urgent_kinds = models.JSONField(default=list)  # codes of the word lists that matched, never the words
    length = models.PositiveIntegerField(default=0)  # number of messages
    seen = models.PositiveIntegerField(default=0)  # how many of them the resident has opened; no moment is kept
    started_at = models.DateTimeField(default=clock.now)
    last_message_at = models.DateTimeField(default=clock.now, db_index=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[models.Manager[Thread]] = ThreadQuerySet.as_manager()

    class Meta:
        """The states are those of the rules."""

        constraints = (
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in rules.State]), name="conversations_known_state"
            ),
        )

    def __str__(self) -> str:
        return str(self.pk)


class _AppendOnly(UuidModel):
    """A line of history: written once. It goes only when its whole thread goes."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write a new line; a line that exists is never written again."""
        if not self._state.adding:
            raise TypeError("History is appended, never edited.")
        super().save(*args, **kwargs)


class Message(_AppendOnly):
    """What someone wrote, as it was sent."""

    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="messages")
    number = models.PositiveIntegerField()
    author_kind = models.CharField(max_length=8)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField(default=clock.now)
    sealing_place = "thread__place_id"
    text = EncryptedTextField()
    urgent = models.BooleanField(default=False)

    class Meta:
        """In the order in which they were written; only staff has an account."""

        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(fields=("thread", "number"), name="conversations_message_number"),
            models.CheckConstraint(
                condition=Q(author_kind__in=[kind.value for kind in rules.Author]), name="conversations_known_author"
            ),
            models.CheckConstraint(
                condition=Q(author__isnull=True) | Q(author_kind=rules.Author.STAFF.value),
                name="conversations_only_staff_has_account",
            ),
        )

    def __str__(self) -> str:
        return f"{self.thread_id} #{self.number}"


class Turning(_AppendOnly):
    """One change of a thread's state: when, what happened, from what to what."""

    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="turnings")
    at = models.DateTimeField(default=clock.now)
    act = models.CharField(max_length=12)
    before = models.CharField(max_length=12)
    after = models.CharField(max_length=12)

    class Meta:
        """Oldest first."""

        ordering = ("at", "id")

    def __str__(self) -> str:
        return f"{self.act}: {self.before} → {self.after}"
