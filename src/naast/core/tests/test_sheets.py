"""Sheets open in Excel as they were meant, and no cell of them runs."""

import csv
import io

from hypothesis import given
from hypothesis import strategies as st

from naast.core.sheets import BOM, csv_of, safe_cell


@given(st.text())
def test_no_cell_begins_as_a_formula_does(text: str) -> None:
    assert not safe_cell(text).startswith(("=", "+", "-", "@", "\t", "\r", "\n"))


@given(st.lists(st.lists(st.text(), min_size=2, max_size=2), max_size=5))
def test_a_sheet_is_read_back_cell_for_cell(rows: list[list[str]]) -> None:
    text = csv_of(["een", "twee"], rows)
    assert text.startswith(BOM)
    found = list(csv.reader(io.StringIO(text.removeprefix(BOM)), delimiter=";"))
    assert found == [["een", "twee"], *[[safe_cell(cell) for cell in row] for row in rows]]
