"""Snapshot: what searching needs of all offers, held in memory by generation as sets of bits.

Purpose: filters, counts and nearness cost no query. A bit is an offer's place in the snapshot. Another process sees a change
within a second (core.generations). The texts stay in the database; only the page that is shown is read from there.
"""

import threading
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import compress, count
from typing import Any
from uuid import UUID

from naast.core import clock, generations
from naast.directory.models import Offer, OfferArea, State
from naast.directory.search import index, ranking
from naast.directory.search.analyser import Analyser
from naast.directory.search.filters import AGE_BANDS, FACETS, UNKNOWN, Span, ages_meant, overlaps, span_of, waiting_band
from naast.directory.wording.language import analyser as question_analyser
from naast.places.rules import AUDIENCES, PHASES

ONE = ord("1")
_AS_NUMBERS = bytes.maketrans(b"01", b"\x00\x01")


def bits(positions: Iterable[int], size: int) -> int:
    """A set of positions as one number."""
    row = bytearray(b"0" * (size + 1))
    for position in positions:
        row[~position] = ONE
    return int(row, 2)


def positions(mask: int) -> list[int]:
    """The positions in a set of bits, in order."""
    return list(compress(count(), bin(mask)[:1:-1].encode().translate(_AS_NUMBERS)))


@dataclass(frozen=True)
class Classes:
    """What a property can be, and which of these each offer has, by position: a factor is computed once a kind."""

    kinds: list[Any]
    of: list[int]

    @cached_property
    def masks(self) -> list[int]:
        """For each kind the mask of offers that have it."""
        where: list[list[int]] = [[] for _ in self.kinds]
        for position, kind in enumerate(self.of):
            where[kind].append(position)
        return [bits(some, len(self.of)) for some in where]


def classes(values: Sequence[Any]) -> Classes:
    """Number the distinct values."""
    numbers = {value: number for number, value in enumerate(dict.fromkeys(values))}
    return Classes(list(numbers), [numbers[value] for value in values])


@dataclass(frozen=True)
class Snapshot:
    """All indexed offers at one generation. Lists are by position; masks are sets of positions as bits."""

    generation: tuple[int, int]
    day: date  # a waiting time is trusted by the day
    analyser: Analyser
    ids: list[UUID]
    slugs: list[str]
    names: list[str]
    organisations: list[str]  # the name of who gives it
    audiences: Classes
    phases: Classes
    ages: Classes
    forms: Classes
    fresh: Classes  # (the day on which somebody last saw that it is true, the day on which somebody must look again)
    subjects: list[frozenset[str]]
    tie: list[int]  # order among equals: who was checked first, then the id, so never the alphabet
    by_number: dict[int, int]
    by_slug: dict[str, int]
    facets: dict[str, dict[str, int]]
    spans: dict[Span, int]  # by the ages that are meant
    areas: dict[str, int]
    helplines: int
    emergency: int  # lines that stand lower while no danger was said
    safety: int  # help that follows the helplines where violence was said
    young: int  # what is there for children and young people themselves
    desks: int  # desks that give advice on everything

    @property
    def everything(self) -> int:
        """The mask of all offers."""
        return (1 << len(self.ids)) - 1

    def any_of(self, facet: str, codes: Collection[str]) -> int:
        """The mask of offers with any of these codes; no code asked = all offers."""
        if not codes:
            return self.everything
        mask = 0
        for code in codes:
            mask |= self.having(facet, code)
        return mask

    def having(self, facet: str, code: str) -> int:
        """The mask of offers with one code; an age is asked of the ages that are meant."""
        if facet != "age" or code in AGE_BANDS:
            return self.facets[facet].get(code, 0)
        asked = span_of(code)
        mask = 0
        for span, some in self.spans.items():
            if asked is not None and overlaps(span, asked):
                mask |= some
        return mask


_held: Snapshot | None = None
_lock = threading.Lock()


def forget() -> None:
    """Forget what memory holds (tests)."""
    global _held
    _held = None


def current() -> Snapshot:
    """The snapshot as it is now; read again only when an offer changed."""
    global _held
    generation = generations.seen(index.KEY)
    held = _held
    today = clock.today()
    if held is not None and (held.generation, held.day) == (generation, today) and not generations.in_doubt():
        return held
    with _lock:
        fresh = _read(generation, today)
        _held = fresh
    return fresh


