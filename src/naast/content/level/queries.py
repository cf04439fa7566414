"""All texts with their language level, for editors: measured once a generation of the shared tree."""

import threading
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from naast.content.level import measure as level
from naast.content.level.readability import Level
from naast.content.models import ArticlePage, FaqEntry, RolePage, StatementPage, TextPage
from naast.content.rules import CheckState, check_state
from naast.core import clock, generations

COLUMNS = ("title", "audience", "ease", "average", "longest", "todo", "checked", "tested")
LANGUAGE = "nl"


@dataclass(frozen=True)
class Row:
    """A text, how it reads, and whether somebody looked at it or read it with readers."""

    href: str
    title: str
    audience: str
    level: Level
    state: CheckState
    checked: date | None
    tested: date | None
    tested_with: str

    @property
    def good(self) -> bool:
        """Tell whether nothing is to be mended."""
        return self.level.good


@dataclass(frozen=True)
class Column:
    """A column to sort by: what its heading links to, and how it stands now (aria-sort)."""

    key: str
    label: str
    link: str
    sorted: str


_held: tuple[tuple[int, int], dict[Any, Level]] = ((-1, -1), {})
_lock = threading.Lock()


def _levels(found: list[TextPage], questions: list[FaqEntry]) -> dict[Any, Level]:
    global _held
    generation = generations.seen()
    if _held[0] == generation and not generations.in_doubt():
        return _held[1]
    fresh: dict[Any, Level] = {page.pk: _page_level(page) for page in found}
    fresh |= {entry.key: level.of_text([entry.question, entry.answer], entry.audiences) for entry in questions}
    with _lock:
        _held = (generation, fresh)
    return fresh


def forget() -> None:
    """Drop what is held in memory (tests, and after a restore)."""
    global _held
    with _lock:
        _held = ((-1, -1), {})


def _page_level(page: TextPage) -> Level:
    # As stored: binding the blocks would ask for their choices.
    body = [(block["type"], block["value"]) for block in page.body.raw_data]
    return level.of_body(body, page.audiences, summary=page.summary, short=page.short_points)


def rows(sort: str) -> list[Row]:
    """Return every live Dutch text with its level, sorted by a column; "-" in front turns the order."""
    found: list[TextPage] = [
        page
        for model in (ArticlePage, RolePage, StatementPage)
        for page in model.objects.live().filter(locale__language_code=LANGUAGE)
    ]
    questions = [
        entry
        for entry in FaqEntry.objects.filter(live=True).select_related("locale")
        if entry.locale is None or entry.locale.language_code == LANGUAGE
    ]
    levels = _levels(found, questions)
    listed = [
        _row(page, page.title, reverse("wagtailadmin_pages:edit", args=[page.pk]), levels[page.pk]) for page in found
    ]
    listed += [
        _row(
            entry, entry.question, reverse("wagtailsnippets_content_faqentry:edit", args=[entry.pk]), levels[entry.key]
        )
        for entry in questions
    ]
    listed.sort(key=lambda row: row.title.lower())  # equals stay by alphabet, whichever way the column goes
    return sorted(listed, key=lambda row: _order(row, sort.removeprefix("-")), reverse=sort.startswith("-"))


def _row(text: Any, title: str, href: str, measured: Level) -> Row:
    return Row(
        href=href,
        title=title,
        audience=text.audiences[0] if text.audiences else "",
        level=measured,
        state=check_state(text.checked_on, text.review_due, clock.today()),
        checked=text.checked_on,
        tested=text.tested_on,
        tested_with=text.tested_with,
    )


def _order(row: Row, column: str) -> Any:
    never = date.min
    return {
        "title": row.title.lower(),
        "audience": row.audience,
        "ease": row.level.ease,
        "average": row.level.average,
        "longest": row.level.longest,
        "todo": len(row.level.findings),
        "checked": row.checked or never,
        "tested": row.tested or never,
    }[column]


def known_sort(asked: str) -> str:
    """Return the order that is asked for, or the one that puts what is to be mended first."""
    return asked if asked.removeprefix("-") in COLUMNS and not asked.startswith("--") else "-todo"


def columns(sort: str) -> list[Column]:
    """Return the columns with their links: the one that is sorted by turns around."""
    labels = {
        "title": _("Title"),
        "audience": _("For whom"),
        "ease": _("Reading ease"),
        "average": _("Words a sentence"),
        "longest": _("Longest sentence"),
        "todo": _("To mend"),
        "checked": _("Facts looked at on"),
        "tested": _("Tested with readers"),
    }
    found = []
    for key in COLUMNS:
        now = "ascending" if sort == key else "descending" if sort == f"-{key}" else ""
        found.append(Column(key, labels[key], f"-{key}" if now == "ascending" else key, now))
    return found
