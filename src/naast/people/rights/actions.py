"""Taking home and erasing what is kept about a member of staff."""

from collections.abc import Iterable
from uuid import UUID

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db import transaction

from naast.core import audit, kept
from naast.core.retention import tombstones
from naast.people.actions import actor_of, close_account
from naast.people.models import Absence, StaffSession, User
from naast.people.policy import Scope, scopes_for, why
from naast.people.rights import queries
from naast.people.staffing import actions as staffing
from naast.places.rules import PlaceInfo

KIND = "people.User"
RIGHTS = "people.rights"


def look(*, user: User, by: User, place: PlaceInfo) -> None:
    """Log that somebody looked at all that is kept about a colleague. Before it is shown."""
    audit.record_read(
        actor=actor_of(by), kind=KIND, record_id=user.pk, fields=("kept",), place=place.slug, role=role_at(by, place)
    )


def role_at(by: User, place: PlaceInfo) -> str:
    """Return by which role somebody may see what is kept about the people of a place; "" where they may not."""
    held = why(by, RIGHTS, Scope(place.kind, place.id))
    return held.role if held else ""


@transaction.atomic
def take_home(*, user: User, by: User | None, place: str = "", role: str = "") -> bytes:
    """Return the zip with all that is kept about somebody; the access log says who made it."""
    audit.record(actor=actor_of(by), act="export", kind=KIND, record_id=user.pk, place=place, role=role)
    return queries.as_zip(user)


@transaction.atomic
def forget(*, user: User, by: User | None, place: str = "") -> None:
    """Make somebody nameless who works here no more: name, address, sign-in, absence and teams go.

    What they wrote in office stays, as an answer of the desk; the access log keeps their number, which then points at
    nobody (AVG article 17(3)(b): the municipality answers for what was done). Closes the account first. Raises
    LastAdministrator and, for whom also works, worked or is invited elsewhere, staffing.actions.WorksElsewhere.
    """
    if by is not None and queries.works_elsewhere(user, scopes_for(by, RIGHTS)):
        raise staffing.WorksElsewhere(str(user.pk))
    if by is not None and user.is_active:
        staffing.leaves_service(by=by, user=user)
    elif user.is_active:
        close_account(user=user)
    anonymise([user.pk])
    tombstones.bury(KIND, [user.pk])
    audit.record(actor=actor_of(by), act="forget", kind=KIND, record_id=user.pk, place=place)


def anonymise(user_ids: Iterable[UUID]) -> int:
    """Take everything that names these people out of the database; returns how many. Idempotent."""
    done = 0
    for user in User.objects.filter(pk__in=list(user_ids)):
        for entry in kept.all_kept():
            if entry.staff_erase is not None:
                entry.staff_erase(user.pk)
        Authenticator.objects.filter(user_id=user.pk).delete()
        EmailAddress.objects.filter(user_id=user.pk).delete()
        StaffSession.objects.filter(user=user).delete()
        Absence.objects.filter(user=user).delete()
        user.email = queries.nameless_address(user.pk)
        user.display_name, user.is_active, user.is_staff, user.is_superuser = "Oud-medewerker", False, False, False
        user.last_login = None
        user.set_unusable_password()
        user.groups.clear()
        user.user_permissions.clear()
        user.save()
        done += 1
    return done
