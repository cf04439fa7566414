"""A row of a table beside the names of its columns."""

from collections.abc import Sequence

from django import template

register = template.Library()


@register.filter
def under(row: Sequence[str], columns: Sequence[str]) -> list[tuple[str, str]]:
    """Return each cell with the name of its column: what a stacked table on a phone reads."""
    return list(zip(columns, row, strict=True))
