"""Staff in words of the domain: `staff("adviser", place)`, and a browser in which they are signed in."""

import time
from datetime import date, timedelta
from typing import Any

import factory
from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.account.internal.flows.login import _AUTHENTICATION_METHODS_USER_SESSION_KEY
from django.test import Client

from naast.core import clock
from naast.people.models import Absence, Grant, User
from naast.people.rules import Scope

PASSWORD = "een zin die niemand anders kent"


class UserFactory(factory.django.DjangoModelFactory):
    """Somebody who works for a place; without a role nothing is theirs."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"medewerker{n}@gemeente.example")
    display_name = factory.Sequence(lambda n: f"Medewerker {n}")
    password = factory.django.Password(PASSWORD)

    class Params:
        closed = factory.Trait(is_active=False)


class GrantFactory(factory.django.DjangoModelFactory):
    """A role that holds from yesterday on, without an end."""

    class Meta:
        model = Grant

    user = factory.SubFactory(UserFactory)
    role = "adviser"
    scope_kind = "municipality"
    scope_id = factory.Faker("uuid4", cast_to=None)
    starts = factory.LazyFunction(lambda: clock.today() - timedelta(days=1))

    class Params:
        ended = factory.Trait(
            starts=factory.LazyFunction(lambda: clock.today() - timedelta(days=30)),
            ends=factory.LazyFunction(lambda: clock.today() - timedelta(days=1)),
        )
        coming = factory.Trait(starts=factory.LazyFunction(lambda: clock.today() + timedelta(days=1)))


class AbsenceFactory(factory.django.DjangoModelFactory):
    """Away today and tomorrow."""

    class Meta:
        model = Absence

    user = factory.SubFactory(UserFactory)
    starts = factory.LazyFunction(clock.today)
    ends = factory.LazyFunction(lambda: clock.today() + timedelta(days=1))


def staff(role: str, scope: Scope | Any, *, ends: date | None = None, **person: Any) -> User:
    """Make somebody with a role at a scope, or at a place (anything with `kind` and `id`)."""
    user = UserFactory(**person)
    GrantFactory(user=user, role=role, scope_kind=scope.kind, scope_id=scope.id, ends=ends)
    return user


def sign_in(client: Client, user: User, *, minutes_ago: float = 0) -> Client:
    """Sign this browser in with both steps done, so many minutes ago (`people.again` asks again after ten)."""
    client.force_login(user)
    session = client.session
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [
        {"method": "mfa", "at": time.time() - minutes_ago * 60, "type": "totp"}
    ]
    session[_AUTHENTICATION_METHODS_USER_SESSION_KEY] = str(user.pk)
    session.save()
    return client
