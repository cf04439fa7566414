"""What the house keeps about people. Each room declares it; the locker's page, export, erasing, retention, backups, the
register of processing and the privacy page read only this (docs/decisions/0009, 0029).
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal
from uuid import UUID

from django.apps import apps
from django.db import models

from .fields import EncryptedTextField

Row = Mapping[str, Any]
Export = Callable[[UUID], list[Row]]
Erase = Callable[[UUID], int]
Expire = Callable[[], int]
Past = Callable[[], models.QuerySet[Any]]
Remove = Callable[[Sequence[Any]], int]
Mask = Callable[[Row], Row]
Find = Callable[[str], tuple[str, UUID] | None]
Whom = Literal["inwoners", "medewerkers", "aanbieders", "niemand"]
ABOUT: tuple[Whom, ...] = ("inwoners", "aanbieders", "medewerkers", "niemand")


@dataclass(frozen=True)
class Kept:
    """One kind of record about people: why it is kept, on what ground, how long, and how it is shown and erased.

    `show` says in Dutch what the person sees about it. Of a locker: `export(locker_id)` gives readable rows, `mask(row)`
    takes out of such a row what is another person's, `erase(locker_id)` returns how many were erased.
    Of time: `past()` gives the rows past their rule, `remove(ids)` erases those (all their rows where it is left out);
    `expire()` does both at once for a kind that has no rows to show beforehand.
    `buries`: what was erased by time leaves tombstones (not for what only loses some words); `restored(ids)` erases again
    what a backup brought back, where that differs from `remove`.
    Of staff: `staff_export(user_id)` and `staff_erase(user_id)`.
    `place` and `locker` are look-ups from a row to the slug of its place and the id of its locker; `find` gives
    (model, id) of the record that people know by a number. `about`, `special` (AVG art. 9 may be in it) and `receivers`
    are for the register; `name` is what people call the kind.
    """

    model: str
    purpose: str
    ground: str
    retention: str
    show: str
    export: Export | None = None
    erase: Erase | None = None
    expire: Expire | None = None
    past: Past | None = None
    remove: Remove | None = None
    mask: Mask | None = None
    find: Find | None = None
    staff_export: Export | None = None
    staff_erase: Erase | None = None
    buries: bool = True
    restored: Remove | None = None
    place: str = ""
    locker: str = ""
    about: Whom = "inwoners"
    special: bool = False
    receivers: str = ""
    name: str = ""

    @property
    def called(self) -> str:
        """Return what people call this kind; its purpose where it has no name of its own."""
        return self.name or self.purpose

    @property
    def rows(self) -> models.QuerySet[Any]:
        """Return all rows of this kind."""
        return apps.get_model(self.model)._default_manager.all()

    def masked(self, rows: Iterable[Row]) -> list[Row]:
        """Return exported rows without what is another person's; names that begin with _ are for the mask alone."""
        return [_shown(self.mask(row) if self.mask else row) for row in rows]

    def erase_rows(self, ids: Sequence[Any]) -> int:
        """Erase these rows as the room does it; returns how many."""
        if self.remove is not None:
            return self.remove(ids)
        gone = self.rows.filter(pk__in=ids).delete()[1]
        return gone.get(apps.get_model(self.model)._meta.label, 0)

    def again(self, ids: Sequence[Any]) -> int:
        """Erase again what a restored backup brought back; returns how many."""
        return self.restored(ids) if self.restored is not None else self.erase_rows(ids)


def _shown(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _shown(part) for name, part in value.items() if not name.startswith("_")}
    return [_shown(part) for part in value] if isinstance(value, list | tuple) else value


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


def in_words() -> list[tuple[Whom, list[Kept]]]:
    """Return the declarations for a page to read: by whom they are about, by name, and what reads the same once."""
    found: list[tuple[Whom, list[Kept]]] = []
    for whom in ABOUT:
        once = {
            (entry.called, entry.purpose, entry.ground, entry.retention, entry.show): entry
            for entry in all_kept()
            if entry.about == whom
        }
        found.append((whom, sorted(once.values(), key=lambda entry: entry.called)))
    return found


def of_model(label: str) -> Kept | None:
    """Return the declaration of a model by its label, whatever its capitals, or None."""
    return _registry.get(label.lower())


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
