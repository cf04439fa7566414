"""What every text carries: who keeps it true, when its facts were looked at, and whether readers tried it."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel


class Checked(models.Model):
    """Who keeps a text true, and when its facts were last looked at (docs/experience.md: always true)."""

    owner_name = models.CharField(_("Who keeps this true"), max_length=120, default="Redactie Naast")
    keeper = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("Who gets the reminder"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Empty: everyone who may change shared texts. Readers see the name above, not this one."),
    )
    checked_on = models.DateField(
        _("Facts looked at on"),
        null=True,
        blank=True,
        help_text=_("The day somebody saw the sources, else empty."),
    )
    review_due = models.DateField(
        _("Look again before"),
        null=True,
        blank=True,
        help_text=_("Past it, readers see that it is."),
    )
    sources = models.TextField(_("Sources"), blank=True, help_text=_("One a line."))
    tested_on = models.DateField(
        _("Tested with readers on"),
        null=True,
        blank=True,
        help_text=_("The day people for whom it is written read it with you; else empty."),
    )
    tested_with = models.CharField(
        _("With whom, and how"),
        max_length=200,
        blank=True,
        default="",
        db_default="",
        help_text=_("Without names, for instance: five parents read it aloud. Readers see this."),
    )

    check_panels: ClassVar[list[Any]] = [
        FieldRowPanel([FieldPanel("owner_name"), FieldPanel("keeper")]),
        FieldRowPanel([FieldPanel("checked_on"), FieldPanel("review_due")]),
        FieldPanel("sources"),
        FieldRowPanel([FieldPanel("tested_on"), FieldPanel("tested_with")]),
    ]

    class Meta:
        abstract = True

    @property
    def source_list(self) -> list[str]:
        """Return the sources, one each."""
        return [line.strip() for line in self.sources.splitlines() if line.strip()]
