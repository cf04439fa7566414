"""The random ids of what was erased: laid with every erasing, applied again after a restore (docs/decisions/0029)."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

from django.apps import apps
from django.db import transaction

from naast.core import kept
from naast.core.models import Tombstone

AT_ONCE = 200
LEFT_PLACE = "place-left"  # its record id is the slug: everything of people there is erased
_parts: dict[str, Callable[[list[str]], int]] = {}
Stone = tuple[str, str, datetime]  # label of the model, id, when it was erased


def bury(model: str, record_ids: Iterable[object]) -> int:
    """Keep the random ids of erased records for 35 days, so that a restored backup is cleaned again; returns how many."""
    stones = [Tombstone(model=model, record_id=str(record_id)) for record_id in record_ids]
    Tombstone.objects.bulk_create(stones, ignore_conflicts=True)
    return len(stones)


def register_part(label: str, again: Callable[[list[str]], int]) -> None:
    """Name a part of a record that can be erased by itself ("lockers.Locker:email"), and how it is taken off again."""
    _parts[label] = again


def dig_up(model: str, record_id: object) -> None:
    """Forget that this part was erased: its owner gave it anew."""
    Tombstone.objects.filter(model=model, record_id=str(record_id)).delete()


def all_stones() -> list[Stone]:
    """Return every tombstone, oldest first."""
    return list(Tombstone.objects.order_by("erased_at", "pk").values_list("model", "record_id", "erased_at"))


def merge(stones: Iterable[Stone]) -> None:
    """Lay tombstones of another copy of this installation beside its own."""
    rows = [Tombstone(model=model, record_id=record_id, erased_at=at) for model, record_id, at in stones]
    for start in range(0, len(rows), AT_ONCE):
        Tombstone.objects.bulk_create(rows[start : start + AT_ONCE], ignore_conflicts=True)


def apply() -> Mapping[str, int]:
    """Erase every record that has a tombstone and is there again; returns counts by kind."""
    gone: dict[str, int] = {}
    ids: dict[str, list[str]] = {}
    for label, record_id, _at in all_stones():
        ids.setdefault(label, []).append(record_id)
    for label, wanted in sorted(ids.items()):
        for start in range(0, len(wanted), AT_ONCE):
            number = _erase_again(label, wanted[start : start + AT_ONCE])
            if number:
                gone[label] = gone.get(label, 0) + number
    return gone


@transaction.atomic
def _erase_again(label: str, ids: list[str]) -> int:
    """Erase rows of one kind as its room does it; a kind that no release knows any more is passed over."""
    if label in _parts:
        return _parts[label](ids)
    entry = kept.of_model(label)
    if entry is not None:
        there = list(entry.rows.filter(pk__in=ids).values_list("pk", flat=True))
        return entry.again(there) if there else 0
    try:
        rows = apps.get_model(label)._default_manager.filter(pk__in=ids)
    except (LookupError, ValueError):
        return 0
    number = rows.count()
    rows.delete()
    return number


def _erase_place(slugs: list[str]) -> int:
    """Erase everything of residents at places that left; what says who did what there stays."""
    gone = 0
    for entry in sorted(kept.all_kept(), key=lambda one: one.locker == "pk"):
        if entry.place and entry.about == "inwoners":
            there = list(entry.rows.filter(**{f"{entry.place}__in": slugs}).values_list("pk", flat=True))
            gone += entry.again(there) if there else 0
    return gone


register_part(LEFT_PLACE, _erase_place)
