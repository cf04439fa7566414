"""The `naast` command: one word for everything an operator does. Rooms add theirs in `commands.py`."""

import argparse
import os
import sys
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

ROOMS = (
    "core",
    "ledger",
    "places",
    "people",
    "flows",
    "lockers",
    "directory",
    "content",
    "guide",
    "contact",
    "api",
    "demo",
)


def settings_module() -> str:
    """Return the settings to use: production where a database address is set, else embedded."""
    if chosen := os.environ.get("DJANGO_SETTINGS_MODULE"):
        return chosen
    return "naast.settings.production" if os.environ.get("NAAST_DATABASE_URL") else "naast.settings.embedded"


def parser() -> argparse.ArgumentParser:
    """Build the command line from all rooms."""
    top = argparse.ArgumentParser(prog="naast", description="Naast: help beside families that come apart.")
    commands = top.add_subparsers(dest="command", required=True, metavar="command")
    for room in ROOMS:
        if find_spec(f"naast.{room}.commands"):
            import_module(f"naast.{room}.commands").add(commands)
    return top


def main(arguments: list[str] | None = None) -> int:
    """Run one command; exit status 0 done, 1 found something wrong, 2 called wrongly."""
    arguments = sys.argv[1:] if arguments is None else arguments
    if arguments[:1] == ["demo"]:
        os.environ["NAAST_DEMO"] = "1"
    os.environ["DJANGO_SETTINGS_MODULE"] = settings_module()
    options = parser().parse_args(arguments)
    try:
        import django

        django.setup()
        return int(options.run(options) or 0)
    except ImproperlyConfigured as error:
        print(f"naast: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 0


PACKAGE = Path(__file__).resolve().parent
