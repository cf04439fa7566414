"""What a locker is: a random id, how it is found, its municipality, dates; an e-mail address if its owner gave one."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from naast.core import clock
from naast.core.fields import EncryptedTextField
from naast.core.models import UuidModel
from naast.people.policy import ScopedQuerySet


class LockerQuerySet(ScopedQuerySet["Locker"]):
    """Lockers of the places somebody has a right at: `within(scopes)`."""


class Locker(UuidModel):
    """A resident's locker. Who it belongs to is known to nobody; whoever has the five words opens it."""

    locator = models.BinaryField(max_length=32, unique=True)  # Argon2id of the code; the code itself is kept nowhere
    salt_id = models.CharField(max_length=20, db_index=True)  # which salt of the installation made the locator
    place = models.ForeignKey("places.Place", on_delete=models.PROTECT, related_name="+")
    audience = models.CharField(max_length=16)  # for whom the page is written: ouders, kinderen, …
    created_on = models.DateField(default=clock.today)  # days, not moments: a moment could point at one person
    last_used_on = models.DateField(default=clock.today, db_index=True)
    sealing_place = "place_id"
    email = EncryptedTextField(for_programs=True)
    email_index = models.CharField(max_length=64, blank=True, db_index=True)  # blind index: found by the exact address
    # Of the page the address was left on, for mails to it; Dutch while there is no address.
    language = models.CharField(max_length=5, default="nl", db_default="nl")
    noticed_on = models.DateField(null=True, blank=True)  # told that it will be erased
    demonstration = models.CharField(max_length=20, blank=True)

    objects: ClassVar[models.Manager["Locker"]] = LockerQuerySet.as_manager()

    class Meta:
        """One demonstration locker of each name."""

        constraints = (
            models.UniqueConstraint(
                fields=("demonstration",), condition=~Q(demonstration=""), name="lockers_demonstration_once"
            ),
        )

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def has_email(self) -> bool:
        """Tell whether its owner gets a signal by mail; never to an address that cannot be read any more."""
        return bool(self.email_index) and bool(self.email)
