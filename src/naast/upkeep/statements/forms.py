"""The forms of the four statements. What was typed stays, whatever is wrong with it."""

import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from naast.upkeep.statements import rules, security_txt, words
from naast.upkeep.statements.rules import Gap, Shortcoming

NEW_ROWS, MOST_ROWS = 2, 20
GROUNDS = (
    "De wet vraagt gemeenten om ouders, kinderen en jongeren te helpen (Jeugdwet, Wmo 2015). "
    "Dat is een taak van algemeen belang: artikel 6, lid 1, onder e, van de AVG."
)
_PHONE = re.compile(r"^\+?[\d\s().-]{3,20}$")


def _text(label: Any, longest: int, hint: Any = "", rows: int = 0, **attrs: str) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows, **attrs}) if rows else forms.TextInput(attrs=attrs)
    return forms.CharField(label=label, max_length=longest, required=False, help_text=hint, widget=widget)


def _mail(label: Any, hint: Any = "") -> forms.CharField:
    return _text(label, 120, hint, inputmode="email", autocomplete="off", spellcheck="false")


def _phone(label: Any, hint: Any = "") -> forms.CharField:
    return _text(label, 20, hint, inputmode="tel", autocomplete="off")


def _day(label: Any, hint: Any = "") -> forms.DateField:
    return forms.DateField(
        label=label, required=False, help_text=hint, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


class StatementForm(forms.Form):
    """What all four share: mail and telephone are read, gaps stand at their field."""

    mails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})

    def clean(self) -> dict[str, Any]:
        """Refuse addresses and numbers that nobody could use."""
        data = super().clean() or {}
        for name in self.mails:
            if data.get(name):
                try:
                    validate_email(data[name])
                except ValidationError:
                    self.add_error(name, _("This is no e-mail address. Look it over, for example: naam@gemeente.nl."))
        for name in self.phones:
            if data.get(name) and not _PHONE.match(data[name]):
                self.add_error(name, _("This is no telephone number. Use digits, spaces and a plus only."))
        for name in self.pages:
            if data.get(name) and not re.match(r"^https://[^\s\x00-\x20\x7f/.]+\.[^\s\x00-\x20\x7f]+\Z", data[name]):
                self.add_error(name, _("Give the whole address of a page. It begins with https://."))
        return data

    def statement(self) -> rules.Statement:
        """Return what was filled in. Ask only of a valid form."""
        raise NotImplementedError

    def tell(self, gaps: Iterable[Gap]) -> None:
        """Put what readers may not miss at its field."""
        for gap in gaps:
            self.add_error(self.field_of(gap), words.gap(gap))

    def field_of(self, gap: Gap) -> str | None:
        """Return the field a gap is about; None: the whole form."""
        return gap.field if gap.field in self.fields else None

    @classmethod
    def initial_of(cls, statement: Any) -> dict[str, Any]:
        """Return what a form begins with."""
        return {name: getattr(statement, name) for name in statement.__dataclass_fields__}


class ContactForm(StatementForm):
    """Who is responsible, and how people reach them."""

    mails, phones = ("email",), ("phone",)
    organisation = _text(
        gettext_lazy("Responsible organisation"),
        120,
        gettext_lazy("For example: Gemeente Veldrijk, or the region’s name."),
    )
    phone = _phone(gettext_lazy("Telephone"))
    email = _mail(gettext_lazy("E-mail"), gettext_lazy("A box of a team, not of one person."))
    postal = _text(gettext_lazy("Postal address"), 240, rows=3)
    visit = _text(gettext_lazy("Visiting address"), 240, gettext_lazy("Where people can walk in."), rows=3)
    registered = forms.ChoiceField(
        label=gettext_lazy("Is the site in the register of government domains (RIO)?"),
        required=False,
        choices=[("yes", gettext_lazy("Yes")), ("no", gettext_lazy("Not yet"))],
        help_text=gettext_lazy("Needed as soon as you have an address of your own."),
        widget=forms.RadioSelect,
    )

    def statement(self) -> rules.Contact:
        """Return what was filled in."""
        return rules.Contact(**{name: self.cleaned_data[name] for name in rules.Contact.__dataclass_fields__})


