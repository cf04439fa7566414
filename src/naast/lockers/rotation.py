"""Turning the keys of the installation: texts sealed anew, the blind index rebuilt, what still needs an old key or salt.

The operator puts a new key in front of the ring and runs `naast keys rotate`: every text is then under the newest key, and
an old one may go. A locker's salt cannot be turned that way, because the code is kept nowhere: a locker moves to the newest
salt when its owner opens it. Until then its old salt is needed.
"""

import base64
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from allauth.mfa.models import Authenticator
from django.apps import apps
from django.conf import settings
from django.db import models, transaction

from naast.core import clock, crypto
from naast.core.fields import EncryptedTextField, Sealed
from naast.core.models import UsedOnce
from naast.lockers import queries
from naast.lockers.models import Locker
from naast.people.adapters import MFAAdapter

AT_ONCE = 200  # rows in one transaction: nothing holds SQLite's write lock for a second


@dataclass
class Report:
    """What was turned, and who still needs which key or salt."""

    turned: dict[str, int] = field(default_factory=dict)
    texts: Counter[str] = field(default_factory=Counter)  # key id → texts
    lockers: dict[str, int] = field(default_factory=dict)  # salt id → lockers
    indexed: int = 0

    @property
    def lost(self) -> list[str]:
        """Return the ids of keys and salts that are needed but not in the environment."""
        keys = [f"key {key_id}" for key_id in self.texts if key_id not in settings.NAAST_KEYRING]
        salts = [f"salt {salt_id}" for salt_id in self.lockers if salt_id not in settings.NAAST_LOCKER_SALTS]
        return sorted(keys + salts)


def key_of(sealed: bytes) -> str:
    """Return the id of the ring key a sealed text was written with."""
    return sealed[2 : 2 + sealed[1]].decode("ascii", "replace") if sealed[:1] == crypto.VERSION else ""


def _sealed_fields() -> Iterable[tuple[type[models.Model], list[str]]]:
    for model in apps.get_models():
        names = [f.attname for f in model._meta.get_fields() if isinstance(f, EncryptedTextField)]
        if names:
            yield model, names


def rotate() -> Report:
    """Seal every text under the newest key and rebuild the blind index. Safe to stop and to run again."""
    report = Report()
    newest = crypto.newest_key()[0]
    for model, names in _sealed_fields():
        turned = 0
        ids = list(model._default_manager.values_list("pk", flat=True))
        for start in range(0, len(ids), AT_ONCE):
            with transaction.atomic():
                rows = model._default_manager.select_for_update(of=("self",)).filter(
                    pk__in=ids[start : start + AT_ONCE]
                )
                for row in rows:
                    turned += _turn(row, names, newest)
        if turned:
            report.turned[model._meta.label] = turned
    if factors := _turn_second_factors(newest):
        report.turned["mfa.Authenticator"] = factors
    report.indexed = _index_again()
    return look(report)


def _turn(row: models.Model, names: list[str], newest: str) -> int:
    """Seal one row's texts anew where an older key holds them; history is not edited, only its envelope."""
    fresh: dict[str, Any] = {}
    for name in names:
        lies = row.__dict__.get(name)
        if isinstance(lies, Sealed) and lies and key_of(lies) in _older(newest):
            fresh[name] = getattr(row, name)
    if not fresh:
        return 0
    for name, text in fresh.items():
        setattr(row, name, text)
    # Past the model's own `save`: an append-only record refuses that.
    models.Model.save_base(row, update_fields=list(fresh), force_update=True)
    return len(fresh)


def _factor_secrets(factor: Authenticator) -> Iterable[tuple[str, bytes]]:
    """Return (name, sealed bytes) of what is secret in a second factor of staff."""
    for name in ("secret", "seed"):
        if isinstance(sealed := factor.data.get(name), str):
            yield name, base64.b64decode(sealed)


def _turn_second_factors(newest: str) -> int:
    """Seal the secrets of the second factors anew; they lie in a library's table, sealed by `people.adapters`."""
    adapter, turned = MFAAdapter(), 0
    for factor in Authenticator.objects.all():
        old = [name for name, sealed in _factor_secrets(factor) if key_of(sealed) in _older(newest)]
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
    for locker in Locker.objects.exclude(email_index=""):
        index = crypto.blind_index(str(locker.email), purpose=queries.EMAIL_INDEX)
        if index != locker.email_index:
            Locker.objects.filter(pk=locker.pk).update(email_index=index)
            done += 1
    return done


def look(report: Report | None = None) -> Report:
    """Count which keys and salts are still needed, changing nothing."""
    report = report or Report()
    for model, names in _sealed_fields():
        for row in model._default_manager.values_list(*names).iterator():
            report.texts.update(key_of(bytes(value)) for value in row if value)
    for factor in Authenticator.objects.all():
        report.texts.update(key_of(sealed) for _name, sealed in _factor_secrets(factor))
    report.lockers = queries.salts_in_use()
    return report


def why_not(kind: str, entry_id: str) -> str:
    """Return why this key or salt may not go yet, in Dutch; an empty text when it may."""
    entries = settings.NAAST_KEYRING if kind == "key" else settings.NAAST_LOCKER_SALTS
    if next(iter(entries)) == entry_id:
        return f"{entry_id} is de nieuwste."
    found = look()
    number = found.texts[entry_id] if kind == "key" else found.lockers.get(entry_id, 0)
    if number:
        return f"{number} {'teksten' if kind == 'key' else 'kluisjes'} hebben {entry_id} nog nodig."
    if kind == "key" and UsedOnce.objects.filter(used_at__gt=clock.now() - timedelta(hours=24)).exists():
        return "Een formulier van de laatste 24 uur kan zijn code nog met een oude sleutel laten zien. Wacht een dag."
    return ""
