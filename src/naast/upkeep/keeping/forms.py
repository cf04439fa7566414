"""The form with which the privacy officer holds back erasing."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from naast.core import clock
from naast.core.retention import actions as retention

FAULTS = {
    "number": ("number", _("No question here has this number. Look at the letters once more.")),
    "reason": ("reason", _("Write down why it may not be erased.")),
    "until": ("until", _("Choose a last day from today on, within a year.")),
    "kind": ("kind", _("Choose what must stay.")),
}


class HoldForm(forms.Form):
    """What must stay, why, until when."""

    use_required_attribute = False

    number = forms.CharField(
        label=_("Number of one question"),
        help_text=_("As it stands in the work list, for example K7M3-9QXB. Leave it empty to hold more."),
        required=False,
        max_length=20,
    )
    kind = forms.ChoiceField(
        label=_("Or a whole kind"), required=False, help_text=_("Only counts where no number is given.")
    )
    reason = forms.CharField(
        label=_("Why it may not be erased"),
        help_text=_("Only the privacy officer reads this. No names of residents."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Write down why it may not be erased.")},
    )
    until = forms.DateField(
        label=_("Last day"),
        help_text=_("A year at most. Then it is erased by itself, unless you decide again."),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        input_formats=["%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y"],
        error_messages={
            "required": _("Choose a last day from today on, within a year."),
            "invalid": _("Write a day as day-month-year, for example 31-12-2027."),
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        kinds = [(entry.model, entry.called) for entry in retention.holdable()]
        choices = [
            ("-", _("Choose")),
            *sorted(kinds, key=lambda pair: pair[1]),
            ("", _("Everything about residents here")),
        ]
        self.fields["kind"].choices = choices  # type: ignore[attr-defined]
        self.fields["kind"].initial = "-"
        self.fields["until"].initial = clock.today() + timedelta(days=180)

    def clean(self) -> dict[str, Any]:
        """Ask for one of both: a number, or what else must stay."""
        data: dict[str, Any] = super().clean() or {}
        if not data.get("number") and data.get("kind") == "-":
            self.add_error("number", _("Give the number of a question, or choose what else must stay."))
        if data.get("number") or data.get("kind") == "-":
            data["kind"] = ""
        return data

    def refuse(self, code: str) -> None:
        """Say what the rules refused, at its field."""
        name, words = FAULTS[code]
        self.add_error(name, words)
