"""Commands of this room: `naast directory rebuild` makes the search index anew."""

import argparse
from typing import Any


def add(commands: Any) -> None:
    """Add this room's commands to `naast`."""
    directory = commands.add_parser("directory", help="offers of help").add_subparsers(required=True)
    directory.add_parser("load", help="load the offers that come with the project").set_defaults(run=run_load)
    directory.add_parser("rebuild", help="make the search index anew").set_defaults(run=run_rebuild)


def run_load(options: argparse.Namespace) -> int:
    """Load what is shipped."""
    from .actions import load_shipped

    loaded = load_shipped()
    print(f"{loaded.written} records geschreven, {loaded.same} waren hetzelfde.")
    return 0


def run_rebuild(options: argparse.Namespace) -> int:
    """Make the index anew in one transaction."""
    from django.db import transaction

    from .index import rebuild

    with transaction.atomic():
        count = rebuild()
    print(f"{count} plekken in de zoekindex.")
    return 0
