"""What lies in a locker, told by the rooms that put it there: conversations, guide, later plans and courses.

A room registers one section in its `AppConfig.ready`; the locker's pages only read this list. So the locker shows what
upper rooms keep without knowing them.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.functional import Promise


@dataclass(frozen=True)
class Entry:
    """One thing in a locker: where it opens, its name, one line about it, and a short mark such as "1 new"."""

    url: str
    label: str
    note: str = ""
    mark: str = ""
    is_new: bool = False


@dataclass(frozen=True)
class Section:
    """One kind of thing. `entries(locker_id)` reads; `order` sorts; `empty` says what could be here."""

    key: str
    label: str | Promise
    order: int
    entries: Callable[[UUID], Sequence[Entry]]
    empty: str | Promise = ""


@dataclass(frozen=True)
class Filled:
    """A section with what lies in it."""

    key: str
    label: str
    empty: str
    entries: tuple[Entry, ...]


_sections: dict[str, Section] = {}


def register(section: Section) -> None:
    """Add a section; the same key again replaces it."""
    _sections[section.key] = section


def of(locker_id: UUID) -> list[Filled]:
    """Return the sections of a locker with their entries, in order."""
    ordered = sorted(_sections.values(), key=lambda section: section.order)
    return [Filled(s.key, str(s.label), str(s.empty), tuple(s.entries(locker_id))) for s in ordered]
