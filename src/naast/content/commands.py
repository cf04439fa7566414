"""Commands of the content room: load the shipped texts, check them, show how hard they read."""

import argparse
import json
from typing import Any


def add(commands: Any) -> None:
    """Add `naast content load|check|level`."""
    content = commands.add_parser("content", help="pages and their slots").add_subparsers(required=True)
    load = content.add_parser("load", help="load the shipped texts; pages that editors changed stay")
    load.add_argument("--overwrite", action="store_true", help="also replace what editors changed")
    load.add_argument("--json", action="store_true")
    load.set_defaults(run=run_load)
    check = content.add_parser("check", help="check the shipped texts: form, coverage, language level, links")
    check.add_argument("--json", action="store_true")
    check.set_defaults(run=run_check)
    level = content.add_parser("level", help="how hard the shipped texts read, and what to mend")
    level.add_argument("slug", nargs="*", help="pages (slug) or questions (key); none = all, in short")
    level.set_defaults(run=run_level)


def run_load(options: argparse.Namespace) -> int:
    """Load; exit 1 when a shipped text does not follow its form."""
    from naast.content.actions import load_shipped
    from naast.content.rules import ContentError

    try:
        counts = load_shipped(overwrite=options.overwrite)
    except (ContentError, KeyError) as error:
        print(f"naast: {error}")
        return 1
    print(json.dumps(counts) if options.json else ", ".join(f"{name} {number}" for name, number in counts.items()))
    return 0


def run_check(options: argparse.Namespace) -> int:
    """Print coverage, levels and what is wrong with the shipped texts; exit 1 for gaps in coverage, level or links."""
    from naast.content.gate import check, shipped
    from naast.content.report import in_words
    from naast.content.rules import ContentError
    from naast.core import clock
    from naast.flows.loading import LoadError

    try:
        report = check(shipped(), clock.today())
    except (ContentError, LoadError, KeyError) as error:
        print(json.dumps({"good": False, "form": str(error)}) if options.json else f"naast: {error}")
        return 1
    print(json.dumps(report.as_data(), default=str, ensure_ascii=False) if options.json else in_words(report))
    return 0 if report.good else 1


def run_level(options: argparse.Namespace) -> int:
    """Print the language level of shipped texts; exit 1 when one has something to mend, 2 when a slug is unknown."""
    from naast.content.gate import check, shipped
    from naast.content.report import level_table
    from naast.core import clock

    found = check(shipped(), clock.today()).levels
    if unknown := set(options.slug) - set(found):
        print(f"naast: onbekend: {', '.join(sorted(unknown))}")
        return 2
    chosen = {slug: found[slug] for slug in options.slug} if options.slug else found
    print(level_table(chosen, in_full=bool(options.slug)))
    return 0 if all(level.good for level in chosen.values()) else 1
