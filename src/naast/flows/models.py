"""What is kept of flows: each guide's address, and every version that was ever published, unchanged."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from naast.core import clock


class Flow(models.Model):
    """One guide by its slug; `current` is the version that a new run gets."""

    slug = models.SlugField(primary_key=True, max_length=40, help_text="Het adres van de wegwijzer")
    order = models.PositiveSmallIntegerField(default=0, help_text="Plaats in de lijst van wegwijzers")
    current = models.ForeignKey("FlowVersion", null=True, on_delete=models.PROTECT, related_name="+")

    objects: ClassVar[models.Manager["Flow"]] = models.Manager()

    class Meta:
        ordering = ("order", "slug")

    def __str__(self) -> str:
        return self.slug


class FlowVersion(models.Model):
    """A published text of a flow, named by the hash of its content. It never changes: runs and plans point at it."""

    digest = models.CharField(primary_key=True, max_length=64)
    flow = models.ForeignKey(Flow, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField(help_text="1 is de eerste")
    yaml = models.TextField()
    published_at = models.DateTimeField(default=clock.now)
    # Who published it, as in the access log; a shipped text ("system") never takes the place of an editor's.
    actor = models.CharField(max_length=60, default="system", db_default="system")
    note = models.CharField(max_length=200, blank=True, default="", db_default="", help_text="Wat er veranderde")

    objects: ClassVar[models.Manager["FlowVersion"]] = models.Manager()

    class Meta:
        ordering = ("flow", "-number")
        constraints = (
            models.UniqueConstraint(fields=("flow", "number"), name="flows_version_number_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="flows_version_number_from_one"),
        )

    def __str__(self) -> str:
        return f"{self.flow_id} {self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write a new version; one that exists is never written again."""
        if not self._state.adding:
            raise TypeError("A published version never changes; publish a new one.")
        super().save(force_insert=True)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Refuse: a plan that was made with it must stay readable."""
        raise TypeError("A published version stays: plans point at it.")
