"""Thinking about statements, without Django, clock or database: what each holds, and what it still lacks.

Statuses A to E: digitoegankelijk.nl, "De status" (read November 2026): A all demands met, B part of them with measures,
C an examination planned within six months (lawful for six months), D a statement without one of these, E no statement.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

Kind = Literal["contact", "privacy", "accessibility", "security"]
KINDS: tuple[Kind, ...] = ("contact", "privacy", "accessibility", "security")
STATUSES = ("A", "B", "C", "D")  # E is what a place without a statement has
NO_STATEMENT = "E"
LAWFUL = frozenset("ABC")

TEST_MONTHS = 36  # an examination is valid so long (Besluit digitale toegankelijkheid overheid; digitoegankelijk.nl)
PLANNED_MONTHS = 6  # status C: an examination within six months, and lawful for no longer
CONFIRM_MONTHS = 12  # whoever reads mail about leaks is confirmed once a year
LOOK_MONTHS = 12  # a privacy statement and its contacts are looked at once a year
AHEAD_DAYS = 60  # so long before a date we begin to remind

# Why a statement is not in order; words.py says each in Dutch, with what to do.
GapCode = Literal[
    "no-statement", "organisation", "reach", "postal", "registered", "not-registered", "fg", "rights", "grounds",
    "status", "tested-on", "tested-by", "tested-what", "test-old", "test-future", "shortcomings", "plan", "plan-date",
    "plan-past", "none-expected", "planned-on", "planned-late", "planned-past", "unlawful", "report-to",
    "leak-contact", "look-old",
]  # fmt: skip


@dataclass(frozen=True)
class Gap:
    """One thing that is not in order: why, the field it is about, and what it concerns (a shortcoming's own words)."""

    code: GapCode
    field: str = ""
    about: str = ""


@dataclass(frozen=True)
class Contact:
    """Who is responsible for the site, and how people reach them."""

    organisation: str = ""
    phone: str = ""
    email: str = ""
    postal: str = ""
    visit: str = ""
    registered: str = ""  # in the register of government domains: "yes", "no", "" = not said

    def gaps(self, today: date, published_on: date | None) -> list[Gap]:
        """Return what is not in order."""
        found = [] if self.organisation else [Gap("organisation", "organisation")]
        found += [] if self.phone or self.email else [Gap("reach", "email")]
        found += [] if self.postal else [Gap("postal", "postal")]
        return found if self.registered else [*found, Gap("registered", "registered")]


@dataclass(frozen=True)
class Privacy:
    """What a place says about privacy beside what is the same everywhere."""

    fg: str = ""  # the function, never a person's name
    fg_email: str = ""
    fg_phone: str = ""
    rights: str = ""  # where somebody asks to see, mend or erase
    grounds: str = ""
    processors: str = ""
    more: str = ""

    def gaps(self, today: date, published_on: date | None) -> list[Gap]:
        """Return what is not in order."""
        found = [] if self.fg and (self.fg_email or self.fg_phone) else [Gap("fg", "fg_email")]
        found += [] if self.rights else [Gap("rights", "rights")]
        found += [] if self.grounds else [Gap("grounds", "grounds")]
        return found + _not_looked_at(today, published_on, LOOK_MONTHS)


@dataclass(frozen=True)
class Shortcoming:
    """Something that does not work for everybody: for whom, what is done about it, and before when."""

    what: str
    why: str = ""
    plan: str = ""
    by: date | None = None


@dataclass(frozen=True)
class Accessibility:
    """How far the site meets the demands, what was tested, what lacks and what is done about it."""

    status: str = ""
    tested_on: date | None = None
    tested_by: str = ""
    tested_what: str = ""
    report_url: str = ""
    planned_on: date | None = None
    shortcomings: tuple[Shortcoming, ...] = ()
    email: str = ""
    phone: str = ""
    answer_days: int = 5
    signed_by: str = ""  # the function that signs for it

    def gaps(self, today: date, published_on: date | None) -> list[Gap]:
        """Return what is not in order on a day."""
        if self.status not in STATUSES:
            return [Gap("status", "status")]
        found = self._test(today) if self.status in "AB" else []
        if self.status == "C":
            found += self._planned(today, published_on)
        if self.status == "A" and self.shortcomings:
            found.append(Gap("none-expected", "status"))
        if self.status == "B" and not self.shortcomings:
            found.append(Gap("shortcomings", "shortcomings"))
        if self.status in "BC":
            for one in self.shortcomings:
                if not one.plan:
                    found.append(Gap("plan", "shortcomings", one.what))
                elif one.by is None:
                    found.append(Gap("plan-date", "shortcomings", one.what))
                elif one.by < today:
                    found.append(Gap("plan-past", "shortcomings", one.what))
        if not (self.email or self.phone):
            found.append(Gap("report-to", "email"))
        return found

    def _test(self, today: date) -> list[Gap]:
        found = [] if self.tested_by else [Gap("tested-by", "tested_by")]
        found += [] if self.tested_what else [Gap("tested-what", "tested_what")]
        if self.tested_on is None:
            return [Gap("tested-on", "tested_on"), *found]
        if self.tested_on > today:
            return [Gap("test-future", "tested_on"), *found]
        return [Gap("test-old", "tested_on"), *found] if today >= self.test_ends() else found

    def _planned(self, today: date, published_on: date | None) -> list[Gap]:
        if self.planned_on is None:
            return [Gap("planned-on", "planned_on")]
        if self.planned_on > months_after(published_on or today, PLANNED_MONTHS):
            return [Gap("planned-late", "planned_on")]
        return [Gap("planned-past", "planned_on")] if self.planned_on < today else []

    def test_ends(self) -> date:
        """Return the day on which the examination counts no more. ValueError without one."""
        if self.tested_on is None:
            raise ValueError("not tested")
        return months_after(self.tested_on, TEST_MONTHS)


@dataclass(frozen=True)
class Security:
    """Whom a finder of a leak reaches: what stands in security.txt (RFC 9116)."""

    contacts: tuple[str, ...] = ()
    policy: str = ""
    acknowledgments: str = ""
    languages: tuple[str, ...] = ("nl", "en")

    def gaps(self, today: date, published_on: date | None) -> list[Gap]:
        """Return what is not in order."""
        found = [] if self.contacts else [Gap("leak-contact", "contacts")]
        return found + _not_looked_at(today, published_on, CONFIRM_MONTHS)


Statement = Contact | Privacy | Accessibility | Security
TYPES: dict[str, type[Contact] | type[Privacy] | type[Accessibility] | type[Security]] = {
    "contact": Contact,
    "privacy": Privacy,
    "accessibility": Accessibility,
    "security": Security,
}


def _not_looked_at(today: date, published_on: date | None, months: int) -> list[Gap]:
    if published_on is None or today < months_after(published_on, months):
        return []
    return [Gap("look-old")]


def months_after(day: date, months: int) -> date:
    """Return the same day some months on; the 31st becomes the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for number in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, number)
        except ValueError:
            continue
    raise ValueError(day)


def read(kind: str, data: Mapping[str, Any]) -> Statement:
    """Return a statement from what was kept of it; unknown keys are left out. KeyError for an unknown kind."""
    made = TYPES[kind]
    values = {name: data[name] for name in made.__dataclass_fields__ if data.get(name) not in (None, "")}
    for name in ("tested_on", "planned_on"):
        if name in values:
            values[name] = date.fromisoformat(values[name])
    for name in ("contacts", "languages"):
        if name in values:
            values[name] = tuple(values[name])
    if "shortcomings" in values:
        values["shortcomings"] = tuple(
            Shortcoming(**{**row, "by": date.fromisoformat(row["by"]) if row.get("by") else None})
            for row in values["shortcomings"]
        )
    return made(**values)


def write(statement: Statement) -> dict[str, Any]:
    """Return what is kept of a statement: JSON with days as ISO dates."""

    def plain(value: Any) -> Any:
        if isinstance(value, date):
            return value.isoformat()
        if isinstance(value, tuple):
            return [plain(one) for one in value]
        if isinstance(value, Shortcoming):
            return {name: plain(getattr(value, name)) for name in value.__dataclass_fields__}
        return value

    return {name: plain(getattr(statement, name)) for name in statement.__dataclass_fields__}


def blocks(found: Gap, *, own_host: bool) -> bool:
    """Tell whether a place may not open with this. The register asks for own names, not for the shared address."""
    return found.code != "not-registered" or own_host


State = Literal["missing", "gaps", "soon", "good"]


@dataclass(frozen=True)
class Judged:
    """How a published statement stands today: its gaps, and the day on which it must be looked at again."""

    state: State
    gaps: tuple[Gap, ...] = ()
    until: date | None = None
    warnings: tuple[Gap, ...] = field(default=())


def judge(kind: Kind, statement: Statement | None, published_on: date | None, today: date) -> Judged:
    """Tell how a statement stands. None, or never published: missing."""
    if statement is None or published_on is None:
        return Judged("missing", (Gap("no-statement"),))
    gaps = statement.gaps(today, published_on)
    warnings: list[Gap] = []
    if isinstance(statement, Accessibility) and statement.status == "D":
        warnings.append(Gap("unlawful", "status"))
    if isinstance(statement, Contact) and statement.registered == "no":
        warnings.append(Gap("not-registered", "registered"))
    until = ends(statement, published_on)
    if gaps:
        return Judged("gaps", tuple(gaps), until, tuple(warnings))
    near = until is not None and (until - today).days <= AHEAD_DAYS
    return Judged("soon" if near else "good", (), until, tuple(warnings))


def ends(statement: Statement, published_on: date) -> date | None:
    """Return the first day on which somebody must have looked at a statement again; None: nothing in it ends."""
    if isinstance(statement, Privacy):
        return months_after(published_on, LOOK_MONTHS)
    if isinstance(statement, Security):
        return months_after(published_on, CONFIRM_MONTHS)
    if not isinstance(statement, Accessibility):
        return None
    days = [one.by for one in statement.shortcomings if one.by is not None and statement.status in "BC"]
    if statement.status in "AB" and statement.tested_on is not None:
        days.append(statement.test_ends())
    if statement.status == "C" and statement.planned_on is not None:
        days.append(statement.planned_on)
    return min(days, default=None)
