"""What editors add to the thesaurus."""

from django.db import models

from naast.core.models import UuidModel


class Wording(UuidModel):
    """What people type (`say`) and what offers call it (`find`, best first): lists of texts."""

    say = models.JSONField(default=list)
    find = models.JSONField(default=list)
    added_on = models.DateTimeField()

    class Meta:
        ordering = ["-added_on", "pk"]

    def __str__(self) -> str:
        return ", ".join(self.say)
