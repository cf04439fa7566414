"""Polls and evenings in words of the domain."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from naast.core import clock
from naast.core import once as once_numbers
from naast.core.once import Once
from naast.ledger import actions as ledger
from naast.places.queries import by_slug
from naast.places.rules import PlaceInfo
from naast.together import actions
from naast.together.models import Evening, Poll


def place(slug: str = "enschede") -> PlaceInfo:
    """Return a place that is known."""
    found = by_slug(slug)
    assert found is not None, slug
    return found


def fresh() -> Once:
    """Return the number of a form that was just opened."""
    return once_numbers.read(once_numbers.issue())


YESNO = ("Ja", "Nee")


def poll(at: str = "enschede", *, days: int = 14, since: int = 1, options: Sequence[str] = YESNO, **more: Any) -> Poll:
    """Make a published poll that runs `days` more days."""
    today = clock.today()
    return actions.save_poll(
        user=None,
        place=place(at),
        poll=None,
        options=options,
        opens_on=today - timedelta(days=since),
        closes_on=today + timedelta(days=days),
        fields={"question": "Wist je waar je hulp vindt?", "lead": "", "published": True, **more},
    )


def answered(row: Poll, **counts: int) -> None:
    """Let people have answered: option code = how many."""
    for option, amount in counts.items():
        ledger.count("poll-answer", place="enschede", amount=amount, poll=row.code, option=option)


def evening(at: str = "enschede", *, in_days: float = 10, seats: int = 20, **fields: Any) -> Evening:
    """Make a published evening of two hours."""
    begin = clock.now() + timedelta(days=in_days)
    return actions.save_evening(
        user=None,
        place=place(at),
        evening=None,
        starts_at=begin,
        ends_at=begin + timedelta(hours=2),
        fields={
            "title": "Praten over twee huizen",
            "theme": "Wat helpt je kind?",
            "venue": "De bibliotheek",
            "address": "Voorbeeldplein 1",
            "seats": seats,
            "published": True,
            **fields,
        },
    )
