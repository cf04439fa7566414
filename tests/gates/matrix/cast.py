"""Who asks: everybody who could, made and signed in once a process, and put into each test's own transaction.

A role at a place, or at an organisation, is one person. Making one and signing in costs more than asking a page that
refuses, so the rows are kept and inserted again; a test still begins with nobody and leaves nobody behind.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID, uuid5

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.apps import apps
from django.conf import settings
from django.db import models, transaction
from django.test import Client

from naast.content.actions import let_in
from naast.people.models import Grant
from naast.people.policy_table import KINDS, MUNICIPALITY, ORGANISATION, REGION
from naast.people.rules import ROLES, Scope
from naast.people.tests.factories import sign_in, staff
from naast.places.queries import by_slug
from naast.places.rules import PlaceInfo

OWN, SIBLING, ABOVE = "enschede", "hengelo", "twente"
FOREIGN, FOREIGN_REGION = "houten", "drechtsteden"
SPACE = UUID("0d0a5f0e-2f4c-4e0e-9c0b-6a7d3c1f5b21")
OWN_ORGANISATION, FOREIGN_ORGANISATION = uuid5(SPACE, "own"), uuid5(SPACE, "foreign")
STANDS_FOR = {OWN: MUNICIPALITY, SIBLING: MUNICIPALITY, FOREIGN: MUNICIPALITY, ABOVE: REGION, FOREIGN_REGION: REGION}
ORGANISATIONS = {"own": OWN_ORGANISATION, "foreign": FOREIGN_ORGANISATION}
# Idle sessions end after a quarter of an hour: people who waited this long are made anew.
FRESH_FOR = 300.0
# What making somebody leaves behind in these rooms is about the making, not about the person.
NOT_KEPT = frozenset({"core", "ledger", "django_tasks_database"})


def place(slug: str) -> PlaceInfo:
    """Return a place of the fixture `places`."""
    found = by_slug(slug)
    assert found is not None, slug
    return found


@dataclass(frozen=True)
class Person:
    """Somebody with one role at one scope, and the cookie of their session."""

    role: str
    where: str  # slug of a place, or "own"/"foreign" for an organisation
    kind: str
    scope: Scope
    cookie: str

    def __str__(self) -> str:
        return f"{self.role} of {self.where}{' organisation' if self.kind == ORGANISATION else ''}"


class Rows:
    """Rows that a builder made, to be put into any transaction again."""

    def __init__(self, build: Callable[[], Any], *, leave_out: Iterable[str] = NOT_KEPT) -> None:
        tables = [kind for kind in apps.get_models(include_auto_created=True) if kind._meta.managed]
        tables = [kind for kind in tables if kind._meta.app_label not in leave_out and not kind._meta.proxy]
        with transaction.atomic():
            before = {kind: self._keys(kind) for kind in tables}
            self.result = build()
            made = {kind: self._keys(kind) - before[kind] for kind in tables}
            self.groups = [(kind, list(kind._base_manager.filter(pk__in=keys))) for kind, keys in made.items() if keys]
            transaction.set_rollback(True)

    @staticmethod
    def _keys(kind: type[models.Model]) -> set[Any]:
        return set(kind._base_manager.values_list("pk", flat=True))

    def put(self) -> None:
        """Insert the rows as they were."""
        for kind, rows in self.groups:
            kind._base_manager.bulk_create(rows)


class Cast:
    """Everybody: each role at each place and at both organisations."""

    def __init__(self) -> None:
        self.rows: Rows | None = None
        self.people: list[Person] = []
        self.made_at = 0.0

    def enter(self) -> list[Person]:
        """Put everybody into the database of this test, signed in; returns them."""
        if self.rows is None or time.monotonic() - self.made_at > FRESH_FOR:
            self.rows = Rows(lambda: [self._one(role, where, kind) for role in ROLES for where, kind in self._scopes()])
            self.people = self.rows.result
            self.made_at = time.monotonic()
        self.rows.put()
        return self.people

    @staticmethod
    def _scopes() -> list[tuple[str, str]]:
        return [*STANDS_FOR.items(), *((name, ORGANISATION) for name in ORGANISATIONS)]

    @staticmethod
    def _one(role: str, where: str, kind: str) -> Person:
        scope = Scope(kind, ORGANISATIONS[where] if kind == ORGANISATION else place(where).id)
        client = signed_in(role, scope)
        return Person(role, where, kind, scope, client.cookies[settings.SESSION_COOKIE_NAME].value)


def signed_in(role: str, scope: Any) -> Client:
    """Return a browser of somebody new with this role, both steps of signing in done."""
    user = staff(role, scope)
    TOTP.activate(user, generate_totp_secret())
    RecoveryCodes.activate(user)
    let_in(user=user)  # else each first visit to the editors' admin would do it
    return sign_in(Client(raise_request_exception=False), user)


def move(organisation: UUID, people: list[Person]) -> list[Person]:
    """Let those of the own organisation work for this one: the organisation of a record is known once it is made."""
    Grant.objects.filter(scope_kind=ORGANISATION, scope_id=OWN_ORGANISATION).update(scope_id=organisation)
    scope = Scope(ORGANISATION, organisation)
    return [replace(one, scope=scope) if one.scope.id == OWN_ORGANISATION else one for one in people]


CAST = Cast()
assert set(STANDS_FOR.values()) | {ORGANISATION} == set(KINDS), "a kind of scope that nobody of the cast has"
