"""Writing about the people of a place: invite, give and end roles, close accounts, absence, teams, mandates.

Each is one transaction with its audit line. Who may do it is asked again here, whatever the screen showed.
"""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import models, transaction

from naast.core import audit, clock, mail
from naast.core.sharing import outside
from naast.people import actions as people
from naast.people import policy, taken
from naast.people.actions import UnknownRole, actor_of
from naast.people.administrators import keep_when_changed
from naast.people.models import Absence, Grant, User
from naast.people.policy_table import TABLE
from naast.people.queries import who_may
from naast.people.rules import Scope
from naast.people.staffing import queries, rules, work
from naast.people.staffing.models import Invitation, Mandate, Team
from naast.people.staffing.rules import AbsenceFault, Days, Deputy, Standing
from naast.places import queries as places
from naast.places.rules import PlaceInfo


class NotToYourself(PermissionError):
    """Nobody gives themselves a role or lengthens their own: somebody else does."""


class WorksElsewhere(PermissionError):
    """The account also has roles at places that this administrator does not look after."""


class AlreadyOver(ValueError):
    """The invitation was used or taken back before."""


class AbsenceRefused(ValueError):
    """An absence that cannot be noted; `faults` says why."""

    def __init__(self, faults: tuple[AbsenceFault, ...]) -> None:
        super().__init__(", ".join(faults))
        self.faults = faults


def _check_grant(by: User, scope: Scope) -> None:
    if not queries.may_grant(by, scope):
        raise PermissionDenied(queries.GRANT)


def _slug(scope_id: UUID) -> str:
    place = places.by_id(scope_id)
    return place.slug if place else ""


def _log(by: User, act: str, row: models.Model, *, place: str = "", fields: Sequence[str] = ()) -> None:
    audit.record(actor=actor_of(by), act=act, kind=row._meta.label, record_id=row.pk, place=place, fields=tuple(fields))


# ---------- inviting


@transaction.atomic
def invite(
    *, by: User, place: PlaceInfo, email: str, display_name: str, role: str, scope: Scope, ends: date | None = None
) -> tuple[User, Invitation | None]:
    """Give somebody a role at a scope; who has no open account yet gets a mail with a link to open it, once.

    Returns the account and the invitation (None for who signs in already: they get a mail that the role is theirs).
    Raises PermissionDenied, UnknownRole, NotToYourself.
    """
    user = User.objects.filter(email=email.lower()).first()
    if user is None:
        user = people.add_staff(email=email, display_name=display_name, by=by)
        user.is_active = False
        user.save(update_fields=["is_active"])
    known = user.is_active and (user.has_usable_password() or user.last_login is not None)
    give_role(by=by, user=user, role=role, scope=scope, ends=ends, tell=known)
    if known:
        return user, None
    now = clock.now()
    waiting = Invitation.objects.filter(user=user, accepted_at=None, withdrawn_at=None).first()
    if waiting and _looks_after(by, waiting):
        return user, send_again(by=by, invitation=waiting)
    if waiting and waiting.standing(now) is Standing.INVITED:
        return user, waiting  # another place's link is on its way, and opens the account for this role too
    if waiting:  # another place's link ended unused; ours takes its place
        Invitation.objects.filter(pk=waiting.pk).update(withdrawn_at=now)
    invitation = Invitation.objects.create(
        user=user, place_id=place.id, by=by, sent_at=now, ends_at=now + rules.INVITED_FOR
    )
    _mail_link(invitation)
    _log(by, "invite", invitation, place=_slug(place.id))
    return user, invitation


def _looks_after(by: User, invitation: Invitation) -> bool:
    """Tell whether somebody administers the place that an invitation came from."""
    place = places.by_id(invitation.place_id)
    return place is not None and policy.may(by, queries.GRANT, queries.scope_of(place))


def _mail_link(invitation: Invitation) -> None:
    """Make every earlier link dead, then promise the mail; the link is made when it leaves, so nothing here opens it."""
    invitation.user.set_unusable_password()
    invitation.user.save(update_fields=["password"])
    place = places.by_id(invitation.place_id)
    mail.queue_mail(
        kind="people/invited",
        to=invitation.user.email,
        context={"invitation": str(invitation.pk), "place": place.name if place else ""},
        message_id=_mail_key(invitation),
    )


def _mail_key(invitation: Invitation) -> str:
    return f"invited:{invitation.pk}:{invitation.times}"


@transaction.atomic
def send_again(*, by: User, invitation: Invitation) -> Invitation:
    """Mail a new link for three days; the one before stops working. Raises PermissionDenied, AlreadyOver."""
    row = _open_invitation(by, invitation)
    mail.withdraw([_mail_key(row)])
    row.times, row.sent_at, row.ends_at = row.times + 1, clock.now(), clock.now() + rules.INVITED_FOR
    row.save(update_fields=["times", "sent_at", "ends_at"])
    _mail_link(row)
    _log(by, "invite", row, place=_slug(row.place_id))
    return row


