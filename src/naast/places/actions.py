"""Writing places: the project's own table, postcodes, helplines, holidays; a place that takes part."""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, time
from pathlib import Path
from typing import Any

import yaml
from django.db import transaction

from naast.core import clock, generations, languages, live

from .hosts import host_of
from .models import Desk, Helpline, Holiday, OpeningHours, OwnHost, Place, Postcode
from .rules import RESERVED

DATA = Path(__file__).parent / "data"
COUNTRY = "nederland"
BATCH = 1_000


class NotReady(Exception):
    """A place lacks something it needs before it may be published; `missing` says what."""

    def __init__(self, missing: Sequence[str]) -> None:
        super().__init__("; ".join(missing))
        self.missing = list(missing)

    @property
    def lines(self) -> list[str]:
        """Return what is missing for somebody at a command line, each with the address where it is mended."""
        return [f"{word} → {href}" if (href := getattr(word, "href", "")) else str(word) for word in self.missing]


def load_facts() -> int:
    """Load the project's own facts: 342 municipalities, helplines, public holidays. Idempotent; returns the places."""
    with transaction.atomic():
        country, _ = Place.objects.get_or_create(slug=COUNTRY, defaults={"kind": "country", "name": "Nederland"})
        known = set(Place.objects.values_list("slug", flat=True))
        rows = list(_rows(DATA / "municipalities.csv"))
        Place.objects.bulk_create(
            Place(
                kind="municipality",
                slug=r["slug"],
                name=r["name"],
                code=r["code"],
                province=r["province"],
                parent=country,
            )
            for r in rows
            if r["slug"] not in known
        )
        for line in yaml.safe_load((DATA / "helplines.yaml").read_text()):
            Helpline.objects.update_or_create(key=line["slug"], defaults=_helpline(line))
        for row in _rows(DATA / "public_holidays.csv"):
            Holiday.objects.update_or_create(day=date.fromisoformat(row["date"]), defaults={"name": row["name"]})
        generations.bump("places")
        generations.bump()
    return len(rows)


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as file:
        yield from csv.DictReader(file)


def _helpline(line: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "name": line["name"],
        "kind": line["kind"],
        "number": line["number"] or "",
        "tel": line["tel"] or "",
        "about": line["about"],
        "about_children": line["about_children"] or "",
        "free": line["free"],
        "chat_url": line["chat"] or "",
        "url": line["url"] or "",
        "hours": line["hours"],
        "hours_note": line["hours_note"] or "",
        "audiences": line["audiences"],
        "order_adults": line["order"]["adults"],
        "order_children": line["order"]["children"],
        "source": line["source"] or "",
        "checked_on": line["checked"],
        "translations": {code: line[code] for code in languages.known() if code in line},
    }


def load_postcodes(rows: Iterable[tuple[str, str, float]]) -> tuple[int, int]:
    """Add postcodes: rows of (pc4, municipality code or slug, share). Returns (loaded, left out: unknown place).

    A postcode that comes again replaces what was known of it.
    """
    places = {
        key: pk for pk, code, slug in Place.objects.values_list("pk", "code", "slug") for key in (code, slug) if key
    }
    loaded, unknown, batch = 0, 0, []
    merged: dict[tuple[str, Any], float] = {}
    for pc4, key, share in rows:
        if key not in places or not (len(pc4) == 4 and pc4.isdigit()):
            unknown += 1
            continue
        merged[(pc4, places[key])] = max(share, merged.get((pc4, places[key]), 0.0))
    with transaction.atomic():
        codes = sorted({pc4 for pc4, _ in merged})
        for start in range(0, len(codes), BATCH // 2):
            Postcode.objects.filter(pc4__in=codes[start : start + BATCH // 2]).delete()
        for (pc4, place_id), share in merged.items():
            batch.append(Postcode(pc4=pc4, place_id=place_id, share=share))
            loaded += 1
        Postcode.objects.bulk_create(batch, batch_size=BATCH)
        generations.bump("places")
    return loaded, unknown


def own_postcodes() -> Iterator[tuple[str, str, float]]:
    """Return the demonstration municipalities' own postcodes."""
    for row in _rows(DATA / "demo_postcodes.csv"):
        yield row["pc4"], row["slug"], 1.0


def make_region(*, slug: str, name: str, members: Sequence[str]) -> Place:
    """Make (or keep) a region and put municipalities (slugs) in it. ValueError for a reserved or unknown slug."""
    if slug in RESERVED:
        raise ValueError(f"'{slug}' is a reserved word.")
    with transaction.atomic():
        country = Place.objects.get(slug=COUNTRY)
        region, _ = Place.objects.get_or_create(slug=slug, defaults={"kind": "region", "name": name, "parent": country})
        found = Place.objects.filter(slug__in=members, kind="municipality").update(parent=region)
        if found != len(members):
            raise ValueError(f"Unknown municipality among {sorted(members)}.")
        generations.bump("places")
        generations.bump()
    return region


def take_part(
    *,
    slug: str,
    theme: str = "naast",
    town_hall_url: str = "",
    town_hall_phone: str = "",
    desk: Mapping[str, Any] | None = None,
) -> Place:
    """Let a place take part, with its house style and desk (fields of `Desk` plus `hours`: rows of OpeningHours)."""
    with transaction.atomic():
        place = Place.objects.get(slug=slug)
        place.takes_part, place.theme = True, theme
        place.town_hall_url, place.town_hall_phone = town_hall_url, town_hall_phone
        place.save()
        if desk:
            values = {name: value for name, value in desk.items() if name != "hours"}
            row, _ = Desk.objects.update_or_create(place=place, defaults=values)
            row.hours.all().delete()
            OpeningHours.objects.bulk_create(
                OpeningHours(desk=row, **_stretch(stretch)) for stretch in desk.get("hours", [])
            )
        generations.bump("places")
        generations.bump()
    return place


def _stretch(raw: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "weekday": raw["weekday"],
        "opens": time.fromisoformat(raw["opens"]),
        "closes": time.fromisoformat(raw["closes"]),
        "walk_in": raw.get("walk_in", False),
    }


def answer_on(*, slug: str, host: str) -> OwnHost:
    """Let a place answer on its own host name (loading; an administrator uses naast.upkeep). ValueError for a bad name."""
    bare = host_of(host)
    with transaction.atomic():
        row, _ = OwnHost.objects.update_or_create(
            place=Place.objects.get(slug=slug), defaults={"host": bare, "live": True, "live_at": clock.now()}
        )
        generations.bump("places")
        generations.bump()
    return row


def publish(*, slug: str) -> Place:
    """Make a place public. Raises NotReady with everything that rooms still miss."""
    return publish_together(slugs=[slug])[0]


def publish_together(*, slugs: Sequence[str]) -> list[Place]:
    """Make places public, all or none; returns them. Raises NotReady with everything that rooms still miss of them."""
    with transaction.atomic():
        found = [Place.objects.get(slug=slug) for slug in slugs]
        # First look at all: a change makes every room read anew what it holds in memory.
        if missing := [word for place in found for word in live.missing(place)]:
            raise NotReady(missing)
        for place in found:
            place.live = True
            place.save(update_fields=["live"])
        generations.bump("places")
        generations.bump()
    return found
