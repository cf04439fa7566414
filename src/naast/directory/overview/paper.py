"""The overview on paper: a tagged PDF with a table for each audience and phase, to lay on the council's table."""

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from naast.core import clock
from naast.core.paper import tagged_pdf
from naast.core.templatetags.naast import nl_date
from naast.directory.models import Audience, Costs, Payer, Phase
from naast.directory.overview import pages, rules
from naast.directory.overview.queries import Line, Overview
from naast.directory.rules import NATION, REGION
from naast.directory.shown import in_a_row
from naast.places.rules import AUDIENCES, PHASES

TEMPLATE = Path(__file__).parent.parent / "data" / "paper" / "overview.typ"


def pdf(whole: Overview, choice: pages.Wanted) -> bytes:
    """The overview as a tagged PDF (PDF/UA-1), in Dutch as the offers are. `whole` is what there is before choosing."""
    with translation.override("nl"):
        return tagged_pdf(TEMPLATE, _data(whole, choice))


def _data(whole: Overview, choice: pages.Wanted) -> dict[str, Any]:
    found = choice.apply(whole)
    counts, lines = rules.counts(found.rows), found.lines()
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
            "payers": _("Who pays"),
            "all": _("In all"),
            "several": _("Where several pay together, a place counts with each."),
            "missing": _("Nothing found yet for"),
            "nothing": _("Nothing nearby yet."),
            "columns": [_("Help"), _("Costs to you"), _("Who pays"), _("Where"), _("Does it work?")],
            "national": _("For the whole country"),
            "national_columns": [_("Help"), _("Costs to you"), _("Who pays"), _("Phase"), _("Does it work?")],
        },
        "phases": [str(Phase(phase).label) for phase in PHASES],
        "numbers": [
            {"label": str(Audience(one).label), "cells": [_number(counts[(one, phase)]) for phase in PHASES]}
            for one in AUDIENCES
        ],
        "reaches": [capfirst(pages.reach_words(near, whole.place)) for near in _reaches(whole)],
        "payers": [
            {
                "label": label,
                "cells": [
                    str(sum(code in row.payers and row.near == near for row in found.rows)) for near in _reaches(whole)
                ]
                + [str(number)],
            }
            for code, label, number in pages.payer_options(found.rows)
        ],
        "parts": [_part(found, lines, audience) for audience in AUDIENCES],
        "footer": f"Naast {whole.place.name}",
        "note": _("Source: the directory of Naast. The page is always as it is today."),
    }


def _number(count: rules.Count) -> dict[str, str]:
    nearby = count.own + count.region
    return {"all": str(count.all), "nearby": _("%(number)s nearby") % {"number": nearby} if nearby else ""}


def _reaches(whole: Overview) -> list[str]:
    """The reaches that have a name here: a region, or a municipality without one, has no region above it."""
    return [near for near in rules.NEARNESS if pages.reach_words(near, whole.place) and _is_there(near, whole)]


def _is_there(near: str, whole: Overview) -> bool:
    return near != REGION or not whole.place.is_region


def _only(choice: pages.Wanted) -> str:
    labels = [str(Costs(choice.costs).label)] if choice.costs else []
    labels += [_("paid by: %(who)s") % {"who": Payer(choice.payer).label}] if choice.payer else []
    return _("Only: %(what)s.") % {"what": ", ".join(labels)} if labels else ""


def _part(found: Overview, lines: Mapping[str, Line], audience: str) -> dict[str, Any]:
    """One audience: what is nearby by phase, then what the whole country has, each once with its phases."""
    nearby = [row for row in found.rows if row.near != NATION]
    everywhere = rules.for_audience(found.rows, audience, NATION)
    return {
        "title": str(Audience(audience).label),
        "groups": [
            {"title": group.label, "rows": [_row(line, line.where) for line in group.lines]}
            for group in pages.groups(nearby, lines, audience)
        ],
        "national": [_row(lines[row.slug], _phases(row.phases)) for row in everywhere],
    }


def _phases(codes: Collection[str]) -> str:
    """In which phases an offer helps."""
    if not codes or set(codes) == set(PHASES):
        return pages.phase_label(rules.EVERY_PHASE)
    return in_a_row([pages.phase_label(code) for code in PHASES if code in codes])


def _row(line: Line, where: str) -> dict[str, str]:
    evidence = f"{line.evidence} ({line.evidence_year})" if line.evidence_year else line.evidence
    return {
        "name": line.row.name,
        "by": line.organisation,
        "costs": line.costs,
        "more": line.costs_text,
        "payers": line.payers or _("Not known"),
        "where": where,
        "evidence": evidence or _("Not known"),
    }
