"""Forms about the people of a place. Days are typed in the browser's own field; refusals are in the reader's words."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from naast.core import clock
from naast.people.models import User
from naast.people.policy_table import ORGANISATION
from naast.people.rules import Scope
from naast.people.staffing import queries
from naast.people.staffing.decisions import DECISIONS
from naast.people.staffing.models import Mandate
from naast.people.staffing.rules import OWN_DECISION, AbsenceFault
from naast.places.rules import PlaceInfo

ABSENCE_FAULTS = {
    AbsenceFault.TURNED_ROUND: ("ends", gettext_lazy("The last day is before the first. Turn them round.")),
    AbsenceFault.PAST: ("ends", gettext_lazy("These days are over. Choose a last day from today on.")),
    AbsenceFault.OVERLAPS: ("starts", gettext_lazy("Some of these days are noted already. Look at the list below.")),
    AbsenceFault.SELF: ("deputy", gettext_lazy("Choose somebody else to stand in.")),
    AbsenceFault.NO_SHARED_WORK: (
        "deputy",
        gettext_lazy("This colleague may not do this work here. Choose somebody with the same work."),
    ),
    AbsenceFault.DEPUTY_AWAY: ("deputy", gettext_lazy("This colleague is away in those days. Choose somebody else.")),
}


class DayField(forms.DateField):
    """A day, typed or chosen."""

    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})

    def __init__(self, **kwargs: Any) -> None:
        messages = {"invalid": gettext_lazy("Write a day as day-month-year, for example 31-12-2027.")}
        super().__init__(
            input_formats=["%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y"],
            error_messages={**messages, **kwargs.pop("error_messages", {})},
            **kwargs,
        )


class Plain(forms.Form):
    """A form whose labels end as they are written."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})


class UntilForm(Plain):
    """The last day of a role."""

    ends = DayField(
        label=gettext_lazy("Last day"),
        required=False,
        help_text=gettext_lazy("Empty: no end. A role for a while is safer."),
    )

    def clean_ends(self) -> Any:
        """Refuse a day that has passed."""
        ends = self.cleaned_data["ends"]
        if ends and ends < clock.today():
            raise forms.ValidationError(_("This day has passed. Choose today or later."))
        return ends


