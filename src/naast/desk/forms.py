"""What an adviser fills in under a question: a text, or somebody to hand it to."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from naast.contact import rules


class AnswerForm(forms.Form):
    """The answer, or what is asked back: one text for both; the button says which."""

    use_required_attribute = False

    text = forms.CharField(
        label=_("Your answer"),
        strip=False,
        max_length=rules.MAX_TEXT * 3,
        widget=forms.Textarea(attrs={"rows": 10, "autocomplete": "off", "data-draft": "", "spellcheck": "true"}),
        error_messages={"required": _("Write your answer first.")},
    )

    def clean_text(self) -> str:
        """Return the text as it is kept; white space alone is no answer."""
        text = rules.clean_text(self.cleaned_data["text"])
        if not text:
            raise forms.ValidationError(self.fields["text"].error_messages["required"], code="required")
        return text


class HandOverForm(forms.Form):
    """To whom a question goes, with a note that only colleagues read. `to` is "person:<id>" or "desk:<slug>"."""

    use_required_attribute = False

    to = forms.ChoiceField(label=_("To whom?"), error_messages={"required": _("Choose to whom it goes.")})
    note = forms.CharField(
        label=_("A note for your colleague"),
        required=False,
        max_length=rules.MAX_TEXT,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
        help_text=_("The asker does not see this."),
    )

    def __init__(self, *args: object, people: list[tuple[str, str]], desks: list[tuple[str, str]], **kwargs: object):
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        field = self.fields["to"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        groups = [(_("To a colleague"), people), (_("To another desk"), desks)]
        field.choices = [("", _("Choose")), *((label, rows) for label, rows in groups if rows)]
