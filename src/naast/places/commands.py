"""Commands of this room: `naast places load FILE`, `load-map FILE`, `load-centres FILE`; leaving is an alcove of its own."""

import argparse
import json
import sys
import time
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from .departure import commands as departure
from .postcodes import FileRefused, is_house_number_file, read_csv, read_geonames


def add(commands: Any) -> None:
    """Add this room's commands to `naast`."""
    places = commands.add_parser("places", help="municipalities and postcodes").add_subparsers(required=True)
    load = places.add_parser(
        "load",
        help="load postcodes: CBS's postcode-house-number file (csv or zip), a CSV (pc4,gm_code,share) or GeoNames",
        description="Loads postcodes. With CBS's file 'Buurt, wijk en gemeente voor postcode-huisnummer' (the zip as it "
        "is downloaded, or the csv in it) a postcode that lies in several municipalities is resolved by house number.",
    )
    load.add_argument("file", type=Path)
    load.add_argument("--again", action="store_true", help="load CBS's file although it is in use already")
    load.add_argument("--json", action="store_true", help="tell the outcome as JSON")
    load.set_defaults(run=run_load)
    land = places.add_parser(
        "load-map",
        help="load municipal boundaries: GeoJSON of CBS or Kadaster (RD or WGS84), or paths on a scaled grid",
        description="Loads the boundaries that maps are drawn from, simplified, in place of those loaded before.",
    )
    land.add_argument("file", type=Path)
    land.add_argument("--source", default="", help="whom to name below the map, as the licence asks")
    land.add_argument("--json", action="store_true", help="tell the outcome as JSON")
    land.set_defaults(run=run_load_map)
    centres = places.add_parser(
        "load-centres",
        help="load the middle of each four-digit postcode from GeoNames' NL.txt (postal codes, CC BY 4.0)",
    )
    centres.add_argument("file", type=Path)
    centres.add_argument("--json", action="store_true", help="tell the outcome as JSON")
    centres.set_defaults(run=run_load_centres)
    departure.add(places)


def run_load(options: argparse.Namespace) -> int:
    """Load postcodes; exit 2 when the file cannot be read, 1 when nothing in it fits."""
    return _tried(
        options,
        lambda path: _house_numbers(path, options) if is_house_number_file(path) else _four_digits(path, options),
    )


def run_load_map(options: argparse.Namespace) -> int:
    """Load boundaries; exit 2 when the file cannot be read, 1 when nothing in it fits."""
    return _tried(options, lambda path: _boundaries(path, options))


def run_load_centres(options: argparse.Namespace) -> int:
    """Load centres of postcodes; exit 2 when the file cannot be read, 1 when nothing in it fits."""
    return _tried(options, lambda path: _centres(path, options))


def _tried(options: argparse.Namespace, load: Callable[[Path], int]) -> int:
    path: Path = options.file
    if not path.is_file():
        print(f"naast: {path} is er niet.", file=sys.stderr)
        return 2
    try:
        return load(path)
    except FileRefused as refused:
        if getattr(options, "json", False):
            print(json.dumps({"error": str(refused)}, ensure_ascii=False))
        print(f"naast: {refused}", file=sys.stderr)
        return 1
    except (UnicodeDecodeError, OSError) as error:
        print(f"naast: {path.name} is niet te lezen ({type(error).__name__}).", file=sys.stderr)
        return 2


def _four_digits(path: Path, options: argparse.Namespace) -> int:
    from .actions import load_facts, load_postcodes

    load_facts()
    with path.open(encoding="utf-8") as file:
        first = file.readline()
    loaded, unknown = load_postcodes(read_csv(path) if "gm_code" in first else read_geonames(path))
    if not loaded and not unknown:
        raise FileRefused(
            f"{path.name} heeft geen regels die we kennen. Geef CBS's bestand, een CSV met de kolommen pc4, gm_code en share, "
            "of GeoNames."
        )
    if getattr(options, "json", False):
        print(json.dumps({"loaded": loaded, "skipped": unknown}))
    else:
        print(f"{loaded} postcodes geladen, {unknown} regels overgeslagen.")
    return 0 if loaded else 1


def _house_numbers(path: Path, options: argparse.Namespace) -> int:
    from .actions import load_facts
    from .loading import load_house_numbers

    load_facts()
    started = time.monotonic()
    done = load_house_numbers(path, again=getattr(options, "again", False), progress=_progress(started))
    if getattr(options, "json", False):
        print(json.dumps({**asdict(done), "seconds": round(time.monotonic() - started, 1)}, ensure_ascii=False))
        return 0
    if done.known_already:
        print("Dit bestand is al geladen. Met --again laad je het opnieuw.")
        return 0
    print(
        f"{done.lines} regels gelezen in {time.monotonic() - started:.0f} s: {done.postcodes} postcodes, waarvan "
        f"{done.split} in meer dan één gemeente ({done.rows} regels bewaard)."
    )
    if done.wrong:
        print(f"{done.wrong} regels kloppen niet en zijn overgeslagen:", *done.errors, sep="\n  ")
    if done.unknown:
        codes = ", ".join(f"{code} ({times} regels)" for code, times in list(done.unknown.items())[:10])
        print(f"Onbekende gemeenten, overgeslagen: {codes}. Klopt het jaar van het bestand?")
    return 0


def _progress(started: float) -> Callable[[float], None]:
    told = -1

    def progress(part: float) -> None:
        nonlocal told
        percent = int(part * 20) * 5
        if percent > told:
            told = percent
            print(f"{percent:3d} %  {time.monotonic() - started:.0f} s", file=sys.stderr, flush=True)

    return progress


def _boundaries(path: Path, options: argparse.Namespace) -> int:
    from .actions import load_facts
    from .map_loading import load_boundaries

    load_facts()
    started = time.monotonic()
    done = load_boundaries(path, source=options.source, progress=_progress(started))
    if options.json:
        print(json.dumps({**asdict(done), "seconds": round(time.monotonic() - started, 1)}, ensure_ascii=False))
        return 0
    print(f"Grenzen van {done.municipalities} gemeenten geladen ({done.points} punten).")
    if done.missing:
        print(f"Zonder grens, en dus zonder kaart: {', '.join(done.missing)}.")
    if done.unknown:
        print(f"Onbekende gemeenten, overgeslagen: {', '.join(done.unknown[:20])}. Klopt het jaar van het bestand?")
    if done.wrong:
        print(f"{len(done.wrong)} grenzen kloppen niet en zijn overgeslagen:", *done.wrong[:20], sep="\n  ")
    return 0


def _centres(path: Path, options: argparse.Namespace) -> int:
    from .map_loading import load_centres

    loaded, wrong = load_centres(path, progress=_progress(time.monotonic()))
    if options.json:
        print(json.dumps({"loaded": loaded, "skipped": wrong.count}))
        return 0
    print(f"Het midden van {loaded} postcodes geladen.")
    if wrong.count:
        print(f"{wrong.count} regels kloppen niet en zijn overgeslagen:", *wrong.shown, sep="\n  ")
    return 0
