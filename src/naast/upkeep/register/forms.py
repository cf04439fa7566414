"""What a place fills in for its register and its DPIA. What was typed stays, whatever is wrong with it."""

import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from naast.upkeep.register import rules, words
from naast.upkeep.register.rules import Gap

NEW_ROWS, MOST_ROWS = 1, 20
NO_NAME = gettext_lazy("The function, no name. For example: Gemeentesecretaris.")
WRONG_DAY = {"invalid": gettext_lazy("Write a day as day-month-year, for example 31-12-2027.")}


def _text(label: Any, longest: int, hint: Any = "", rows: int = 0) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput()
    return forms.CharField(label=label, max_length=longest, required=False, help_text=hint, widget=widget)


def _day(label: Any, hint: Any = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        required=False,
        help_text=hint,
        error_messages=WRONG_DAY,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y"],
    )


class AccountForm(forms.Form):
    """What both share: rows of a thing that come by number, and gaps at their field."""

    made: type[Any]  # the dataclass of rules
    listed: str  # its field that holds rows
    first: str  # the field of a row without which the row is empty
    row_title: Any
    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        known = self.initial.get(self.listed) or ()
        more = not self.is_bound or self.data.get("do") == "more"
        self.count = min(MOST_ROWS, max(1, max(len(known), self._sent()) + (NEW_ROWS if more else 0)))
        for number in range(self.count):
            row = known[number] if number < len(known) else None
            for name, field in self.row_fields().items():
                field.initial = getattr(row, name) if row else None
                self.fields[f"{name}_{number}"] = field

    def _sent(self) -> int:
        pattern = re.compile(rf"{self.first}_(\d{{1,2}})")
        found = [int(m[1]) for key in self.data if (m := pattern.fullmatch(key))] if self.is_bound else []
        return min(MOST_ROWS, max(found, default=-1) + 1)

    @staticmethod
    def row_fields() -> dict[str, forms.Field]:
        """Return fresh fields of one row."""
        raise NotImplementedError

    @property
    def rows(self) -> list[dict[str, Any]]:
        """Return the rows for the page: the number, and the fields."""
        names = list(self.row_fields())
        return [
            {"number": number + 1, "fields": [self[f"{name}_{number}"] for name in names]}
            for number in range(self.count)
        ]

    def clean(self) -> dict[str, Any]:
        """Refuse a row that does not say what it is about."""
        data = super().clean() or {}
        for number in range(self.count):
            first = f"{self.first}_{number}"
            if (
                not data.get(first)
                and first not in self.errors
                and any(data.get(f"{name}_{number}") for name in self.row_fields())
            ):
                self.add_error(first, _("Say what this row is about, or empty it."))
        return data

    def filled(self) -> Any:
        """Return what was filled in. Ask only of a valid form."""
        data = self.cleaned_data
        row = rules.ROWS[self.listed]
        names = list(self.row_fields())
        rows = tuple(
            row(**{name: data[f"{name}_{number}"] for name in names})
            for number in range(self.count)
            if data[f"{self.first}_{number}"]
        )
        plain = {name: data[name] for name in self.made.__dataclass_fields__ if name != self.listed}
        return self.made(**plain, **{self.listed: rows})

    @classmethod
    def initial_of(cls, filled: Any) -> dict[str, Any]:
        """Return what stands in the form to begin with."""
        return {name: getattr(filled, name) for name in cls.made.__dataclass_fields__}

    def tell(self, gaps: Iterable[Gap]) -> None:
        """Put what lacks at its field."""
        for gap in gaps:
            self.add_error(self._field_of(gap), words.gap(gap))

    def _field_of(self, gap: Gap) -> str | None:
        if gap.field != self.listed:
            return gap.field or None
        for number in range(self.count):
            if gap.about and self.cleaned_data.get(f"{self.first}_{number}") == gap.about:
                return f"agreed_{number}"
        return f"{self.first}_0"


class RegisterForm(AccountForm):
    """What a place adds to the register."""

    made = rules.Register
    listed, first = "processors", "name"
    row_title = gettext_lazy("Processor")

    joint = _text(
        gettext_lazy("Who decides along with you?"),
        600,
        gettext_lazy("Other municipalities of the region, for example, and where that is agreed (article 26)."),
        rows=3,
    )
    special = _text(
        gettext_lazy("On which exception of article 9 do you hold sensitive words?"),
        600,
        gettext_lazy("Ask your data protection officer. Our proposal stands in the register."),
        rows=3,
    )
    outside = _text(
        gettext_lazy("Do data leave the European Economic Area?"),
        600,
        gettext_lazy("Naast itself sends nothing. Say what your processors do."),
        rows=2,
    )
    open = _text(gettext_lazy("What is still open?"), 1200, rows=3)
    decided_by = _text(gettext_lazy("Who decides?"), 120, NO_NAME)
    decided_on = _day(gettext_lazy("Day of the decision"))

    @staticmethod
    def row_fields() -> dict[str, forms.Field]:
        """Return a processor's fields."""
        return {
            "name": _text(gettext_lazy("Organisation"), 120),
            "what": _text(gettext_lazy("What for?"), 240, rows=2),
            "agreed": _day(gettext_lazy("Day of the agreement")),
        }


class DpiaForm(AccountForm):
    """What a place adds to the DPIA."""

    made = rules.Dpia
    listed, first = "risks", "risk"
    row_title = gettext_lazy("Risk of your own")

    why = _text(gettext_lazy("Why do you use Naast, and since when?"), 1200, rows=3)
    where = _text(
        gettext_lazy("Where are the data and the backups?"), 600, gettext_lazy("Country and data centre."), rows=2
    )
    policy = _text(
        gettext_lazy("Your own policy"), 600, gettext_lazy("And the number in your list for the archive."), rows=2
    )
    children = _text(gettext_lazy("How did children take part in this?"), 600, rows=2)
    accepts = _text(gettext_lazy("Which risks do you accept, and why?"), 1200, rows=3)
    advice_on = _day(gettext_lazy("Day of the advice"))
    advice = _text(gettext_lazy("What did the data protection officer advise?"), 2000, rows=4)
    followed = _text(gettext_lazy("What did you do with it?"), 1200, rows=3)
    open = _text(gettext_lazy("What is still open?"), 1200, rows=3)
    decided_by = _text(gettext_lazy("Who decides?"), 120, NO_NAME)
    decided_on = _day(gettext_lazy("Day of the decision"))
    review_on = _day(
        gettext_lazy("Look at it again before"),
        gettext_lazy("Within three years, and with every great change."),
    )

    @staticmethod
    def row_fields() -> dict[str, forms.Field]:
        """Return a risk's fields."""
        return {
            "risk": _text(gettext_lazy("What can go wrong?"), 400, rows=2),
            "measure": _text(gettext_lazy("What do you do about it?"), 400, rows=2),
            "left": _text(gettext_lazy("What is left?"), 400, rows=2),
        }


FORMS: dict[str, type[AccountForm]] = {"register": RegisterForm, "dpia": DpiaForm}
