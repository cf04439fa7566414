"""Adding people's words to the thesaurus and taking them out; every process searches with them within a second."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction

from naast.core import audit, clock, generations
from naast.directory.search import index
from naast.directory.search.checking import Problem
from naast.people.models import User
from naast.people.policy import scopes_for

from . import queries
from .models import Wording


class CannotTake(ValueError):
    """An entry cannot be taken; `problems` says which text and why."""

    def __init__(self, problems: list[Problem]) -> None:
        """`problems`: at least one."""
        super().__init__(", ".join(f"{problem.what}: {problem.text}" for problem in problems))
        self.problems = problems


def add(*, user: User, say: list[str], find: list[str]) -> Wording:
    """Add an entry: what people type and what offers call it. Raises CannotTake, PermissionDenied."""
    _ask(user)
    found = queries.problems(say, find)
    if found:
        raise CannotTake(found)
    with transaction.atomic():
        row = Wording.objects.create(say=say, find=find, added_on=clock.now())
        audit.record(
            actor=f"staff:{user.pk}", act="add", kind="directory.Wording", record_id=row.pk, fields=["say", "find"]
        )
        generations.bump(index.KEY)
    return row


def remove(*, user: User, wording_id: UUID) -> None:
    """Take an entry out. Taking out what is gone already does nothing. Raises PermissionDenied."""
    _ask(user)
    with transaction.atomic():
        taken, _ = Wording.objects.filter(pk=wording_id).delete()
        if taken:
            audit.record(actor=f"staff:{user.pk}", act="remove", kind="directory.Wording", record_id=wording_id)
            generations.bump(index.KEY)


def _ask(user: User) -> None:
    if not scopes_for(user, "directory.words"):
        raise PermissionDenied
