"""Recovery codes that nobody can read again: made when they are shown, kept as Argon2id hashes, each good for once.

django-allauth keeps a seed from which all codes follow. Ours replaces its class: `activate` makes an empty set, the one
page that shows the codes makes them, and only then their hashes are written. Codes of before are turned into hashes by
`hash_old_codes`, which runs after an upgrade. Source: OWASP ASVS 5.0, 6.5.2.
"""

import base64
import secrets
import time
from hmac import compare_digest
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal import auth, flows
from argon2.low_level import Type, hash_secret_raw
from django.db import transaction

from naast.people.models import User

CODES = 10
DIGITS = 12  # 40 bits: with Argon2id too dear to try them all
OLD_DIGITS = 8
SALT_BYTES = 16
# OWASP: 19 MiB, two rounds, one lane; the price the house pays for a code of a locker too.
MEMORY_KIB, ROUNDS, LANES, HASH_BYTES = 19_456, 2, 1, 32


def hash_of(code: str, salt: bytes) -> str:
    """Return the Argon2id hash of a code, in base64."""
    raw = hash_secret_raw(code.encode(), salt, ROUNDS, MEMORY_KIB, LANES, HASH_BYTES, Type.ID)
    return base64.b64encode(raw).decode()


def plain(typed: str) -> str:
    """Return a code as it was made: people type it with spaces or dashes."""
    return "".join(sign for sign in typed if sign.isdigit())


class HashedCodes(auth.RecoveryCodes):
    """One person's recovery codes. `instance.data` holds `salt`, `hashes` of the unused ones, and `viewed_at`."""

    instance: Any

    @classmethod
    def activate(cls, user: Any) -> "HashedCodes":
        """Return this person's codes; an empty set that still has to be shown where there is none."""
        instance, _ = Authenticator.objects.get_or_create(
            user_id=user.pk, type=Authenticator.Type.RECOVERY_CODES, defaults={"data": {"salt": "", "hashes": []}}
        )
        return cls(instance)

    @property
    def left(self) -> int:
        """Return how many codes still work; a set that was not shown yet has none."""
        data = self.instance.data
        return len(super().get_unused_codes()) if _is_old(data) else len(data.get("hashes", ()))

    def get_unused_codes(self) -> list[str]:
        """Return as many blanks as there are codes: the codes themselves are not kept."""
        return ["" for _ in range(self.left)]

    def generate_codes(self) -> list[str]:
        """Return nothing that could be read, except of a set of before that `hash_old_codes` has yet to turn."""
        return super().generate_codes() if _is_old(self.instance.data) else []

    @transaction.atomic
    def show_once(self) -> list[str]:
        """Make the codes, keep their hashes and return them; the second time there is nothing to return."""
        self.instance = Authenticator.objects.select_for_update().get(pk=self.instance.pk)
        if self.did_view:
            return []
        codes: list[str] = []
        while len(codes) < CODES:
            code = str(secrets.randbelow(10**DIGITS)).zfill(DIGITS)
            if code not in codes:
                codes.append(code)
        self._keep(codes)
        return codes

    @transaction.atomic
    def validate_code(self, code: str) -> bool:
        """Use a code up; tells whether it was one."""
        typed = plain(code)
        if len(typed) not in (DIGITS, OLD_DIGITS):
            return False
        self.instance = Authenticator.objects.select_for_update().get(pk=self.instance.pk)
        if _is_old(self.instance.data):
            self._keep(super().get_unused_codes())
        hashes: list[str] = self.instance.data.get("hashes", [])
        if not hashes:
            return False
        found = hash_of(typed, base64.b64decode(self.instance.data["salt"]))
        left = [known for known in hashes if not compare_digest(known, found)]
        if len(left) == len(hashes):
            return False
        self.instance.data = {**self.instance.data, "hashes": left}
        self.instance.save(update_fields=["data"])
        return True

    def turn_old(self) -> bool:
        """Put hashes in the place of a seed or of readable codes of before; tells whether there were any."""
        if not _is_old(self.instance.data):
            return False
        if self.did_view:
            self._keep(super().get_unused_codes())
        else:  # nobody has them on paper: they are made anew when they are shown
            self.instance.data = {"salt": "", "hashes": []}
            self.instance.save(update_fields=["data"])
        return True

    def _keep(self, codes: list[str]) -> None:
        salt = secrets.token_bytes(SALT_BYTES)
        self.instance.data = {
            "salt": base64.b64encode(salt).decode(),
            "hashes": [hash_of(code, salt) for code in codes],
            "viewed_at": self.instance.data.get("viewed_at") or time.time(),
        }
        self.instance.save(update_fields=["data"])


def _is_old(data: dict[str, Any]) -> bool:
    return "seed" in data or "migrated_codes" in data


def codes_left(user: User) -> int | None:
    """Return how many recovery codes this person has left; None who never got any."""
    row = Authenticator.objects.filter(user_id=user.pk, type=Authenticator.Type.RECOVERY_CODES).first()
    return HashedCodes(row).left if row else None


def hash_old_codes() -> str:
    """Turn every set of codes of before into hashes. Idempotent; returns what was done, for the operator."""
    turned = 0
    for row in Authenticator.objects.filter(type=Authenticator.Type.RECOVERY_CODES):
        with transaction.atomic():
            locked = Authenticator.objects.select_for_update().filter(pk=row.pk).first()
            turned += bool(locked and HashedCodes(locked).turn_old())
    return f"recovery codes: {turned} sets are kept as hashes now" if turned else ""


def install() -> None:
    """Put our class where allauth finds it: in the module it is read from at each use, and where it was imported."""
    auth.RecoveryCodes = HashedCodes
    flows.RecoveryCodes = HashedCodes
