"""Sheets for people who calculate: CSV that Excel with Dutch settings opens well, and no cell that runs as a formula."""

import csv
import io
from collections.abc import Iterable, Sequence

BOM = "\ufeff"
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def safe_cell(text: str) -> str:
    """Return a text that is never read as a formula: an apostrophe stands before what would be (OWASP, CSV injection)."""
    flat = " ".join(text.split())
    return f"'{flat}" if text.startswith(_FORMULA) or flat.startswith(_FORMULA) else flat


def csv_of(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table as CSV: UTF-8 with its mark in front, semicolons, every cell and heading made safe."""
    out = io.StringIO()
    out.write(BOM)
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow([safe_cell(cell) for cell in columns])
    writer.writerows([safe_cell(cell) for cell in row] for row in rows)
    return out.getvalue()
