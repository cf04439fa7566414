"""What somebody had typed when their session ended, sealed, for a day, for nobody but them."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from naast.core.fields import NO_PLACE, EncryptedTextField
from naast.core.models import UuidModel


class KeptForm(UuidModel):
    """The fields of one form at one address. Never a file, a password or a code."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="kept_forms")
    path = models.CharField(max_length=500)
    sealing_place = NO_PLACE  # staff may work at several
    typed = EncryptedTextField(for_programs=True)  # JSON: [[name, value], …] in the order of the form
    created = models.DateTimeField()

    class Meta:
        """The newest of an address is kept."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=("user", "path"), name="people_one_kept_form_a_path"),
        ]

    def __str__(self) -> str:
        return f"form of {self.user_id} at {self.path}"
