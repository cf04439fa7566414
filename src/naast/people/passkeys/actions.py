"""Writing about passkeys: what somebody added, renamed and took away on their own page, each with its audit line."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal.auth import WebAuthn
from django.db import transaction

from naast.core import audit, clock
from naast.people.actions import NotYours, actor_of
from naast.people.models import User
from naast.people.passkeys.rules import NAME_LENGTH, PASSKEY, may_remove
from naast.people.recovery import HashedCodes

KIND = "mfa.Authenticator"


class LastFactor(ValueError):
    """Without this one nothing would stand between a stolen password and the desk."""


@transaction.atomic
def add_passkey(*, user: User, name: str, credential: dict[str, Any]) -> tuple[Authenticator, bool]:
    """Keep a passkey that the browser proved; returns it, and whether recovery codes wait to be shown."""
    made: Authenticator = WebAuthn.add(user, name[:NAME_LENGTH], credential).instance
    codes = HashedCodes.activate(user)
    audit.record(actor=actor_of(user), act="add", kind=KIND, record_id=made.pk, fields=("webauthn",))
    return made, not codes.did_view


@transaction.atomic
def rename_passkey(*, user: User, passkey_id: int, name: str) -> None:
    """Give one's own passkey another name. Raises NotYours."""
    passkey = _own(user, passkey_id)
    passkey.data = {**passkey.data, "name": name[:NAME_LENGTH]}
    passkey.save(update_fields=["data"])
    audit.record(actor=actor_of(user), act="rename", kind=KIND, record_id=passkey.pk, fields=("name",))


@transaction.atomic
def remove_passkey(*, user: User, passkey_id: int) -> None:
    """Take one's own passkey away. Raises NotYours, and LastFactor when nothing else would be left."""
    # Both of two removals at once would see the other one's passkey: the person's row makes them wait.
    User.objects.select_for_update().get(pk=user.pk)
    passkey = _own(user, passkey_id)
    if not may_remove(Authenticator.objects.filter(user_id=user.pk).values_list("type", flat=True)):
        raise LastFactor("the last second step stays")
    audit.record(actor=actor_of(user), act="remove", kind=KIND, record_id=passkey.pk, fields=("webauthn",))
    passkey.delete()


def used_passkey(*, passkey: Authenticator) -> None:
    """Note when a passkey was used, so that its owner can see an unused one."""
    passkey.last_used_at = clock.now()
    passkey.save(update_fields=["last_used_at"])


def _own(user: User, passkey_id: int) -> Authenticator:
    found = Authenticator.objects.select_for_update().filter(pk=passkey_id, user_id=user.pk, type=PASSKEY).first()
    if found is None:
        raise NotYours("that passkey is not yours")
    return found
