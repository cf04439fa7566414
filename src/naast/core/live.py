"""What a place needs before it may be published. Each room says what is missing; `places` only asks."""

from collections.abc import Callable
from typing import Any


class Lacking(str):
    """Something a place lacks, in Dutch words that say what to do; `href` leads to where."""

    href: str

    def __new__(cls, text: str, href: str = "") -> "Lacking":
        """Return the words with their address."""
        made = super().__new__(cls, text)
        made.href = href
        return made


LiveCheck = Callable[[Any], list[str]]
_checks: list[LiveCheck] = []


def register(check: LiveCheck) -> LiveCheck:
    """Add a check: it takes the place and returns what is missing, in Dutch words; an empty list = ready."""
    if check not in _checks:
        _checks.append(check)
    return check


def missing(place: Any) -> list[str]:
    """Return everything a place still lacks."""
    return [word for check in _checks for word in check(place)]
