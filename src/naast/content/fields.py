"""A field of our own: a list of codes out of a fixed set, and the sets with their labels for editors."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from naast.places.rules import AUDIENCES, PHASES

AUDIENCE_LABELS = {
    "ouders": _("Parents"),
    "kinderen": _("Children (8–12)"),
    "jongeren": _("Young people (12+)"),
    "omgeving": _("People around a family"),
    "professionals": _("Professionals"),
}
PHASE_LABELS = {
    "verwachting": _("Expecting a child"),
    "jonge-ouders": _("Young parents"),
    "spanning": _("Strain"),
    "uit-elkaar": _("Separating"),
    "na-scheiding": _("After separation"),
    "samengesteld": _("Blended family"),
}
AUDIENCE_CHOICES = [(code, AUDIENCE_LABELS[code]) for code in AUDIENCES]
PHASE_CHOICES = [(code, PHASE_LABELS[code]) for code in PHASES]


class CodesField(models.JSONField):
    """A list of codes out of a fixed set, shown to editors as checkboxes."""

    def __init__(self, *args: Any, codes: list[tuple[str, Any]] | None = None, **kwargs: Any) -> None:
        self.codes = codes or []
        super().__init__(*args, **{"default": list, "blank": True, **kwargs})

    def deconstruct(self) -> Any:
        """Leave the labels out of migrations: they are words, not schema."""
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, kwargs

    def formfield(self, **kwargs: Any) -> Any:
        """Show checkboxes."""
        return forms.MultipleChoiceField(
            choices=self.codes,
            required=not self.blank,
            label=kwargs.get("label", self.verbose_name),
            help_text=self.help_text,
            widget=forms.CheckboxSelectMultiple,
        )

    def clean(self, value: Any, model_instance: Any) -> Any:
        """Refuse a code that is not in the set."""
        known = {code for code, _label in self.codes}
        if unknown := set(value or []) - known:
            raise ValidationError(_("Unknown: %(codes)s"), params={"codes": ", ".join(sorted(unknown))})
        return super().clean(value, model_instance)
