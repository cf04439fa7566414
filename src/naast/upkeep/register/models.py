"""What a place adds to its register and its DPIA: a draft, and each version that somebody decided on."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from naast.core.models import UuidModel
from naast.people.policy import ScopedQuerySet


class Account(UuidModel):
    """One paper with which a place accounts for its processing; at most one draft of each kind, versions stay."""

    KINDS = [("register", "register van verwerkingen"), ("dpia", "DPIA")]
    STATES = [("draft", "concept"), ("decided", "vastgesteld")]

    place = models.ForeignKey("places.Place", on_delete=models.CASCADE, related_name="accounts")
    kind = models.CharField(max_length=8, choices=KINDS)
    state = models.CharField(max_length=8, choices=STATES, default="draft")
    data = models.JSONField(default=dict, help_text="Zoals upkeep.register.rules het leest; nooit namen van personen")
    document = models.JSONField(null=True, blank=True, help_text="Het hele stuk op de dag van vaststellen")
    decided_on = models.DateField(null=True, blank=True)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    is_example = models.BooleanField(default=False, help_text="Verzonnen voor de demonstratie")

    objects: ClassVar[models.Manager["Account"]] = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["-decided_on", "-changed_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["place", "kind"], condition=Q(state="draft"), name="account_one_draft_of_a_kind"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} ({self.state})"