class PrivacyForm(StatementForm):
    """What a place says about privacy. What is the same everywhere, and what is kept, stands on the page by itself."""

    mails, phones = ("fg_email",), ("fg_phone",)
    fg = _text(
        gettext_lazy("Data protection officer: function"),
        120,
        gettext_lazy("The function, no name of a person. For example: Functionaris gegevensbescherming."),
    )
    fg_email = _mail(gettext_lazy("E-mail of the data protection officer"))
    fg_phone = _phone(gettext_lazy("Telephone of the data protection officer"))
    rights = _text(
        gettext_lazy("Where does somebody use their rights?"),
        400,
        gettext_lazy("For who has no locker: a page, form, postal address or desk. Say how fast they hear."),
        rows=3,
    )
    grounds = _text(
        gettext_lazy("On which ground in law?"), 800, gettext_lazy("In plain words, with the article."), rows=4
    )
    processors = _text(
        gettext_lazy("Who works for you with these data?"),
        400,
        gettext_lazy("For example the company that runs Naast. With a processing agreement."),
        rows=2,
    )
    more = _text(gettext_lazy("What else people must know"), 1000, rows=4)

    def statement(self) -> rules.Privacy:
        """Return what was filled in."""
        return rules.Privacy(**{name: self.cleaned_data[name] for name in rules.Privacy.__dataclass_fields__})


