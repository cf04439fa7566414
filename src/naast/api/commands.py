"""Commands of this room: `naast openapi` prints the description of a public API."""

import argparse
import json
from typing import Any


def add(commands: Any) -> None:
    """Add this room's commands to `naast`."""
    command = commands.add_parser("openapi", help="print the OpenAPI description of a public API")
    command.add_argument("which", nargs="?", choices=("v1", "hsds"), default="v1", help="v1 (the default) or hsds")
    command.set_defaults(run=run_openapi)


def described(which: str) -> str:
    """The description of `v1` or `hsds` as JSON text."""
    from .service import api, hsds

    interface = {"v1": api, "hsds": hsds}[which]
    return json.dumps(interface.get_openapi_schema(), indent=2, ensure_ascii=False)


def run_openapi(options: argparse.Namespace) -> int:
    """Print the description as JSON."""
    print(described(options.which))
    return 0
