"""
Make the project's own tables of places from open data: municipalities, demonstration postcodes and public holidays.

Run it when the classification of municipalities changes (each 1 January) or when further years of holidays are needed:

    python tools/places_tables.py ../shared/data

It writes three files in `src/naast/places/data/`. Names, codes, dates and "this postcode lies in that municipality" are
facts; nothing else of the sources is taken over. Needs only the standard library. The gate
`tests/gates/test_municipalities.py` compares the first table with its source.
"""

from __future__ import annotations

import argparse
import csv
import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path

TABLES = Path(__file__).resolve().parent.parent / "src" / "naast" / "places" / "data"

TWENTE = (
    "Almelo",
    "Borne",
    "Dinkelland",
    "Enschede",
    "Haaksbergen",
    "Hellendoorn",
    "Hengelo",
    "Hof van Twente",
    "Losser",
    "Oldenzaal",
    "Rijssen-Holten",
    "Tubbergen",
    "Twenterand",
    "Wierden",
)
OTHERS = ("Dordrecht", "Zwijndrecht", "Papendrecht", "Houten", "Zwolle", "Heerenveen")

HOLIDAY_YEARS = range(2026, 2031)


def slug(name: str) -> str:
    """The address of a municipality: lower-case ascii with hyphens, without apostrophes, dots and brackets."""
    bare = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", re.sub(r"['().]", "", bare.lower())).strip("-")


def municipalities(source: Path) -> list[tuple[str, str, str, str]]:
    """Rows of (name, slug, CBS code, province) sorted by name; raises ValueError when two share a slug."""
    with source.open(encoding="utf-8", newline="") as file:
        rows = [(row["name"], slug(row["name"]), row["gm_code"], row["province"]) for row in csv.DictReader(file)]
    slugs = [row[1] for row in rows]
    if twice := {one for one in slugs if slugs.count(one) > 1}:
        raise ValueError(f"two municipalities share the address {sorted(twice)}")
    return sorted(rows, key=lambda row: row[1])


def demo_postcodes(source: Path, known: Iterable[tuple[str, str, str, str]]) -> list[tuple[str, str]]:
    """
    Rows of (four digits, slug) for the demonstration's municipalities.

    A postcode that a neighbour shares keeps the neighbour's row too: only then is its reader asked where they live.
    """
    slug_of = {code: address for _, address, code, _ in known}
    ours = {slug(name) for name in (*TWENTE, *OTHERS)}
    with source.open(encoding="utf-8", newline="") as file:
        pairs = [(row["pc4"], slug_of[row["gm_code"]]) for row in csv.DictReader(file)]
    wanted = {pc4 for pc4, address in pairs if address in ours}
    return sorted({pair for pair in pairs if pair[0] in wanted})


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (the anonymous algorithm of 1876)."""
    golden, century, in_century = year % 19, year // 100, year % 100
    moon = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    week = (32 + 2 * (century % 4) + 2 * (in_century // 4) - moon - in_century % 4) % 7
    late = (golden + 11 * moon + 22 * week) // 451
    month, day = divmod(moon + week - 7 * late + 114, 31)
    return date(year, month, day + 1)


def holidays(year: int) -> Iterator[tuple[date, str]]:
    """
    The days that the Algemene termijnenwet (article 3) treats as holidays, and the two feasts on a Sunday.

    Good Friday and 5 May are in that law each year, so a promised answer time never counts them as working days.
    """
    sunday = easter(year)
    kings_day = date(year, 4, 27)
    yield date(year, 1, 1), "Nieuwjaarsdag"
    yield sunday - timedelta(days=2), "Goede Vrijdag"
    yield sunday, "Eerste paasdag"
    yield sunday + timedelta(days=1), "Tweede paasdag"
    yield (kings_day if kings_day.isoweekday() != 7 else date(year, 4, 26)), "Koningsdag"
    yield date(year, 5, 5), "Bevrijdingsdag"
    yield sunday + timedelta(days=39), "Hemelvaartsdag"
    yield sunday + timedelta(days=49), "Eerste pinksterdag"
    yield sunday + timedelta(days=50), "Tweede pinksterdag"
    yield date(year, 12, 25), "Eerste kerstdag"
    yield date(year, 12, 26), "Tweede kerstdag"


def write(name: str, header: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> None:
    """Write one table with Unix line ends."""
    with (TABLES / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def main() -> int:
    """Make all three tables; exit status 2 when the source folder is not there."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("data", type=Path, help="folder with gemeenten.csv and pc4_gemeente.csv")
    data: Path = parser.parse_args().data
    if not (data / "gemeenten.csv").exists():
        print(f"no gemeenten.csv in {data}", file=sys.stderr)
        return 2
    known = municipalities(data / "gemeenten.csv")
    write("municipalities.csv", ("name", "slug", "code", "province"), known)
    write("demo_postcodes.csv", ("pc4", "slug"), demo_postcodes(data / "pc4_gemeente.csv", known))
    days = sorted(day for year in HOLIDAY_YEARS for day in holidays(year))
    write("public_holidays.csv", ("date", "name"), [(day.isoformat(), name) for day, name in days])
    return 0


if __name__ == "__main__":
    sys.exit(main())
