"""Register and DPIA for tests: whole ones, and a place that decided on one."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from naast.core import clock
from naast.places.rules import PlaceInfo
from naast.upkeep.register import actions, rules
from naast.upkeep.register.models import Account
from naast.upkeep.register.rules import Kind


def whole(kind: Kind, **changed: Any) -> rules.Filled:
    """Return what a place filled in, with nothing left out; `changed` are other values."""
    today = clock.today()
    made: dict[str, rules.Filled] = {
        "register": rules.Register(
            processors=(rules.Processor("Voorbeeld Hosting", "Laat Naast draaien", today - timedelta(days=90)),),
            special="Artikel 9 lid 2 onder g, volgens de functionaris",
            decided_by="Gemeentesecretaris",
            decided_on=today,
        ),
        "dpia": rules.Dpia(
            why="Sinds dit jaar, voor ouders en kinderen.",
            risks=(rules.OwnRisk("In ons dorp kent iedereen elkaar.", "Adviseurs van buiten.", "Een gezicht."),),
            advice_on=today - timedelta(days=10),
            advice="Kan zo, met een steekproef elk kwartaal.",
            followed="De steekproef is geregeld.",
            decided_by="College",
            decided_on=today,
            review_on=today + timedelta(days=700),
        ),
    }
    return replace(made[kind], **changed)


def decided(place: PlaceInfo, kind: Kind) -> Account:
    """Return a version of a place that published its statements."""
    return actions.load(place=place, kind=kind, filled=whole(kind))
