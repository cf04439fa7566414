"""What the access log hears of questions: whose one is, by which role staff touch it, and every reading of it."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from naast.contact.models import Question
from naast.core import audit
from naast.people.actions import actor_of
from naast.people.models import User
from naast.people.policy import Scope, why
from naast.places import queries as places

KIND = "contact.Question"


def scope_of(question: Question) -> Scope:
    """Return the scope of the desk at which a question lies."""
    return scope_at(question.desk_id)


def scope_at(place_id: UUID) -> Scope:
    """Return the scope of a place by its id."""
    place = places.by_id(place_id)
    return Scope(place.kind if place else "municipality", place_id)


def place_slug(question: Question) -> str:
    """Return the slug of the place where a question was asked."""
    place = places.by_id(question.place_id)
    return place.slug if place else "onbekend"


def whose(question: Question, by: User | None = None) -> dict[str, str]:
    """Return what the access log says beside the act: whose question it is, and by which role staff might touch it."""
    held = why(by, "desk.read", scope_of(question)) if by else None
    return {"place": place_slug(question), "about": str(question.thread.locker_id), "role": held.role if held else ""}


def read_question(*, question: Question, by: User) -> None:
    """Log that somebody of the desk opened a question: reading is a step too (docs/safety.md). Before it is shown."""
    fields = ("title", "thread", "steps")
    audit.record_read(actor=actor_of(by), kind=KIND, record_id=question.pk, fields=fields, **whose(question, by))


def read_list(*, by: User, scopes: Iterable[Scope], searched: str = "") -> None:
    """Log that somebody looked at the work list of these desks, or searched in it. Before anything is shown.

    `searched` says by what kind of thing (number, address, day, words), never what was typed. One line a desk where
    the role itself holds: a region's adviser has one, not one for each municipality.
    """
    for scope in scopes:
        place, held = places.by_id(scope.id), why(by, "desk.read", scope)
        if place is None or held is None or held.scope != scope:
            continue
        audit.record_read(
            actor=actor_of(by),
            act="search" if searched else "list",
            kind=KIND,
            record_id="",
            fields=(searched or "title",),
            place=place.slug,
            role=held.role,
        )
