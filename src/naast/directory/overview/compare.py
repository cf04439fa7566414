"""Municipalities of a region side by side: what each has of its own, for the public page and the staff screen alike."""

from typing import Any

from django.utils.translation import gettext as _

from naast.directory.models import Audience, Costs, Form, Phase
from naast.directory.overview import rules
from naast.directory.overview.queries import Compared
from naast.directory.queries import subjects
from naast.directory.rules import COUNTRY

# what one may look at: key in the address -> kind of the rules ('' = subjects)
VIEWS = {"doelgroep": "audience", "fase": "phase", "vorm": "form", "kosten": "costs", "onderwerp": ""}
LABELS: dict[str, Any] = {"audience": Audience, "phase": Phase, "form": Form, "costs": Costs}


def view_names() -> dict[str, str]:
    """What one may compare by, in words."""
    return {
        "doelgroep": _("For whom"),
        "fase": _("In which phase"),
        "vorm": _("How"),
        "kosten": _("Costs to you"),
        "onderwerp": _("What it is about"),
    }


def context(compared: Compared, view: str) -> dict[str, Any]:
    """What the tables need: view, views, region, columns and rows of numbers, or subjects with who has them."""
    view = view if view in VIEWS else "doelgroep"
    kind = VIEWS[view]
    names = {member.slug: member.name for member in compared.members}
    own = {slug: len(rules.own_of(compared.rows, slug)) for slug in names}
    shared = sum(any(area in row.areas for area in (compared.region.slug, COUNTRY)) for row in compared.rows)
    found: dict[str, Any] = {
        "region": compared.region,
        "view": view,
        "views": [{"code": code, "label": label, "on": code == view} for code, label in view_names().items()],
        "shared": shared,
        "without": [names[slug] for slug, number in own.items() if not number],
        "members": compared.members,
    }
    if not kind:
        labels = {subject.slug: subject.label for subject in subjects()}
        rows = rules.subjects_of(compared.rows, list(names), labels, compared.region.slug)
        found["subjects"] = [
            {
                "label": labels[row.subject],
                "having": [names[slug] for slug in row.having],
                "lacking": [names[slug] for slug in row.lacking],
                "shared": row.shared,
            }
            for row in rows
        ]
        return found
    codes = list(LABELS[kind].choices)
    counts = rules.side_by_side(compared.rows, names, kind)
    found["columns"] = [label for _code, label in codes]
    found["rows"] = [
        {
            "slug": slug,
            "name": name,
            "own": own[slug],
            "cells": [{"label": label, "number": counts[slug][code]} for code, label in codes],
        }
        for slug, name in names.items()
    ]
    return found
