"""Forms: an answer, a nickname, and what editors write."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from naast.core import clock

from . import rules
from .actions import OPTION_CODES
from .models import Evening, Poll

FAULTS = {
    "empty": _("Choose a nickname. Your first name or another word is fine."),
    "long": _("This is long for a nickname. Use at most 30 letters."),
    "mail": _("This looks like an e-mail address. A nickname is enough."),
    "number": _("This looks like a phone number. A nickname is enough."),
}
LEAST_OPTIONS = 2
DAY = "%Y-%m-%d"
MOMENT = "%Y-%m-%dT%H:%M"


class AnswerForm(forms.Form):
    """One choice out of the poll's answers."""

    use_required_attribute = False

    option = forms.ChoiceField(
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose one answer."),
            "invalid_choice": _("Choose one of these answers."),
        },
    )

    def __init__(self, *args: Any, poll: Poll, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["option"]
        field.label = poll.question
        field.choices = [(option.code, option.text) for option in poll.options.all()]  # type: ignore[attr-defined]


class SignUpForm(forms.Form):
    """A nickname, and with how many you come."""

    use_required_attribute = False

    nickname = forms.CharField(
        label=_("What may we call you?"),
        help_text=_("A nickname is enough. We write it on the list at the door."),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    together = forms.TypedChoiceField(
        label=_("With how many do you come?"),
        choices=[(number, str(number)) for number in range(1, rules.MOST_TOGETHER + 1)],
        coerce=int,
        initial=1,
    )

    def clean_nickname(self) -> str:
        """Return the nickname on one line. Refuses what names or reaches somebody."""
        nickname = rules.clean_nickname(self.cleaned_data["nickname"])
        if fault := rules.nickname_fault(nickname):
            raise forms.ValidationError(FAULTS[fault], code=fault)
        return nickname


class _Told(forms.ModelForm):  # type: ignore[type-arg]
    """What both editors' forms end with."""

    use_required_attribute = False
    labels_of_the_end = {
        "heard": _("This is what we heard"),
        "doing": _("This is what we do"),
        "published": _("Show to readers"),
    }


class PollForm(_Told):
    """A poll as an editor writes it: answers one a line."""

    answers = forms.CharField(
        label=_("Answers"),
        help_text=_("One a line, two to eight. While people answer, change words only: the order stays."),
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    class Meta:
        model = Poll
        fields = ["question", "lead", "opens_on", "closes_on", "heard", "doing", "published"]
        labels = {
            "question": _("Question"),
            "lead": _("Why we ask"),
            "opens_on": _("First day"),
            "closes_on": _("Last day"),
            **_Told.labels_of_the_end,
        }
        help_texts = {
            "question": _("One question, short, without a side."),
            "heard": _("After the poll: what people said, in your own words. Readers see it."),
        }
        widgets = {
            "lead": forms.Textarea(attrs={"rows": 2}),
            "opens_on": forms.DateInput(format=DAY, attrs={"type": "date"}),
            "closes_on": forms.DateInput(format=DAY, attrs={"type": "date"}),
            "heard": forms.Textarea(attrs={"rows": 4}),
            "doing": forms.Textarea(attrs={"rows": 4}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(["question", "lead", "answers"])
        if self.instance._state.adding is False:
            self.fields["answers"].initial = "\n".join(option.text for option in self.instance.options.all())

    def clean_answers(self) -> list[str]:
        """Return the answers. Refuses fewer than two, more than eight, doubles and long ones."""
        lines = [" ".join(line.split()) for line in self.cleaned_data["answers"].splitlines() if line.strip()]
        if not LEAST_OPTIONS <= len(lines) <= len(OPTION_CODES):
            raise forms.ValidationError(_("Write two to eight answers, one a line."))
        if len({line.lower() for line in lines}) < len(lines):
            raise forms.ValidationError(_("Two answers are the same. Take one away."))
        if long := next((line for line in lines if len(line) > 100), None):
            raise forms.ValidationError(_("This answer is too long: ‘%(start)s…’"), params={"start": long[:40]})
        return lines

    def clean(self) -> dict[str, Any]:
        """The last day comes after the first."""
        cleaned: dict[str, Any] = super().clean() or {}
        if (first := cleaned.get("opens_on")) and (last := cleaned.get("closes_on")) and last < first:
            self.add_error("closes_on", _("The last day lies before the first day."))
        return cleaned


class EveningForm(_Told):
    """An evening as an editor writes it; times are those on the clock here."""

    class Meta:
        model = Evening
        fields = [
            "title", "theme", "starts_at", "ends_at", "venue", "address", "seats",
            "published", "cancelled", "why_cancelled", "heard", "doing",
        ]  # fmt: skip
        labels = {
            "title": _("Title"),
            "theme": _("What it is about"),
            "starts_at": _("Begins"),
            "ends_at": _("Ends"),
            "venue": _("Where"),
            "address": _("Address"),
            "seats": _("Seats"),
            "cancelled": _("It does not take place"),
            "why_cancelled": _("What you tell people about that"),
            **_Told.labels_of_the_end,
        }
        widgets = {
            "theme": forms.Textarea(attrs={"rows": 4}),
            "starts_at": forms.DateTimeInput(format=MOMENT, attrs={"type": "datetime-local"}),
            "ends_at": forms.DateTimeInput(format=MOMENT, attrs={"type": "datetime-local"}),
            "heard": forms.Textarea(attrs={"rows": 4}),
            "doing": forms.Textarea(attrs={"rows": 4}),
        }

    def clean(self) -> dict[str, Any]:
        """An evening ends after it begins, and a new one lies ahead."""
        cleaned: dict[str, Any] = super().clean() or {}
        begin: datetime | None = cleaned.get("starts_at")
        end: datetime | None = cleaned.get("ends_at")
        if begin and end and end <= begin:
            self.add_error("ends_at", _("It ends before it begins."))
        if begin and self.instance._state.adding and begin < clock.now():
            self.add_error("starts_at", _("This moment is over already."))
        return cleaned
