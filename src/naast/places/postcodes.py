"""Reading the files of postcodes, line by line: the project's own CSV, GeoNames, and CBS's postcode–house-number file.

The CBS file ("Buurt, wijk en gemeente voor postcode-huisnummer", yearly, CC BY 4.0) has about eight million lines
`PC6;Huisnummer;Buurt2025;Wijk2025;Gemeente2025`; its zip holds lists of names beside it. It is read twice and never held:
once to count addresses per four digits and municipality, once to look closer at the four digits that lie in several.
"""

import csv
import io
import re
import zipfile
from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

GEONAMES_COLUMNS = 12
SHOWN_ERRORS = 20
MOST_WRONG = 0.01  # part of the lines that may be wrong before the file is refused
EVERY = 250_000  # lines between two signs of progress
_PC6 = re.compile(r"^[1-9]\d{3} ?[A-Z]{2}$")
Progress = Callable[[float], None]  # gets the part that is done, 0–1


class FileRefused(ValueError):
    """A file that cannot be used; the message says why, in Dutch, with the number of the line where there is one."""


@dataclass
class Wrong:
    """Lines that could not be used: the first ones in words, and how many there were."""

    shown: list[str] = field(default_factory=list)
    count: int = 0
    lines: int = 0

    def note(self, number: int, words: str) -> None:
        """Keep one; the line's number counts from 1, the header included."""
        self.count += 1
        if len(self.shown) < SHOWN_ERRORS:
            self.shown.append(f"regel {number}: {words}")


@dataclass(frozen=True)
class Columns:
    """Where the postcode, the house number and the municipality stand in a line, and what parts them."""

    mark: str
    pc6: int
    number: int
    place: int


def columns_of(header: str) -> Columns | None:
    """Return the columns of a postcode–house-number file by its header, or None when it is another file."""
    mark = ";" if header.count(";") >= header.count(",") else ","
    names = [name.strip().strip('"').lower() for name in header.lstrip("\ufeff").split(mark)]
    pc6 = next((at for at, name in enumerate(names) if name in ("pc6", "postcode", "postcode6")), None)
    number = next((at for at, name in enumerate(names) if name.startswith(("huisnummer", "huisnr", "hnr"))), None)
    place = next(
        (at for at, name in enumerate(names) if re.match(r"(gemeente|gem|gm)(_?code)?_?(\d{4})?$", name)), None
    )
    if pc6 is None or number is None or place is None:
        return None
    return Columns(mark, pc6, number, place)


def code_of(text: str) -> str:
    """Return a municipality's code as CBS writes it in words: '153', '0153' and 'GM0153' are GM0153."""
    bare = text.strip().strip('"').upper().removeprefix("GM")
    return f"GM{bare.zfill(4)}" if bare.isdigit() else text.strip()


@contextmanager
def opened(path: Path) -> Iterator[tuple[IO[str], Callable[[], float]]]:
    """Open a CSV, or the right file in a zip; gives the text and how far it was read. Raises FileRefused."""
    if not zipfile.is_zipfile(path):
        size = max(1, path.stat().st_size)
        with path.open("rb") as raw:
            yield io.TextIOWrapper(raw, encoding="utf-8-sig", newline=""), lambda: raw.tell() / size
        return
    with zipfile.ZipFile(path) as packed:
        info = _in_zip(packed)
        with packed.open(info) as inner:
            yield (
                io.TextIOWrapper(inner, encoding="utf-8-sig", newline=""),
                lambda: inner.tell() / max(1, info.file_size),
            )


def _in_zip(packed: zipfile.ZipFile) -> zipfile.ZipInfo:
    names = []
    for info in packed.infolist():
        if info.filename.lower().endswith((".csv", ".txt")):
            names.append(info.filename)
            with packed.open(info) as inner:
                if columns_of(inner.readline(2_000).decode("utf-8", "replace")):
                    return info
    raise FileRefused(
        "In deze zip zit geen bestand met PC6, Huisnummer en Gemeente."
        + (f" Wel: {', '.join(names[:5])}." if names else " Er zit geen csv in.")
    )


def is_house_number_file(path: Path) -> bool:
    """Tell whether this is CBS's file (or a zip, which no other kind comes in)."""
    if zipfile.is_zipfile(path):
        return True
    with path.open(encoding="utf-8", errors="replace") as file:
        return columns_of(file.readline(2_000)) is not None


