"""Commands of this room: `naast flows check|paths|draw|load`."""

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any


def add(commands: Any) -> None:
    """Add this room's commands to `naast`."""
    flows = commands.add_parser("flows", help="question flows").add_subparsers(required=True)
    check = flows.add_parser("check", help="look for dead ends, loops, unreachable parts, missing words")
    paths = flows.add_parser("paths", help="list a covering set of all paths")
    for parser, run in ((check, run_check), (paths, run_paths)):
        parser.add_argument("flow", nargs="*", help="a YAML file or the slug of a guide; none = all published ones")
        parser.add_argument("--json", action="store_true", help="print for a program")
        parser.set_defaults(run=run)
    draw = flows.add_parser("draw", help="print a flow as a drawing (SVG)")
    draw.add_argument("flow", help="a YAML file or the slug of a guide")
    draw.add_argument("--text", action="store_true", help="the same as lines of text")
    draw.add_argument("--dot", action="store_true", help="the same for Graphviz")
    draw.set_defaults(run=run_draw)
    load = flows.add_parser("load", help="publish the guides that come with Naast")
    load.set_defaults(run=run_load)


class NotFoundError(LookupError):
    """There is no such file and no such guide."""


def texts(names: list[str]) -> Iterator[tuple[str, str]]:
    """Yield (name, YAML) of the named files and guides; without names those in the database, else the shipped ones.

    Raises NotFoundError.
    """
    from django.db import DatabaseError

    from naast.flows import loading
    from naast.flows.models import Flow

    shipped = loading.shipped()
    try:
        published = {row.slug: row.current.yaml for row in Flow.objects.select_related("current") if row.current}
    except DatabaseError:  # no database yet: the shipped ones can be checked all the same
        published = {}
    known = shipped | published
    for name in names or known:
        if name in known:
            yield name, known[name]
        elif Path(name).is_file():
            yield name, Path(name).read_text(encoding="utf-8")
        else:
            raise NotFoundError(name)


def run_check(options: argparse.Namespace) -> int:
    """Check flows; exit 1 when a problem was found, 2 when a flow was not found."""
    from naast.flows import analysis, loading
    from naast.flows.problems import LoadError

    found: dict[str, list[str]] = {}
    codes: dict[str, list[dict[str, str]]] = {}
    try:
        for name, text in texts(options.flow):
            try:
                problems = analysis.check(loading.parse(text))
            except LoadError as error:
                problems = error.problems
            found[name] = [problem.message("nl") for problem in problems]
            codes[name] = [{"code": item.code, "where": item.where, "message": item.message("nl")} for item in problems]
    except NotFoundError as error:
        print(f"naast: {error} is geen bestand en geen wegwijzer.", file=sys.stderr)
        return 2
    if options.json:
        print(json.dumps(codes, ensure_ascii=False, indent=2))
    else:
        for name, lines in found.items():
            print(f"{name}: {'in orde' if not lines else len(lines)}")
            for line in lines:
                print(f"  {line}")
    return 1 if any(found.values()) else 0


def run_paths(options: argparse.Namespace) -> int:
    """List a covering set of paths; exit 1 when a flow is not sound enough to walk, 2 when it was not found."""
    from naast.flows import analysis, loading, paths
    from naast.flows.problems import LoadError

    listed: dict[str, Any] = {}
    try:
        for name, text in texts(options.flow):
            flow = loading.parse(text)
            if analysis.check(flow):
                print(f"naast: {name} is niet in orde; zie naast flows check.", file=sys.stderr)
                return 1
            listed[name] = [
                {"route": path.route, "answers": dict(path.answers), "steps": path.steps, "help": path.help}
                for path in paths.covering(flow)
            ]
    except LoadError as error:
        print("\n".join(problem.message("nl") for problem in error.problems), file=sys.stderr)
        return 1
    except NotFoundError as error:
        print(f"naast: {error} is geen bestand en geen wegwijzer.", file=sys.stderr)
        return 2
    if options.json:
        print(json.dumps(listed, ensure_ascii=False, indent=2))
        return 0
    for name, found in listed.items():
        print(f"{name}: {len(found)} wegen")
        for path in found:
            told = ", ".join(f"{key}={_told(value)}" for key, value in path["answers"].items())
            print(f"  {told} → {('hulp ' + path['help']) if path['help'] else ', '.join(path['steps'])}")
    return 0


def run_draw(options: argparse.Namespace) -> int:
    """Draw one flow; exit 1 when its text cannot be read, 2 when it was not found."""
    from naast.flows import drawing, loading, paths, telling
    from naast.flows.problems import LoadError

    try:
        for _name, text in texts([options.flow]):
            flow = loading.parse(text)
            told = paths.dot(flow) if options.dot else drawing.svg(flow)
            print("\n".join([*telling.as_lines(flow), ""]) if options.text else told, end="")
    except LoadError as error:
        print("\n".join(problem.message("nl") for problem in error.problems), file=sys.stderr)
        return 1
    except NotFoundError as error:
        print(f"naast: {error} is geen bestand en geen wegwijzer.", file=sys.stderr)
        return 2
    return 0


def _told(value: Any) -> str:
    """Write one answer: a dash for skipped, plus signs between several."""
    if value is None:
        return "-"
    return "+".join(value) if isinstance(value, tuple) else str(value)


def run_load(options: argparse.Namespace) -> int:
    """Publish the shipped guides."""
    from naast.flows.actions import publish_shipped

    print(f"{publish_shipped()} wegwijzers staan klaar.")
    return 0
