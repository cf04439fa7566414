"""What `naast content` prints: levels in a table, coverage in a table, and under them what to mend."""

from collections import Counter
from collections.abc import Iterable, Mapping

from naast.content.gate import Note, Report
from naast.content.level.readability import Level

HEAD = f"{'tekst':44} {'wrd':>4} {'gem':>5} {'max':>4} {'FD':>5} {'lang':>5} {'lijd':>5}  te doen"
SHORT = {
    "verwachting": "verwachting",
    "jonge-ouders": "jong",
    "spanning": "spanning",
    "uit-elkaar": "uit elkaar",
    "na-scheiding": "erna",
    "samengesteld": "samengesteld",
}
# Warnings of these kinds are many and alike: their number says enough.
COUNTED = ("unchecked",)


def level_table(found: Mapping[str, Level], *, in_full: bool) -> str:
    """Return a line of figures a text; `in_full` adds each finding with its advice."""
    lines = [HEAD]
    for slug, one in found.items():
        kinds = Counter(finding.kind for finding in one.findings)
        lines.append(
            f"{slug:44.44} {one.words:4} {one.average:5.1f} {one.longest:4} {one.ease:5.1f} "
            f"{one.long_words:5.0%} {one.passive:5.0%}  "
            + ", ".join(f"{number} {kind}" for kind, number in kinds.items())
        )
        if in_full:
            lines += [f"    {finding.kind}: {finding.text}\n        → {finding.say}" for finding in one.findings]
    return "\n".join(lines)


def coverage_table(report: Report) -> str:
    """Return audience × phase: how many pages, a dash where a reason stands, ! where one is missing; last the door."""
    lines = [
        f"{'':14}" + "".join(f"{SHORT[phase]:>14}" for phase in next(iter(report.cells.values()))) + f"{'deur':>8}"
    ]
    for audience, cells in report.cells.items():
        marks = ["–" if isinstance(cell, str) else str(cell or "!") for cell in cells.values()]
        lines.append(f"{audience:14}" + "".join(f"{mark:>14}" for mark in marks) + f"{report.doors[audience]:>8}")
    return "\n".join(lines)


def in_words(report: Report) -> str:
    """Return the whole report: coverage, levels of pages, warnings, faults."""
    pages = {
        name: one
        for name, one in report.levels.items()
        if ":" not in name or name.startswith("wegwijzer:") or not one.good
    }
    counts = ", ".join(f"{number} {name}" for name, number in report.counts.items())
    many = Counter(note.kind for note in report.warnings)
    parts = [
        f"Pagina's per doelgroep en fase ({counts})",
        coverage_table(report),
        "",
        "Taalniveau",
        level_table(pages, in_full=False),
        "",
        f"Waarschuwingen: {', '.join(f'{number} {kind}' for kind, number in many.items()) or 'geen'}",
        *_notes(note for note in report.warnings if note.kind not in COUNTED),
        "",
        "De meegeleverde teksten kloppen." if report.good else f"Fouten: {len(report.faults)}",
        *_notes(report.faults),
    ]
    return "\n".join(parts)


def _notes(notes: Iterable[Note]) -> list[str]:
    return [f"  {note.kind}: {note.where}: {note.say}" for note in notes]
