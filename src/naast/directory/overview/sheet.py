"""The overview as a sheet: CSV as Dutch Excel opens it by itself, with semicolons, UTF-8 with its mark, and Windows line ends.

One line for each cell an offer stands in, so that a pivot table or a filter on audience and phase gives the right numbers.
"""

import csv
import io
from collections.abc import Callable

from django.utils import translation
from django.utils.translation import gettext as _

from naast.directory.models import Audience, Phase
from naast.directory.overview import rules
from naast.directory.overview.queries import Line, Overview

BYTE_ORDER_MARK = "\ufeff"


def csv_of(found: Overview, address: Callable[[str], str]) -> bytes:
    """The sheet, in Dutch as the offers are. `address` gives the absolute address of an offer's page by its slug."""
    lines = found.lines()
    with translation.override("nl"):
        out = io.StringIO(newline="")
        writer = csv.writer(out, delimiter=";", lineterminator="\r\n", quoting=csv.QUOTE_MINIMAL)
        writer.writerow(_headings())
        for (audience, phase), rows in rules.crossed(found.rows).items():
            for row in rows:
                line = lines[row.slug]
                cells = [str(Audience(audience).label), str(Phase(phase).label), *_cells(line), address(row.slug)]
                writer.writerow([rules.safe_cell(cell) for cell in cells])
    return (BYTE_ORDER_MARK + out.getvalue()).encode()


def _headings() -> list[str]:
    return [
        _("For whom"),
        _("Phase"),
        _("Help"),
        _("Given by"),
        _("Costs to you"),
        _("Costs explained"),
        _("Who pays"),
        _("Where"),
        _("Reach"),
        _("Referral"),
        _("Does it work?"),
        _("Year of that verdict"),
        _("Offered by itself"),
        _("Looked at on"),
        _("Page"),
    ]


def _cells(line: Line) -> list[str]:
    return [
        line.row.name,
        line.organisation_name,
        line.costs,
        line.costs_text,
        line.payers or _("Not known"),
        line.where,
        line.reach,
        line.referral,
        line.evidence or _("Not known"),
        str(line.evidence_year or ""),
        line.offered,
        line.checked_on.isoformat() if line.checked_on else _("Not yet"),
    ]
