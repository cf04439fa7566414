"""Turning the keys of the installation: texts sealed anew, the blind index rebuilt, what still needs an old key or salt.

The operator puts a new key in front of the ring and runs `naast keys rotate`: every place's key and every text without a
place is then under the newest key, and an old one may go. A locker's salt cannot be turned that way, because the code is
kept nowhere: a locker moves to the newest salt when its owner opens it. Until then its old salt is needed.
"""

import base64
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.conf import settings

from naast.core import clock, crypto
from naast.core.auditing import checking
from naast.core.keys import queries as key_queries
from naast.core.keys import turning
from naast.core.models import UsedOnce
from naast.lockers import queries
from naast.lockers.models import Locker
from naast.people.adapters import MFAAdapter
from naast.people.oidc.actions import make_findable_again

__all__ = ["Report", "Stopped", "look", "rotate", "why_not"]
Stopped = turning.Stopped


@dataclass
class Report:
    """What was turned, and who still needs which key or salt."""

    turned: dict[str, int] = field(default_factory=dict)  # model → texts
    rewrapped: int = 0  # keys of places
    need: key_queries.Need = field(default_factory=key_queries.Need)
    lockers: dict[str, int] = field(default_factory=dict)  # salt id → lockers
    indexed: int = 0
    forgotten: int = 0  # retired keys of places that nothing lay under any more
    unreadable: int = 0

    @property
    def by_ring(self) -> dict[str, int]:
        """Return ring key → texts and place keys that lie under it."""
        ids = sorted({*self.need.texts, *self.need.wrapped})
        return {ring_id: self.need.of_ring(ring_id) for ring_id in ids}

    @property
    def lost(self) -> list[str]:
        """Return the ids of keys and salts that are needed but not in the environment."""
        salts = [f"salt {salt_id}" for salt_id in self.lockers if salt_id not in settings.NAAST_LOCKER_SALTS]
        return sorted([f"key {key_id}" for key_id in self.need.missing] + salts)

    @property
    def may_go(self) -> list[str]:
        """Return the ring entries that nothing needs any more."""
        return [ring_id for ring_id in list(settings.NAAST_KEYRING)[1:] if not self.need.of_ring(ring_id)]


def rotate(
    *,
    place_id: UUID | None = None,
    tell: turning.Tell = lambda progress: None,
    stop: turning.Asked = lambda: False,
) -> Report:
    """Seal everything under the key it should have today and rebuild the blind index; with `place_id` one place's texts.

    Raises Stopped when `stop` says so, between two small batches; running again goes on from there.
    """
    report = Report()
    if place_id is None:
        report.rewrapped = turning.rewrap_all(stop=stop)
    done = turning.turn(place_id=place_id, tell=tell, stop=stop)
    report.turned, report.unreadable = {model: n for model, n in done.turned.items() if n}, done.lost
    if place_id is None:
        if factors := _turn_second_factors(crypto.newest_key()[0]):
            report.turned["mfa.Authenticator"] = factors
        report.indexed = _index_again() + make_findable_again()
    report.forgotten = turning.forget_retired()
    return look(report)


def _ring_of(sealed: bytes) -> str:
    try:
        return crypto.envelope(sealed).ring_id
    except crypto.Unreadable:
        return ""


def _factor_secrets(factor: Authenticator) -> Iterable[tuple[str, bytes]]:
    """Return (name, sealed bytes) of what is secret in a second factor of staff."""
    for name in ("secret", "seed"):
        if isinstance(sealed := factor.data.get(name), str):
            yield name, base64.b64decode(sealed)


def _turn_second_factors(newest: str) -> int:
    """Seal the secrets of the second factors anew; they lie in a library's table, sealed by `people.adapters`."""
    adapter, turned = MFAAdapter(), 0
    for factor in Authenticator.objects.all():
        old = [name for name, sealed in _factor_secrets(factor) if _ring_of(sealed) in _older(newest)]
        for name in old:
            factor.data[name] = adapter.encrypt(adapter.decrypt(factor.data[name]))
        if old:
            factor.save(update_fields=["data"])
            turned += len(old)
    return turned


def _older(newest: str) -> set[str]:
    return set(settings.NAAST_KEYRING) - {newest}


def _index_again() -> int:
    done = 0
    for locker in Locker.objects.exclude(email_index="").iterator():
        if not locker.has_email:  # unreadable: its index is all there is
            continue
        index = crypto.blind_index(str(locker.email), purpose=queries.EMAIL_INDEX)
        if index != locker.email_index:
            Locker.objects.filter(pk=locker.pk).update(email_index=index)
            done += 1
    return done


def look(report: Report | None = None) -> Report:
    """Count which keys and salts are still needed, changing nothing."""
    report = report or Report()
    report.need = key_queries.need()
    for factor in Authenticator.objects.all():
        report.need.texts.update(_ring_of(sealed) for _name, sealed in _factor_secrets(factor))
    report.lockers = queries.salts_in_use()
    return report


def why_not(kind: str, entry_id: str) -> str:
    """Return why this key or salt may not go yet, in Dutch; an empty text when it may."""
    entries = settings.NAAST_KEYRING if kind == "key" else settings.NAAST_LOCKER_SALTS
    if next(iter(entries)) == entry_id:
        return f"{entry_id} is de nieuwste."
    found = look()
    number = found.need.of_ring(entry_id) if kind == "key" else found.lockers.get(entry_id, 0)
    if number:
        return f"{number} {'teksten of sleutels' if kind == 'key' else 'kluisjes'} hebben {entry_id} nog nodig."
    if kind == "key" and checking.key_of_last_seal() == entry_id:
        return f"Het laatste zegel van het inzagelog is met {entry_id} getekend. Wacht op het volgende: hoogstens een uur werk."
    if kind == "key" and UsedOnce.objects.filter(used_at__gt=clock.now() - timedelta(hours=24)).exists():
        return "Een formulier van de laatste 24 uur kan zijn code nog met een oude sleutel laten zien. Wacht een dag."
    return ""
