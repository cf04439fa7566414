"""`naast backup` and `naast restore`."""

import argparse
import sys
from pathlib import Path
from typing import Any


def add(commands: Any) -> None:
    """Add both to the command line."""
    backup = commands.add_parser("backup", help="write a backup; never keys, sessions or waiting mail")
    backup.add_argument("path", type=Path, help="the file to write; with --prune the folder with backups")
    how = backup.add_mutually_exclusive_group()
    how.add_argument("--verify", action="store_true", help="read this backup whole and compare every checksum")
    how.add_argument("--prune", action="store_true", help="throw backups older than 35 days out of this folder")
    how.add_argument("--tombstones", action="store_true", help="write the ids of what was erased to this file")
    backup.set_defaults(run=run_backup)
    restore = commands.add_parser("restore", help="put a backup back; what was erased since stays erased")
    restore.add_argument("path", type=Path, help="the backup")
    restore.add_argument("--replace", action="store_true", help="in the place of what stands here now")
    restore.set_defaults(run=run_restore)


def run_backup(options: argparse.Namespace) -> int:
    """Write, check or throw away. Status 1 with one line that says what is wrong."""
    from . import actions, tombstone_file
    from .rules import Broken

    try:
        if options.verify:
            manifest = actions.verify(options.path)
            print(f"Heel: gemaakt op {manifest.made_at}, uitgave {manifest.release}, {len(manifest.files)} bestanden.")
        elif options.prune:
            gone, strange = actions.prune(options.path)
            print(f"Weggegooid: {len(gone)}." + "".join(f"\n{name}" for name in gone))
            if strange:
                print("Geen leesbare reservekopie, blijft staan: " + ", ".join(strange), file=sys.stderr)
        elif options.tombstones:
            print(f"Nummers van wat gewist is: {tombstone_file.write(options.path)}, in {options.path}.")
        else:
            made = actions.make(options.path)
            tombstone_file.write()
            print(f"Gemaakt: {options.path}, {made.size} bytes, {len(made.manifest.files)} bestanden.")
            print(
                "Er zitten geen sleutels in. Bewaar NAAST_KEYRING en NAAST_LOCKER_SALTS apart: zonder is dit onleesbaar."
            )
            print("Niet meegenomen: " + ", ".join(made.manifest.left_out) + ".")
    except Broken as error:
        return _refuse(str(error))
    except FileExistsError:
        return _refuse(f"{options.path} bestaat al. Kies een andere naam.")
    except OSError as error:
        return _refuse(f"{options.path}: {error.strerror}.")
    return 0


def run_restore(options: argparse.Namespace) -> int:
    """Put a backup back and print what was done. Status 1 with one line that says what is wrong."""
    from . import restoring
    from .rules import Broken

    try:
        print("\n".join(restoring.restore(options.path, replace=options.replace)))
    except Broken as error:
        return _refuse(str(error))
    return 0


def _refuse(why: str) -> int:
    print(f"naast: {why}", file=sys.stderr)
    return 1