class RoleForm(UntilForm):
    """Which role, where: at the place itself or at one of its organisations. `scope` is what was chosen."""

    role = forms.ChoiceField(label=gettext_lazy("Role"), error_messages={"required": gettext_lazy("Choose a role.")})
    where = forms.ChoiceField(
        label=gettext_lazy("Where"),
        required=False,
        help_text=gettext_lazy("A provider of help belongs to an organisation. All other roles are at the place."),
    )
    field_order = ("email", "display_name", "role", "where", "ends")

    def __init__(self, *args: Any, place: PlaceInfo, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.place = place
        self.organisations = queries.organisations_of(place)
        here, theirs = queries.roles_to_give(place), queries.roles_at_organisations()
        self.at_place = {role for role, _name in here}
        self.at_organisation = {role for role, _name in theirs}
        self.fields["role"].choices = [("", _("Choose a role"))] + here + (theirs if self.organisations else [])  # type: ignore[attr-defined]
        self.fields["where"].choices = [("", place.name)] + [  # type: ignore[attr-defined]
            (str(key), name) for key, name in self.organisations.items()
        ]
        if not self.organisations:
            del self.fields["where"]

    def clean(self) -> dict[str, Any]:
        """Hold role and scope together."""
        data = super().clean() or {}
        role, where = data.get("role"), data.get("where")
        self.scope = Scope(ORGANISATION, UUID(where)) if where else queries.scope_of(self.place)
        if role and where and role not in self.at_organisation:
            self.add_error("where", _("This role is at the place. Choose the place itself."))
        elif role and not where and role not in self.at_place:
            self.add_error("where", _("A provider belongs to an organisation. Choose which."))
        return data


class InviteForm(RoleForm):
    """Who is invited, for what."""

    email = forms.EmailField(
        label=gettext_lazy("E-mail address at work"),
        max_length=254,
        error_messages={
            "required": gettext_lazy("Type the e-mail address of your colleague."),
            "invalid": gettext_lazy("This is no e-mail address. It looks like name@municipality.nl."),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    display_name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=120,
        help_text=gettext_lazy("The name that residents and colleagues see."),
        error_messages={"required": gettext_lazy("Type the name of your colleague.")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def clean_display_name(self) -> str:
        """One line, no signs that no name has."""
        name = " ".join(self.cleaned_data["display_name"].split())
        if any(not letter.isprintable() for letter in name) or set(name) & set("<>{}"):
            raise forms.ValidationError(_("A name has letters only. Look it over."))
        return name


class AbsenceForm(Plain):
    """Who is away when, and who stands in."""

    who = forms.ChoiceField(label=gettext_lazy("Who"))
    starts = DayField(
        label=gettext_lazy("First day"), error_messages={"required": gettext_lazy("Choose the first day.")}
    )
    ends = DayField(label=gettext_lazy("Last day"), error_messages={"required": gettext_lazy("Choose the last day.")})
    deputy = forms.ChoiceField(
        label=gettext_lazy("Who stands in"),
        required=False,
        help_text=gettext_lazy("A colleague with the same work at the same place."),
    )

    def __init__(self, *args: Any, people: Sequence[User], deputies: Iterable[User], own: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(one.pk): one for one in people}
        self.deputies = {str(one.pk): one for one in deputies}
        self.fields["who"].choices = [  # type: ignore[attr-defined]
            (key, _("Myself") if one.pk == own.pk else one.display_name) for key, one in self.people.items()
        ]
        self.fields["deputy"].choices = [("", _("Nobody"))] + [  # type: ignore[attr-defined]
            (key, one.display_name) for key, one in self.deputies.items()
        ]
        if len(self.people) == 1:
            self.fields["who"].widget = forms.HiddenInput()
            self.fields["who"].initial = str(own.pk)

    def refuse(self, faults: Iterable[AbsenceFault]) -> None:
        """Say in words what the rules refused."""
        for fault in faults:
            field, words = ABSENCE_FAULTS[fault]
            self.add_error(field, str(words))


class MandateForm(forms.ModelForm[Mandate]):
    """Who decides what, until when, on which paper."""

    decision = forms.ChoiceField(label=gettext_lazy("What is decided"))
    starts = DayField(
        label=gettext_lazy("First day"), error_messages={"required": gettext_lazy("Choose the first day.")}
    )
    ends = DayField(
        label=gettext_lazy("Last day"),
        required=False,
        help_text=gettext_lazy("Empty: no end. You hear 30 days before the end."),
    )
    paper_date = DayField(
        label=gettext_lazy("Date of that paper"),
        error_messages={"required": gettext_lazy("Choose the date of the paper.")},
    )

    class Meta:
        """In the order of the sentence: who decides what, when, why."""

        model = Mandate
        fields = (
            "decision", "own_decision", "office", "person", "substitute", "starts", "ends", "paper", "paper_date"
        )  # fmt: skip
        labels = {
            "own_decision": gettext_lazy("Something else, in your words"),
            "office": gettext_lazy("Who decides: the office"),
            "person": gettext_lazy("Who holds this office now"),
            "substitute": gettext_lazy("Substitute: the office"),
            "paper": gettext_lazy("On which paper this rests"),
        }
        help_texts = {
            "office": gettext_lazy("The office, for example: head of youth. No name of a person."),
            "person": gettext_lazy("Only who has an account here. Empty: nobody is named."),
            "paper": gettext_lazy("For example: mandate decision of the mayor and aldermen."),
        }
        error_messages = {
            "office": {"required": gettext_lazy("Say which office decides.")},
            "paper": {"required": gettext_lazy("Say on which paper this rests.")},
        }

    def __init__(self, *args: Any, people: Iterable[User], **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        self.fields["decision"].choices = [  # type: ignore[attr-defined]
            *((code, str(words)) for code, words in DECISIONS.items()),
            (OWN_DECISION, _("Something else")),
        ]
        self.fields["person"].queryset = User.objects.filter(pk__in=[one.pk for one in people])  # type: ignore[attr-defined]
        self.fields["person"].empty_label = _("Nobody")  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A decision of one's own has words, any other has none; the last day is not before the first."""
        data = super().clean() or {}
        if data.get("decision") != OWN_DECISION:
            data["own_decision"] = ""
        elif not data.get("own_decision"):
            self.add_error("own_decision", _("Say what is decided."))
        starts, ends = data.get("starts"), data.get("ends")
        if starts and ends and ends < starts:
            self.add_error("ends", _("The last day is before the first. Turn them round."))
        return data

    def values(self) -> dict[str, Any]:
        """Return what was filled in, as fields of the model."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}
