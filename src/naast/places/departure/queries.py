"""What leaving would do, and what stands in its way. Changes nothing."""

from dataclasses import dataclass
from typing import Any

from django.apps import apps

from naast.core.models import PlaceLeaving
from naast.core.retention import queries as retention
from naast.places.models import Place

from .export import rows_of
from .table import PARTS, Part


@dataclass(frozen=True)
class Line:
    """One kind of record with how many rows of it there are."""

    part: Part
    number: int


@dataclass(frozen=True)
class Plan:
    """What will happen to a place's records, and why it may not happen now (Dutch sentences; empty when it may)."""

    place: Place
    lines: tuple[Line, ...]
    hindrances: tuple[str, ...]
    warnings: tuple[str, ...]


def unfinished(place: Place) -> PlaceLeaving | None:
    """Return the leaving of a place that was begun and not finished."""
    return PlaceLeaving.objects.filter(place_id=place.pk, finished_at=None).first()


def plan(place: Place) -> Plan:
    """Return what leaving would do to this place today."""
    lines = tuple(Line(part, rows_of(part, place).count()) for part in PARTS)
    return Plan(place, lines, tuple(_hindrances(place)), tuple(_warnings(place)))


def _questions() -> Any:
    model: Any = apps.get_model("contact.Question")
    return model.objects


def _hindrances(place: Place) -> list[str]:
    found = []
    if place.kind != "municipality":
        found.append("Alleen een gemeente kan vertrekken. Een regio verandert als haar gemeenten vertrekken.")
    for hold in retention.in_force().filter(place=place.slug):
        name = next((part.name.lower() for part in PARTS if part.model == hold.kind), hold.kind)
        what = f" voor {name}" if name else ""
        found.append(f"Er geldt een bewaarplicht{what} tot en met {hold.ends:%d-%m-%Y}. Hef die eerst op.")
    foreign = _questions().filter(desk_id=place.pk).exclude(place_id=place.pk).still_open().count()
    if foreign:
        found.append(f"Bij dit loket liggen nog {foreign} open vragen van andere gemeenten. Draag ze eerst over.")
    if not place.takes_part and unfinished(place) is None:
        found.append(f"{place.name} doet niet mee met Naast.")
    return found


def _warnings(place: Place) -> list[str]:
    found = []
    waiting = _questions().filter(place_id=place.pk).still_open().count()
    if waiting:
        found.append(f"{waiting} vragen zijn nog niet beantwoord. De vragers krijgen hier geen antwoord meer.")
    lockers: Any = apps.get_model("lockers.Locker")
    mailed = lockers.objects.filter(place_id=place.pk).exclude(email_index="").count()
    if mailed:
        found.append(f"{mailed} bewoners lieten een e-mailadres achter. Kondig het vertrek minstens vier weken aan.")
    found.append("Kopieën van vóór vandaag bevatten de sleutel nog. Ze bestaan hoogstens 35 dagen.")
    return found
