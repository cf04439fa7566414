"""Nobody takes the last administrator away: looked at, and held, before a role, an account or a sign-in goes.

Who administers a place is data: whoever may do `people.grant` there, by a role at the place or at what covers it. Only
somebody who can sign in counts. A region is covered by nothing, so it always keeps its own.
"""

from collections.abc import Callable, Iterable
from datetime import date
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import Exists, OuterRef, Q

from naast.core import clock
from naast.people import policy
from naast.people.models import Grant, User
from naast.people.oidc.models import SignInLink
from naast.people.policy_table import TABLE
from naast.people.rules import Administrator, Scope, administrators_remain
from naast.places.queries import by_id, by_slug

ADMINISTERS = "people.grant"


class LastAdministrator(ValueError):
    """Without this one nobody could give roles at `scope` any more."""

    def __init__(self, scope: Scope) -> None:
        super().__init__(f"the last administrator of {scope.kind} {scope.id}")
        self.scope = scope


def keep_when_changed(grants: Iterable[Grant], ends: date | None = None, *, gone: bool = False) -> None:
    """Refuse that these roles end (`gone`) or get this last day, where nobody lasting would be left.

    Holds the rows until the transaction ends, so that two changes at once see each other. Raises LastAdministrator.
    """
    changed = {grant.pk for grant in grants}

    def after(one: Grant) -> Administrator | None:
        if one.pk not in changed:
            return Administrator(one.user_id, one.ends)
        return None if gone else Administrator(one.user_id, ends)

    _keep([grant for grant in grants if _administers(grant)], after)


def keep_without(user: User) -> None:
    """Refuse that this person can no longer sign in, where nobody lasting would be left. Raises LastAdministrator."""
    held = Grant.objects.in_force(clock.today()).filter(user=user)
    _keep(
        [grant for grant in held if _administers(grant)],
        lambda one: None if one.user_id == user.pk else Administrator(one.user_id, one.ends),
    )


def _administers(grant: Grant) -> bool:
    return grant.scope_kind in TABLE[ADMINISTERS].get(grant.role, frozenset())


def _keep(touched: list[Grant], after: Callable[[Grant], Administrator | None]) -> None:
    scopes = {Scope(grant.scope_kind, grant.scope_id) for grant in touched}
    if not scopes:
        return
    # All that could matter, held in one go and in one order: two at once wait, and never for each other.
    wanted = Q(pk__in=[])
    for holder in {outer for scope in scopes for outer in _covering(scope)}:
        wanted |= Q(scope_kind=holder.kind, scope_id=holder.id)
    roles = list(TABLE[ADMINISTERS])
    held = Grant.objects.in_force(clock.today()).filter(wanted, role__in=roles).order_by("pk").select_for_update()
    rows = [grant for grant in held if _administers(grant)]
    able = _able([grant.user_id for grant in rows])
    standing = [grant for grant in rows if grant.user_id in able]
    for scope in sorted(scopes):
        here = [one for one in standing if Scope(one.scope_kind, one.scope_id) in _covering(scope)]
        before = [Administrator(one.user_id, one.ends) for one in here]
        if not administrators_remain(before, [left for one in here if (left := after(one))]):
            raise LastAdministrator(scope)


def _covering(scope: Scope) -> frozenset[Scope]:
    """Return this scope and what covers it: a municipality's region."""
    place = by_id(scope.id)
    region = by_slug(place.parent_slug) if place and place.parent_slug else None
    outer = Scope(region.kind, region.id) if region else None
    return frozenset({scope, outer} if outer and scope in set(policy.covers(outer)) else {scope})


def _able(people: Iterable[UUID]) -> frozenset[UUID]:
    """Return who of these people can sign in: by password, by a passkey, or by their municipality's own sign-in."""
    passkeys = Authenticator.objects.filter(user_id=OuterRef("pk"), type=Authenticator.Type.WEBAUTHN)
    links = SignInLink.objects.filter(user_id=OuterRef("pk"))
    open_ = ~Q(password__startswith=UNUSABLE_PASSWORD_PREFIX) & ~Q(password="")
    rows = User.objects.filter(pk__in=list(people), is_active=True).order_by("pk").select_for_update()
    return frozenset(rows.filter(open_ | Exists(passkeys) | Exists(links)).values_list("pk", flat=True))
