"""Questions in words of the domain: `asked(text=…, place="enschede")`, made through the room's own action."""

from __future__ import annotations

from datetime import datetime

from naast.contact import actions
from naast.contact.models import Question
from naast.core import clock, once
from naast.core.once import Once
from naast.lockers.models import Locker
from naast.places.queries import by_slug
from naast.places.rules import PlaceInfo

CALM = "Mag mijn dochter zelf kiezen waar ze slaapt? Ze is 11."
URGENT = "Ik durf niet meer naar huis, papa slaat mij."


def place(slug: str = "enschede") -> PlaceInfo:
    """Return a place of the fixture `places`."""
    found = by_slug(slug)
    assert found is not None
    return found


def number() -> Once:
    """Return a fresh one-time number, as a form brings it."""
    return once.read(once.issue())


def ask(
    text: str = CALM,
    *,
    at: str = "enschede",
    audience: str = "ouders",
    email: str = "",
    locker: Locker | None = None,
    form: Once | None = None,
) -> actions.Asked:
    """Ask a question and return what the confirmation gets."""
    return actions.ask_question(
        once=form or number(), place=place(at), audience=audience, text=text, email=email, locker=locker
    )


def asked(text: str = CALM, *, on: datetime | None = None, at: str = "enschede", audience: str = "ouders") -> Question:
    """Return a question, asked now or at another moment."""
    with clock.frozen(on or clock.now()):
        return ask(text, at=at, audience=audience).question
