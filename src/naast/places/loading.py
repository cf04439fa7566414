"""Writing CBS's postcode–house-number file: beside what is in use, then all at once.

Rows are written in small transactions under a load of their own, which nobody reads; the last, short transaction takes
it into use. Whatever stops the loading, readers see the load of before whole; the next start clears what was left.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Any

from django.db import transaction

from naast.core import clock, generations

from . import postcodes
from .actions import load_postcodes
from .models import HouseNumber, Place, PostcodeLoad
from .postcodes import Progress

BATCH = 2_000


@dataclass
class Loaded:
    """What a loading did."""

    lines: int = 0
    postcodes: int = 0  # four digits
    split: int = 0  # four digits that lie in several municipalities
    rows: int = 0  # full postcodes and house numbers kept for those
    wrong: int = 0
    errors: list[str] = field(default_factory=list)
    unknown: dict[str, int] = field(default_factory=dict)  # municipality codes we do not know → lines
    known_already: bool = False


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file, read in pieces."""
    digest = sha256()
    with path.open("rb") as file:
        while piece := file.read(1 << 20):
            digest.update(piece)
    return digest.hexdigest()


def load_house_numbers(path: Path, *, again: bool = False, progress: Progress = lambda part: None) -> Loaded:
    """Load the file of postcodes and house numbers. The same file twice is loaded once, unless `again`.

    Memory stays small: only postcodes whose four digits lie in several municipalities are looked at number by number.
    Raises postcodes.FileRefused before anything is written.
    """
    digest = digest_of(path)
    current = PostcodeLoad.objects.filter(current=True).first()
    if current is not None and current.digest == digest and not again:
        return Loaded(lines=current.lines, known_already=True)
    _clear()
    places = dict(Place.objects.exclude(code="").values_list("code", "pk"))
    counted = postcodes.count(path, places, lambda part: progress(part * 0.5))
    load = PostcodeLoad.objects.create(
        digest=digest, source=path.name[:80], lines=counted.wrong.lines, loaded_at=clock.now()
    )
    rows = 0
    numbers = postcodes.split_rows(path, counted, lambda part: progress(0.5 + part * 0.45))
    for batch in _pieces(numbers):
        HouseNumber.objects.bulk_create(
            HouseNumber(load=load, pc6=pc6, number=number, place_id=places[code]) for pc6, number, code in batch
        )
        rows += len(batch)
    with transaction.atomic():
        load_postcodes(
            (pc4, code, times / found.total()) for pc4, found in counted.shares.items() for code, times in found.items()
        )
        PostcodeLoad.objects.filter(current=True).update(current=False)
        PostcodeLoad.objects.filter(pk=load.pk).update(current=True)
        generations.bump("places")
    _clear()
    progress(1.0)
    return Loaded(
        lines=counted.wrong.lines,
        postcodes=len(counted.shares),
        split=len(counted.split),
        rows=rows,
        wrong=counted.wrong.count,
        errors=counted.wrong.shown,
        unknown=dict(counted.unknown.most_common()),
    )


def _pieces(rows: Iterable[Any]) -> Iterator[list[Any]]:
    left = iter(rows)
    while piece := list(islice(left, BATCH)):
        yield piece


def _clear() -> None:
    """Delete loads that are not in use, in pieces, so that nothing holds the write lock for long."""
    for load in PostcodeLoad.objects.filter(current=False):
        while ids := list(HouseNumber.objects.filter(load=load).values_list("pk", flat=True)[:BATCH]):
            HouseNumber.objects.filter(pk__in=ids).delete()
        load.delete()
