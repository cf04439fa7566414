"""
Make the project's own table of centres of the demonstration's postcodes from GeoNames' file of Dutch postal codes.

    python tools/centres.py NL.txt

GeoNames gives its postal codes under CC BY 4.0 (https://download.geonames.org/export/zip/). Only the postcodes of
`demo_postcodes.csv` are taken, as four digits, latitude and longitude; several lines for one postcode become their mean.
Needs only the standard library.
"""

from __future__ import annotations

import argparse
import csv
from pathlib import Path

TABLES = Path(__file__).resolve().parent.parent / "src" / "naast" / "places" / "data"
HEADER = (
    "# Centres of four-digit postcodes: GeoNames postal codes (www.geonames.org), CC BY 4.0\n"
    "# (https://creativecommons.org/licenses/by/4.0/). Changed: only these postcodes, means of several lines, four decimals.\n"
    "# Made by tools/centres.py; docs/decisions/0021-own-map.md says from which copy.\n"
    "pc4,latitude,longitude\n"
)


def centres(source: Path, wanted: set[str]) -> dict[str, tuple[float, float]]:
    """Return latitude and longitude by postcode, for the postcodes that are wanted."""
    found: dict[str, list[tuple[float, float]]] = {}
    for line in source.read_text(encoding="utf-8").splitlines():
        cells = line.split("\t")
        if len(cells) >= 11 and cells[0] == "NL" and cells[1] in wanted:
            found.setdefault(cells[1], []).append((float(cells[9]), float(cells[10])))
    return {
        pc4: (sum(lat for lat, _ in some) / len(some), sum(lon for _, lon in some) / len(some))
        for pc4, some in found.items()
    }


def main() -> None:
    """Write the table and tell which postcodes the file does not have."""
    parser = argparse.ArgumentParser(description=__doc__.strip().splitlines()[0])
    parser.add_argument("source", type=Path, help="GeoNames' NL.txt")
    options = parser.parse_args()
    with (TABLES / "demo_postcodes.csv").open(encoding="utf-8", newline="") as file:
        wanted = {row["pc4"] for row in csv.DictReader(file)}
    found = centres(options.source, wanted)
    lines = [f"{pc4},{latitude:.4f},{longitude:.4f}\n" for pc4, (latitude, longitude) in sorted(found.items())]
    (TABLES / "demo_centres.csv").write_text(HEADER + "".join(lines), encoding="utf-8")
    print(f"{len(found)} postcodes; missing: {', '.join(sorted(wanted - set(found))) or 'none'}")


if __name__ == "__main__":
    main()
