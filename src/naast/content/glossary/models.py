"""The glossary: a term of the field in words that everybody knows. Texts explain the term where it stands first."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, PublishingPanel
from wagtail.models import DraftStateMixin, RevisionMixin
from wagtail.snippets.models import register_snippet

from naast.content.languages.fields import Translated, follows, words
from naast.content.models_checked import Checked


@register_snippet
class GlossaryTerm(Translated, Checked, DraftStateMixin, RevisionMixin, models.Model):
    """A term, its other forms, and what it means in at most two short sentences."""

    key = models.SlugField(_("Key"), unique=True, max_length=80, help_text=_("Its address in the glossary."))
    term = models.CharField(_("Term"), max_length=60)
    forms = models.CharField(
        _("Other forms"),
        max_length=240,
        blank=True,
        help_text=_("Separated by commas: plurals, abbreviations, other names for the same."),
    )
    text = models.CharField(_("What it means"), max_length=240, help_text=_("At most two short sentences."))
    simple = models.CharField(
        _("For children"), max_length=240, blank=True, help_text=_("For children's pages; empty: the same words.")
    )

    translatable_fields: ClassVar[list[Any]] = [
        *words("term", "forms", "text", "simple"),
        *follows("owner_name", "checked_on", "review_due", "sources"),
    ]
    panels: ClassVar[list[Any]] = [
        FieldPanel("term"),
        FieldPanel("forms"),
        FieldPanel("text"),
        FieldPanel("simple"),
        FieldRowPanel([FieldPanel("key")]),
        MultiFieldPanel(Checked.check_panels, heading=_("Kept true by")),
        PublishingPanel(),
    ]

    class Meta:
        app_label = "content"
        verbose_name = _("Term in the glossary")
        verbose_name_plural = _("Terms in the glossary")
        ordering = ["term"]
        unique_together = [("translation_key", "locale")]

    def __str__(self) -> str:
        return self.term

    @property
    def form_list(self) -> list[str]:
        """Return the term with its other forms."""
        return [self.term, *(form.strip() for form in self.forms.split(",") if form.strip())]

    def clean(self) -> None:
        """Refuse an explanation that is no explanation: too many or too long sentences."""
        from naast.content.glossary.queries import faults_of

        super().clean()
        if wrong := {name: faults for name, faults in faults_of(self.text, self.simple).items() if faults}:
            raise ValidationError(wrong)
