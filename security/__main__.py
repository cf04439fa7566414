"""`make security`: run everything, write var/reports/security.md and .json, exit 1 on a high finding or a silent tool."""

import argparse
import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from security import findings, outside, production, source  # noqa: E402

REPORTS = ROOT / "var/reports"
WAIVERS = Path(__file__).parent / "waivers.yaml"
PARTS = ("bandit", "secrets", "parts", "production", "schemathesis", "wapiti", "sqlmap")


def run(parts: tuple[str, ...], seconds: int) -> Iterator[findings.Ran]:
    """Run the chosen tools, one after the other: two cores do no more."""
    if "bandit" in parts:
        yield source.bandit()
    if "secrets" in parts:
        yield source.secrets()
    if "parts" in parts:
        yield source.parts_list(REPORTS)
    if "production" in parts:
        with production.environment() as environment:
            yield production.deploy_check(environment)
            yield production.header_suite(environment)
    if {"schemathesis", "wapiti", "sqlmap"} & set(parts):
        with outside.served() as house:
            if "schemathesis" in parts:
                yield from outside.schemathesis(house, seconds // len(outside.APIS))
            if "sqlmap" in parts:
                yield from outside.sqlmap(house)
            if "wapiti" in parts:
                yield from outside.wapiti(house, seconds // len(outside.WALKERS))


def main() -> int:
    """Run, judge, write, say."""
    wanted = argparse.ArgumentParser(prog="make security", description=__doc__)
    wanted.add_argument("--seconds", type=int, default=600, help="for each of schemathesis (twice) and wapiti")
    wanted.add_argument("--only", choices=PARTS, nargs="*", help="these tools only; the report says so")
    options = wanted.parse_args()
    moment = datetime.now(UTC)
    REPORTS.mkdir(parents=True, exist_ok=True)
    waivers, faults = findings.waivers_from(yaml.safe_load(WAIVERS.read_text()) or [], moment.date())
    runs: list[findings.Ran] = []
    for ran in run(tuple(options.only or PARTS), options.seconds):
        print(f"{ran.tool}: {ran.looked_at}: {ran.failed or f'{len(ran.findings)} found'}", flush=True)
        runs.append(ran)
    if faults:
        runs.append(findings.Ran("waivers", WAIVERS.name, failed="; ".join(faults)))
    verdict = findings.judge(runs, waivers, moment.date())
    commit = subprocess.run(["git", "rev-parse", "HEAD"], cwd=ROOT, capture_output=True, text=True).stdout.strip()
    changed = subprocess.run(["git", "status", "--short"], cwd=ROOT, capture_output=True, text=True).stdout.strip()
    text = findings.report(runs, verdict, day=moment.date(), commit=commit + (" with changes" if changed else ""))
    (REPORTS / "security.md").write_text(text)
    (REPORTS / "security.json").write_text(json.dumps([asdict(one) for one in runs], indent=1))
    print(text.split("## What ran")[0] + f"The report: {REPORTS / 'security.md'}")
    return 1 if verdict.fails else 0


if __name__ == "__main__":
    sys.exit(main())
