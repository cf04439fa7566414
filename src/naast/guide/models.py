"""What people may keep of a guide: a plan in their locker, a plan behind a link (step ids only, encrypted; no answers).

And what editors make: the draft of a guide, and a municipality's own steps.
"""

from datetime import date
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from naast.core import clock
from naast.core.fields import EncryptedTextField, is_unreadable, words_instead
from naast.core.models import UuidModel
from naast.flows.models import Flow, FlowVersion
from naast.guide import rules
from naast.lockers.models import Locker
from naast.people.policy import ScopedQuerySet
from naast.places.models import Place


def last_day() -> date:
    """Return the last day of a link that is made today."""
    return clock.today() + rules.SHARED_FOR


def _opened(plan: Any) -> rules.Plan:
    return rules.Plan(()) if is_unreadable(plan) else rules.read_plan(str(plan))


class KeptPlan(UuidModel):
    """A plan in a locker, with the version of the guide it came from, so that it stays readable."""

    locker = models.ForeignKey(Locker, on_delete=models.CASCADE, related_name="+")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    version = models.ForeignKey(FlowVersion, on_delete=models.PROTECT, related_name="+")
    sealing_place = "locker__place_id"
    plan = EncryptedTextField(for_programs=True)
    kept_on = models.DateField(default=clock.today)  # days, not moments: a moment could point at one person
    last_used_on = models.DateField(default=clock.today, db_index=True)

    objects: ClassVar[models.Manager["KeptPlan"]] = models.Manager()

    class Meta:
        ordering = ("-kept_on", "id")

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def content(self) -> rules.Plan:
        """Return the plan, opened; one that cannot be read any more has no steps."""
        return _opened(self.plan)

    @property
    def words_instead(self) -> str:
        """Return what its owner reads where the plan cannot be opened any more; else an empty text."""
        return words_instead() if is_unreadable(self.plan) else ""


class SharedPlan(UuidModel):
    """A plan behind a random address; of the address only a hash is kept, so the table opens no plan."""

    digest = models.BinaryField(max_length=32, unique=True)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    version = models.ForeignKey(FlowVersion, on_delete=models.PROTECT, related_name="+")
    sealing_place = "place_id"
    plan = EncryptedTextField(for_programs=True)
    shared_on = models.DateField(default=clock.today)
    expires_on = models.DateField(default=last_day, db_index=True)

    objects: ClassVar[models.Manager["SharedPlan"]] = models.Manager()

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def content(self) -> rules.Plan:
        """Return the plan, opened; one that cannot be read any more has no steps."""
        return _opened(self.plan)

    @property
    def words_instead(self) -> str:
        """Return what its owner reads where the plan cannot be opened any more; else an empty text."""
        return words_instead() if is_unreadable(self.plan) else ""


class GuideDraft(models.Model):
    """The one draft of a guide, as text: it may be unfinished. `previous` is what it was before the last change.

    `planned_yaml` is a text that passed the checks and is published at `planned_for`, whatever is typed meanwhile.
    """

    flow = models.OneToOneField(Flow, on_delete=models.CASCADE, primary_key=True, related_name="draft")
    yaml = models.TextField()
    previous = models.TextField(blank=True)
    based_on = models.ForeignKey(FlowVersion, null=True, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(default=clock.now)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    planned_yaml = models.TextField(blank=True)
    planned_for = models.DateTimeField(null=True, blank=True, db_index=True)
    planned_note = models.CharField(max_length=200, blank=True)
    planned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    refused = models.TextField(blank=True, help_text="Waarom een gepland plaatsen niet doorging")

    objects: ClassVar[models.Manager["GuideDraft"]] = models.Manager()

    def __str__(self) -> str:
        return self.flow_id


class LocalStep(UuidModel):
    """A place's own step in a guide, or (with `replaces`) its own words in a step that the guide leaves to places."""

    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="local_steps")
    flow = models.ForeignKey(Flow, on_delete=models.CASCADE, related_name="local_steps")
    replaces = models.CharField(max_length=40, blank=True)
    title = models.CharField(_("What to do"), max_length=90, blank=True)
    why = models.TextField(_("Why it helps"), blank=True)
    how = models.TextField(_("How to do it"), blank=True)
    with_whom = models.CharField(_("With whom"), max_length=120, blank=True)
    costs = models.CharField(_("Costs"), max_length=120, blank=True)
    order = models.CharField(_("When"), max_length=5, default="soon")
    both = models.BooleanField(_("For both parents together"), default=False)
    page = models.CharField(_("One of our pages"), max_length=120, blank=True)
    url = models.URLField(_("Address elsewhere"), blank=True)
    condition: Any = models.JSONField(default=str, blank=True)  # as in a guide's file; empty: in every plan
    shown = models.BooleanField(_("Show to readers"), default=True)
    updated_at = models.DateTimeField(default=clock.now)
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    is_example = models.BooleanField(default=False, help_text="Verzonnen voor de demonstratie")

    objects: ClassVar[models.Manager["LocalStep"]] = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ("flow", "updated_at", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("place", "flow", "replaces"), condition=~Q(replaces=""), name="guide_step_replaced_once_a_place"
            ),
        )

    def __str__(self) -> str:
        return self.title or self.replaces

    @property
    def step_id(self) -> str:
        """Return the id that this step has in plans."""
        return self.replaces or f"eigen-{self.pk.hex[:16]}"
