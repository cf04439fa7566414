"""The report: every process writes its part, the first one puts them together in var/reports/matrix.csv and .html.

A part stands in a folder of its own per run, so that two runs at once do not mix. Only a run that asked every address
writes the report; one of a few addresses leaves the last whole one alone.
"""

from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import UTC, datetime
from html import escape
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[3]
REPORTS = ROOT / "var" / "reports"
COLUMNS = ("address", "action", "role", "scope", "record", "expected", "got", "by_get", "by_post")
PARTS = pytest.StashKey[Path]()
_MINE = os.environ.get("NAAST_MATRIX_PARTS", "")
_folder = Path(_MINE) if _MINE else None

NAMES = {
    "served": "mag, en kreeg de pagina",
    "refused": "mag niet, en werd geweigerd",
    "hidden": "mag niet, en kreeg ‘bestaat niet’",
    "sign-in": "moet eerst inloggen",
    "open": "open voor iedereen",
    "mixed": "niet zoals het beleid zegt",
}


def keep(rows: Iterable[Iterable[str]]) -> None:
    """Write these rows to the part of this process."""
    if _folder is None:
        return
    with (_folder / f"{os.getpid()}.jsonl").open("a", encoding="utf-8") as part:
        for row in rows:
            part.write(json.dumps(list(row), ensure_ascii=False) + "\n")


def read(folder: Path) -> list[list[str]]:
    """Return the rows of all parts, sorted."""
    rows = []
    for part in folder.glob("*.jsonl"):
        rows += [json.loads(line) for line in part.read_text(encoding="utf-8").splitlines()]
    return sorted(rows)


def commit() -> str:
    """Return the short name of the commit, with a plus where files were changed since; '' outside git."""
    try:
        said = [["rev-parse", "--short", "HEAD"], ["status", "--porcelain", "--untracked-files=no"]]
        name, changed = (
            subprocess.run(["git", *what], cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip()
            for what in said
        )
    except (OSError, subprocess.CalledProcessError):
        return ""
    return name + ("+" if changed else "")


def write(rows: list[list[str]], folder: Path = REPORTS) -> None:
    """Write both forms of the report."""
    folder.mkdir(parents=True, exist_ok=True)
    moment, version = datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"), commit()
    fresh = folder / f"matrix.{os.getpid()}"
    with fresh.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow([*COLUMNS, "date", "commit"])
        out.writerows([*row, moment, version] for row in rows)
    fresh.replace(folder / "matrix.csv")
    fresh.write_text(page(rows, moment, version), encoding="utf-8")
    fresh.replace(folder / "matrix.html")


def page(rows: list[list[str]], moment: str, version: str) -> str:
    """Return the report as a page that a privacy officer reads: counts, what is wrong first, then each address."""
    counts = Counter(row[6] for row in rows)
    wrong = [row for row in rows if (row[5], row[6]) not in AS_SAID]
    by_address: dict[tuple[str, str], list[list[str]]] = defaultdict(list)
    for row in rows:
        by_address[row[0], row[1]].append(row)
    parts = [
        "<!doctype html><html lang='nl'><meta charset='utf-8'><title>Wie komt waarbij</title><style>"
        "body{font:1rem/1.5 sans-serif;max-width:75rem;margin:2rem auto;padding:0 1rem}table{border-collapse:collapse;"
        "margin:.5rem 0}td,th{border:1px solid #aaa;padding:.2rem .5rem;text-align:left;vertical-align:top}"
        "summary{cursor:pointer}</style>",
        f"<h1>Wie komt waarbij</h1><p>Gemeten op {escape(moment)}, versie {escape(version or 'onbekend')}. "
        f"{len(by_address)} adressen, {len(rows)} keer gevraagd. Elk adres is gevraagd als iedere rol, bij de eigen plaats "
        "en bij andere. De uitkomst is vergeleken met het beleid in de software.</p>",
        "<table><tr><th>Uitkomst<th>Aantal",
        *(f"<tr><td>{escape(NAMES.get(name, name))}<td>{number}" for name, number in counts.most_common()),
        "</table>",
        f"<h2>Anders dan het beleid: {len(wrong)}</h2>",
        _table(wrong) if wrong else "<p>Geen. Iedereen kreeg wat het beleid zegt, en niets anders.</p>",
        "<h2>Per adres</h2>",
    ]
    for (address, action), found in sorted(by_address.items()):
        may = sorted({f"{row[2]} ({row[3]})" for row in found if row[6] in ("served", "open")})
        parts.append(
            f"<details><summary><code>{escape(address)}</code> · {escape(action)} · {len(may)} van {len(found)} komen binnen"
            f"</summary>{_table(found)}</details>"
        )
    return "\n".join(parts) + "</html>\n"


# What was expected, and what may come of it.
AS_SAID = {
    ("served", "served"),
    ("refused", "refused"),
    ("refused", "hidden"),
    ("refused", "sign-in"),
    ("sign-in", "sign-in"),
    ("open", "open"),
    ("hidden", "hidden"),
}


def _table(rows: list[list[str]]) -> str:
    lines = [
        f"<tr><td>{escape(row[0])}<td>{escape(row[2])}<td>{escape(row[3])}<td>{escape(row[4])}<td>"
        f"{escape(NAMES.get(row[6], row[6]))}<td>{escape(row[7])}<td>{escape(row[8])}"
        for row in rows
    ]
    return (
        "<table><tr><th>Adres<th>Rol<th>Waar<th>Gegevens<th>Uitkomst<th>lezen<th>sturen" + "".join(lines) + "</table>"
    )


# ---------- hooks of pytest ----------


class Together:
    """Gives each process the folder for its part, and puts the parts together at the end of the run."""

    @staticmethod
    def begin(config: Any) -> None:
        """In the first process: make the folder, which the others find in their environment."""
        global _folder
        if not hasattr(config, "workerinput"):
            _folder = Path(tempfile.mkdtemp(prefix="naast-matrix-"))
            os.environ["NAAST_MATRIX_PARTS"] = str(_folder)
            config.stash[PARTS] = _folder

    @staticmethod
    def end(config: Any, wanted: Iterable[str]) -> bool:
        """In the first process: write the report where every wanted address was asked; tells whether it did."""
        folder = config.stash.get(PARTS, None)
        if folder is None:
            return False
        rows = read(folder)
        shutil.rmtree(folder, ignore_errors=True)
        os.environ.pop("NAAST_MATRIX_PARTS", None)
        if not rows or set(wanted) - {row[0] for row in rows}:
            return False
        write(rows)
        return True


def pytest_configure(config: pytest.Config) -> None:
    """Begin, before the other processes do."""
    Together.begin(config)


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Put the parts together."""
    if hasattr(session.config, "workerinput"):
        return
    folder = session.config.stash.get(PARTS, None)
    if folder is None or not any(folder.glob("*.jsonl")):
        Together.end(session.config, ["none asked"])
        return
    from tests.gates.matrix.addresses import LIBRARY, PUBLIC, STAFF_OWN, operations

    asked = [*STAFF_OWN, *PUBLIC, *(one for one in LIBRARY if not one.takes_arguments), *operations()]
    Together.end(session.config, [str(one) for one in asked])
