"""Register and DPIA on paper and as a sheet."""

from pathlib import Path
from typing import Any

from naast.core.paper import tagged_pdf
from naast.core.sheets import csv_of

TEMPLATE = Path(__file__).parent / "data" / "paper" / "account.typ"


def pdf(document: dict[str, Any]) -> bytes:
    """Return a paper as a tagged PDF (PDF/UA-1), in Dutch as the law and the declarations are."""
    return tagged_pdf(TEMPLATE, document)


def sheet(document: dict[str, Any]) -> str:
    """Return the register as a sheet: a line a kind of record with whom it is about, then what the place filled in."""
    columns: list[str] = ["Onderdeel"]
    rows: list[list[str]] = []
    points = [point for part in document["parts"] for point in part["points"]]
    for point in points:
        table = point["table"]
        if len(table["columns"]) > 2:
            columns = ["Onderdeel", *table["columns"]]
        rows += [[point["title"], *row] for row in table["rows"]]
        rows += [[point["title"], line] for line in point["list"]]
        for answer in point["answers"]:
            rows += [[point["title"], answer["label"], *row] for row in answer["rows"] or [[answer["text"]]]]
    return csv_of(columns, [row + [""] * (len(columns) - len(row)) for row in rows])
