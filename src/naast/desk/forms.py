"""What is filled in at the desk: a text under a question, somebody to hand it to, a team, what somebody knows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from naast.contact import expertise, rules
from naast.people.models import User


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


class TeamForm(forms.Form):
    """A team: its name, its people, the subjects they know."""

    name = forms.CharField(
        label=_("Name of the team"),
        max_length=80,
        error_messages={"required": _("Give the team a name.")},
    )
    members = forms.MultipleChoiceField(label=_("Who is in it"), required=False, widget=forms.CheckboxSelectMultiple)
    knows = forms.MultipleChoiceField(
        label=_("Subjects they know"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("New questions about these come to this team first."),
    )

    def __init__(self, *args: Any, people: Sequence[User], subjects: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        self.people = {str(one.pk): one for one in people}
        self.fields["members"].choices = [(key, one.display_name) for key, one in self.people.items()]  # type: ignore[attr-defined]
        self.fields["knows"].choices = list(subjects.items())  # type: ignore[attr-defined]

    def clean_name(self) -> str:
        """One line."""
        return " ".join(self.cleaned_data["name"].split())


class ExpertiseForm(forms.Form):
    """What a colleague knows well."""

    kinds = forms.MultipleChoiceField(
        label=_("Knows well"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=list(expertise.NAMES.items()),
        help_text=_("Questions that ask for this come to this colleague first."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
