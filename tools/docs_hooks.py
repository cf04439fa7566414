"""Hooks of the documentation site (mkdocs.yml): each page in its own language, and all decisions in the menu."""

import re
from pathlib import Path
from typing import Any

DUTCH = "nl"
PAPERS = "en"  # the decisions and the papers beside the code are English, without saying so in each file
FIRST_LINES_SAY_SO = {"index.md", "municipality.md", "editor.md", "adviser.md"}


def language_of(path: str, meta: dict[str, Any]) -> str:
    """Return the language of a page: what its first lines say, else Dutch for municipalities and English for the rest."""
    return str(meta.get("lang") or (DUTCH if path in FIRST_LINES_SAY_SO else PAPERS))


def on_page_context(context: dict[str, Any], *, page: Any, config: Any, **_: Any) -> dict[str, Any]:
    """Give Material's own words ("Zoeken", "Search") and the page's `lang` the language of this page."""
    config.theme["language"] = language_of(page.file.src_uri, page.meta)
    return context


def on_post_page(output: str, *, page: Any, **_: Any) -> str:
    """Name the search box for who hears the page; Material leaves that out."""
    name = "Zoeken" if language_of(page.file.src_uri, page.meta) == DUTCH else "Search"
    return output.replace(
        'data-md-component="search" role="dialog"', f'data-md-component="search" role="dialog" aria-label="{name}"'
    )


def on_config(config: Any) -> Any:
    """Put every decision behind the list of them in the menu."""
    folder = Path(config.docs_dir) / "decisions"
    found = [{_name(file): f"decisions/{file.name}"} for file in sorted(folder.glob("0*.md"))]
    for section in _sections(config.nav):
        if section.get("Decisions") == ["decisions/README.md"]:
            section["Decisions"] = ["decisions/README.md", *found]
    return config


def _name(file: Path) -> str:
    first = file.read_text(encoding="utf-8").partition("\n")[0]
    return re.sub(r"^# 0*", "", first)


def _sections(nav: list[Any]) -> list[dict[str, Any]]:
    found = []
    for entry in nav:
        if isinstance(entry, dict):
            found.append(entry)
            found += [one for inner in entry.values() if isinstance(inner, list) for one in _sections(inner)]
    return found
