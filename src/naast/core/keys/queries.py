"""Which keys texts and place keys still need. Counted by the database from the outside of each sealed text."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.apps import apps
from django.conf import settings
from django.db import connection, models

from naast.core import crypto
from naast.core.fields import EncryptedTextField

from .models import PlaceKey

LONGEST_RING_ID = 20


@dataclass
class Need:
    """How many texts lie under each ring key and each place's key, and how many place keys under each ring key."""

    texts: Counter[str] = field(default_factory=Counter)  # ring key → texts without a place
    of_places: Counter[UUID] = field(default_factory=Counter)  # place key → texts
    wrapped: Counter[str] = field(default_factory=Counter)  # ring key → place keys
    unknown: int = 0  # texts of no known form

    def of_ring(self, ring_id: str) -> int:
        """Return how many texts and place keys lie under a ring key."""
        return self.texts[ring_id] + self.wrapped[ring_id]

    @property
    def missing(self) -> list[str]:
        """Return the ids of ring keys that are needed and not in the environment."""
        return sorted({*self.texts, *self.wrapped} - set(settings.NAAST_KEYRING))


def sealed_fields() -> Iterable[tuple[type[models.Model], list[Any]]]:
    """Return every model with people's text, and its fields that hold it."""
    for model in apps.get_models():
        found = [one for one in model._meta.get_fields() if isinstance(one, EncryptedTextField)]
        if found:
            yield model, found


def need() -> Need:
    """Count what lies under which key, changing nothing and opening nothing."""
    found = Need(wrapped=wrapped_by_ring())
    for model, sealed in sealed_fields():
        for one in sealed:
            _count(found, model._meta.db_table, str(one.column))
    return found


def wrapped_by_ring() -> Counter[str]:
    """Return ring key → how many place keys lie under it."""
    rows = PlaceKey.objects.filter(erased_at=None).values_list("ring_id").annotate(number=models.Count("id"))
    return Counter(dict(rows.order_by()))


def _count(found: Need, table: str, column: str) -> None:
    for start, number in _starts(table, column, 1 + crypto.KEY_ID_BYTES, crypto.PLACE_VERSION):
        found.of_places[UUID(bytes=start[1:])] += number
    for start, number in _starts(table, column, 2, b""):
        if start[:1] == crypto.VERSION and len(start) == 2:
            for longer, times in _starts(table, column, 2 + start[1], start):
                found.texts[longer[2:].decode("ascii", "replace")] += times
        elif start and start[:1] != crypto.PLACE_VERSION:
            found.unknown += number


def _starts(table: str, column: str, length: int, begins: bytes) -> list[tuple[bytes, int]]:
    """Return (first bytes, number of rows) of the texts that begin so."""
    name, binary = connection.ops.quote_name, connection.Database.Binary  # type: ignore[attr-defined]
    # Names of our own tables and columns, quoted by the framework; values go as parameters.
    statement = (
        f"SELECT substr({name(column)}, 1, %s), count(*) FROM {name(table)} "  # noqa: S608
        f"WHERE substr({name(column)}, 1, %s) = %s GROUP BY 1"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [length, len(begins), binary(begins)])
        return [(bytes(start), number) for start, number in cursor.fetchall() if start is not None]


def missing_line(missing: Iterable[str]) -> str:
    """Return one Dutch line that names the ring keys which texts still need, or an empty text."""
    names = ", ".join(missing)
    return f"NAAST_KEYRING mist {names}: er zijn teksten die deze sleutel nog nodig hebben." if names else ""


def quick_warning() -> str:
    """Return that line from the small table of place keys alone, for the start; `naast check` looks at every text."""
    return missing_line(sorted(set(wrapped_by_ring()) - set(settings.NAAST_KEYRING)))
