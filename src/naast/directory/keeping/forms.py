"""What who gives an offer may change of it through a mailed link, and the few words when it ended."""

from typing import Any

from django import forms as controls
from django.utils.translation import gettext_lazy as _

from naast.directory.models import Audience, Costs, Form, Offer, Referral

TEXTS = ("summary", "description", "costs", "costs_text", "referral", "phone", "website", "hours")
LISTS = ("audiences", "forms")
AGES = ("age_min", "age_max")


class OfferForm(controls.Form):
    """The facts that change: what it is, for whom, how, what it costs, how one reaches it."""

    summary = controls.CharField(
        label=_("What it is, in one or two short sentences"),
        max_length=300,
        widget=controls.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": _("Write in one sentence what it is."),
            "max_length": _("This is too long: at most 300 characters. Put the rest in the field below."),
        },
    )
    description = controls.CharField(
        label=_("What people can expect"), required=False, max_length=4000, widget=controls.Textarea(attrs={"rows": 6})
    )
    audiences = controls.MultipleChoiceField(
        label=_("For whom is it?"),
        choices=Audience.choices,
        widget=controls.CheckboxSelectMultiple,
        error_messages={"required": _("Choose for whom it is.")},
    )
    age_min = controls.IntegerField(
        label=_("From which age"),
        required=False,
        min_value=0,
        max_value=120,
        error_messages={"invalid": _("Write the age as a number, for example 8.")},
    )
    age_max = controls.IntegerField(
        label=_("Up to which age"),
        required=False,
        min_value=0,
        max_value=120,
        error_messages={"invalid": _("Write the age as a number, for example 18.")},
    )
    forms = controls.MultipleChoiceField(
        label=_("How do you give it?"),
        choices=Form.choices,
        required=False,
        widget=controls.CheckboxSelectMultiple,
    )
    costs = controls.ChoiceField(label=_("What does it cost who comes?"), choices=Costs.choices)
    costs_text = controls.CharField(
        label=_("More about the costs"), required=False, max_length=240, widget=controls.Textarea(attrs={"rows": 2})
    )
    referral = controls.ChoiceField(label=_("Must somebody send people to you?"), choices=Referral.choices)
    phone = controls.CharField(label=_("Telephone number"), required=False, max_length=30)
    website = controls.URLField(
        label=_("Web address"),
        required=False,
        assume_scheme="https",
        max_length=200,
        error_messages={"invalid": _("This is no web address. It looks like https://www.voorbeeld.nl")},
    )
    hours = controls.CharField(
        label=_("When you are open"), required=False, max_length=240, widget=controls.Textarea(attrs={"rows": 2})
    )

    def clean(self) -> dict[str, Any]:
        """The youngest age is not above the oldest."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        least, most = data.get("age_min"), data.get("age_max")
        if least is not None and most is not None and least > most:
            self.add_error("age_max", _("The oldest age is lower than the youngest."))
        return data

    @staticmethod
    def initial_of(offer: Offer) -> dict[str, Any]:
        """What stands in the offer now."""
        return {name: getattr(offer, name) for name in (*TEXTS, *LISTS, *AGES)}


class EndedForm(controls.Form):
    """Why an offer exists no more; the editors read it."""

    reason = controls.CharField(
        label=_("Why does it exist no more?"),
        required=False,
        max_length=500,
        widget=controls.Textarea(attrs={"rows": 3}),
        help_text=_("Only the editors of the municipality read this. Do not name people who came to you."),
        error_messages={"max_length": _("This is too long: at most 500 characters.")},
    )
