"""People of a place as the screens and the sheet say them: words for dates, states and what somebody can do."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from naast.core.templatetags.naast import nl_date
from naast.people.policy_table import PHRASES, TABLE
from naast.people.staffing import queries
from naast.people.staffing.queries import PersonLine, RoleLine
from naast.people.staffing.rules import Standing
from naast.places.rules import PlaceInfo


def group_names() -> dict[str, str]:
    """Return the groups of actions that the policy's table fills, with their headings, in order."""
    names = {
        "questions": _("Questions"),
        "texts": _("Texts and guides"),
        "help": _("Help nearby"),
        "people": _("People and place"),
        "trust": _("Access and figures"),
        "": _("Other"),
    }
    return {group: names[group] for group in queries.in_groups(TABLE)}


def role_words(role: RoleLine) -> str:
    """Return a role in one line: what, where, from and until when."""
    words = _("%(role)s at %(where)s") % {"role": role.role_name, "where": role.where}
    if role.coming:
        words += ", " + _("from %(day)s") % {"day": nl_date(role.grant.starts)}
    if role.grant.ends:
        words += ", " + _("until %(day)s") % {"day": nl_date(role.grant.ends)}
    return words


def standing_words(line: PersonLine) -> str:
    """Return where the invitation of somebody stands; empty for who works here already."""
    if line.invitation is None or line.standing not in (Standing.INVITED, Standing.EXPIRED):
        return ""
    day = {"day": nl_date(line.invitation.ends_at)}
    if line.standing is Standing.INVITED:
        return _("Invited, the link works until %(day)s") % day
    return _("Invitation expired on %(day)s") % day


def away_words(line: PersonLine) -> str:
    """Return until when somebody is away and who stands in; empty when they are there."""
    if line.away is None:
        return ""
    day = nl_date(line.away.ends)
    if line.away.deputy:
        return _("away until and with %(day)s, %(name)s stands in") % {
            "day": day,
            "name": line.away.deputy.display_name,
        }
    return _("away until and with %(day)s, nobody stands in") % {"day": day}


def line_of(line: PersonLine, place: PlaceInfo) -> dict[str, Any]:
    """Return one row of the table."""
    return {
        "line": line,
        "user": line.user,
        "roles": [{"role": role, "words": role_words(role)} for role in line.roles],
        "standing": standing_words(line),
        "open": line.standing in queries.OPEN,
        "away": away_words(line),
        "from_region": line.from_region,
        "changeable": any(role.changeable for role in line.roles),
    }


def can_of(line: PersonLine) -> list[dict[str, Any]]:
    """Return what somebody can do, per group with its heading; groups without anything are left out."""
    names = group_names()
    return [
        {"name": names[group], "phrases": [queries.phrase(action) for action in actions]}
        for group, actions in queries.in_groups(line.can).items()
    ]


def matrix_row(line: PersonLine, place: PlaceInfo) -> dict[str, Any]:
    """Return somebody with a cell for each group of actions."""
    found = queries.in_groups(line.can)
    return {
        **line_of(line, place),
        "cells": [
            {"name": name, "phrases": [queries.phrase(action) for action in found.get(group, ())]}
            for group, name in group_names().items()
        ],
    }


def options() -> list[tuple[str, str]]:
    """Return (action, phrase) of everything that can be done at a place, for "who can do this?"."""
    return [(action, queries.phrase(action)) for action in TABLE]


def sheet(lines: Sequence[PersonLine]) -> tuple[list[str], list[list[str]]]:
    """Return columns and rows of the sheet: who, roles, state, and yes or nothing for each thing that can be done."""
    columns = [
        _("Name"),
        _("E-mail address"),
        _("Roles"),
        _("By the region"),
        _("Second step"),
        _("Last sign-in"),
        _("Away"),
        _("Invitation"),
        *(str(PHRASES[action]) for action in TABLE),
    ]
    yes, no = _("yes"), _("no")
    rows = [
        [
            line.user.display_name,
            line.user.email,
            "; ".join(role_words(role) for role in line.roles),
            yes if line.from_region else no,
            yes if line.second_factor else no,
            line.last_sign_in.date().isoformat() if line.last_sign_in else "",
            away_words(line),
            standing_words(line),
            *(yes if action in line.can else "" for action in TABLE),
        ]
        for line in lines
    ]
    return columns, rows
