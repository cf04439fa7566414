"""Thinking for open data: a moment as harvesters write it, and cells that no spreadsheet runs as a formula. Pure."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from naast.core.sheets import safe_cell

# RFC 3339, section 5.6; a plus that was not escaped arrives as a space
_MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)[Tt ](\d\d:\d\d:)(\d\d)(\.\d{1,6})?\d*([Zz]|[+\- ]\d\d:\d\d)")
BOM = "\ufeff"


def moment(text: str, key: str) -> datetime:
    """A moment in UTC from RFC 3339 text. Raises ValueError "key: …" where it is none; `key` is where it was asked."""
    wrong = ValueError(f"{key}: een moment ziet er zo uit: 2026-11-22T09:00:00Z")
    parts = _MOMENT.fullmatch(text)
    if parts is None:
        raise wrong
    day, hours, seconds, rest, zone = parts.groups()
    zone = "+00:00" if zone in "Zz" else zone.replace(" ", "+")
    try:
        found = datetime.fromisoformat(f"{day}T{hours}{'59' if seconds == '60' else seconds}{rest or ''}{zone}")
    except ValueError:
        raise wrong from None
    try:
        return found.astimezone(UTC)
    except OverflowError:  # the first or last hours of the calendar
        return (datetime.min if found.year == 1 else datetime.max).replace(tzinfo=UTC)


def cell(value: object) -> str:
    """One cell: lists joined by commas, moments to the second, yes or no in Dutch, nothing as '', and never a formula."""
    if isinstance(value, list | tuple):
        value = ", ".join(str(one) for one in value)
    elif isinstance(value, datetime):
        value = value.isoformat(timespec="seconds")
    text = "" if value is None else ("ja" if value else "nee") if isinstance(value, bool) else str(value)
    return safe_cell(text)


def table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table as CSV for a Dutch spreadsheet: UTF-8 with its mark in front, semicolons, lines that end as RFC 4180 says."""
    out = io.StringIO()
    out.write(BOM)
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([cell(value) for value in row] for row in rows)
    return out.getvalue()
