"""Commands of this room: `naast directory import|export|load|rebuild`."""

import argparse
import sys
from pathlib import Path
from typing import Any


def add(commands: Any) -> None:
    """Add this room's commands to `naast`."""
    directory = commands.add_parser("directory", help="offers of help").add_subparsers(required=True)
    bring = directory.add_parser("import", help="write the organisations and offers of a YAML file, all or none")
    bring.add_argument("file", type=Path)
    bring.set_defaults(run=run_import)
    take = directory.add_parser("export", help="write all organisations and offers to a YAML file, or to the screen")
    take.add_argument("file", type=Path, nargs="?")
    take.set_defaults(run=run_export)
    directory.add_parser("load", help="load the offers that come with the project").set_defaults(run=run_load)
    directory.add_parser("rebuild", help="make the search index anew").set_defaults(run=run_rebuild)


def run_import(options: argparse.Namespace) -> int:
    """Import a file; exit 2 when it is not there, 1 when a record cannot be taken: then nothing was written."""
    from .exchange import import_file
    from .rules import RecordError

    if not options.file.is_file():
        print(f"naast: {options.file} is er niet.", file=sys.stderr)
        return 2
    try:
        loaded = import_file(options.file, actor="system")
    except RecordError as error:
        print("\n".join([*error.problems, "Er is niets geschreven."]), file=sys.stderr)
        return 1
    print(f"{loaded.written} records geschreven, {loaded.same} waren hetzelfde.")
    return 0


def run_export(options: argparse.Namespace) -> int:
    """Export everything."""
    from .exchange import export_text

    text = export_text()
    if options.file is None:
        print(text, end="")
        return 0
    try:
        options.file.write_text(text, encoding="utf-8")
    except OSError as error:
        print(f"naast: {options.file} kan niet worden geschreven ({error.strerror}).", file=sys.stderr)
        return 2
    print(f"Geschreven: {options.file}")
    return 0


def run_load(options: argparse.Namespace) -> int:
    """Load what is shipped."""
    from .actions import load_shipped

    loaded = load_shipped()
    print(f"{loaded.written} records geschreven, {loaded.same} waren hetzelfde.")
    return 0


def run_rebuild(options: argparse.Namespace) -> int:
    """Make the index anew in one transaction."""
    from django.db import transaction

    from .search.index import rebuild

    with transaction.atomic():
        count = rebuild()
    print(f"{count} plekken in de zoekindex.")
    return 0
