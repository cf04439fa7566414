"""What editing keeps: changes that somebody proposed or made, old addresses, a place's rule, contacts for professionals."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from naast.core.fields import EncryptedTextField
from naast.core.models import UuidModel


class ChangeState(models.TextChoices):
    """What became of a change."""

    OPEN = "open", _("Waits for an editor")
    ACCEPTED = "accepted", _("Taken over")
    PARTLY = "partly", _("Taken over in part")
    REFUSED = "refused", _("Not taken over")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class ChangeKind(models.TextChoices):
    """Why there is a change: somebody proposed it, an editor made it, or two offers became one."""

    PROPOSAL = "proposal", _("Proposal")
    EDIT = "edit", _("Change by an editor")
    MERGE = "merge", _("Two offers became one")


class Change(UuidModel):
    """A change of an offer, field by field: proposed by who gives it, or made by an editor. The offer's history.

    `fields`: name → {"old": …, "new": …} (and "before" after a decision: what stood there then). `verdicts`: name →
    "accepted" or "refused". `live`: names that readers saw at once, before an editor looked.
    """

    offer = models.ForeignKey("directory.Offer", on_delete=models.CASCADE, related_name="changes")
    kind = models.CharField(max_length=10, choices=ChangeKind.choices, default=ChangeKind.PROPOSAL)
    fields = models.JSONField(default=dict)
    live = models.JSONField(default=list, blank=True)
    by = models.CharField(max_length=60, help_text="staff:<uuid>, link:<id> of system")
    made_on = models.DateTimeField()
    sealing_place = "offer__keeper_id"
    note = EncryptedTextField()
    state = models.CharField(max_length=10, choices=ChangeState.choices, default=ChangeState.OPEN)
    verdicts = models.JSONField(default=dict, blank=True)
    decided_by = models.CharField(max_length=60, blank=True)
    decided_on = models.DateTimeField(null=True, blank=True)
    reason = EncryptedTextField()

    class Meta:
        ordering = ["-made_on"]
        indexes = [models.Index(fields=["state", "made_on"], name="change_waiting")]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ChangeState.values), name="change_state_known"),
            models.UniqueConstraint(fields=["offer", "by"], condition=Q(state="open"), name="change_one_open_by_one"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class OldSlug(models.Model):
    """An address an offer or organisation had before; it leads to where that is now."""

    kind = models.CharField(max_length=12, choices=[("aanbod", "aanbod"), ("organisatie", "organisatie")])
    slug = models.SlugField(max_length=100)
    offer = models.ForeignKey("directory.Offer", null=True, on_delete=models.CASCADE, related_name="old_slugs")
    organisation = models.ForeignKey(
        "directory.Organisation", null=True, on_delete=models.CASCADE, related_name="old_slugs"
    )
    since = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "slug"], name="old_slug_once"),
            models.CheckConstraint(
                condition=Q(kind="aanbod", offer__isnull=False, organisation__isnull=True)
                | Q(kind="organisatie", organisation__isnull=False, offer__isnull=True),
                name="old_slug_of_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return self.slug


class NotDouble(models.Model):
    """Two offers, or two organisations, that look alike and are not the same, somebody said; `low` sorts first."""

    kind = models.CharField(max_length=12, choices=[("aanbod", "aanbod"), ("organisatie", "organisatie")])
    low = models.UUIDField()
    high = models.UUIDField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "low", "high"], name="not_double_once")]

    def __str__(self) -> str:
        return f"{self.low} ≠ {self.high}"


class PlaceRule(models.Model):
    """How a place treats what providers change: whether phone, hours and waiting time show before an editor looked."""

    place = models.OneToOneField("places.Place", on_delete=models.CASCADE, related_name="+")
    small_facts_live = models.BooleanField(default=False)
    changed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.place_id}"


class ProfessionalContact(UuidModel):
    """Whom professionals ask about an offer: a name, a direct number. Only signed-in staff with a right read it."""

    offer = models.OneToOneField("directory.Offer", on_delete=models.CASCADE, related_name="professional_contact")
    sealing_place = "offer__keeper_id"
    text = EncryptedTextField()
    checked_on = models.DateField()

    def __str__(self) -> str:
        return str(self.pk)
