"""Commands of this room: `naast openapi` prints the description of the public API."""

import argparse
import json
from typing import Any


def add(commands: Any) -> None:
    """Add this room's commands to `naast`."""
    commands.add_parser("openapi", help="print the OpenAPI description").set_defaults(run=run_openapi)


def run_openapi(options: argparse.Namespace) -> int:
    """Print the description as JSON."""
    from .service import api

    print(json.dumps(api.get_openapi_schema(), indent=2, ensure_ascii=False))
    return 0
