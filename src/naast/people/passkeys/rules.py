"""What a passkey can and cannot do, decided purely."""

import ipaddress
from collections.abc import Iterable

# A passkey always asks a finger, a face or a pin of its owner, so that it counts as both steps (ASVS 5.0, 6.3.3).
PASSKEY, APP = "webauthn", "totp"
FACTORS = frozenset({PASSKEY, APP})
NAME_LENGTH = 60


def passkeys_work_at(host: str) -> bool:
    """Tell whether browsers make passkeys at this host (with or without a port): at a name, never at bare digits."""
    name = host.rsplit("]", 1)[0].lstrip("[") if host.startswith("[") else host.partition(":")[0]
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return bool(name)
    return False


def may_remove(kinds: Iterable[str]) -> bool:
    """Tell whether one second factor may go, given the kinds of all that somebody has: another has to stay.

    Recovery codes are no factor to live on.
    """
    return sum(kind in FACTORS for kind in kinds) > 1
