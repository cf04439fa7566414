"""Commands about keys: make one, turn them, say whether an old one may go."""

import argparse
import json
from typing import Any


def add(commands: Any) -> None:
    """Add this room's commands to `naast`."""
    keys = commands.add_parser("keys", help="keys of the installation").add_subparsers(required=True)
    new = keys.add_parser("new", help="print a new entry for NAAST_KEYRING, or for NAAST_LOCKER_SALTS with --salt")
    new.add_argument("--salt", action="store_true")
    new.set_defaults(run=run_new)
    rotate = keys.add_parser("rotate", help="seal all texts under the newest key; show who still needs an old one")
    rotate.add_argument("--json", action="store_true")
    rotate.add_argument("--drop", metavar="ID", help="say whether this key may go; exit 1 when it is still needed")
    rotate.add_argument(
        "--drop-salt", metavar="ID", help="say whether this salt may go; exit 1 when it is still needed"
    )
    rotate.set_defaults(run=run_rotate)


def run_new(options: argparse.Namespace) -> int:
    """Print an entry with the next free id. It stands nowhere else: put it in front of the others."""
    from django.conf import settings

    from naast.settings.env import new_entry

    known = settings.NAAST_LOCKER_SALTS if options.salt else settings.NAAST_KEYRING
    prefix = "" if options.salt else "k"
    number = next(count for count in range(1, 10_000) if f"{prefix}{count}" not in known)
    print(new_entry(f"{prefix}{number}"))
    return 0


def run_rotate(options: argparse.Namespace) -> int:
    """Turn the keys, or answer whether one may go. Exit 1: something needs a key or salt that is not there."""
    from naast.lockers import rotation

    for kind, entry_id in (("key", options.drop), ("salt", options.drop_salt)):
        if entry_id:
            reason = rotation.why_not(kind, entry_id)
            print(reason or f"{entry_id} mag weg: haal hem uit de omgeving en start opnieuw.")
            return 1 if reason else 0
    report = rotation.rotate()
    if options.json:
        print(
            json.dumps(
                {
                    "turned": report.turned,
                    "textsByKey": dict(report.texts),
                    "lockersBySalt": report.lockers,
                    "indexed": report.indexed,
                    "lost": report.lost,
                }
            )
        )
    else:
        print("\n".join(f"{model}: {number} teksten opnieuw versleuteld" for model, number in report.turned.items()))
        print("Teksten per sleutel: " + (", ".join(f"{k} {n}" for k, n in sorted(report.texts.items())) or "geen"))
        print("Kluisjes per zout: " + (", ".join(f"{k} {n}" for k, n in sorted(report.lockers.items())) or "geen"))
        for lost in report.lost:
            print(f"LET OP: {lost} is nodig, maar staat niet in de omgeving.")
    return 1 if report.lost else 0
