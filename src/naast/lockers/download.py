"""Everything of a locker as one file to take home: a page to read and JSON for programs, in a zip.

It reads only `core.kept`: what a room declares as kept and can export is in here, and nothing else.
"""

import io
import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.template.loader import render_to_string

from naast.core import clock, kept
from naast.core.templatetags.naast import nl_date, nl_time

STYLE = Path(__file__).parent / "data" / "download.css"
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Group:
    """One kind of record: why it is kept, how long, what it is, and its rows."""

    model: str
    purpose: str
    show: str
    retention: str
    rows: tuple[Row, ...]


def groups(locker_id: UUID) -> list[Group]:
    """Return everything that is kept with this locker, kind by kind; kinds of which nothing is kept are left out."""
    found = []
    for entry in kept.all_kept():
        rows = tuple(entry.masked(entry.export(locker_id))) if entry.export else ()
        if rows:
            found.append(Group(entry.model, entry.purpose, entry.show, entry.retention, rows))
    return found


def as_json(found: list[Group]) -> str:
    """Return the groups as JSON; moments as ISO 8601 in Amsterdam."""
    body = {
        "gemaakt op": clock.local_now().isoformat(timespec="seconds"),
        "inhoud": [
            {"soort": group.model, "doel": group.purpose, "bewaartermijn": group.retention, "gegevens": group.rows}
            for group in found
        ],
    }
    return json.dumps(body, ensure_ascii=False, indent=2, default=_plain)


def _plain(value: Any) -> str:
    if isinstance(value, datetime):
        return value.astimezone(clock.AMSTERDAM).isoformat(timespec="seconds")
    return value.isoformat() if isinstance(value, date) else str(value)


def in_words(value: Any) -> Any:
    """Return a value as a person reads it; lists of rows stay lists of (name, value) pairs."""
    if isinstance(value, datetime):
        return f"{nl_date(value, 'full')}, {nl_time(value)}"
    if isinstance(value, date):
        return nl_date(value, "full")
    if isinstance(value, bool):
        return "ja" if value else "nee"
    return value


def _pairs(row: Row) -> list[tuple[str, Any, list[Any]]]:
    """Return (name, value, rows below it) for each field of a row."""
    found: list[tuple[str, Any, list[Any]]] = []
    for name, value in row.items():
        below = isinstance(value, list | tuple) and all(isinstance(part, Mapping) for part in value)
        if below:
            found.append((name, "", [_pairs(part) for part in value]))
        elif isinstance(value, list | tuple):
            found.append((name, ", ".join(str(in_words(part)) for part in value), []))
        else:
            found.append((name, in_words(value), []))
    return found


def as_page(found: list[Group], place_name: str) -> str:
    """Return the groups as one page to read, without scripts or anything from elsewhere."""
    shown = [{"group": group, "rows": [_pairs(row) for row in group.rows]} for group in found]
    context = {"groups": shown, "place_name": place_name, "made_on": clock.local_now()}
    return render_to_string("lockers/download/page.html", context)


def as_zip(*, locker_id: UUID, place_name: str) -> bytes:
    """Return the zip: `lees-mij.html` with its style, and `gegevens.json`."""
    found = groups(locker_id)
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("lees-mij.html", as_page(found, place_name))
        archive.writestr("stijl.css", STYLE.read_text(encoding="utf-8"))
        archive.writestr("gegevens.json", as_json(found))
    return target.getvalue()
