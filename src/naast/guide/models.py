"""What people may keep of a guide: a plan in their locker, a plan behind a link. Step ids only, encrypted; no answers."""

from datetime import date
from typing import ClassVar

from django.db import models

from naast.core import clock
from naast.core.fields import EncryptedTextField
from naast.core.models import UuidModel
from naast.flows.models import FlowVersion
from naast.guide import rules
from naast.lockers.models import Locker
from naast.places.models import Place


def last_day() -> date:
    """Return the last day of a link that is made today."""
    return clock.today() + rules.SHARED_FOR


class KeptPlan(UuidModel):
    """A plan in a locker, with the version of the guide it came from, so that it stays readable."""

    locker = models.ForeignKey(Locker, on_delete=models.CASCADE, related_name="+")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    version = models.ForeignKey(FlowVersion, on_delete=models.PROTECT, related_name="+")
    plan = EncryptedTextField()
    kept_on = models.DateField(default=clock.today)  # days, not moments: a moment could point at one person
    last_used_on = models.DateField(default=clock.today, db_index=True)

    objects: ClassVar[models.Manager["KeptPlan"]] = models.Manager()

    class Meta:
        ordering = ("-kept_on", "id")

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def content(self) -> rules.Plan:
        """Return the plan, opened."""
        return rules.read_plan(str(self.plan))


class SharedPlan(UuidModel):
    """A plan behind a random address; of the address only a hash is kept, so the table opens no plan."""

    digest = models.BinaryField(max_length=32, unique=True)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    version = models.ForeignKey(FlowVersion, on_delete=models.PROTECT, related_name="+")
    plan = EncryptedTextField()
    shared_on = models.DateField(default=clock.today)
    expires_on = models.DateField(default=last_day, db_index=True)

    objects: ClassVar[models.Manager["SharedPlan"]] = models.Manager()

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def content(self) -> rules.Plan:
        """Return the plan, opened."""
        return rules.read_plan(str(self.plan))
