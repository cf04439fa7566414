"""`naast places leave SLUG` and `naast places open-archive FILE`."""

import argparse
import getpass
import json
import sys
import time
from pathlib import Path
from typing import Any

SETTLE = 2.0  # seconds: longer than any process trusts what it held of the place in memory


def add(places: Any) -> None:
    """Add these commands to `naast places`."""
    leave = places.add_parser(
        "leave",
        help="let a municipality leave: one sealed archive, then its key is erased",
        description="Shuts the municipality's pages, writes what is theirs into a sealed archive, reads that back, and "
        "erases their key and their records. Killed halfway, the same command goes on where it was.",
    )
    leave.add_argument("slug")
    leave.add_argument("--to", type=Path, metavar="FILE", help="the archive (default: naast-SLUG-DATE.archive, here)")
    leave.add_argument("--dry-run", action="store_true", help="only show what would happen")
    leave.add_argument("--yes", action="store_true", help="do not ask to type the slug")
    leave.add_argument("--json", action="store_true", help="tell the outcome as JSON, the passphrase included")
    leave.set_defaults(run=run_leave)
    opening = places.add_parser("open-archive", help="open the archive of a municipality that left, as a zip")
    opening.add_argument("file", type=Path)
    opening.add_argument("--to", type=Path, metavar="ZIP", required=True)
    opening.set_defaults(run=run_open)


def run_leave(options: argparse.Namespace) -> int:
    """Let a place leave. Exit 2: no such place, or not confirmed; 1: refused, or the archive is not whole."""
    from naast.core import clock
    from naast.places.models import Place

    from . import actions, queries

    place = Place.objects.filter(slug=options.slug).first()
    if place is None:
        print(f"naast: er is geen plaats {options.slug}.", file=sys.stderr)
        return 2
    plan = queries.plan(place)
    if options.dry_run or not options.json:
        _show(plan, as_json=options.json)
    if options.dry_run:
        return 1 if plan.hindrances else 0
    if plan.hindrances:
        print("naast: nu niet. " + " ".join(plan.hindrances), file=sys.stderr)
        return 1
    if not options.yes and input(f"Typ {place.slug} om door te gaan: ").strip() != place.slug:
        print("naast: niets gedaan.", file=sys.stderr)
        return 2
    target: Path = options.to or Path(f"naast-{place.slug}-{clock.today().isoformat()}.archive")
    try:
        leaving = actions.begin(place)
        passphrase = ""
        if leaving.exported_at is None:
            if target.exists():
                print(f"naast: {target} is er al. Kies met --to een andere naam.", file=sys.stderr)
                return 2
            already = leaving.closed_at is not None
            actions.close(leaving)
            if not already:
                time.sleep(SETTLE)
            passphrase = _export(leaving, target, as_json=options.json)
        actions.erase_keys(leaving)
        actions.remove(leaving, tell=_tell)
        actions.finish(leaving)
    except actions.Refused as refused:
        print(f"naast: nu niet. {refused}", file=sys.stderr)
        return 1
    except (actions.NotWhole, OSError) as error:
        print(f"naast: het archief is niet heel ({type(error).__name__}). Er is niets gewist.", file=sys.stderr)
        return 1
    if options.json:
        told = {"place": place.slug, "archive": leaving.archive, "sha256": leaving.digest, "counts": leaving.counts}
        print(json.dumps(told | ({"passphrase": passphrase} if passphrase else {})))
    else:
        print(f"{place.name} is vertrokken. Archief: {leaving.archive}, SHA-256 {leaving.digest}.")
        print("Kopieën van vóór vandaag bevatten de sleutel nog. Ze bestaan hoogstens 35 dagen.")
    return 0


def _tell(part: Any, number: int) -> None:
    word = "gewist" if part.fate.value == "goes" else "losgemaakt van de gemeente"
    print(f"{part.name}: {number} {word}", file=sys.stderr, flush=True)


def _export(leaving: Any, target: Path, *, as_json: bool) -> str:
    """Write the archive and show its passphrase, once; only then it counts as taken along."""
    from . import actions, archive

    passphrase = archive.new_passphrase()
    counts = actions.take_along(leaving, target, passphrase)
    words = f"Wachtwoord van het archief (staat nergens anders): {passphrase}"
    print(words, file=sys.stderr if as_json else sys.stdout, flush=True)
    actions.note_taken(leaving, target, counts)
    return passphrase


def _show(plan: Any, *, as_json: bool) -> None:
    if as_json:
        print(
            json.dumps(
                {
                    "place": plan.place.slug,
                    "hindrances": plan.hindrances,
                    "warnings": plan.warnings,
                    "records": {
                        line.part.model: {"number": line.number, "fate": line.part.fate.value, "file": line.part.file}
                        for line in plan.lines
                    },
                },
                ensure_ascii=False,
            )
        )
        return
    fates = {"goes": "wordt gewist", "stays": "blijft", "changed": "blijft, zonder wat van de gemeente was"}
    print(f"{plan.place.name} vertrekt:")
    for line in plan.lines:
        along = f"mee in {line.part.file}.json" if line.part.file else f"gaat niet mee ({line.part.why})"
        print(f"  {line.number:6d}  {line.part.name}: {along}; {fates[line.part.fate.value]}")
    for words in (*plan.hindrances, *plan.warnings):
        print(f"LET OP: {words}")


def run_open(options: argparse.Namespace) -> int:
    """Write the zip that lies in an archive. Exit 1: another passphrase, or the file was changed."""
    from . import archive

    if options.to.exists():
        print(f"naast: {options.to} is er al.", file=sys.stderr)
        return 2
    passphrase = getpass.getpass("Wachtwoord: ") if sys.stdin.isatty() else sys.stdin.readline()
    try:
        with options.file.open("rb") as source, options.to.open("xb") as target:
            for piece in archive.opened(source, passphrase):
                target.write(piece)
    except (archive.NotOpened, OSError) as error:
        options.to.unlink(missing_ok=True)
        print(f"naast: {error}", file=sys.stderr)
        return 1
    print(f"{options.to} is klaar.")
    return 0
