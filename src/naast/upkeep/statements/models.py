"""What is kept of a place's statements: a draft, the one in force, and those of before."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from naast.core.models import UuidModel
from naast.people.policy import ScopedQuerySet


class Statement(UuidModel):
    """One statement of a place as data; at most one draft and one in force of each kind."""

    KINDS = [
        ("contact", "contact"),
        ("privacy", "privacy"),
        ("accessibility", "toegankelijkheid"),
        ("security", "beveiliging"),
    ]
    STATES = [("draft", "concept"), ("current", "van kracht"), ("earlier", "eerder")]

    place = models.ForeignKey("places.Place", on_delete=models.CASCADE, related_name="statements")
    kind = models.CharField(max_length=16, choices=KINDS)
    state = models.CharField(max_length=8, choices=STATES, default="draft")
    data = models.JSONField(default=dict, help_text="Zoals upkeep.statements.rules het leest; nooit namen van personen")
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    published_at = models.DateTimeField(null=True, blank=True)
    reminded_on = models.DateField(null=True, blank=True, help_text="Wanneer de beheerders zijn herinnerd")
    is_example = models.BooleanField(default=False, help_text="Verzonnen voor de demonstratie")

    objects: ClassVar[models.Manager["Statement"]] = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["-published_at", "-changed_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["place", "kind"], condition=Q(state="draft"), name="statement_one_draft_of_a_kind"
            ),
            models.UniqueConstraint(
                fields=["place", "kind"], condition=Q(state="current"), name="statement_one_current_of_a_kind"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} ({self.state})"
