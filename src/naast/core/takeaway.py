"""Everything that is kept about somebody as one file to take home: a page to read and JSON for programs, in a zip."""

import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from naast.core import clock
from naast.core.templatetags.naast import nl_date, nl_time

STYLE = Path(__file__).parent / "data" / "takeaway.css"
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Group:
    """One kind of record: why it is kept, how long, what it is, and its rows."""

    model: str
    purpose: str
    show: str
    retention: str
    rows: tuple[Row, ...]
    name: str = ""


def as_json(found: Sequence[Group]) -> str:
    """Return the groups as JSON; moments as ISO 8601 in Amsterdam."""
    body = {
        "gemaakt op": clock.local_now().isoformat(timespec="seconds"),
        "inhoud": [
            {"soort": group.model, "doel": group.purpose, "bewaartermijn": group.retention, "gegevens": group.rows}
            for group in found
        ],
    }
    return json.dumps(body, ensure_ascii=False, indent=2, default=_plain)


def shown(found: Sequence[Group]) -> list[dict[str, Any]]:
    """Return the groups with their rows as (name, value, rows below it), as a page to read shows them."""
    return [{"group": group, "rows": [_pairs(row) for row in group.rows]} for group in found]


def zipped(*, page: str, found: Sequence[Group]) -> bytes:
    """Return the zip: `lees-mij.html` with its style, and `gegevens.json`."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("lees-mij.html", page)
        archive.writestr("stijl.css", STYLE.read_text(encoding="utf-8"))
        archive.writestr("gegevens.json", as_json(found))
    return target.getvalue()


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
    return "nog niet" if value is None else value


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
