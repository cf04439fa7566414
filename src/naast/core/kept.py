"""What the house keeps about people. Each room declares it; the locker's page, export, erasing, retention and the
privacy page read only this (docs/decisions/0009).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import models

from .fields import EncryptedTextField

Export = Callable[[UUID], list[Mapping[str, Any]]]
Erase = Callable[[UUID], int]
Expire = Callable[[], int]


@dataclass(frozen=True)
class Kept:
    """One kind of record about people: why it is kept, on what ground, how long, and how it is shown and erased.

    `export(locker_id)` gives readable rows, `erase(locker_id)` returns how many were erased, `expire()` erases what is
    past its rule and returns the count. `show` says in Dutch what the person sees about it.
    """

    model: str
    purpose: str
    ground: str
    retention: str
    show: str
    export: Export | None = None
    erase: Erase | None = None
    expire: Expire | None = None


_registry: dict[str, Kept] = {}


def register(kept: Kept) -> None:
    """Declare one model. A second declaration of the same model is a mistake and raises ValueError."""
    known = _registry.get(kept.model.lower())
    if known is not None and known != kept:
        raise ValueError(f"{kept.model} is declared twice.")
    _registry[kept.model.lower()] = kept


def all_kept() -> list[Kept]:
    """Return every declaration, by model name."""
    return [_registry[name] for name in sorted(_registry)]


def is_declared(model: type[models.Model]) -> bool:
    """Tell whether a model stands in the registry."""
    return model._meta.label_lower in _registry


def models_about_people() -> list[type[models.Model]]:
    """Return our models with a locker, a person or people's text: those must be declared."""
    found = []
    for model in apps.get_models():
        if not model.__module__.startswith("naast."):
            continue
        for field in model._meta.get_fields():
            target = getattr(field, "related_model", None)
            points = (
                isinstance(field, models.ForeignKey)
                and isinstance(target, type)
                and issubclass(target, models.Model)
                and target._meta.label in ("people.User", "lockers.Locker")
            )
            if points or isinstance(field, EncryptedTextField):
                found.append(model)
                break
    return found


def register_core() -> None:
    """Declare what the ground itself keeps."""
    from .clock import now
    from .models import OutboxMail

    def expire_mail() -> int:
        from datetime import timedelta

        return OutboxMail.objects.filter(sent_at__lt=now() - timedelta(days=1)).delete()[0]

    register(
        Kept(
            model="core.OutboxMail",
            purpose="Een bericht sturen dat er antwoord is",
            ground="AVG artikel 6 lid 1 onder e",
            retention="tot een dag na verzending",
            show="Je e-mailadres staat kort in de rij met uitgaande post, versleuteld.",
            expire=expire_mail,
        )
    )
