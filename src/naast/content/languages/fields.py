"""What of a text wagtail-localize puts before a translator, and what follows the Dutch original by itself."""

import uuid
from typing import Any, Self

from django.db import models
from wagtail.models import Locale, TranslatableMixin
from wagtail_localize.fields import SynchronizedField, TranslatableField


def words(*names: str) -> list[Any]:
    """Fields that a translator translates."""
    return [TranslatableField(name) for name in names]


def follows(*names: str) -> list[Any]:
    """Fields that follow the Dutch original: codes, dates, who keeps it true."""
    return [SynchronizedField(name, overridable=False) for name in names]


class Translated(TranslatableMixin):
    """A snippet with translations, each a row of its own with a key of its own: `wonen` and `wonen-en`.

    Both columns may be empty: a version of before there were languages goes on writing beside this one.
    """

    translation_key = models.UUIDField(default=uuid.uuid4, editable=False, null=True)
    locale = models.ForeignKey(
        Locale, null=True, on_delete=models.PROTECT, related_name="+", editable=False, verbose_name="taal"
    )

    class Meta:
        abstract = True

    def copy_for_translation(self, locale: Locale, exclude_fields: Any = None) -> Self:
        """Return an unsaved copy in a language, under a key of its own."""
        copy: Self = super().copy_for_translation(locale, exclude_fields=exclude_fields)
        copy.key = f"{self.key}-{locale.language_code}"  # type: ignore[attr-defined]
        return copy
