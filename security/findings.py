"""What a tool found, what was judged and put up with until a day, and the report. Pure: no file, clock or process."""

import fnmatch
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

SEVERITIES = ("high", "medium", "low", "info")
LONGEST_WAIVER = timedelta(days=366)  # whoever puts up with something looks at it again within a year


@dataclass(frozen=True, order=True)
class Finding:
    """One thing a tool said. `where` is a file and line, or an address; `rule` is the tool's own name for it."""

    severity: str
    tool: str
    rule: str
    where: str
    what: str


@dataclass(frozen=True)
class Ran:
    """One tool's run: what it looked at, in words, and what it found. `failed` says why it gave no verdict."""

    tool: str
    looked_at: str
    findings: tuple[Finding, ...] = ()
    failed: str = ""


@dataclass(frozen=True)
class Waiver:
    """A judged finding: tool and rule exactly, `where` as a pattern with *, the reason, and the last day it holds."""

    tool: str
    rule: str
    where: str
    why: str
    until: date

    def covers(self, found: Finding) -> bool:
        """Tell whether this is the finding that was judged."""
        return (self.tool, self.rule) == (found.tool, found.rule) and fnmatch.fnmatch(found.where, self.where)


@dataclass(frozen=True)
class Verdict:
    """Findings that stand, findings that were judged with their waiver, waivers that ended or cover nothing."""

    open: tuple[Finding, ...]
    waived: tuple[tuple[Finding, Waiver], ...]
    ended: tuple[Waiver, ...]
    idle: tuple[Waiver, ...]
    failed: tuple[Ran, ...]

    @property
    def fails(self) -> bool:
        """Tell whether the release stops: a high finding that nobody judged, or a tool that gave no verdict."""
        return bool(self.failed) or any(found.severity == "high" for found in self.open)


def waivers_from(rows: Iterable[Mapping[str, Any]], today: date) -> tuple[list[Waiver], list[str]]:
    """Read waivers; returns them and, in words, what is wrong with the list (no reason, no end, too far away)."""
    waivers: list[Waiver] = []
    faults: list[str] = []
    for number, row in enumerate(rows, 1):
        missing = {"tool", "rule", "where", "why", "until"} - {key for key, value in row.items() if value}
        if missing:
            faults.append(f"waiver {number}: {', '.join(sorted(missing))} is missing")
            continue
        if not isinstance(row["until"], date) or row["until"] > today + LONGEST_WAIVER:
            faults.append(f"waiver {number} ({row['tool']} {row['rule']}): until is a day within a year from now")
            continue
        waivers.append(Waiver(row["tool"], row["rule"], row["where"], row["why"], row["until"]))
    return waivers, faults


def judge(runs: Sequence[Ran], waivers: Sequence[Waiver], today: date) -> Verdict:
    """Hold what was found against what was judged; a waiver that ended covers nothing any more."""
    holding = [one for one in waivers if one.until >= today]
    still: list[Finding] = []
    waived: list[tuple[Finding, Waiver]] = []
    for found in sorted({found for run in runs for found in run.findings}, key=_weight):
        judged = next((one for one in holding if one.covers(found)), None)
        if judged is None:
            still.append(found)
        else:
            waived.append((found, judged))
    used = {id(one) for _found, one in waived}
    ran = {run.tool for run in runs}
    return Verdict(
        open=tuple(still),
        waived=tuple(waived),
        ended=tuple(one for one in waivers if one.until < today),
        idle=tuple(one for one in holding if id(one) not in used and one.tool in ran),
        failed=tuple(run for run in runs if run.failed),
    )


def _weight(found: Finding) -> tuple[int, Finding]:
    return SEVERITIES.index(found.severity), found


def report(runs: Sequence[Ran], verdict: Verdict, *, day: date, commit: str) -> str:
    """Return the report as Markdown: date, commit, each tool, what stands, what was judged and until when."""
    count = {level: sum(found.severity == level for found in verdict.open) for level in SEVERITIES}
    lines = [
        "# Security report of Naast",
        "",
        f"Made on {day.isoformat()} of commit {commit}. Verdict: **{'stopped' if verdict.fails else 'may go out'}**.",
        "",
        "Findings that stand: " + ", ".join(f"{number} {level}" for level, number in count.items()) + ".",
        f"Judged and put up with: {len(verdict.waived)}.",
        "",
        "## What ran",
        "",
        "| tool | looked at | found | |",
        "|---|---|---|---|",
        *(f"| {run.tool} | {_cell(run.looked_at)} | {len(run.findings)} | {_cell(run.failed)} |" for run in runs),
        "",
        "## Findings that stand",
        "",
        *(_table(verdict.open) or ["None."]),
        "",
        "## Judged, with the last day",
        "",
    ]
    judged: dict[tuple[str, str, str, date], int] = {}
    for _found, one in verdict.waived:
        key = (one.tool, one.rule, one.why, one.until)
        judged[key] = judged.get(key, 0) + 1
    if judged:
        lines += ["| tool | rule | times | why | until |", "|---|---|---|---|---|"]
        lines += [
            f"| {tool} | {rule} | {number} | {_cell(why)} | {until.isoformat()} |"
            for (tool, rule, why, until), number in sorted(judged.items())
        ]
    else:
        lines.append("None.")
    for title, found in (("Waivers that ended", verdict.ended), ("Waivers that cover nothing", verdict.idle)):
        if found:
            lines += ["", f"## {title}", ""]
            lines += [f"- {one.tool} {one.rule} {_cell(one.where)} (until {one.until.isoformat()})" for one in found]
    return "\n".join(lines) + "\n"


def _table(findings: Sequence[Finding]) -> list[str]:
    if not findings:
        return []
    rows = [
        f"| {one.severity} | {one.tool} | {one.rule} | {_cell(one.where)} | {_cell(one.what)} |" for one in findings
    ]
    return ["| severity | tool | rule | where | what |", "|---|---|---|---|---|", *rows]


def _cell(text: str) -> str:
    """Return a text that a table cell can hold, whatever a scanner sent in it."""
    kept = "".join(character if character.isprintable() else " " for character in text[:300])
    return kept.replace("|", "\\|").replace("<", "&lt;")
