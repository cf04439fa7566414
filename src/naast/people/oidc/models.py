"""Which account somebody of a municipality's own sign-in has here. Nothing else of what a provider says is kept."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from naast.core.fields import NO_PLACE, EncryptedTextField
from naast.core.models import UuidModel


class SignInLink(UuidModel):
    """One person at one provider. `found_by` is a keyed hash of issuer and subject; `digest` makes it anew when keys change."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="sign_in_links")
    provider = models.CharField(max_length=30)
    found_by = models.CharField(max_length=64, unique=True)
    sealing_place = NO_PLACE  # staff may work at several
    digest = EncryptedTextField(for_programs=True)  # an unkeyed hash, sealed: without the key ring it tells nothing
    created = models.DateTimeField()

    class Meta:
        """One link a provider: an address that passed to somebody else opens nothing."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=("user", "provider"), name="people_one_link_a_provider"),
        ]

    def __str__(self) -> str:
        return f"{self.provider} of {self.user_id}"
