"""What somebody holds when they leave: rooms above say what it is, how much, and how it goes back to the list.

A room registers each kind in its `AppConfig.ready`; ending a role and closing an account call `hand_back`.
"""

from collections.abc import Callable
from dataclasses import dataclass

from naast.people.models import User

Count = Callable[[User], int]
HandBack = Callable[[User, User | None], int]


@dataclass(frozen=True, slots=True)
class Work:
    """A kind of work. `count(user)` is what somebody holds; `hand_back(user, by)` gives away what they may no longer do.

    `hand_back` runs inside the transaction that ends the role, after it ended, and returns how many went back.
    """

    name: str
    count: Count
    hand_back: HandBack


_known: dict[str, Work] = {}


def register(work: Work) -> None:
    """Register a kind of work; a second one of the same name takes its place."""
    _known[work.name] = work


def open_work(user: User) -> int:
    """Return how many things of all kinds this person holds."""
    return sum(work.count(user) for work in _known.values())


def hand_back(user: User, by: User | None) -> int:
    """Give away what this person may no longer do; returns how many things went back."""
    return sum(work.hand_back(user, by) for work in _known.values())
