"""Writing what a municipality takes along: JSON for programs, one page to read for people."""

import base64
import json
import zipfile
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from html import escape
from typing import IO, Any

from django.apps import apps
from django.db.models import QuerySet

from naast.core import clock
from naast.places.models import Place

from .table import DESK, PARTS, Part

_PAGE = """<!doctype html><html lang="nl"><meta charset="utf-8"><title>{title}</title>
<meta name="viewport" content="width=device-width"><h1>{title}</h1>
"""


def rows_of(part: Part, place: Place) -> QuerySet[Any]:
    """Return the rows of one part that belong to this place, in a fixed order."""
    model: Any = apps.get_model(part.model)
    rows = model._base_manager.filter(**{part.way: place.slug if part.by == "slug" else place.pk}).order_by("pk")
    return rows.exclude(kind__in=part.hidden) if part.hidden else rows


def readable(value: Any) -> Any:
    """Return a value as JSON has it: moments as ISO 8601, bytes as base64, everything else as it is."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(bytes(value)).decode()
    if isinstance(value, Mapping | list | tuple | int | float | bool) or value is None:
        return value
    return str(value)


def shown(part: Part, row: Any) -> dict[str, Any]:
    """Return one row with all its columns, texts opened."""
    found = {
        one.attname: readable(getattr(row, one.attname))
        for one in row._meta.concrete_fields
        if one.name not in part.without
    }
    for name, path in part.also.items():
        value = row
        for step in path.split("__"):
            value = getattr(value, step, None)
        found[name] = readable(value)
    return found


def _listed(part: Part, place: Place) -> Iterator[dict[str, Any]]:
    links = {path.split("__")[0] for path in part.also.values()}
    rows = rows_of(part, place)
    for row in (rows.select_related(*links) if links else rows).iterator(chunk_size=500):
        yield shown(part, row)


def write(target: IO[bytes], place: Place) -> dict[str, int]:
    """Write the zip; returns how many rows of each kind went along. Needs the place's key: texts are opened."""
    counts: dict[str, int] = {}
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in dict.fromkeys(part.file for part in PARTS if part.file):
            with archive.open(f"{name}.json", "w") as file:
                file.write(b"{")
                for at, part in enumerate(part for part in PARTS if part.file == name):
                    file.write(b",\n" if at else b"\n")
                    counts[part.model] = _array(file, part, place)
                file.write(b"\n}\n")
        with archive.open(f"{DESK}.html", "w") as file:
            _desk(file, place)
        archive.writestr("LEESMIJ.html", _read_me(place, counts))
    return counts


def _array(file: IO[bytes], part: Part, place: Place) -> int:
    number = 0
    file.write(json.dumps(part.name, ensure_ascii=False).encode() + b": [")
    for row in _listed(part, place):
        file.write((b",\n  " if number else b"\n  ") + json.dumps(row, ensure_ascii=False).encode())
        number += 1
    file.write(b"\n]")
    return number


def _desk(file: IO[bytes], place: Place) -> None:
    """Write the questions with their conversations as one page that reads without any program of ours."""
    file.write(_PAGE.format(title=escape(f"Vragen aan het loket van {place.name}")).encode())
    questions: Any = apps.get_model("contact.Question")
    for question in questions._base_manager.filter(place_id=place.pk).select_related("thread").order_by("asked_at"):
        thread = question.thread
        file.write(f"<h2>{escape(question.number)}: {escape(str(question.title))}</h2>\n".encode())
        file.write(
            f"<p>Gesteld {_day(question.asked_at)}. Laatste bericht {_day(thread.last_message_at)}.</p>\n".encode()
        )
        for message in thread.messages.select_related("author").order_by("number"):
            who = "De vrager" if message.author_kind == "resident" else str(message.author or "Het loket")
            text = escape(str(message.text)).replace("\n", "<br>")
            file.write(f"<h3>{escape(who)}, {_day(message.at)}</h3>\n<p>{text}</p>\n".encode())


def _day(moment: datetime) -> str:
    return moment.astimezone(clock.AMSTERDAM).strftime("%d-%m-%Y")


def _read_me(place: Place, counts: Mapping[str, int]) -> str:
    rows = "".join(
        f"<tr><td>{escape(part.name)}<td>{escape(part.file)}.json<td>{counts.get(part.model, 0)}</tr>\n"
        if part.file
        else f"<tr><td>{escape(part.name)}<td>gaat niet mee: {escape(part.why)}<td>{rows_of(part, place).count()}</tr>\n"
        for part in PARTS
    )
    return (
        _PAGE.format(title=escape(f"Wat van {place.name} was in Naast"))
        + f"<p>Gemaakt op {clock.today():%d-%m-%Y}. Aan bewoners is beloofd dat een gesprek 6 maanden na het laatste "
        "bericht wordt gewist. Die belofte gaat met dit archief mee.</p>\n"
        "<table><tr><th>Wat<th>Waar<th>Aantal</tr>\n" + rows + "</table>\n"
    )
