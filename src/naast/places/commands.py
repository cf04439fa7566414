"""Commands of this room: `naast places load FILE`."""

import argparse
import csv
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

GEONAMES_COLUMNS = 12


def add(commands: Any) -> None:
    """Add this room's commands to `naast`."""
    places = commands.add_parser("places", help="municipalities and postcodes").add_subparsers(required=True)
    load = places.add_parser(
        "load", help="load postcodes from a CSV (pc4,gm_code,gemeente,share) or GeoNames' NL postal file"
    )
    load.add_argument("file", type=Path)
    load.set_defaults(run=run_load)


def read_csv(path: Path) -> Iterator[tuple[str, str, float]]:
    """Read the CSV form: header with pc4, gm_code and share."""
    with path.open(newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            yield row["pc4"], row["gm_code"], float(row.get("share") or 1.0)


def read_geonames(path: Path) -> Iterator[tuple[str, str, float]]:
    """Read GeoNames' NL postal file: tab-separated, postcode in column 2, municipality's code in column 7."""
    with path.open(encoding="utf-8") as file:
        for line in file:
            parts = line.rstrip("\n").split("\t")
            if len(parts) >= GEONAMES_COLUMNS and parts[0] == "NL":
                code = parts[6]
                yield parts[1][:4], code if code.startswith("GM") else f"GM{code.zfill(4)}", 1.0


def run_load(options: argparse.Namespace) -> int:
    """Load a file; exit 2 when it cannot be read, 1 when nothing in it fits."""
    from .actions import load_facts, load_postcodes

    path: Path = options.file
    if not path.is_file():
        print(f"naast: {path} is er niet.", file=sys.stderr)
        return 2
    load_facts()
    with path.open(encoding="utf-8") as file:
        first = file.readline()
    rows = read_csv(path) if "gm_code" in first else read_geonames(path)
    loaded, unknown = load_postcodes(rows)
    print(f"{loaded} postcodes geladen, {unknown} regels overgeslagen.")
    return 0 if loaded else 1
