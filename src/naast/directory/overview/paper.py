"""The overview on paper: a tagged PDF with a table for each audience and phase, to lay on the council's table."""

from pathlib import Path
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from naast.core import clock
from naast.core.paper import tagged_pdf
from naast.core.templatetags.naast import nl_date
from naast.directory.models import Audience, Costs, Payer, Phase
from naast.directory.overview import pages, rules
from naast.directory.overview.queries import Line, Overview
from naast.places.rules import AUDIENCES, PHASES

TEMPLATE = Path(__file__).parent.parent / "data" / "paper" / "overview.typ"


def pdf(whole: Overview, choice: pages.Wanted) -> bytes:
    """The overview as a tagged PDF (PDF/UA-1), in Dutch as the offers are. `whole` is what there is before choosing."""
    with translation.override("nl"):
        return tagged_pdf(TEMPLATE, _data(whole, choice))


def _data(whole: Overview, choice: pages.Wanted) -> dict[str, Any]:
    found = choice.apply(whole)
    counts = rules.counts(found.rows)
    return {
        "title": pages.title(whole.place),
        "lang": "nl",
        "region": "NL",
        "as_of": _("As it stood on %(date)s.") % {"date": nl_date(clock.today())},
        "summary": [pages.summary(found), pages.checked_words(found)],
        "only": _only(choice),
        "gaps": "" if choice.narrowed else pages.gap_words(counts),
        "missing": [] if choice.narrowed else [pages.cell_words(cell) for cell in rules.gaps(counts, "none")],
        "words": {
            "counts": _("How many places for help"),
            "audience": _("For whom"),
            "missing": _("Nothing found yet for"),
            "nothing": _("We found nothing for this yet."),
            "columns": [_("Help"), _("Costs to you"), _("Who pays"), _("Where"), _("Does it work?")],
        },
        "phases": [str(Phase(phase).label) for phase in PHASES],
        "numbers": [
            {"label": str(Audience(one).label), "cells": [str(counts[(one, phase)].all) for phase in PHASES]}
            for one in AUDIENCES
        ],
        "parts": [_part(found, audience) for audience in AUDIENCES],
        "footer": f"Naast {whole.place.name}",
        "note": _("Source: the directory of Naast. The page is always as it is today."),
    }


def _only(choice: pages.Wanted) -> str:
    labels = [str(Costs(choice.costs).label)] if choice.costs else []
    labels += [_("paid by: %(who)s") % {"who": Payer(choice.payer).label}] if choice.payer else []
    return _("Only: %(what)s.") % {"what": ", ".join(labels)} if labels else ""


def _part(found: Overview, audience: str) -> dict[str, Any]:
    return {
        "title": str(Audience(audience).label),
        "groups": [
            {"title": group.label, "rows": [_row(line) for line in group.lines]}
            for group in pages.groups(found, audience)
        ],
    }


def _row(line: Line) -> dict[str, str]:
    evidence = f"{line.evidence} ({line.evidence_year})" if line.evidence_year else line.evidence
    return {
        "name": line.row.name,
        "by": line.organisation,
        "costs": line.costs or _("Not known"),
        "more": line.costs_text,
        "payers": line.payers or _("Not known"),
        "where": line.where,
        "evidence": evidence or _("Not known"),
    }
