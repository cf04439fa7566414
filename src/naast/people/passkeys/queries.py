"""Reading about second factors: what somebody has, and what a browser needs to use it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import auth

from naast.people.models import User
from naast.people.passkeys.rules import APP, FACTORS, PASSKEY, may_remove
from naast.people.recovery import codes_left


@dataclass(frozen=True, slots=True)
class Passkey:
    """One passkey as its owner sees it."""

    id: int
    name: str
    added: datetime
    used: datetime | None


@dataclass(frozen=True, slots=True)
class Factors:
    """The second steps that somebody has."""

    passkeys: tuple[Passkey, ...]
    has_app: bool
    codes_left: int | None  # None: never got any
    may_remove: bool  # whether one of them may go

    @property
    def any(self) -> bool:
        """Tell whether there is a second step at all."""
        return self.has_app or bool(self.passkeys)


def factors_of(user: User) -> Factors:
    """Return the second steps of somebody: passkeys by age, the app, recovery codes."""
    rows = list(Authenticator.objects.filter(user_id=user.pk, type__in=FACTORS).order_by("created_at", "pk"))
    kinds = [row.type for row in rows]
    keys = tuple(
        Passkey(row.pk, row.data["name"], row.created_at, row.last_used_at) for row in rows if row.type == PASSKEY
    )
    return Factors(keys, APP in kinds, codes_left(user), may_remove(kinds))


def has_factor(user: User) -> bool:
    """Tell whether somebody has a second step."""
    return bool(Authenticator.objects.filter(user_id=user.pk, type__in=FACTORS).exists())


def has_passkey(user: User) -> bool:
    """Tell whether somebody has a passkey."""
    return bool(Authenticator.objects.filter(user_id=user.pk, type=PASSKEY).exists())


def options_to_add(user: User) -> dict[str, Any]:
    """Return what a browser needs to make a passkey; the challenge stands in the session at hand.

    Always one that knows its owner and asks their finger, face or pin, so that it can be both steps.
    """
    return dict(auth.begin_registration(user, True))


def options_to_use(user: User | None) -> dict[str, Any]:
    """Return what a browser needs to use a passkey: of this person, or of whoever has one here (None)."""
    return dict(auth.begin_authentication(user))