@transaction.atomic
def withdraw(*, by: User, invitation: Invitation) -> None:
    """Take an invitation back: the link is dead, and the roles that came with it end. Raises as send_again() does."""
    row = _open_invitation(by, invitation)
    mail.withdraw([_mail_key(row)])
    row.withdrawn_at = clock.now()
    row.save(update_fields=["withdrawn_at"])
    taken.withdrawn(row)
    taken.password_off(row.user)
    row.user.set_unusable_password()
    row.user.save(update_fields=["password"])
    for grant in queries.grants_of(row.user):
        if queries.may_grant(by, Scope(grant.scope_kind, grant.scope_id)):
            people.end_grant(grant=grant, by=by)
    _log(by, "withdraw", row, place=_slug(row.place_id))


def _open_invitation(by: User, invitation: Invitation) -> Invitation:
    """Lock an invitation of a place that somebody looks after and that was neither used nor taken back."""
    row = Invitation.objects.select_for_update().select_related("user").get(pk=invitation.pk)
    if not _looks_after(by, row):
        raise PermissionDenied(queries.GRANT)
    if row.standing(clock.now()) in (Standing.ACCEPTED, Standing.WITHDRAWN):
        raise AlreadyOver(row.standing(clock.now()))
    return row


@transaction.atomic
def accept(*, user: User, by_link: bool = False) -> bool:
    """Open the account of somebody who used their link, or proved who they are at their municipality's sign-in.

    Returns whether an invitation waited. One that ended or was taken back opens nothing; a link knows its own end
    (it counts from when the mail left).
    """
    row = Invitation.objects.select_for_update().filter(user=user, accepted_at=None, withdrawn_at=None).first()
    if row is None or not (by_link or row.standing(clock.now()) is Standing.INVITED):
        return False
    row.accepted_at = clock.now()
    row.save(update_fields=["accepted_at"])
    user.is_active = True
    user.save(update_fields=["is_active"])
    taken.opened(user)
    _log(user, "accept", row, place=_slug(row.place_id))
    return True


# ---------- roles


@transaction.atomic
def give_role(*, by: User, user: User, role: str, scope: Scope, ends: date | None = None, tell: bool = True) -> Grant:
    """Give somebody a role at a scope from today; who has it gets this last day. Raises as change_until(), UnknownRole.

    With `tell` a mail says that there is a role at this place, and nothing more.
    """
    _check_grant(by, scope)
    if user.pk == by.pk:
        raise NotToYourself(role)
    if role not in rules.roles_at(scope.kind, TABLE):
        raise UnknownRole(f"{role} at {scope.kind}")
    known = next(
        (
            one
            for one in queries.grants_of(user)
            if (one.role, one.scope_kind, one.scope_id) == (role, scope.kind, scope.id)
        ),
        None,
    )
    if known is not None:
        change_until(by=by, grant=known, ends=ends)
        return known
    grant = people.grant_role(user=user, role=role, scope=scope, ends=ends, by=by)
    if tell and user.is_active:
        mail.queue_mail(
            kind="people/role_given",
            to=user.email,
            context={"place": policy.name_of(scope), "url": outside("people:account")},
            message_id=f"role:{grant.pk}",
        )
    return grant


@transaction.atomic
def end_role(*, by: User, grant: Grant) -> int:
    """End a role today; what its holder may no longer do goes back to the list. Returns how much went back.

    Raises PermissionDenied, and people.actions.LastAdministrator for the last one of a place.
    """
    _check_grant(by, Scope(grant.scope_kind, grant.scope_id))
    user = grant.user
    people.end_grant(grant=grant, by=by)
    return work.hand_back(user, by)


@transaction.atomic
def change_until(*, by: User, grant: Grant, ends: date | None) -> None:
    """Set another last day of a role, or none. Raises PermissionDenied, NotToYourself, LastAdministrator, ValueError.

    ValueError: the day is before today or before the role begins.
    """
    _check_grant(by, Scope(grant.scope_kind, grant.scope_id))
    if ends is not None and (ends < clock.today() or ends < grant.starts):
        raise ValueError(ends)
    longer = grant.ends is not None and (ends is None or ends > grant.ends)
    if grant.user_id == by.pk and longer:
        raise NotToYourself(grant.role)
    keep_when_changed([grant], ends)
    grant.ends = ends
    grant.save(update_fields=["ends"])
    taken.last_day(grant)
    _log(by, "change", grant, place=_slug(grant.scope_id), fields=("ends",))


