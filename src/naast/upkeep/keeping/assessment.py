"""The register of processing (AVG article 30) and the DPIA (article 35) of a place, made from what the software declares.

The words stand in `upkeep/data/dpia.yaml`, in the four parts and seventeen points of the model of the state. Tables come
from `core.kept`, `people.policy_table` and the statements that the place published; what only people know stays open.
"""

from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, TypedDict

import yaml
from django.utils import translation
from django.utils.text import capfirst

from naast.core import clock, kept
from naast.core.kept import Kept
from naast.core.paper import tagged_pdf
from naast.core.templatetags.naast import nl_date
from naast.people.policy_table import PHRASES, ROLE_NAMES, TABLE
from naast.places.rules import PlaceInfo
from naast.upkeep.statements import queries as statements

DATA = Path(__file__).parent.parent / "data"
WORDS, TEMPLATE = DATA / "dpia.yaml", DATA / "paper" / "dpia.typ"
MISSING = "Nog niet gepubliceerd: "
WHOM = {
    "inwoners": "inwoners",
    "aanbieders": "mensen bij aanbieders",
    "medewerkers": "medewerkers",
    "niemand": "niemand: wat Naast zelf nodig heeft",
}


class Table(TypedDict):
    """A table on paper: the names of its columns, and rows of as many texts."""

    columns: list[str]
    rows: list[list[str]]


@lru_cache(maxsize=1)
def words() -> Mapping[str, Any]:
    """Return the words that are the same for every place."""
    found: Mapping[str, Any] = yaml.safe_load(WORDS.read_text(encoding="utf-8"))
    return found


def of(place: PlaceInfo) -> dict[str, Any]:
    """Return the whole paper of a place as data: title, intro, parts with points, and what is asked at the end."""
    with translation.override("nl"):
        said, published = words(), _published(place)
        return {
            "title": f"{said['title']} - {place.name}",
            "as_of": f"Zoals de software was op {nl_date(clock.today())}.",
            "intro": said["intro"],
            "fill": "In te vullen door de gemeente",
            "footer": f"Naast {place.name}",
            "parts": [
                {"title": part["title"], "points": [_point(point, published) for point in part["points"]]}
                for part in said["parts"]
            ],
            "after": [_point(point, published) for point in said["after"]],
        }


def pdf(place: PlaceInfo) -> bytes:
    """Return it as a tagged PDF (PDF/UA-1), in Dutch as the law and the declarations are."""
    return tagged_pdf(TEMPLATE, of(place))


def _point(point: Mapping[str, Any], published: Mapping[str, Any]) -> dict[str, Any]:
    show = point.get("show", "")
    return {
        "title": point["title"],
        "text": point.get("text", []),
        "table": TABLES[show](published) if show else {"columns": [], "rows": []},
        "fill": point.get("fill", ""),
    }


def _published(place: PlaceInfo) -> dict[str, Any]:
    return {kind: found.statement for kind, found in statements.in_force(place.id).items()}


# --- Tables -----------------------------------------------------------------------------------------------------------


def _of_each(columns: list[str], tell: Callable[[Kept, str], list[str]], *, only_special: bool = False) -> Table:
    """Return a row for each kind that is kept, by whom it is about: its name, then what `tell(kind, whom)` says."""
    rows = [
        [entry.called, *tell(entry, WHOM[whom])]
        for whom, entries in kept.in_words()
        for entry in entries
        if entry.special or not only_special
    ]
    return {"columns": columns, "rows": rows}


def _parties(published: Mapping[str, Any]) -> Table:
    """Return who is responsible, who advises, who processes for them, and which role may do what."""
    contact, privacy = published.get("contact"), published.get("privacy")
    reach = ", ".join(filter(None, [privacy.fg_email, privacy.fg_phone])) if privacy else ""
    rows = [
        ["Verantwoordelijke", contact.organisation if contact else f"{MISSING}wie verantwoordelijk is."],
        [
            "Functionaris gegevensbescherming",
            f"{privacy.fg}: {reach}" if privacy else f"{MISSING}de functionaris gegevensbescherming.",
        ],
    ]
    if privacy and privacy.processors:
        rows.append(["Verwerkers", privacy.processors])
    for role, name in ROLE_NAMES.items():
        can = [str(PHRASES[action]) for action, roles in TABLE.items() if role in roles]
        if can:
            rows.append([f"Rol: {name}", capfirst("; ".join(can)) + "."])
    everything = [entry for _, entries in kept.in_words() for entry in entries]
    rows += [[f"Ziet: {entry.called}", capfirst(entry.receivers) + "."] for entry in everything if entry.receivers]
    return {"columns": ["Wie", "Wat"], "rows": rows}


def _grounds(published: Mapping[str, Any]) -> Table:
    found = _of_each(["Wat", "Grondslag"], lambda entry, whom: [entry.ground])
    privacy = published.get("privacy")
    told = privacy.grounds if privacy else f"{MISSING}de grondslag volgens de gemeente."
    return {"columns": found["columns"], "rows": [["Volgens de gemeente", told], *found["rows"]]}


def _rights(published: Mapping[str, Any]) -> Table:
    privacy = published.get("privacy")
    where = privacy.rights if privacy else f"{MISSING}waar iemand om inzage of wissen vraagt."
    return {"columns": ["Vraag", "Waar"], "rows": [["Inzien, verbeteren of wissen", where]]}


TABLES: Mapping[str, Callable[[Mapping[str, Any]], Table]] = {
    "kinds": lambda published: _of_each(["Wat", "Over wie", "Wat het is"], lambda entry, whom: [whom, entry.show]),
    "purposes": lambda published: _of_each(["Wat", "Waarvoor"], lambda entry, whom: [entry.purpose]),
    "terms": lambda published: _of_each(["Wat", "Hoe lang"], lambda entry, whom: [entry.retention]),
    "special": lambda published: _of_each(["Wat", "Wat het is"], lambda entry, whom: [entry.show], only_special=True),
    "parties": _parties,
    "grounds": _grounds,
    "rights": _rights,
    "risks": lambda published: {
        "columns": ["Wat er mis kan gaan", "Zonder maatregelen"],
        "rows": [[one["risk"], one["weight"]] for one in words()["risks"]],
    },
    "measures": lambda published: {
        "columns": ["Wat er mis kan gaan", "Wat eraan is gedaan", "Wat er overblijft"],
        "rows": [[one["risk"], one["measure"], one["left"]] for one in words()["risks"]],
    },
}