def _ties(rows: Sequence[Mapping[str, Any]]) -> list[int]:
    order = sorted(range(len(rows)), key=lambda position: (rows[position]["checked_on"] is None, rows[position]["pk"]))
    tie = [0] * len(rows)
    for rank, position in enumerate(order):
        tie[position] = rank
    return tie


_FIELDS = (
    "pk", "slug", "name", "organisation__name", "audiences", "phases", "forms", "costs", "payers", "languages", "referral",
    "special_groups", "subjects", "age_min", "age_max", "checked_on", "next_check", "waiting_max", "waiting_on",
    "is_helpline", "indexed__number",
)  # fmt: skip


def _codes(row: Mapping[str, Any], today: date) -> dict[str, Collection[str]]:
    """The codes of an offer by facet; what nobody named is every phase, Dutch, and unknown who pays."""
    return {
        "audience": row["audiences"] or AUDIENCES,
        "phase": row["phases"] or PHASES,
        "form": row["forms"],
        "costs": [row["costs"]],
        "payer": row["payers"] or [UNKNOWN],
        "language": row["languages"] or ["nl"],
        "referral": [row["referral"]],
        "waiting": [waiting_band(row["waiting_max"], row["waiting_on"], today)],
        "group": row["special_groups"],
    }


def _mask_by(rows: Sequence[Mapping[str, Any]], told: Callable[..., bool]) -> int:
    """The mask of offers of which a rule about subjects and helplines holds."""
    found = [place for place, row in enumerate(rows) if told(row["subjects"], is_helpline=row["is_helpline"])]
    return bits(found, len(rows))


def _read(generation: tuple[int, int], today: date) -> Snapshot:
    """Read everything that readers may find: open, and of an organisation that exists."""
    found = Offer.objects.filter(indexed__isnull=False, state=State.OPEN, organisation__ended=False)
    rows = list(found.order_by("indexed__number").values(*_FIELDS))
    size = len(rows)
    having: dict[str, dict[str, list[int]]] = {facet: {} for facet in FACETS}
    spans: dict[Span, list[int]] = {}
    for position, row in enumerate(rows):
        for facet, some in _codes(row, today).items():
            for code in some:
                having[facet].setdefault(code, []).append(position)
        spans.setdefault(ages_meant(row["audiences"], row["age_min"], row["age_max"]), []).append(position)
    masks = {facet: {code: bits(where, size) for code, where in codes.items()} for facet, codes in having.items()}
    by_span = {span: bits(where, size) for span, where in spans.items()}
    for code, band in AGE_BANDS.items():
        masks["age"][code] = 0
        for span, mask in by_span.items():
            masks["age"][code] |= mask if overlaps(span, band) else 0
    by_id = {row["pk"]: position for position, row in enumerate(rows)}
    serving: dict[str, list[int]] = {}
    for offer_id, slug in OfferArea.objects.values_list("offer_id", "place__slug"):
        if offer_id in by_id:
            serving.setdefault(slug, []).append(by_id[offer_id])
    return Snapshot(
        generation=generation,
        day=today,
        analyser=question_analyser(),
        ids=[row["pk"] for row in rows],
        slugs=[row["slug"] for row in rows],
        names=[row["name"] for row in rows],
        organisations=[row["organisation__name"] for row in rows],
        audiences=classes([frozenset(row["audiences"]) for row in rows]),
        phases=classes([frozenset(row["phases"]) for row in rows]),
        ages=classes([(row["age_min"], row["age_max"]) for row in rows]),
        forms=classes([frozenset(row["forms"]) for row in rows]),
        fresh=classes([(row["checked_on"], row["next_check"]) for row in rows]),
        subjects=[frozenset(row["subjects"]) for row in rows],
        tie=_ties(rows),
        by_number={row["indexed__number"]: position for position, row in enumerate(rows)},
        by_slug={row["slug"]: position for position, row in enumerate(rows)},
        facets=masks,
        spans=by_span,
        areas={slug: bits(where, size) for slug, where in serving.items()},
        helplines=bits([position for position, row in enumerate(rows) if row["is_helpline"]], size),
        emergency=_mask_by(rows, ranking.for_emergencies),
        safety=_mask_by(rows, ranking.for_safety),
        young=bits(
            [place for place, row in enumerate(rows) if ranking.is_for_the_young(row["subjects"], row["audiences"])],
            size,
        ),
        desks=_mask_by(rows, ranking.is_desk),
    )
