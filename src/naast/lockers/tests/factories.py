"""Lockers in words of the domain: `a_locker()`, made through the room's own action, and a browser that has it open."""

from dataclasses import dataclass

from django.test import Client

from naast.core import once
from naast.lockers import actions
from naast.lockers.models import Locker

EMAIL = "zilverpopulier@voorbeeld.example"


@dataclass(frozen=True)
class Made:
    """A locker with the code that its owner wrote down."""

    locker: Locker
    code: str


def a_locker(*, place: str = "enschede", audience: str = "ouders", email: str = "") -> Made:
    """Make a locker; needs the fixture `places`."""
    new = actions.open_or_create(once=once.read(once.issue()), place_slug=place, audience=audience)
    if email:
        actions.set_email(locker=new.locker, email=email)
    return Made(new.locker, " ".join(new.code_words))


def opened(made: Made, *, strict: bool = False) -> Client:
    """Return a browser in which this locker is open. `strict`: it checks tokens as a real one meets them."""
    client = Client(enforce_csrf_checks=strict)
    answer = client.post("/kluisje/", {"code": made.code})
    assert answer.status_code == 303, answer.content.decode()[:500]
    return client
