"""What of a form may be kept when its session ended. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from naast.people.rules import IDLE, LONGEST

KEPT = timedelta(hours=24)
MOST_BYTES = 100_000
LONGEST_PATH = 500
# Of these nothing is ever kept: fields that prove somebody (as a part, or as a word of the name), and the form's numbers.
SECRET_PARTS = ("password", "wachtwoord", "passkey", "credential", "csrf", "token", "secret")
SECRET_WORDS = frozenset({"code", "codes", "pin", "otp", "totp", "key", "once", "next"})
# Forms of the way in itself hold nothing but proof.
NEVER_AT = (
    "/loket/aanmelden/",
    "/loket/afmelden/",
    "/loket/blijf-aangemeld/",
    "/loket/bewaard/",
    "/beheer/login/",
    "/beheer/logout/",
)

# What a script says beside the fields of a form: the page it stands on, and where it would be sent.
PAGE, ACTION = "naast-page", "naast-action"
# Pages on which forms of staff stand.
STAFF_PREFIXES = ("/loket/", "/monitor/", "/beheer/")

Typed = tuple[tuple[str, str], ...]


def worth_keeping(path: str, typed: Iterable[tuple[str, str]]) -> Typed:
    """Return the fields of a form that may be kept, in their order; () when there is nothing or it is too much."""
    if len(path) > LONGEST_PATH or path.startswith(NEVER_AT):
        return ()
    kept = tuple((name, value) for name, value in typed if not is_secret(name))
    if not any(value.strip() for _, value in kept):
        return ()
    size = sum(len(name.encode()) + len(value.encode()) for name, value in kept)
    return kept if size <= MOST_BYTES else ()


def is_secret(name: str) -> bool:
    """Tell whether a field may prove somebody, or is a number of the form itself. A postcode is no code."""
    low = name.lower()
    return any(part in low for part in SECRET_PARTS) or not SECRET_WORDS.isdisjoint(re.findall(r"[a-z]+", low))


def is_over(created: datetime, now: datetime) -> bool:
    """Tell whether a kept form is too old to come back."""
    return now - created >= KEPT


@dataclass(frozen=True, slots=True)
class Left:
    """How many seconds a session still has, and whether nothing can make it longer."""

    seconds: int
    last: bool


def seconds_left(created: datetime, last_seen: datetime, now: datetime) -> Left:
    """Return how long a session lasts when nothing more happens: a quarter of an hour, or until its ten hours are over."""
    idle, whole = last_seen + IDLE - now, created + LONGEST - now
    return Left(max(0, int(min(idle, whole).total_seconds())), whole <= idle)
