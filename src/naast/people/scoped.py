"""Rows that belong to a scope. A module of its own, so that models of this room can use it while policy is loading."""

from collections.abc import Iterable
from typing import TypeVar
from uuid import UUID

from django.db import models

from naast.people.rules import Scope
from naast.places.queries import by_id

Model = TypeVar("Model", bound=models.Model)


class ScopedQuerySet(models.QuerySet[Model]):
    """Rows that belong to a scope: `.within(request.scopes)` is the verb that every staff query begins with.

    A model whose rows hold the scope's UUID elsewhere sets `scope_field`; one that keeps a place's slug sets
    `scope_field` to it and `scope_by_slug` to True.
    """

    scope_field = "place_id"
    scope_by_slug = False

    def within(self, scopes: Iterable[Scope]) -> "ScopedQuerySet[Model]":
        """Limit to rows at these scopes; no scopes, no rows."""
        ids = {scope.id for scope in scopes}
        keys: set[UUID] | set[str] = ids
        if self.scope_by_slug:
            keys = {place.slug for key in ids if (place := by_id(key))}
        return self.filter(**{f"{self.scope_field}__in": keys})
