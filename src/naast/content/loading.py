"""Reads the shipped texts from data/ (Markdown with YAML front matter) without touching the database."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

from naast.content.level.readability import WordLists, hard_words
from naast.content.rules import ContentError, Shipped, read_shipped

DATA = Path(__file__).resolve().parent / "data"


def _page(path: Path) -> Shipped:
    opening, front, body = path.read_text(encoding="utf-8").split("---\n", 2)
    if opening:
        raise ContentError(f"{path.name}: the front matter comes first")
    return read_shipped(path.name, yaml.safe_load(front), body)


@cache
def pages(folder: str) -> tuple[Shipped, ...]:
    """Return the shipped pages of a folder (articles, roles, pages), by file name. Raises ContentError on a bad one."""
    return tuple(_page(path) for path in sorted((DATA / folder).glob("*.md")))


@cache
def faq() -> tuple[dict[str, Any], ...]:
    """Return the shipped questions with their answers, file by file."""
    files = sorted((DATA / "faq").glob("*.yaml"))
    return tuple(entry for path in files for entry in yaml.safe_load(path.read_text(encoding="utf-8")))


@cache
def slots() -> tuple[dict[str, Any], ...]:
    """Return the definitions of the slots that a municipality fills."""
    return tuple(yaml.safe_load((DATA / "slots.yaml").read_text(encoding="utf-8")))


@cache
def doors() -> tuple[dict[str, Any], ...]:
    """Return the five doors: title, intro, drawing, in the order people see them."""
    return tuple(yaml.safe_load((DATA / "doors.yaml").read_text(encoding="utf-8")))


@cache
def phases() -> tuple[dict[str, Any], ...]:
    """Return the six life phases: title, line, intro, in the order of the line."""
    return tuple(yaml.safe_load((DATA / "phases.yaml").read_text(encoding="utf-8")))


@cache
def word_lists() -> WordLists:
    """Return the lists a text is held against: hard words, names, jargon, and what the glossary explains."""
    folder = DATA / "words"
    hard, names, jargon = (
        yaml.safe_load((folder / f"{name}.yaml").read_text(encoding="utf-8")) for name in ("hard", "names", "jargon")
    )
    return WordLists(
        hard=hard_words(hard),
        names=frozenset(str(name).lower() for name in names),
        jargon=frozenset(str(term).lower() for term in jargon),
        explained=frozenset(form.lower() for term in glossary() for form in (term["term"], *(term.get("forms") or ()))),
    )


@cache
def glossary() -> tuple[dict[str, Any], ...]:
    """Return the shipped terms with their explanations."""
    path = DATA / "glossary.yaml"
    return tuple(yaml.safe_load(path.read_text(encoding="utf-8"))) if path.exists() else ()


@cache
def coverage() -> dict[str, dict[str, Any]]:
    """Return which phase asks for a page for whom: True, or the reason why not."""
    found: dict[str, dict[str, Any]] = yaml.safe_load((DATA / "coverage.yaml").read_text(encoding="utf-8"))
    return found


@cache
def translations() -> dict[str, str]:
    """Return the shipped translations as they are written, by file below data/."""
    files = [path for pattern in ("??/**/*.md", "??/*.yaml") for path in sorted(DATA.glob(pattern))]
    return {str(path.relative_to(DATA)): path.read_text(encoding="utf-8") for path in files}


@cache
def folder(name: str) -> tuple[dict[str, Any], ...]:
    """Return the YAML files of a folder (checklists, films), by file name."""
    return tuple(yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted((DATA / name).glob("*.yaml")))