def read_lines(path: Path, wrong: Wrong, progress: Progress) -> Iterator[tuple[str, int, str]]:
    """Yield (full postcode, house number, municipality's code) of each good line. Raises FileRefused."""
    with opened(path) as (file, part):
        header = file.readline()
        columns = columns_of(header)
        if columns is None:
            raise FileRefused("regel 1: de kop mist PC6, Huisnummer of Gemeente.")
        least = max(columns.pc6, columns.number, columns.place) + 1
        for number, line in enumerate(file, start=2):
            wrong.lines += 1
            cells = line.rstrip("\r\n").split(columns.mark)
            if len(cells) < least:
                if line.strip():
                    wrong.note(number, f"{len(cells)} velden in plaats van {least}.")
                continue
            pc6 = cells[columns.pc6].strip().strip('"').upper()
            house = cells[columns.number].strip().strip('"')
            if not _PC6.match(pc6):
                wrong.note(number, f"‘{pc6[:20]}’ is geen postcode.")
            elif not (house.isascii() and house.isdigit() and len(house) <= 6):
                wrong.note(number, f"‘{house[:20]}’ is geen huisnummer.")
            else:
                yield pc6.replace(" ", ""), int(house), code_of(cells[columns.place])
            if number % EVERY == 0:
                progress(part())
        progress(1.0)


@dataclass
class Counted:
    """The first reading: addresses per (four digits, municipality), unknown codes, and lines that were wrong."""

    shares: dict[str, Counter[str]]
    unknown: Counter[str]
    wrong: Wrong

    @property
    def split(self) -> set[str]:
        """Return the four digits that lie in several municipalities."""
        return {pc4 for pc4, places in self.shares.items() if len(places) > 1}


def count(path: Path, known: Iterable[str], progress: Progress) -> Counted:
    """Read a file once and count. Raises FileRefused for a file of another kind, or with too many wrong lines."""
    codes, wrong = frozenset(known), Wrong()
    shares: dict[str, Counter[str]] = {}
    unknown: Counter[str] = Counter()
    for pc6, _number, code in read_lines(path, wrong, progress):
        if code in codes:
            shares.setdefault(pc6[:4], Counter())[code] += 1
        else:
            unknown[code] += 1
    if wrong.count > max(10, MOST_WRONG * wrong.lines):
        raise FileRefused(
            f"{wrong.count} van de {wrong.lines} regels kloppen niet. Er is niets geladen.\n" + "\n".join(wrong.shown)
        )
    if not shares:
        raise FileRefused("Geen enkele regel noemt een gemeente die Naast kent. Er is niets geladen.")
    return Counted(shares, unknown, wrong)


def split_rows(path: Path, counted: Counted, progress: Progress) -> Iterator[tuple[str, int | None, str]]:
    """Read again; yield (full postcode, None or house number, code) for the four digits that lie in several places.

    A full postcode within one municipality gives one row without a number; a split one gives a row for each number. A
    number that stands in both (a border through a street) is given to the one with more addresses there.
    """
    split = counted.split
    seen: dict[str, dict[str, array[int]]] = {}
    for pc6, number, code in read_lines(path, Wrong(), progress):
        if pc6[:4] in split and code in counted.shares[pc6[:4]]:
            seen.setdefault(pc6, {}).setdefault(code, array("L")).append(number)
    for pc6, places in seen.items():
        if len(places) == 1:
            yield pc6, None, next(iter(places))
            continue
        best: dict[int, tuple[int, str]] = {}
        for code, numbers in sorted(places.items()):
            for number, times in Counter(numbers).items():
                best[number] = max(best.get(number, (0, "")), (times, code))
        for number, (_times, code) in sorted(best.items()):
            yield pc6, number, code


def read_csv(path: Path) -> Iterator[tuple[str, str, float]]:
    """Read the project's own form: header with pc4, gm_code and share. Raises FileRefused with the line's number."""
    with path.open(newline="", encoding="utf-8-sig") as file:
        for number, row in enumerate(csv.DictReader(file), start=2):
            try:
                yield row["pc4"], row["gm_code"], float(row.get("share") or 1.0)
            except (KeyError, ValueError, TypeError) as error:
                raise FileRefused(f"regel {number}: verwacht pc4, gm_code en share (een getal van 0 tot 1).") from error


def read_geonames(path: Path) -> Iterator[tuple[str, str, float]]:
    """Read GeoNames' NL postal file: tab-separated, postcode in column 2, municipality's code in column 7."""
    with path.open(encoding="utf-8") as file:
        for line in file:
            parts = line.rstrip("\n").split("\t")
            if len(parts) >= GEONAMES_COLUMNS and parts[0] == "NL":
                yield parts[1][:4], code_of(parts[6]), 1.0