@transaction.atomic
def leaves_service(*, by: User, user: User) -> int:
    """Close the account of somebody who no longer works here; returns how much work went back to a list.

    Raises WorksElsewhere when not all their roles are this administrator's to end, LastAdministrator.
    """
    held = queries.grants_of(user)
    if not held or not all(queries.may_grant(by, Scope(grant.scope_kind, grant.scope_id)) for grant in held):
        raise WorksElsewhere(str(user.pk))
    for invitation in Invitation.objects.filter(user=user, accepted_at=None, withdrawn_at=None):
        withdraw(by=by, invitation=invitation)
    people.close_account(user=user, by=by)
    Grant.objects.filter(user=user, starts__gt=clock.today()).delete()
    for team in Team.objects.filter(members=user):
        team.members.remove(user)
    return work.hand_back(user, by)


# ---------- absence


@transaction.atomic
def note_absence(*, by: User, user: User, starts: date, ends: date, deputy: User | None = None) -> Absence:
    """Note days away and who stands in, for oneself or a colleague. Raises PermissionDenied, AbsenceRefused."""
    _check_absence(by, user)
    standing_in = deputy and Deputy(
        themselves=deputy.pk == user.pk,
        work=queries.work_of(deputy),
        away=tuple(queries.days_away(deputy)),
    )
    faults = rules.absence_faults(
        Days(starts, ends),
        clock.today(),
        known=queries.days_away(user),
        work=queries.work_of(user),
        deputy=standing_in or None,
    )
    if faults:
        raise AbsenceRefused(faults)
    return people.note_absence(user=user, starts=starts, ends=ends, deputy=deputy, by=by)


@transaction.atomic
def end_absence(*, by: User, absence: Absence) -> None:
    """Say that somebody is back: coming days are taken out, what was stays. Raises PermissionDenied."""
    _check_absence(by, absence.user)
    today = clock.today()
    _log(by, "end", absence, fields=("ends",))
    if absence.starts >= today:
        absence.delete()
        return
    absence.ends = min(absence.ends, today - timedelta(days=1))
    absence.save(update_fields=["ends"])


def may_note_absence(by: User, user: User) -> bool:
    """Tell whether somebody may note the absence of somebody: their own, or a colleague's at a scope of theirs."""
    if by.pk == user.pk:
        return True
    mine = policy.scopes_for(by, queries.ABSENCE)
    return any(one.scope in mine for one in policy.held(user))


def _check_absence(by: User, user: User) -> None:
    if not may_note_absence(by, user):
        raise PermissionDenied(queries.ABSENCE)


# ---------- teams


@transaction.atomic
def save_team(
    *, by: User, place: PlaceInfo, name: str, members: Iterable[User], knows: Iterable[str], team: Team | None = None
) -> Team:
    """Make or change a team of a place. Raises PermissionDenied; ValueError where another team has this name."""
    _check_place(by, queries.TEAMS, place)
    if team is not None and team.place_id != place.id:
        raise PermissionDenied(queries.TEAMS)
    row = team or Team(place_id=place.id)
    if Team.objects.filter(place_id=place.id, name__iexact=name).exclude(pk=row.pk).exists():
        raise ValueError(name)
    row.name, row.knows = name, sorted(set(knows))
    row.save()
    row.members.set(members)
    _log(by, "change" if team else "add", row, place=place.slug, fields=("name", "knows", "members"))
    return row


@transaction.atomic
def remove_team(*, by: User, team: Team) -> None:
    """Remove a team; its people keep their roles. Raises PermissionDenied."""
    place = places.by_id(team.place_id)
    if place is None:
        raise PermissionDenied(queries.TEAMS)
    _check_place(by, queries.TEAMS, place)
    _log(by, "remove", team, place=place.slug)
    team.delete()


# ---------- mandates


@transaction.atomic
def save_mandate(*, by: User, place: PlaceInfo, values: dict[str, Any], mandate: Mandate | None = None) -> Mandate:
    """Note or change who decides something. `values` are fields of Mandate. Raises PermissionDenied."""
    _check_place(by, queries.MANDATES, place)
    if mandate is not None and mandate.place_id != place.id:
        raise PermissionDenied(queries.MANDATES)
    row = mandate or Mandate(place_id=place.id)
    changed = [name for name, value in values.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, values[name])
    row.save()
    _log(by, "change" if mandate else "add", row, place=place.slug, fields=changed)
    return row


def remind(mandate: Mandate) -> int:
    """Mail the administrators of a place that a mandate ends, once for this end; returns how many are told."""
    place = places.by_id(mandate.place_id)
    if place is None or mandate.ends is None:
        return 0
    with transaction.atomic():
        told = who_may(queries.MANDATES, queries.scope_of(place))
        for user in told:
            mail.queue_mail(
                kind="people/mandate_ends",
                to=user.email,
                context={
                    "place": place.name,
                    "url": outside("people:mandate", place=place.slug, mandate_id=mandate.pk),
                },
                message_id=f"mandate:{mandate.pk}:{mandate.ends}:{user.pk}",
            )
        Mandate.objects.filter(pk=mandate.pk).update(reminded_for=mandate.ends)
    return len(told)


def _check_place(by: User, action: str, place: PlaceInfo) -> None:
    if not policy.may(by, action, queries.scope_of(place)):
        raise PermissionDenied(action)