class AccessibilityForm(StatementForm):
    """How far the site is. Rows of shortcomings: what is there, and two empty ones."""

    mails, phones, pages = ("email",), ("phone",), ("report_url",)
    status = forms.ChoiceField(
        label=gettext_lazy("Status"),
        required=False,
        choices=[(code, f"{code}: {words.STATUSES[code][0]}") for code in rules.STATUSES],
        help_text=gettext_lazy("Status E is what a site without a statement has."),
        widget=forms.RadioSelect,
    )
    tested_on = _day(
        gettext_lazy("Day of the last examination"), gettext_lazy("For status A and B. It counts for 36 months.")
    )
    tested_by = _text(gettext_lazy("Who did the examination?"), 160)
    tested_what = _text(
        gettext_lazy("What was examined, and how?"),
        400,
        gettext_lazy("For example: twenty pages and two papers, by WCAG-EM, with two people who use a screen reader."),
        rows=3,
    )
    report_url = _text(gettext_lazy("Address of the report"), 240, inputmode="url")
    planned_on = _day(
        gettext_lazy("Day of the planned examination"), gettext_lazy("For status C: within six months from today.")
    )
    email = _mail(gettext_lazy("E-mail for problems"))
    phone = _phone(gettext_lazy("Telephone for problems"))
    answer_days = forms.IntegerField(
        label=gettext_lazy("Answer within how many working days?"), required=False, min_value=1, max_value=30
    )
    signed_by = _text(
        gettext_lazy("Who signs?"), 120, gettext_lazy("The function, no name. For example: Gemeentesecretaris.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = self.initial.get("shortcomings") or ()
        count = min(MOST_ROWS, max(len(known), self._sent()) + NEW_ROWS)
        if self.is_bound and self.data.get("do") != "more":
            count = max(self._sent(), NEW_ROWS)
        for number in range(count):
            row = known[number] if number < len(known) else None
            for name, field in self._row_fields(row).items():
                self.fields[f"{name}_{number}"] = field
        self.count = count

    def _sent(self) -> int:
        found = [int(m[1]) for key in self.data if (m := re.fullmatch(r"what_(\d{1,2})", key))] if self.is_bound else []
        return min(MOST_ROWS, max(found, default=-1) + 1)

    @staticmethod
    def _row_fields(row: Shortcoming | None) -> dict[str, forms.Field]:
        fields: dict[str, forms.Field] = {
            "what": _text(gettext_lazy("What does not work?"), 240, rows=2),
            "why": _text(gettext_lazy("For whom, and why?"), 240, rows=2),
            "plan": _text(gettext_lazy("What do you do about it?"), 240, rows=2),
            "by": _day(gettext_lazy("Solved before")),
        }
        for name, field in fields.items():
            field.initial = getattr(row, name) if row else None
        return fields

    @property
    def rows(self) -> list[dict[str, Any]]:
        """Return the rows for the page."""
        return [
            {"number": number + 1, **{name: self[f"{name}_{number}"] for name in ("what", "why", "plan", "by")}}
            for number in range(self.count)
        ]

    def clean(self) -> dict[str, Any]:
        """Refuse a plan without a word on what it mends."""
        data = super().clean()
        for number in range(self.count):
            if not data.get(f"what_{number}") and any(data.get(f"{name}_{number}") for name in ("why", "plan", "by")):
                self.add_error(f"what_{number}", _("Write down what does not work, or empty this row."))
        return data

    def statement(self) -> rules.Accessibility:
        """Return what was filled in."""
        data = self.cleaned_data
        rows = tuple(
            Shortcoming(data[f"what_{n}"], data[f"why_{n}"], data[f"plan_{n}"], data[f"by_{n}"])
            for n in range(self.count)
            if data[f"what_{n}"]
        )
        names = [
            name for name in rules.Accessibility.__dataclass_fields__ if name not in ("shortcomings", "answer_days")
        ]
        return rules.Accessibility(
            **{name: data[name] for name in names}, shortcomings=rows, answer_days=data["answer_days"] or 5
        )

    def field_of(self, gap: Gap) -> str | None:
        """Put a gap of a shortcoming at its row."""
        name = {"plan": "plan", "plan-date": "by", "plan-past": "by"}.get(gap.code)
        if gap.field == "shortcomings":
            for number in range(self.count):
                if (
                    name
                    and self.cleaned_data.get(f"what_{number}") == gap.about
                    and not self.has_error(f"{name}_{number}")
                ):
                    return f"{name}_{number}"
            return "what_0"
        return super().field_of(gap)


class SecurityForm(StatementForm):
    """Whom a finder of a leak reaches."""

    pages = ("policy", "acknowledgments")
    contacts = _text(
        gettext_lazy("Where does somebody report a leak?"),
        400,
        gettext_lazy("One a line, the best first: e-mail, telephone or a page with https."),
        rows=3,
    )
    policy = _text(
        gettext_lazy("Page with your policy for reports"),
        240,
        gettext_lazy("What somebody may try, and what you promise (coordinated vulnerability disclosure)."),
        inputmode="url",
    )
    acknowledgments = _text(gettext_lazy("Page on which you thank finders"), 240, inputmode="url")
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("In which languages may they write?"),
        required=False,
        choices=[("nl", "Nederlands"), ("en", "English"), ("de", "Deutsch"), ("fr", "Français")],
        widget=forms.CheckboxSelectMultiple,
    )

    def clean_contacts(self) -> tuple[str, ...]:
        """Read each line as an address."""
        found = []
        for line in self.cleaned_data["contacts"].splitlines():
            if line.strip():
                if not (one := security_txt.as_contact(line)):
                    raise ValidationError(
                        _("“%(line)s” is no e-mail address, telephone number or page with https.")
                        % {"line": line.strip()[:60]}
                    )
                found.append(one)
        return tuple(found)

    def statement(self) -> rules.Security:
        """Return what was filled in."""
        data = self.cleaned_data
        return rules.Security(
            contacts=data["contacts"],
            policy=data["policy"],
            acknowledgments=data["acknowledgments"],
            languages=tuple(data["languages"]) or ("nl", "en"),
        )

    @classmethod
    def initial_of(cls, statement: Any) -> dict[str, Any]:
        """Return contacts as lines, as they were typed."""
        bare = [one.removeprefix("mailto:").removeprefix("tel:") for one in statement.contacts]
        return {**super().initial_of(statement), "contacts": "\n".join(bare), "languages": list(statement.languages)}


FORMS: dict[str, type[StatementForm]] = {
    "contact": ContactForm,
    "privacy": PrivacyForm,
    "accessibility": AccessibilityForm,
    "security": SecurityForm,
}
