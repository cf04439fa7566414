"""The one policy of the house, wired to people and places: `may`, `scopes_for`, `needs`, `within`.

It decides role × action × scope and nothing else. Which rows are somebody's own (a buddy's talk, a taken question) is
the room's own query, on top of `within`. Rooms above register their kinds of scope here.
"""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any, TypeVar
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase

from naast.core import clock
from naast.core.sharing import outside
from naast.people import rules
from naast.people.models import Grant, User
from naast.people.policy_table import OWN_ACTIONS, TABLE
from naast.people.rules import Held, Holding, Scope
from naast.people.scoped import ScopedQuerySet
from naast.places.queries import by_id

__all__ = [
    "Held",
    "Scope",
    "ScopedQuerySet",
    "StaffRequest",
    "held",
    "holdings",
    "may",
    "needs",
    "register_kind",
    "scopes_for",
    "signed_in",
    "why",
]

View = TypeVar("View", bound=Callable[..., HttpResponseBase])
Inside = Callable[[UUID], Iterable[Scope]]
Name = Callable[[UUID], str]

_inside: dict[str, Inside] = {}
_names: dict[str, Name] = {}


def register_kind(kind: str, inside: Inside, name: Name | None = None) -> None:
    """Register a kind of scope, how to find the scopes inside one of that kind, and its name as people read it.

    A place needs no `name`; one that finds nothing returns "".
    """
    _inside[kind] = inside
    if name is not None:
        _names[kind] = name


def registered_kinds() -> frozenset[str]:
    """Return the kinds of scope that rooms registered."""
    return frozenset(_inside)


def name_of(scope: Scope) -> str:
    """Return the name of a scope: of a place, or as the room says that registered the kind; at worst the kind itself."""
    place = by_id(scope.id)
    if place:
        return place.name
    return (_names[scope.kind](scope.id) if scope.kind in _names else "") or scope.kind


def covers(scope: Scope) -> Iterable[Scope]:
    """Return the scopes inside this one; an unregistered kind holds nothing but itself."""
    return _inside[scope.kind](scope.id) if scope.kind in _inside else ()


def held(user: User | AnonymousUser) -> tuple[Held, ...]:
    """Return the roles this person holds today, with their last day. Strangers and closed accounts hold none.

    Read once a request: the middleware puts a memo on the request's own user.
    """
    if not user.is_authenticated or not user.is_active:
        return ()
    memo = getattr(user, "policy_memo", None)
    if memo is not None and "held" in memo:
        return memo["held"]
    grants = Grant.objects.in_force(clock.today()).filter(user_id=user.pk)
    found = tuple(
        Held(role, Scope(kind, scope_id), ends)
        for role, kind, scope_id, ends in grants.values_list("role", "scope_kind", "scope_id", "ends")
    )
    if memo is not None:
        memo["held"] = found
    return found


def holdings(user: User | AnonymousUser) -> tuple[Holding, ...]:
    """Return the roles this person holds today, without days: what deciding needs."""
    return tuple(one.holding for one in held(user))


def why(user: User | AnonymousUser, action: str, scope: Scope) -> Held | None:
    """Return by which role this person may do this action at this scope today, and until when; None: they may not."""
    return rules.reason(held(user), action, scope, covers, table=TABLE)


def may(user: User | AnonymousUser, action: str, scope: Scope) -> bool:
    """Tell whether this person may do this action at this scope, today."""
    return rules.decide(holdings(user), action, scope, covers, table=TABLE)


def scopes_for(user: User | AnonymousUser, action: str) -> frozenset[Scope]:
    """Return every scope at which this person may do this action, today; empty means nowhere."""
    return rules.allowed_scopes(holdings(user), action, covers, table=TABLE)


class StaffRequest(HttpRequest):
    """A request behind `needs`: somebody is signed in, and `scopes` are where they may do what the view is about."""

    user: User
    scopes: frozenset[Scope]


def needs(action: str) -> Callable[[View], View]:
    """Guard a staff view: a stranger goes to sign-in, somebody without the right gets 403.

    The view finds its scopes in `request.scopes` and limits its rows with them. The permission matrix reads the
    action from the view. Raises ValueError on an action that the table does not know, when the module is loaded.
    """
    if action not in TABLE and action not in OWN_ACTIONS:
        raise ValueError(f"{action} is not in people/policy_table.py")

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path(), outside("account_login"))
            scopes = scopes_for(request.user, action)
            if not scopes and action not in OWN_ACTIONS:
                raise PermissionDenied(action)
            request.scopes = scopes  # type: ignore[attr-defined]
            return view(request, *args, **kwargs)

        guarded.policy_action = action  # type: ignore[attr-defined]
        return guarded  # type: ignore[return-value]

    return guard


def signed_in(request: HttpRequest) -> User:
    """Return who is signed in, behind `needs`. Raises PermissionDenied for a stranger, whom `needs` never lets by."""
    if not isinstance(request.user, User):
        raise PermissionDenied("sign-in")
    return request.user
