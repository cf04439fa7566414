"""`naast retention run`: erase what is past its rule; with `--dry-run` only say what would go."""

import argparse
import json
import sys
from typing import Any


def add(commands: Any) -> None:
    """Add `retention` with its verb to the command line."""
    show = commands.add_parser("kept", help="print what is kept about people, as docs/kept.md has it")
    show.set_defaults(run=run_kept)
    verbs = commands.add_parser("retention", help="erase what is past its rule").add_subparsers(
        required=True, metavar="verb"
    )
    run = verbs.add_parser("run", help="run the rules now, or go on where a run was stopped")
    run.add_argument("--dry-run", action="store_true", help="change nothing; say what would go")
    run.add_argument("--json", action="store_true", help="print as JSON")
    run.set_defaults(run=run_retention)


def run_kept(options: argparse.Namespace) -> int:
    """Print the page about everything that is kept."""
    from naast.core import kept_page

    print(kept_page.page(), end="")
    return 0


def run_retention(options: argparse.Namespace) -> int:
    """Print what went (or would go): kind, place, number, rule; never content. Status 1 when a kind could not be done."""
    return _dry(options.json) if options.dry_run else _run(options.json)


def _dry(as_json: bool) -> int:
    from . import queries

    found = queries.look()
    if as_json:
        rows = [
            {"kind": one.kind, "place": one.place, "due": one.due, "held": one.held, "rule": one.rule} for one in found
        ]
        print(json.dumps({"dry_run": True, "kinds": rows}, ensure_ascii=False))
        return 0
    for one in found:
        kept_back = f", {one.held} bewaard om de wet" if one.held else ""
        print(f"{one.kind}{_at(one.place)}: {one.due} over de termijn{kept_back} ({one.rule})")
    print("Er is niets gewist." if found else "Niets is over zijn termijn.")
    return 0


def _run(as_json: bool) -> int:
    from . import actions

    try:
        run = actions.run(actor="command")
    except actions.Busy:
        print("naast retention: er loopt al een ronde. Probeer het over een halve minuut weer.", file=sys.stderr)
        return 1
    lines = list(run.lines.all())
    if as_json:
        rows = [
            {"kind": one.kind, "place": one.place, "erased": one.erased, "held": one.held, "rule": one.rule}
            for one in lines
        ]
        print(json.dumps({"run": str(run.pk), "finished": bool(run.ended_at), "kinds": rows}, ensure_ascii=False))
    else:
        for one in lines:
            kept_back = f", {one.held} bewaard om de wet" if one.held else ""
            print(f"{one.kind}{_at(one.place)}: {one.erased} gewist{kept_back} ({one.rule})")
        print(f"Ronde {run.pk}" + ("." if run.ended_at else " is niet klaar: een soort lukte niet. Zie het logboek."))
    return 0 if run.ended_at else 1


def _at(place: str) -> str:
    return f" ({place})" if place else ""
