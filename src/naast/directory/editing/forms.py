"""The form of an offer, for editors whole and for providers their part. What was typed stays, whatever is wrong with it."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from naast.directory import rules as directory
from naast.directory.editing import queries, rules
from naast.directory.editing.offers import NewOrganisation
from naast.directory.models import Audience, Costs, Evidence, Form, Organisation, Payer, Phase, Referral

DAYS = tuple(WEEKDAYS[day] for day in range(7))
NEW_ROWS, MOST_ROWS = 2, 30
WHERE = ("name", "street", "postcode", "town")
# A problem of directory.offer_problems() begins with → the field that it is about.
PROBLEM_OF = {
    "naam": "name", "samenvatting": "summary", "voor wie": "audiences", "gebied": "area", "website": "website",
    "leeftijd": "age_min", "de jongste": "age_min", "doelgroep": "audiences", "organisatie": "organisation",
    "openingstijd": "opening_1", "begindag": "starts", "nagekeken": "checked_on", "phone": "phone", "name": "name",
    "summary": "summary", "hours": "hours", "evidence_year": "evidence_year",
}  # fmt: skip
GROUPS: tuple[tuple[str, Any, tuple[str, ...]], ...] = (
    ("wat", _("What it is"), ("name", "summary", "description", "subjects")),
    ("van-wie", _("Who gives it"), ("organisation", "new_organisation", "new_kind", "new_website", "new_phone")),
    ("voor-wie", _("For whom"), ("audiences", "age_min", "age_max", "phases", "special_groups", "languages")),
    ("hoe", _("How, and what it costs"), ("forms", "costs", "costs_text", "payers", "referral", "waiting")),
    ("waar", _("Where"), ("area",)),
    ("adressen", _("Addresses"), ()),
    ("bereiken", _("How people reach it"), ("phone", "website")),
    ("wanneer", _("When"), ("hours", *(f"opening_{day}" for day in range(1, 8)), "starts")),
    ("vanzelf", _("Offered without being asked"), ("offered_when", "offered_by")),
    ("weten", _("What we know"), ("evidence", "evidence_year", "evidence_text", "source", "checked_on")),
    ("beheer", _("Who keeps it true"), ("keeper", "is_helpline")),
)
LABELS: dict[str, Any] = {
    "name": _("Name"), "summary": _("In one or two sentences"), "description": _("More about it"),
    "audiences": _("For whom"), "age_min": _("Youngest age"), "age_max": _("Oldest age"), "phases": _("In which phase"),
    "subjects": _("Subjects"), "special_groups": _("Specially for"), "forms": _("How"), "languages": _("Languages"),
    "area": _("Area it serves"), "locations": _("Addresses"), "costs": _("Costs to you"),
    "costs_text": _("Costs in words"), "payers": _("Who pays"), "referral": _("Referral"),
    "waiting": _("Waiting time in words"), "phone": _("Phone"), "website": _("Website"),
    "hours": _("Opening hours in words"), "opening": _("Opening hours"), "starts": _("Days on which it begins"),
    "offered_when": _("When it is offered by itself"), "offered_by": _("Who offers it then"),
    "organisation": _("Organisation"), "evidence": _("Does it work?"), "evidence_year": _("Year of that verdict"),
    "evidence_text": _("About the verdict"), "source": _("Source"), "checked_on": _("Last looked at the source"),
    "is_helpline": _("Show it with the helplines too"), "state": _("Does it still exist?"),
    "waiting_min": _("Waiting time from, in weeks"), "waiting_max": _("Waiting time up to, in weeks"),
    "waiting_on": _("Waiting time on this day"),
}  # fmt: skip


def _text(name: str, longest: int, rows: int = 0, help_text: Any = "") -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput()
    return forms.CharField(
        label=LABELS[name], max_length=longest, required=False, widget=widget, help_text=help_text, strip=True
    )


def _some(name: str, choices: Iterable[tuple[str, Any]], help_text: Any = "") -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=LABELS[name],
        choices=list(choices),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=help_text,
    )


def _one(name: str, choices: Iterable[tuple[str, Any]]) -> forms.ChoiceField:
    return forms.ChoiceField(label=LABELS[name], choices=list(choices), required=False)


class OwnOfferForm(forms.Form):
    """The facts that who gives an offer may propose."""

    use_required_attribute = False

    name = _text("name", 160)
    summary = _text("summary", 300, rows=2, help_text=_("People read this first, in a list."))
    description = _text("description", 4000, rows=6, help_text=_("Short sentences. An empty line begins a paragraph."))
    audiences = _some("audiences", Audience.choices)
    age_min = forms.IntegerField(label=LABELS["age_min"], required=False)
    age_max = forms.IntegerField(label=LABELS["age_max"], required=False)
    phases = _some("phases", Phase.choices, _("Nothing chosen is every phase."))
    costs = _one("costs", Costs.choices)
    costs_text = _text("costs_text", 240, help_text=_("For example: € 15 an evening."))
    payers = _some("payers", Payer.choices)
    referral = _one("referral", Referral.choices)
    waiting = _text("waiting", 160, help_text=_("Only when weeks do not say it."))
    phone = _text("phone", 30)
    website = _text("website", 200)
    hours = _text("hours", 240, help_text=_("Only when the times below do not say it."))
    offered_when = _text("offered_when", 160, help_text=_("For example: at the birth of a child."))
    offered_by = _text("offered_by", 160)
    starts = forms.CharField(
        label=LABELS["starts"],
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One day a line, with a few words: 12-01-2027 First evening."),
    )

    def __init__(
        self, *args: Any, areas: Sequence[tuple[str, str]], facts: Mapping[str, Any] | None = None, **kwargs: Any
    ) -> None:
        """`areas`: places to choose from; `facts`: what stands in the offer now, None for a new one."""
        self.facts_now = dict(facts or {})
        kwargs["initial"] = {**self.initial_of(self.facts_now), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        self.fields["forms"] = _some("forms", Form.choices)
        self.fields["subjects"] = _some("subjects", [(row.slug, row.label) for row in directory.subjects()])
        groups = [(row.slug, row.label) for row in directory.special_groups()]
        groups += [(old, old) for old in self.facts_now.get("special_groups") or () if old not in dict(groups)]
        self.fields["special_groups"] = _some("special_groups", groups)
        languages = dict(directory.LANGUAGE_NAMES) | {
            code: directory.LANGUAGE_NAMES.get(code, code) for code in self.facts_now.get("languages") or ()
        }
        self.fields["languages"] = _some("languages", languages.items())
        self.fields["area"] = _some("area", areas)
        for number, day in enumerate(DAYS, 1):
            self.fields[f"opening_{number}"] = forms.CharField(
                label=capfirst(day),
                required=False,
                max_length=80,
                help_text=_("Such as 9.00-12.30, 13.00-17.00. Empty is closed.") if number == 1 else "",
            )
        for row in range(self._rows()):
            for part, label, longest in zip(
                WHERE,
                (_("Name of the building"), _("Street and number"), _("Postcode"), _("Town")),
                (160, 160, 7, 80),
                strict=True,
            ):
                self.fields[f"where_{row}_{part}"] = forms.CharField(label=label, required=False, max_length=longest)

    def _rows(self) -> int:
        kept = len(self.facts_now.get("locations") or ())
        typed = [int(found[1]) + 1 for key in self.data if (found := re.fullmatch(r"where_(\d{1,3})_town", key))]
        return min(MOST_ROWS, max([kept + NEW_ROWS, *typed]))

    def initial_of(self, facts: Mapping[str, Any]) -> dict[str, Any]:
        """Return what the fields begin with."""
        found = {name: facts.get(name) for name in (*rules.FACTS, "keeper") if name not in ("opening", "starts")}
        found["starts"] = rules.starts_text(facts.get("starts"))
        for day in range(1, 8):
            found[f"opening_{day}"] = rules.hours_text(facts.get("opening"), day)
        for row, where in enumerate(facts.get("locations") or ()):
            for part in WHERE:
                found[f"where_{row}_{part}"] = where.get(part) or ""
        if not facts:
            found |= {"costs": Costs.UNKNOWN, "referral": Referral.UNKNOWN, "languages": ["nl"]}
        return found

    def groups(self) -> list[dict[str, Any]]:
        """Return the form as people read it: headings with their fields."""
        made = []
        for key, heading, names in GROUPS:
            fields = [self[name] for name in names if name in self.fields]
            rows = self.where_rows() if key == "adressen" else []
            if fields or rows:
                wrong = any(field.errors for field in fields) or any(f.errors for row in rows for f in row)
                made.append({"key": key, "heading": heading, "fields": fields, "rows": rows, "wrong": wrong})
        return made

    def where_rows(self) -> list[list[Any]]:
        """Return the rows of addresses, the last ones empty."""
        return [[self[f"where_{row}_{part}"] for part in WHERE] for row in range(self._rows())]

    def clean_website(self) -> str:
        """Take an address as people type it."""
        typed = str(self.cleaned_data["website"])
        return f"https://{typed}" if typed and "://" not in typed and "." in typed else typed

    def clean_starts(self) -> list[dict[str, str]]:
        """Read the days."""
        try:
            return rules.starts_of(self.cleaned_data["starts"])
        except ValueError as error:
            raise forms.ValidationError(
                _("‘%(line)s’ does not begin with a day such as 12-01-2027."), params={"line": str(error)[:60]}
            ) from error

    def clean(self) -> dict[str, Any]:
        """Hold the whole to the same rules as a file of offers."""
        cleaned: dict[str, Any] = super().clean() or {}
        cleaned["opening"] = self._opening(cleaned)
        cleaned["locations"] = self._locations(cleaned)
        if not self.errors:
            self.add_problems(directory.offer_problems(self._record(cleaned)))
        return cleaned

    def _opening(self, cleaned: Mapping[str, Any]) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = []
        for day in range(1, 8):
            try:
                rows += rules.hours_of(cleaned.get(f"opening_{day}") or "", day)
            except ValueError as error:
                wrong = _("‘%(time)s’ is no time such as 9.00-12.30.")
                self.add_error(f"opening_{day}", forms.ValidationError(wrong, params={"time": str(error)[:40]}))
        return rows

    def _locations(self, cleaned: Mapping[str, Any]) -> list[dict[str, str]]:
        rows = []
        before = list(self.facts_now.get("locations") or ())
        for number in range(self._rows()):
            row = {part: str(cleaned.get(f"where_{number}_{part}") or "") for part in WHERE}
            if not any(row.values()):
                continue
            if not row["town"]:
                self.add_error(f"where_{number}_town", _("Fill in the town, or empty the whole address."))
            old = before[number] if number < len(before) else {}
            same_town = old.get("town") == row["town"]
            rows.append({**row, "place": str(old.get("place") or "") if same_town else ""})
        return rows

    def _record(self, cleaned: Mapping[str, Any]) -> directory.OfferRecord:
        facts = {**self.facts_now, **self.facts(cleaned)}
        facts.setdefault("organisation", "x")
        return queries.record_from(facts, id=self._id(), slug="x", keeper="")

    def _id(self) -> UUID:
        return uuid4()

    def facts(self, cleaned: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """Return the facts that the form gives, as plain values by name."""
        values = self.cleaned_data if cleaned is None else cleaned
        found = {name: values[name] for name in rules.FACTS if name in values and name not in ("organisation",)}
        if "checked_on" in found:
            found["checked_on"] = found["checked_on"].isoformat() if found["checked_on"] else None
        for name, empty in (("costs", "onbekend"), ("referral", "onbekend"), ("evidence", "onbekend")):
            if name in found:
                found[name] = found[name] or empty
        return found

    def add_problems(self, problems: Iterable[str]) -> None:
        """Show problems that the rules found, each beside its field."""
        for problem in problems:
            said = problem.split(": ", 1)[-1]
            field = next((name for start, name in PROBLEM_OF.items() if said.startswith(start)), None)
            words = f"{said[:1].upper()}{said[1:]}."
            self.add_error(field if field in self.fields else None, words)


class ProposalForm(OwnOfferForm):
    """What a provider proposes: their own facts, whether it ended, and a word to the editors."""

    ended = forms.BooleanField(label=_("This help does not exist any more"), required=False)
    note = forms.CharField(
        label=_("A word to the editors"),
        required=False,
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Only the editors read it. Do not name people you help."),
    )


class OfferForm(OwnOfferForm):
    """All facts of an offer, for editors."""

    organisation = forms.ChoiceField(label=LABELS["organisation"], required=False)
    new_organisation = forms.CharField(
        label=_("Or a new organisation: its name"),
        required=False,
        max_length=160,
        help_text=_("Only when it is not in the list."),
    )
    new_kind = forms.ChoiceField(
        label=_("Where the new organisation works"),
        required=False,
        choices=[("lokaal", _("locally")), ("regionaal", _("in the region")), ("landelijk", _("in the whole country"))],
    )
    new_website = forms.CharField(label=_("Website of the new organisation"), required=False, max_length=200)
    new_phone = forms.CharField(label=_("Phone of the new organisation"), required=False, max_length=30)
    evidence = _one("evidence", Evidence.choices)
    evidence_year = forms.IntegerField(label=LABELS["evidence_year"], required=False, min_value=1980, max_value=2100)
    evidence_text = _text("evidence_text", 300)
    source = _text("source", 300, help_text=_("Where these facts come from: a page, a folder, a talk by phone."))
    checked_on = forms.DateField(
        label=LABELS["checked_on"], required=False, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    keeper = forms.ChoiceField(
        label=_("Whose editors keep it"),
        required=False,
        help_text=_("They get the proposals, and a mail when nobody confirmed it."),
    )
    is_helpline = forms.BooleanField(label=LABELS["is_helpline"], required=False)

    def __init__(self, *args: Any, keepers: Sequence[tuple[str, Any]], shared: bool, **kwargs: Any) -> None:
        """`keepers`: places to choose from; `shared`: whether the editor keeps national help too."""
        super().__init__(*args, **kwargs)
        now = self.facts_now.get("organisation")
        rows = Organisation.objects.filter(ended=False) | Organisation.objects.filter(slug=now or "")
        names = [(row.slug, row.name) for row in rows.distinct().order_by("name")]
        self.fields["organisation"].choices = [("", _("Choose")), *names]  # type: ignore[attr-defined]
        self.fields["keeper"].choices = list(keepers)  # type: ignore[attr-defined]
        if not shared:
            del self.fields["is_helpline"]

    def clean(self) -> dict[str, Any]:
        """An organisation is chosen or made, not both and not neither."""
        cleaned: dict[str, Any] = forms.Form.clean(self) or {}
        self.cleaned_data = cleaned
        name, chosen = cleaned.get("new_organisation"), cleaned.get("organisation")
        if name and chosen and chosen != self.facts_now.get("organisation"):
            self.add_error("new_organisation", _("Choose from the list or write a new name, not both."))
        elif not name and not chosen and "organisation" not in self.errors:
            self.add_error("organisation", _("Choose who gives this help, or write a new name below."))
        return super().clean()

    def facts(self, cleaned: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """Return the facts, the organisation included."""
        values = self.cleaned_data if cleaned is None else cleaned
        found = super().facts(values)
        found["organisation"] = values.get("organisation") or ("x" if values.get("new_organisation") else "")
        return found

    def organisation_to_make(self) -> NewOrganisation | None:
        """Return the new organisation, or None."""
        values = self.cleaned_data
        if not values.get("new_organisation"):
            return None
        site = values.get("new_website") or ""
        return NewOrganisation(
            name=values["new_organisation"],
            kind=values.get("new_kind") or "lokaal",
            website=f"https://{site}" if site and "://" not in site else site,
            phone=values.get("new_phone") or "",
        )


class OrganisationForm(forms.ModelForm):  # type: ignore[type-arg]
    """An organisation as editors write it."""

    use_required_attribute = False

    class Meta:
        model = Organisation
        fields = ["name", "kind", "about", "website", "phone", "email", "source"]
        labels = {
            "name": _("Name"), "kind": _("Where it works"), "about": _("About the organisation"),
            "website": _("Website"), "phone": _("Phone"), "email": _("General e-mail address"), "source": _("Source"),
        }  # fmt: skip
        help_texts = {"kind": "", "email": _("Not of a person. We ask here whether the facts are still true.")}
        widgets = {
            "kind": forms.Select(
                choices=[
                    ("lokaal", _("locally")),
                    ("regionaal", _("in the region")),
                    ("landelijk", _("in the whole country")),
                ]
            ),
            "about": forms.Textarea(attrs={"rows": 3}),
        }


class ContactForm(forms.Form):
    """Whom professionals ask about an offer."""

    use_required_attribute = False
    text = forms.CharField(
        label=_("Whom professionals can ask"),
        required=False,
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Name, direct number, on which days. Empty it to take it away."),
    )


class RuleForm(forms.Form):
    """How a place treats small facts that providers change."""

    small_facts_live = forms.BooleanField(
        label=_("Show a new phone number and new opening hours at once"),
        required=False,
        help_text=_("Readers see that nobody looked at it yet. You still decide; what you refuse goes back."),
    )
