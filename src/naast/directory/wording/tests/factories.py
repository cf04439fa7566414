"""Entries that editors added."""

from naast.core import clock, generations
from naast.directory.search import index
from naast.directory.wording.models import Wording


def wording(say: tuple[str, ...] = ("kwibus",), find: tuple[str, ...] = ("mediator",)) -> Wording:
    """An entry, at work at once."""
    made = Wording.objects.create(say=list(say), find=list(find), added_on=clock.now())
    generations.bump(index.KEY)
    return made
