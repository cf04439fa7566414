"""What contact keeps: questions and their way over the desk. The words themselves lie encrypted in `conversations`."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.utils.translation import gettext_lazy as _

from naast.contact import rules
from naast.core import clock
from naast.core.fields import EncryptedTextField
from naast.core.models import UuidModel
from naast.people.policy import ScopedQuerySet

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

NUMBER_LETTERS = "23456789BCDFGHJKMNPQRSTVWXYZ"  # no vowels, so no words; no 0/O or 1/I/L to mix up


class Audience(models.TextChoices):
    """Who asks, as the reader says it of themselves. The codes stay (docs/decisions)."""

    PARENTS = "ouders", _("I am a parent")
    CHILDREN = "kinderen", _("I am a child")
    YOUNG = "jongeren", _("I am 12 to 18 years old")
    AROUND = "omgeving", _("I stand beside a family")
    PROFESSIONALS = "professionals", _("I ask from my work")


ASKERS: Mapping[str, StrPromise] = {
    Audience.PARENTS.value: _("Parent"),
    Audience.CHILDREN.value: _("Child, to 12 years"),
    Audience.YOUNG.value: _("Young person"),
    Audience.AROUND.value: _("Family or friend"),
    Audience.PROFESSIONALS.value: _("Professional"),
}
"""Who asked, as the desk says it."""


class StateChoice(models.TextChoices):
    """Where a question stands, in words for the desk."""

    NEW = rules.State.NEW.value, _("question is new")
    TAKEN = rules.State.TAKEN.value, _("question is taken")
    WAITING = rules.State.WAITING.value, _("question waits for the asker")
    ANSWERED = rules.State.ANSWERED.value, _("question is answered")
    CLOSED = rules.State.CLOSED.value, _("question is closed")


class ReasonChoice(models.TextChoices):
    """Why a question came to this desk, in words for the desk."""

    EXPERTISE = rules.Reason.EXPERTISE.value, _("Fits what someone at this desk knows well.")
    OWN_DESK = rules.Reason.OWN_DESK.value, _("Asked in this municipality.")
    REGION_EXPERTISE = rules.Reason.REGION_EXPERTISE.value, _("Nobody at the municipality's desk; fits the region.")
    REGION = rules.Reason.REGION.value, _("Nobody at the municipality's desk, so it came to the region.")
    COORDINATOR = rules.Reason.COORDINATOR.value, _("No adviser is there, so it came to the coordinator.")
    ALL_AWAY = rules.Reason.ALL_AWAY.value, _("Everybody of this desk is away.")
    NOBODY = rules.Reason.NOBODY.value, _("No desk has anybody yet; it lies here so that it is seen.")
    HANDED = "handed", _("Handed over by another desk.")


class Channel(models.TextChoices):
    """The door through which it came."""

    WEB = "web", _("question on the site")


def new_number() -> str:
    """Return a number for a question that people can say on the phone: "K7M3-9QXB". Random: it says nothing."""
    drawn = uuid.uuid4().int
    letters = []
    for _step in range(8):
        drawn, at = divmod(drawn, len(NUMBER_LETTERS))
        letters.append(NUMBER_LETTERS[at])
    return "".join(letters[:4]) + "-" + "".join(letters[4:])


class QuestionQuerySet(ScopedQuerySet["Question"]):
    """Questions in the words of the desk. `within(scopes)` looks at the desk where they lie, not where they began."""

    scope_field = "desk_id"

    def still_open(self) -> QuestionQuerySet:
        """What still needs or awaits somebody."""
        return self.filter(state__in=[state.value for state in rules.OPEN_STATES])

    def overdue(self, moment: datetime) -> QuestionQuerySet:
        """What should have been answered before this moment; while the asker is awaited no clock runs."""
        return self.filter(state__in=[state.value for state in rules.TICKING_STATES], due_at__lt=moment)

    def finished_since(self, moment: datetime) -> QuestionQuerySet:
        """What was answered or closed since then."""
        return self.filter(state__in=[rules.State.ANSWERED.value, rules.State.CLOSED.value], done_at__gte=moment)

    def in_work_order(self, moment: datetime) -> QuestionQuerySet:
        """The order of `desk.rules.sort_key`, made by the database: urgent, late, not waiting, due, oldest, id."""
        ticking = [state.value for state in rules.TICKING_STATES]
        late = Case(When(state__in=ticking, due_at__lt=moment, then=Value(0)), default=Value(1))
        waiting = Case(When(state=rules.State.WAITING.value, then=Value(1)), default=Value(0))
        return self.order_by("-urgent", late, waiting, F("due_at").asc(nulls_last=True), "asked_at", "id")


class Question(UuidModel):
    """A question on its way: where it lies, who holds it, by when it is promised. Its words lie in the thread."""

    number = models.CharField(max_length=9, unique=True, default=new_number)
    place = models.ForeignKey("places.Place", on_delete=models.PROTECT, related_name="+")
    desk = models.ForeignKey("places.Place", on_delete=models.PROTECT, related_name="+")
    thread = models.OneToOneField("conversations.Thread", on_delete=models.CASCADE, related_name="question")
    sealing_place = "place_id"
    title = EncryptedTextField()  # the opening words, for the list
    audience = models.CharField(max_length=16, choices=Audience.choices)
    subject = models.CharField(max_length=40, default="advies")  # slug of directory/data/subjects.yaml
    channel = models.CharField(max_length=16, choices=Channel.choices, default=Channel.WEB)
    state = models.CharField(max_length=12, choices=StateChoice.choices, default=StateChoice.NEW)
    reason = models.CharField(max_length=20, choices=ReasonChoice.choices)
    urgent = models.BooleanField(default=False)
    urgent_kinds = models.JSONField(default=list)  # codes of the word lists that matched, never the words
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    taken_at = models.DateTimeField(null=True)
    first_answer_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    warned_at = models.DateTimeField(null=True)  # when the coordinator was told that it is late
    new_locker = models.BooleanField(default=True)  # the code was made with this question
    asked_with = models.BinaryField(max_length=32, null=True, unique=True)  # hash of the form's number, for a day

    objects: ClassVar[models.Manager[Question]] = QuestionQuerySet.as_manager()

    class Meta:
        """Looked up by desk and state; the states are those of the rules."""

        indexes = (
            models.Index(fields=("desk", "state", "due_at"), name="contact_question_list"),
            models.Index(fields=("desk", "done_at"), name="contact_question_done"),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in rules.State]), name="contact_question_known_state"
            ),
            models.CheckConstraint(
                condition=~Q(state=rules.State.TAKEN.value) | Q(taken_at__isnull=False),
                name="contact_question_taken_has_moment",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[rules.State.ANSWERED.value, rules.State.CLOSED.value])
                | Q(done_at__isnull=False),
                name="contact_question_done_has_moment",
            ),
        )

    def __str__(self) -> str:
        return self.number

    @property
    def asker(self) -> str:
        """Who asked, in words for the desk."""
        return str(ASKERS.get(self.audience, ""))

    def is_overdue(self, moment: datetime | None = None) -> bool:
        """Return whether the promised moment has passed while the clock ran."""
        return rules.is_overdue(rules.State(self.state), self.due_at, moment or clock.now())


class Step(UuidModel):
    """One step of a question's way, appended and never edited: who did what, and from which state to which."""

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="steps")
    number = models.PositiveSmallIntegerField(help_text="1, 2, 3 … of this question: two steps may share a moment")
    at = models.DateTimeField(default=clock.now)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    act = models.CharField(max_length=20)
    before = models.CharField(max_length=12)
    after = models.CharField(max_length=12)
    sealing_place = "question__place_id"
    note = EncryptedTextField()  # what a colleague wrote for the next one; never seen by the asker

    class Meta:
        """Oldest first; no two steps have the same number."""

        ordering = ("number",)
        constraints = (models.UniqueConstraint(fields=("question", "number"), name="contact_step_numbered"),)

    def __str__(self) -> str:
        return f"{self.act}: {self.before} → {self.after}"


class Draft(UuidModel):
    """What an adviser was writing under a question, so that no word is lost when the page closes."""

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="drafts")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    sealing_place = "question__place_id"
    text = EncryptedTextField()
    saved_at = models.DateTimeField(default=clock.now)

    class Meta:
        """One draft per adviser and question."""

        constraints = (models.UniqueConstraint(fields=("question", "author"), name="contact_draft_once"),)

    def __str__(self) -> str:
        return f"draft under {self.question_id}"


class Expertise(models.Model):
    """What a member of staff knows well, as codes of `rules.EXPERTISES`: a question about it comes to them first."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, primary_key=True, on_delete=models.CASCADE, related_name="+")
    kinds = models.JSONField(default=list)

    def __str__(self) -> str:
        return ", ".join(self.kinds)


ONCE_KEPT = timedelta(hours=24)
"""How long the hash of a form's number stays with a question (docs/decisions/0002: 24 hours)."""
