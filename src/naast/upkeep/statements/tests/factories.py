"""Statements for tests: whole ones, and a place that has them all."""

from datetime import timedelta

from naast.core import clock
from naast.places import queries
from naast.places.rules import PlaceInfo
from naast.upkeep.statements import actions, rules
from naast.upkeep.statements.rules import Kind


def place(slug: str = "enschede") -> PlaceInfo:
    """Return a place of the demonstration's country."""
    found = queries.by_slug(slug)
    assert found
    return found


def whole(kind: Kind) -> rules.Statement:
    """Return a statement that lacks nothing today."""
    today = clock.today()
    made: dict[str, rules.Statement] = {
        "contact": rules.Contact("Gemeente Test", "053 000 00 09", "info@test.example", "Postbus 9", "", "yes"),
        "privacy": rules.Privacy(fg="Functionaris", fg_email="fg@test.example", rights="Bel ons.", grounds="AVG 6"),
        "accessibility": rules.Accessibility(
            status="C", planned_on=today + timedelta(days=100), email="toegankelijk@test.example"
        ),
        "security": rules.Security(contacts=("mailto:cert@test.example",), policy="https://test.example/cvd"),
    }
    return made[kind]


def declared(slug: str = "enschede", *, without: str = "") -> PlaceInfo:
    """Return a place with all four statements, or all but one."""
    info = place(slug)
    for kind in rules.KINDS:
        if kind != without:
            actions.load(place=info, kind=kind, statement=whole(kind))
    return info
