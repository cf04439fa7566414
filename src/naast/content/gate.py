"""Everything `naast content check` holds the shipped texts to: form, coverage, language, links. No database, no network.

Faults stop a release; warnings (overdue, unchecked, outside links) are for people to look after.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, timedelta
from functools import partial
from typing import Any, Literal

from naast.content import loading
from naast.content.checks import LINK, OUTSIDE, page_faults
from naast.content.level import measure as level
from naast.content.level.readability import Level
from naast.content.rules import ContentError, Shipped
from naast.flows import analysis
from naast.flows import loading as flows
from naast.places.rules import AUDIENCES, PHASES

Kind = Literal["form", "coverage", "level", "link", "slot", "phone", "overdue", "unchecked", "outside"]

# What the issue of these texts promises: articles, questions, pages behind a door of their own.
ARTICLES, QUESTIONS, BEHIND_DOORS, A_DOOR = 48, 50, 40, 5
SHORTEST_REASON = 20  # characters: "n.v.t." explains nothing
YEAR = timedelta(days=365)
FOLDERS = ("articles", "roles", "pages")


@dataclass(frozen=True)
class Note:
    """One fault or warning: what kind, in which text, and what to do, in Dutch."""

    kind: Kind
    where: str
    say: str


@dataclass(frozen=True)
class Shelf:
    """All that is shipped, as the gate reads it; a test hands in its own."""

    pages: Mapping[str, Sequence[Shipped]]
    faq: Sequence[Mapping[str, Any]] = ()
    slots: Sequence[Mapping[str, Any]] = ()
    coverage: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    lists: Sequence[Mapping[str, Any]] = ()
    terms: Sequence[Mapping[str, Any]] = ()
    others: Mapping[str, tuple[Sequence[str], Sequence[str]]] = field(default_factory=dict)
    flows: Mapping[str, Any] = field(default_factory=dict)
    translations: Mapping[str, str] = field(default_factory=dict)

    @property
    def all_pages(self) -> list[Shipped]:
        """Return the pages of all folders."""
        return [page for folder in self.pages.values() for page in folder]


@dataclass(frozen=True)
class Report:
    """What the gate found. `cells` is audience → phase → number of pages, or the reason why there is none."""

    counts: Mapping[str, int]
    doors: Mapping[str, int]
    cells: Mapping[str, Mapping[str, int | str]]
    levels: Mapping[str, Level]
    faults: tuple[Note, ...]
    warnings: tuple[Note, ...]

    @property
    def good(self) -> bool:
        """Tell whether nothing stops a release."""
        return not self.faults

    def as_data(self) -> dict[str, Any]:
        """Return all of it as plain data (`--json`)."""
        return {**asdict(self), "good": self.good}


def shipped() -> Shelf:
    """Return what comes with Naast. Raises ContentError on a file that does not follow its form."""
    others: dict[str, tuple[Sequence[str], Sequence[str]]] = {
        f"plek:{slot['key']}": ([str(slot.get("fallback") or "")], ["ouders"]) for slot in loading.slots()
    }
    for door in loading.doors():
        others[f"deur:{door['audience']}"] = ([str(door["intro"])], [str(door["audience"])])
    for phase in loading.phases():
        others[f"fase:{phase['phase']}"] = ([str(phase["summary"]), str(phase["line"])], ["ouders"])
    for term in loading.glossary():
        others[f"woord:{term['term']}"] = ([str(term["text"])], ["ouders"])
        others[f"woord:{term['term']}:kinderen"] = ([str(term.get("simple") or "")], ["kinderen"])
    return Shelf(
        pages={folder: loading.pages(folder) for folder in FOLDERS},
        faq=loading.faq(),
        slots=loading.slots(),
        coverage=loading.coverage(),
        lists=[*loading.folder("checklists"), *loading.folder("films")],
        terms=loading.glossary(),
        others=others,
        flows={slug: flows.parse(text) for slug, text in flows.shipped().items()},
        translations=loading.translations(),
    )


def check(shelf: Shelf, today: date) -> Report:
    """Hold the texts to everything; `today` decides what is overdue."""
    levels = _levels(shelf)
    faults = [
        *_counts(shelf),
        *_coverage(shelf),
        *(
            Note("level", name, f"{finding.text} → {finding.say}")
            for name, one in levels.items()
            for finding in one.findings
        ),
        *_links(shelf),
    ]
    return Report(
        counts={folder: len(found) for folder, found in shelf.pages.items()} | {"faq": len(shelf.faq)},
        doors={audience: _behind(shelf, audience) for audience in AUDIENCES},
        cells={audience: {phase: _cell(shelf, audience, phase) for phase in PHASES} for audience in AUDIENCES},
        levels=levels,
        faults=tuple(faults),
        warnings=tuple(_warnings(shelf, today)),
    )


# ---------- coverage ----------


def _behind(shelf: Shelf, audience: str) -> int:
    """Count the pages at `/<gemeente>/<doelgroep>/<slug>/`: those whose first readers these are."""
    return sum(
        page.audiences[:1] == (audience,) for folder in ("articles", "roles") for page in shelf.pages.get(folder, ())
    )


def _in_cell(shelf: Shelf, audience: str, phase: str) -> int:
    pages = [*shelf.pages.get("articles", ()), *shelf.pages.get("roles", ())]
    return sum(audience in page.audiences and phase in page.phases for page in pages)


def _cell(shelf: Shelf, audience: str, phase: str) -> int | str:
    reason = shelf.coverage.get(audience, {}).get(phase)
    return _in_cell(shelf, audience, phase) or (reason if isinstance(reason, str) else 0)


def _coverage(shelf: Shelf) -> Iterator[Note]:
    for audience in AUDIENCES:
        for phase in PHASES:
            wanted = shelf.coverage.get(audience, {}).get(phase)
            where = f"{audience} × {phase}"
            if wanted is None:
                yield Note("coverage", where, "coverage.yaml zegt niet of hier een pagina hoort.")
            elif isinstance(wanted, str) and len(wanted) < SHORTEST_REASON:
                yield Note("coverage", where, "Leg uit waarom hier geen pagina hoort.")
            elif wanted is True and not _in_cell(shelf, audience, phase):
                yield Note("coverage", where, "Hier ontbreekt een pagina.")
            elif wanted is False:
                yield Note("coverage", where, "Zet een reden in plaats van false.")


def _counts(shelf: Shelf) -> Iterator[Note]:
    behind = {audience: _behind(shelf, audience) for audience in AUDIENCES}
    for what, number, least in (
        ("artikelen", len(shelf.pages.get("articles", ())), ARTICLES),
        ("vragen", len(shelf.faq), QUESTIONS),
        ("pagina's achter een deur", sum(behind.values()), BEHIND_DOORS),
        *((f"pagina's achter de deur {audience}", number, A_DOOR) for audience, number in behind.items()),
    ):
        if number < least:
            yield Note("coverage", what, f"{number}; ten minste {least}.")


# ---------- language ----------


def _levels(shelf: Shelf) -> dict[str, Level]:
    found = {page.slug: level.of_shipped(page) for page in shelf.all_pages}
    found |= {f"faq:{entry['key']}": level.of_faq(dict(entry)) for entry in shelf.faq}
    found |= {name: level.of_text(texts, audiences) for name, (texts, audiences) in shelf.others.items()}
    for entry in shelf.lists:
        found[f"lijst:{entry['key']}"] = level.of_text(_words_of(entry), entry.get("audiences") or ())
    for slug, flow in shelf.flows.items():
        texts = [text for _where, _name, text, _needed in analysis.all_words(flow)]
        found[f"wegwijzer:{slug}"] = level.of_text(texts, [flow.audience])
    return found


def _words_of(entry: Mapping[str, Any]) -> Iterator[str]:
    yield str(entry.get("summary") or "")
    for group in entry.get("groups") or ():
        for item in group.get("items") or ():
            yield str(item.get("text") or "")
            yield str(item.get("why") or "")


# ---------- links ----------


def _links(shelf: Shelf) -> Iterator[Note]:
    slugs = {page.slug for page in shelf.all_pages}
    keys = {str(slot["key"]) for slot in shelf.slots}
    dead = partial(_dead, slugs=slugs)
    for page in shelf.all_pages:
        for kind, say in page_faults(page, slugs, keys):
            yield Note(kind, page.slug, say)
    for entry in shelf.faq:
        yield from dead(f"faq:{entry['key']}", LINK.findall(str(entry["answer"])))
    for name, (texts, _audiences) in shelf.others.items():
        yield from dead(name, [slug for text in texts for slug in LINK.findall(text)])
    for name, text in shelf.translations.items():
        yield from dead(name, LINK.findall(text))
    for entry in shelf.lists:
        yield from dead(f"lijst:{entry['key']}", entry.get("pages") or ())
    for slug, flow in shelf.flows.items():
        for step in flow.steps:
            way, _, target = (getattr(step, "link", "") or "").partition(":")
            if way == "wegwijzer" and target not in shelf.flows:
                yield Note("link", f"wegwijzer:{slug}", f"Stap {step.id}: er is geen wegwijzer {target}.")


def _dead(where: str, asked: Iterable[str], slugs: set[str]) -> Iterator[Note]:
    for slug in asked:
        if slug not in slugs:
            yield Note("link", where, f"Er is geen pagina {slug}.")


# ---------- warnings ----------


def _warnings(shelf: Shelf, today: date) -> Iterator[Note]:
    dated: list[tuple[str, Any, Any]] = [(page.slug, page.checked, None) for page in shelf.all_pages]
    dated += [(f"faq:{entry['key']}", entry.get("checked"), entry.get("review_due")) for entry in shelf.faq]
    dated += [(f"woord:{term['term']}", term.get("checked"), None) for term in shelf.terms]
    dated += [(f"lijst:{entry['key']}", entry.get("checked"), entry.get("review_due")) for entry in shelf.lists]
    for where, checked, due in dated:
        if not checked:
            yield Note("unchecked", where, "Nog niemand heeft de feiten nagekeken.")
        if (due and due < today) or (checked and not due and checked + YEAR < today):
            yield Note("overdue", where, "De controledatum is voorbij.")
    texts = [(page.slug, page.raw) for page in shelf.all_pages]
    texts += [(f"faq:{entry['key']}", str(entry["answer"])) for entry in shelf.faq]
    for where, text in texts:
        for href in OUTSIDE.findall(text):
            yield Note("outside", where, f"Link naar buiten, hier niet geprobeerd: {href}")


__all__ = ["ContentError", "Note", "Report", "Shelf", "check", "shipped"]
