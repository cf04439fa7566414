"""Commands of the content room: load the shipped texts, check them."""

import argparse
import json
from typing import Any


def add(commands: Any) -> None:
    """Add `naast content load|check`."""
    content = commands.add_parser("content", help="pages and their slots").add_subparsers(required=True)
    load = content.add_parser("load", help="load the shipped texts; pages that editors changed stay")
    load.add_argument("--overwrite", action="store_true", help="also replace what editors changed")
    load.add_argument("--json", action="store_true")
    load.set_defaults(run=run_load)
    check = content.add_parser("check", help="check the shipped texts: form, slots, links, length of sentences")
    check.set_defaults(run=run_check)


def run_load(options: argparse.Namespace) -> int:
    """Load; exit 1 when a shipped text does not follow its form."""
    from .actions import load_shipped
    from .rules import ContentError

    try:
        counts = load_shipped(overwrite=options.overwrite)
    except (ContentError, KeyError) as error:
        print(f"naast: {error}")
        return 1
    print(json.dumps(counts) if options.json else ", ".join(f"{name} {number}" for name, number in counts.items()))
    return 0


def run_check(options: argparse.Namespace) -> int:
    """Print what is wrong with the shipped texts; exit 1 when anything is."""
    from .checks import shipped_faults

    faults = shipped_faults()
    print("\n".join(faults) if faults else "De meegeleverde teksten kloppen.")
    return 1 if faults else 0
