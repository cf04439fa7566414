"""Reading the editors' words, and what they do."""

from dataclasses import dataclass

from naast.directory.search import checking, snapshot
from naast.directory.search.analyser import Analyser
from naast.directory.search.checking import Problem
from naast.directory.search.thesaurus import shipped

from .models import Wording


@dataclass(frozen=True)
class Row:
    """An entry of editors. `dead`: what it looks for and no offer has."""

    id: str
    say: tuple[str, ...]
    find: tuple[str, ...]
    dead: tuple[str, ...]


def analyser() -> Analyser:
    """The analyser as it is at work now."""
    return snapshot.current().analyser


def rows() -> list[Row]:
    """All entries of editors, newest first."""
    nowhere = {text for _, text in checking.dead(analyser())}
    return [
        Row(str(row.pk), tuple(row.say), tuple(row.find), tuple(text for text in row.find if text in nowhere))
        for row in Wording.objects.all()
    ]


def shipped_count() -> int:
    """How many entries come with the project."""
    return len(shipped().people) + len(shipped().same)


def problems(say: list[str], find: list[str]) -> list[Problem]:
    """What is against taking this entry now."""
    return checking.problems(analyser(), say, find)
