"""Thinking about offers: their codes, whether a record is sound, what text of it is searched.

How results are ranked stands in search/ranking.py. No Django, no clock, no database.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib import resources
from typing import Any
from uuid import UUID

import yaml

from naast.places.rules import AUDIENCES, PHASES

FORMS = ("een-op-een", "groep", "inloop", "cursus", "online", "chat", "telefoon")
COSTS = ("gratis", "eigen-bijdrage", "betaald", "onbekend")
PAYERS = ("gemeente", "rijk", "verzekering", "fonds", "eigen-middelen", "onbekend")
REFERRALS = ("nee", "ja", "onbekend")
EVIDENCE = ("effectief", "goed-onderbouwd", "onderzocht", "praktijk", "onbekend")
ORGANISATION_KINDS = ("landelijk", "regionaal", "lokaal")
COUNTRY = "nederland"
DATA = resources.files("naast.directory") / "data"


class RecordError(ValueError):
    """A record of the directory cannot be taken; `problems` says what and where."""

    def __init__(self, problems: Sequence[str]) -> None:
        """`problems`: one sentence each, naming the record."""
        super().__init__("; ".join(problems))
        self.problems = list(problems)


@dataclass(frozen=True)
class Subject:
    """What an offer can be about. `words` are what people say for it."""

    slug: str
    label: str
    words: tuple[str, ...]


@lru_cache(maxsize=1)
def subjects() -> tuple[Subject, ...]:
    """The fixed list of subjects that offers, guides and questions share, in the order in which people see it."""
    rows = yaml.safe_load((DATA / "subjects.yaml").read_text(encoding="utf-8"))
    return tuple(Subject(row["slug"], row["label"], tuple(row["words"])) for row in rows)


@lru_cache(maxsize=1)
def subject_by_slug() -> Mapping[str, Subject]:
    """Subjects by their slug."""
    return {subject.slug: subject for subject in subjects()}


@dataclass(frozen=True)
class SpecialGroup:
    """For whom an offer can be meant in particular. `words` are what people say for it."""

    slug: str
    label: str
    words: tuple[str, ...]


@lru_cache(maxsize=1)
def special_groups() -> tuple[SpecialGroup, ...]:
    """The fixed list of special groups, in the order in which people see it."""
    rows = yaml.safe_load((DATA / "special_groups.yaml").read_text(encoding="utf-8"))
    return tuple(SpecialGroup(row["slug"], row["label"], tuple(row["words"])) for row in rows)


@lru_cache(maxsize=1)
def special_group_by_slug() -> Mapping[str, SpecialGroup]:
    """Special groups by their slug."""
    return {group.slug: group for group in special_groups()}


def special_group_label(slug: str) -> str:
    """What readers see for a special group; a text of before there were codes stays as it is."""
    known = special_group_by_slug().get(slug)
    return known.label if known else slug


# ---------- records from files


@dataclass(frozen=True)
class OfferRecord:
    """One offer as a file gives it; lists are tuples, an unknown fact is empty."""

    id: UUID
    slug: str
    name: str
    organisation: str
    summary: str
    description: str
    audiences: tuple[str, ...]
    age_min: int | None
    age_max: int | None
    phases: tuple[str, ...]
    subjects: tuple[str, ...]
    forms: tuple[str, ...]
    languages: tuple[str, ...]
    costs: str
    costs_text: str
    payers: tuple[str, ...]
    referral: str
    waiting: str
    evidence: str
    evidence_year: int | None
    evidence_text: str
    area: tuple[str, ...]
    locations: tuple[Mapping[str, str], ...]
    phone: str
    website: str
    hours: str
    special_groups: tuple[str, ...]
    offered_when: str
    offered_by: str
    source: str
    checked_on: date | None
    is_helpline: bool
    opening: tuple[Mapping[str, Any], ...] = ()
    starts: tuple[Mapping[str, Any], ...] = ()
    waiting_min: int | None = None
    waiting_max: int | None = None
    waiting_on: date | None = None
    keeper: str = ""


def _text(row: Mapping[str, Any], key: str) -> str:
    return str(row.get(key) or "").strip()


def _many(row: Mapping[str, Any], key: str) -> tuple[str, ...]:
    value = row.get(key) or ()
    return (str(value),) if isinstance(value, str) else tuple(str(item) for item in value)


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    """One row of a list as it is kept: days as 2027-01-12."""
    return {key: value.isoformat() if isinstance(value, date) else value for key, value in values.items()}


def offer_record(row: Mapping[str, Any]) -> OfferRecord:
    """Read one offer of a file. Raises RecordError with everything that is wrong with it."""
    name = _text(row, "slug") or _text(row, "name") or "?"
    costs, evidence = row.get("costs") or {}, row.get("evidence") or {}
    offered, weeks = row.get("actively_offered") or {}, row.get("waiting_weeks") or {}
    try:
        record = OfferRecord(
            id=UUID(str(row.get("id"))),
            slug=_text(row, "slug"),
            name=_text(row, "name"),
            organisation=_text(row, "organisation"),
            summary=_text(row, "summary"),
            description=_text(row, "description"),
            audiences=_many(row, "audiences"),
            age_min=row.get("age_min"),
            age_max=row.get("age_max"),
            phases=_many(row, "phases"),
            subjects=_many(row, "subjects"),
            forms=_many(row, "form"),
            languages=_many(row, "languages"),
            costs=_text(costs, "kind") or "onbekend",
            costs_text=_text(costs, "text"),
            payers=_many(row, "payer"),
            referral=_text(row, "referral") or "onbekend",
            waiting=_text(row, "waiting"),
            evidence=_text(evidence, "level") or "onbekend",
            evidence_year=evidence.get("year"),
            evidence_text=_text(evidence, "text"),
            area=_many(row, "area"),
            locations=tuple({**one} for one in row.get("locations") or ()),
            phone=_text(row, "phone"),
            website=_text(row, "website"),
            hours=_text(row, "hours"),
            special_groups=_many(row, "special_groups"),
            offered_when=_text(offered, "when"),
            offered_by=_text(offered, "by"),
            source=_text(row, "source"),
            checked_on=row.get("checked"),
            is_helpline=bool(row.get("helpline")),
            opening=tuple(_plain(one) for one in row.get("opening") or ()),
            starts=tuple(_plain(one) for one in row.get("starts") or ()),
            waiting_min=weeks.get("min"),
            waiting_max=weeks.get("max"),
            waiting_on=weeks.get("on"),
            keeper=_text(row, "keeper"),
        )
    except (ValueError, AttributeError, TypeError) as error:
        raise RecordError([f"{name}: {error}"]) from error
    problems = offer_problems(record)
    if problems:
        raise RecordError(problems)
    return record


def offer_problems(record: OfferRecord) -> list[str]:
    """What is wrong with an offer, one sentence each; empty = sound."""
    found: list[str] = []

    def must(holds: bool, problem: str) -> None:
        if not holds:
            found.append(f"{record.slug or record.name or '?'}: {problem}")

    def known(values: Iterable[str], codes: Iterable[str], what: str) -> None:
        strange = [value for value in values if value not in codes]
        must(not strange, f"{what} {strange} is geen bekende code")

    for what, value in (("slug", record.slug), ("naam", record.name), ("organisatie", record.organisation)):
        must(bool(value), f"{what} ontbreekt")
    must(bool(record.summary), "samenvatting ontbreekt")
    must(bool(record.audiences), "voor wie ontbreekt")
    must(bool(record.area), "gebied ontbreekt")
    known(record.audiences, AUDIENCES, "doelgroep")
    known(record.phases, PHASES, "fase")
    known(record.subjects, subject_by_slug(), "onderwerp")
    known(record.forms, FORMS, "vorm")
    known([record.costs], COSTS, "kosten")
    known(record.payers, PAYERS, "betaler")
    known([record.referral], REFERRALS, "verwijzing")
    known([record.evidence], EVIDENCE, "onderbouwing")
    ages = [age for age in (record.age_min, record.age_max) if age is not None]
    must(all(isinstance(age, int) and 0 <= age <= 120 for age in ages), "leeftijd is geen getal van 0 tot 120")
    must(ages == sorted(ages), "de jongste leeftijd is hoger dan de oudste")
    must(record.checked_on is None or isinstance(record.checked_on, date), "nagekeken is geen datum")
    must(not record.website or record.website.startswith(("https://", "http://")), "website is geen webadres")
    known(record.special_groups, special_group_by_slug(), "bijzondere groep")
    must(all(is_opening(one) for one in record.opening), "openingstijd is geen weekdag 1 tot 7 met van- en tot-tijd")
    must(all(is_start(one) for one in record.starts), "begindag is geen datum zoals 2027-01-12")
    must(
        _is_waiting(record.waiting_min, record.waiting_max, record.waiting_on),
        "wachttijd is geen aantal weken met datum",
    )
    return found


MOST_WEEKS = 520
CLOCK_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


def is_opening(row: Mapping[str, Any]) -> bool:
    """Whether a row says a weekday 1 (Monday) to 7 and two times of one day such as 09:00, in order."""
    opens, closes = row.get("opens"), row.get("closes")
    return (
        row.get("weekday") in range(1, 8)
        and all(isinstance(time, str) and CLOCK_TIME.fullmatch(time) is not None for time in (opens, closes))
        and str(opens) < str(closes)
    )


def is_start(row: Mapping[str, Any]) -> bool:
    """Whether a row says a day such as 2027-01-12; its text may be missing."""
    try:
        return date.fromisoformat(str(row.get("date"))).isoformat() == row.get("date")
    except ValueError:
        return False


def _is_waiting(least: int | None, most: int | None, on: date | None) -> bool:
    """Whether the waiting time is unknown, or a range of weeks in order with the day on which it was so."""
    if least is None and most is None:
        return on is None
    weeks = [week for week in (least, most) if isinstance(week, int) and 0 <= week <= MOST_WEEKS]
    return len(weeks) == 2 and weeks == sorted(weeks) and isinstance(on, date)


def organisation_problems(row: Mapping[str, Any]) -> list[str]:
    """What is wrong with an organisation of a file, one sentence each; empty = sound."""
    name = _text(row, "slug") or _text(row, "name") or "?"
    found = [f"{name}: {what} ontbreekt" for what, key in (("slug", "slug"), ("naam", "name")) if not _text(row, key)]
    if _text(row, "kind") not in ORGANISATION_KINDS:
        found.append(f"{name}: soort '{_text(row, 'kind')}' is geen bekende code")
    try:
        UUID(str(row.get("id")))
    except ValueError:
        found.append(f"{name}: id is geen UUID")
    return found


# ---------- what is searched

FORM_WORDS = {
    "een-op-een": "gesprek een op een individueel",
    "groep": "groep bijeenkomst",
    "inloop": "inloop spreekuur binnenlopen",
    "cursus": "cursus training",
    "online": "online digitaal",
    "chat": "chat chatten",
    "telefoon": "telefoon bellen telefonisch",
}
LANGUAGE_NAMES = {"nl": "Nederlands", "en": "Engels", "tr": "Turks", "ar": "Arabisch", "pl": "Pools", "de": "Duits"}
COST_WORDS = {"gratis": "gratis", "eigen-bijdrage": "eigen bijdrage", "betaald": "betalen", "onbekend": ""}


@dataclass(frozen=True)
class SearchTexts:
    """The texts of an offer by weight: its name; what it is in short; the rest; words that people use for its subjects."""

    name: str
    short: str
    rest: str
    words: str


def search_texts(
    *,
    name: str,
    organisation: str,
    summary: str,
    description: str,
    subject_slugs: Iterable[str],
    audiences: Iterable[str],
    forms: Iterable[str],
    costs: str,
    more: Iterable[str],
) -> SearchTexts:
    """Put an offer's words where they weigh most. `more`: hours, special groups and other texts of the low end."""
    known = subject_by_slug()
    about = [known[slug] for slug in subject_slugs if slug in known]
    labels = [subject.label for subject in about]
    words = [word for subject in about for word in subject.words]
    rest = [description, *audiences, *(FORM_WORDS.get(form, "") for form in forms)]
    rest += [COST_WORDS.get(costs, ""), *more]
    short = " . ".join([summary, organisation, *labels])
    return SearchTexts(name, short, " . ".join(part for part in rest if part), " . ".join(words))


# ---------- nearness and levels, which index and ranking share

OWN, REGION, NATION, NEIGHBOUR = "own", "region", "nation", "neighbour"
# levels of the index: in the name; also the short text; also the rest; also words for its subjects and parts of compounds
LEVELS = (1.0, 0.7, 0.45, 0.25)
