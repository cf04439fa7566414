"""The register (AVG article 30) and the DPIA (article 35) of a place as plain data: page, paper and version show the same.

The words stand in `register/data/`. Tables come from `core.kept`, `people.policy_table` and the statements that the
place published; what only people know comes from what the place filled in, and stands open where it did not.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.utils import translation
from django.utils.text import capfirst

from naast.core import clock, kept
from naast.core.kept import Kept
from naast.core.templatetags.naast import nl_date
from naast.people.policy_table import PHRASES, ROLE_NAMES, TABLE
from naast.places.rules import PlaceInfo
from naast.upkeep.register.rules import Dpia, Filled, Kind, OwnRisk, Processor, Register
from naast.upkeep.statements import queries as statements

DATA = Path(__file__).parent / "data"
MISSING = "Nog niet gepubliceerd: "
PROPOSAL = "Voorstel: AVG artikel 9 lid 2 onder g of h, met UAVG artikel 30. De gemeente kiest."
WHOM = {
    "inwoners": "inwoners",
    "aanbieders": "mensen bij aanbieders",
    "medewerkers": "medewerkers",
    "niemand": "niemand: wat Naast zelf nodig heeft",
}
TABLE_COLUMNS = {
    "processors": ["Wie", "Waarvoor", "Overeenkomst van"],
    "risks": ["Wat er mis kan gaan", "Wat de gemeente doet", "Wat er overblijft"],
}


@dataclass(frozen=True)
class Source:
    """What tables are made of: what the place published, and both papers as it filled them in."""

    published: Mapping[str, Any]
    register: Register
    dpia: Dpia


@cache
def words(name: str) -> Mapping[str, Any]:
    """Return the words that are the same for every place: of `register`, `dpia` or `risks`."""
    found: Mapping[str, Any] = yaml.safe_load((DATA / f"{name}.yaml").read_text(encoding="utf-8"))
    return found


def of(place: PlaceInfo, kind: Kind, filled: Filled, other: Filled | None = None) -> dict[str, Any]:
    """Return the whole paper of a place as JSON: title, intro, parts with points, and what is asked at the end.

    `filled` is what the place filled in for this paper; the DPIA also shows what it filled in for the register: `other`.
    """
    with translation.override("nl"):
        said = words(kind)
        published = {name: found.statement for name, found in statements.in_force(place.id).items()}
        register = filled if isinstance(filled, Register) else other if isinstance(other, Register) else Register()
        source = Source(published, register, filled if isinstance(filled, Dpia) else Dpia())
        parts = [*said["parts"], {"title": "", "points": said["after"]}]
        return {
            "title": f"{said['title']} - {place.name}",
            "lang": "nl",
            "as_of": f"Zoals de software was op {nl_date(clock.today())}.",
            "intro": said["intro"],
            "fill": "Nog in te vullen door de gemeente",
            "shown": "Dat laat deze toets zien",
            "left": "Wat er overblijft",
            "footer": f"Naast {place.name}",
            "parts": [
                {
                    "title": part["title"],
                    "points": [_point(point, source, filled, said["labels"]) for point in part["points"]],
                }
                for part in parts
            ],
        }


def without_day(document: Mapping[str, Any]) -> dict[str, Any]:
    """Return a paper without the day on which it was made: what two days say the same is equal."""
    return {name: value for name, value in document.items() if name != "as_of"}


def _point(point: Mapping[str, Any], source: Source, filled: Filled, labels: Mapping[str, str]) -> dict[str, Any]:
    show = point.get("show", "")
    found: dict[str, Any] = {"table": {"columns": [], "rows": []}, "risks": [], "list": []}
    if show:
        found |= SHOWN[show](source)
    answers = [
        answer for name in point.get("fields", []) if (answer := _answer(name, source, filled, labels)) is not None
    ]
    return {
        "title": point["title"],
        "text": point.get("text", []),
        **found,
        "answers": answers,
        "fill": "" if answers else point.get("fill", ""),
    }


def _answer(name: str, source: Source, filled: Filled, labels: Mapping[str, str]) -> dict[str, Any] | None:
    of_register = name.startswith("register.")
    value = getattr(source.register if of_register else filled, name.removeprefix("register."))
    if not value:
        return None
    told: dict[str, Any] = {"label": labels[name], "text": "", "columns": [], "rows": []}
    if isinstance(value, date):
        told["text"] = nl_date(value)
    elif isinstance(value, tuple):
        told["columns"] = TABLE_COLUMNS[name.removeprefix("register.")]
        told["rows"] = [_row(one) for one in value]
    else:
        told["text"] = value
    return told


def _row(one: Processor | OwnRisk) -> list[str]:
    if isinstance(one, Processor):
        return [one.name, one.what, nl_date(one.agreed) if one.agreed else "nog niet"]
    return [one.risk, one.measure or "nog niets", one.left]


# --- Tables -----------------------------------------------------------------------------------------------------------

Shown = Callable[[Source], dict[str, Any]]


def _table(columns: list[str], rows: list[list[str]]) -> dict[str, Any]:
    return {"table": {"columns": columns, "rows": rows}}


def _of_each(columns: list[str], tell: Callable[[Kept, str], list[str]], *, only_special: bool = False) -> Shown:
    """Return a row for each kind that is kept, by whom it is about: its name, then what `tell(kind, whom)` says."""
    return lambda source: _table(
        columns,
        [
            [entry.called, *tell(entry, WHOM[whom])]
            for whom, entries in kept.in_words()
            for entry in entries
            if entry.special or not only_special
        ],
    )


def special_ground(register: Register) -> str:
    """Return on which exception of AVG article 9 sensitive words are held; our proposal where the place said nothing."""
    return register.special or PROPOSAL


def _about(whom: str) -> Shown:
    """Return what is kept about these people, a row for each kind."""

    def tell(source: Source) -> dict[str, Any]:
        rows = [
            [
                entry.called,
                f"{entry.purpose}.",
                entry.show,
                f"{entry.ground}. Kan bijzonder zijn: {special_ground(source.register)}"
                if entry.special
                else entry.ground,
                entry.retention,
                entry.receivers or "wie dat nodig heeft: zie ‘Wie wat mag’",
            ]
            for about, entries in kept.in_words()
            for entry in entries
            if about == whom
        ]
        return _table(["Wat", "Waarvoor", "Welke gegevens", "Grondslag", "Hoe lang", "Wie het ziet"], rows)

    return tell


def _responsible(source: Source) -> dict[str, Any]:
    contact, privacy = source.published.get("contact"), source.published.get("privacy")
    rows = [["Verantwoordelijke", contact.organisation if contact else f"{MISSING}wie verantwoordelijk is."]]
    if contact:
        rows.append(["Adres", ", ".join(contact.postal.split("\n"))])
        rows.append(["Bereikbaar", ", ".join(filter(None, [contact.email, contact.phone]))])
    rows.append(
        [
            "Functionaris gegevensbescherming",
            f"{privacy.fg}: {', '.join(filter(None, [privacy.fg_email, privacy.fg_phone]))}"
            if privacy
            else f"{MISSING}de functionaris gegevensbescherming.",
        ]
    )
    return _table(["Wie", "Wat"], rows)


def _role_rows() -> list[list[str]]:
    found = []
    for role, name in ROLE_NAMES.items():
        can = [str(PHRASES[action]) for action, roles in TABLE.items() if role in roles]
        if can:
            found.append([capfirst(str(name)), capfirst("; ".join(can)) + "."])
    return found


def _parties(source: Source) -> dict[str, Any]:
    """Return who is responsible, who advises, what a place said of its processors, and which role may do what."""
    rows = list(_responsible(source)["table"]["rows"])
    privacy = source.published.get("privacy")
    if privacy and privacy.processors:
        rows.append(["Verwerkers, zoals op de site", privacy.processors])
    return _table(["Wie", "Wat"], rows + [[f"Rol: {name.lower()}", can] for name, can in _role_rows()])


def _grounds(source: Source) -> dict[str, Any]:
    rows = _of_each(["Wat", "Grondslag"], lambda entry, whom: [entry.ground])(source)["table"]["rows"]
    privacy = source.published.get("privacy")
    told = privacy.grounds if privacy else f"{MISSING}de grondslag volgens de gemeente."
    return _table(["Wat", "Grondslag"], [["Volgens de gemeente", told], *rows])


def _rights(source: Source) -> dict[str, Any]:
    privacy = source.published.get("privacy")
    where = privacy.rights if privacy else f"{MISSING}waar iemand om inzage of wissen vraagt."
    return _table(["Vraag", "Waar"], [["Inzien, verbeteren of wissen", where]])


def _risks(source: Source) -> dict[str, Any]:
    rows = [[one["what"], one["who"], one["chance"], one["harm"]] for one in words("risks")["risks"]]
    return _table(["Wat er mis kan gaan", "Voor wie", "Kans", "Gevolg"], rows)


def _measures(source: Source) -> dict[str, Any]:
    return {
        "risks": [
            {
                "what": one["what"],
                "measures": [{"say": m["say"], "shown": m.get("shown", "")} for m in one["measures"]],
                "left": one["left"],
            }
            for one in words("risks")["risks"]
        ]
    }


SHOWN: Mapping[str, Shown] = {
    "responsible": _responsible,
    "about-inwoners": _about("inwoners"),
    "about-aanbieders": _about("aanbieders"),
    "about-medewerkers": _about("medewerkers"),
    "roles": lambda source: _table(["Rol", "Mag"], _role_rows()),
    "security": lambda source: {"list": words("risks")["security"]},
    "children": lambda source: _table(
        ["Recht", "In Naast"], [[one["right"], one["text"]] for one in words("risks")["children"]]
    ),
    "kinds": _of_each(["Wat", "Over wie", "Wat het is"], lambda entry, whom: [whom, entry.show]),
    "purposes": _of_each(["Wat", "Waarvoor"], lambda entry, whom: [entry.purpose]),
    "terms": _of_each(["Wat", "Hoe lang"], lambda entry, whom: [entry.retention]),
    "special": _of_each(["Wat", "Wat het is"], lambda entry, whom: [entry.show], only_special=True),
    "parties": _parties,
    "grounds": _grounds,
    "rights": _rights,
    "risks": _risks,
    "measures": _measures,
}
