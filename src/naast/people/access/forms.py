"""Forms about who saw what: what the window is asked, breaking the glass, judging it."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from naast.people.access import rules, shown
from naast.people.access.queries import Asked
from naast.people.access.rules import Did
from naast.people.models import User
from naast.places.rules import PlaceInfo

BAD_DAY = gettext_lazy("This is no day we know. Type it like 23-11-2026, or choose one.")


class DayField(forms.DateField):
    """A day as a browser's own field sends it, or as people type it."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            required=False,
            input_formats=["%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y", "%d.%m.%Y"],
            widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            error_messages={"invalid": BAD_DAY},
            **kwargs,
        )


class LogForm(forms.Form):
    """What to look for. Everything may be left out."""

    nummer = forms.CharField(label=gettext_lazy("Number of the question"), max_length=40, required=False)
    wie = forms.ChoiceField(label=gettext_lazy("Colleague"), required=False)
    van = DayField(label=gettext_lazy("From"))
    tot = DayField(label=gettext_lazy("Until and with"))
    wat = forms.ChoiceField(label=gettext_lazy("What was done"), required=False)
    plaats = forms.ChoiceField(label=gettext_lazy("Place"), required=False)

    def __init__(self, *args: Any, people: Sequence[User], places: Sequence[PlaceInfo], **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        self._choose("wie", [("", _("Everybody")), *((str(one.pk), one.display_name) for one in people)])
        self._choose("wat", [(one.value, str(label)) for one, label in shown.DID.items()])
        self._choose("plaats", [("", _("All your places")), *((one.slug, one.name) for one in places)])

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Refuse a period that ends before it begins."""
        found = super().clean() or {}
        since, until = found.get("van"), found.get("tot")
        if since and until and until < since:
            self.add_error("tot", _("This day lies before the first. Choose a later one."))
        return found

    def asked(self, values: Any) -> Asked:
        """Return what is asked; with a fault in the form nothing but the page as it begins."""
        if not self.is_valid():
            return Asked()
        found = self.cleaned_data
        page = str(values.get("blad", "1"))
        return Asked(
            number=found["nummer"].strip(),
            who=found["wie"],
            since=_sane(found["van"]),
            until=_sane(found["tot"]),
            did=Did(found["wat"]),
            place=found["plaats"],
            oldest_first=values.get("volgorde") == "oudste",
            page=max(1, int(page)) if page.isdecimal() and len(page) < 6 else 1,
        )


def _sane(day: date | None) -> date | None:
    """Leave out days at the ends of the calendar: no moment lies before or after them."""
    return day if day and date.min.year < day.year < date.max.year else None


class GlassForm(forms.Form):
    """Which question, and why."""

    place = forms.ChoiceField(
        label=gettext_lazy("Place where the question was asked"),
        error_messages={
            "required": gettext_lazy("Choose the place."),
            "invalid_choice": gettext_lazy("Choose a place of this list."),
        },
    )
    number = forms.CharField(
        label=gettext_lazy("Number of the question"),
        max_length=40,
        help_text=gettext_lazy("Eight letters and digits, for example K7M3-9QXB."),
        error_messages={"required": gettext_lazy("Type the number of the question.")},
    )
    reason = forms.CharField(
        label=gettext_lazy("Why must you read this now?"),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("In your own words. The privacy officer reads it, nobody else."),
        error_messages={"required": gettext_lazy("Write why you must read this now.")},
    )

    def __init__(self, *args: Any, places: Iterable[PlaceInfo], **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        choices = [("", _("Choose a place")), *((one.slug, one.name) for one in places)]
        self.fields["place"].choices = choices  # type: ignore[attr-defined]

    def clean_reason(self) -> str:
        """Refuse what is too short, or no words of one's own."""
        reason = str(self.cleaned_data["reason"]).strip()
        fault = rules.reason_fault(reason)
        if fault == "short":
            raise forms.ValidationError(_("Write a little more: at least 20 characters."))
        if fault:
            raise forms.ValidationError(_("Write a sentence: what is going on, and why now?"))
        return reason


class JudgeForm(forms.Form):
    """What the privacy officer thought of it."""

    judgement = forms.ChoiceField(
        label=gettext_lazy("Was this right?"),
        choices=[("right", gettext_lazy("Yes, rightly")), ("wrong", gettext_lazy("No, not rightly"))],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose whether this was right.")},
    )
    note = forms.CharField(
        label=gettext_lazy("Note"), required=False, max_length=2_000, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
