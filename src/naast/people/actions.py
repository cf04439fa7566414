"""Writing about staff: accounts, roles, absence and sessions, each with its audit line."""

from datetime import date, timedelta
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.contrib.auth.tokens import default_token_generator
from django.db import transaction
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from naast.core import audit, clock
from naast.core.sharing import outside
from naast.people import taken
from naast.people.administrators import LastAdministrator as LastAdministrator
from naast.people.administrators import keep_when_changed, keep_without
from naast.people.models import Absence, Grant, StaffSession, User
from naast.people.oidc.actions import forget_links
from naast.people.policy import registered_kinds
from naast.people.rules import ROLES, Scope
from naast.places.queries import by_id


class UnknownRole(ValueError):
    """The role or the kind of scope does not exist."""


class NotYours(PermissionError):
    """The record belongs to somebody else."""


def actor_of(user: User | None) -> str:
    """Return how the access log names a person; no person is the command line or a job."""
    return f"staff:{user.pk}" if user else "system"


@transaction.atomic
def add_staff(*, email: str, display_name: str, by: User | None = None) -> User:
    """Make an account, or return the one that has this address. It cannot sign in until its password is set."""
    known = User.objects.filter(email=email.lower()).first()
    if known:
        return known
    user = User.objects.create_user(email, display_name=display_name)
    audit.record(actor=actor_of(by), act="add", kind="people.User", record_id=user.pk, fields=("email", "display_name"))
    return user


@transaction.atomic
def grant_role(
    *, user: User, role: str, scope: Scope, starts: date | None = None, ends: date | None = None, by: User | None = None
) -> Grant:
    """Give a role at a scope from a day on (today when left out). The same open grant twice is one grant.

    Raises UnknownRole.
    """
    if role not in ROLES or scope.kind not in registered_kinds():
        raise UnknownRole(f"{role} at {scope.kind}")
    first = starts or clock.today()
    held = Grant.objects.in_force(first).filter(user=user, role=role, scope_kind=scope.kind, scope_id=scope.id)
    known = held.filter(ends=ends).first()
    if known:
        return known
    grant = Grant.objects.create(
        user=user, role=role, scope_kind=scope.kind, scope_id=scope.id, starts=first, ends=ends
    )
    audit.record(
        actor=actor_of(by),
        act="grant",
        kind="people.Grant",
        record_id=grant.pk,
        fields=("role", "scope_id", "ends"),
        place=_slug(grant),
    )
    return grant


def _slug(grant: Grant) -> str:
    """Return the slug of the place where a role holds; "" for a role elsewhere (an organisation)."""
    place = by_id(grant.scope_id)
    return place.slug if place else ""


def _works_at(user: User) -> list[str]:
    """Return the slugs of the places where somebody works: what happens to the account is a line at each; at least one."""
    return sorted({_slug(grant) for grant in Grant.objects.in_force(clock.today()).filter(user=user)}) or [""]


@transaction.atomic
def end_grant(*, grant: Grant, by: User | None = None) -> None:
    """End a role at once: it stops counting today. A role that began today is removed. Raises LastAdministrator."""
    keep_when_changed([grant], gone=True)
    yesterday = clock.today() - timedelta(days=1)
    audit.record(
        actor=actor_of(by), act="end", kind="people.Grant", record_id=grant.pk, fields=("ends",), place=_slug(grant)
    )
    if grant.starts > yesterday:
        grant.delete()
        return
    grant.ends = yesterday
    grant.save(update_fields=["ends"])
    taken.last_day(grant)


@transaction.atomic
def close_account(*, user: User, by: User | None = None) -> None:
    """Close an account: no sign-in, no open session, no role from today. Raises LastAdministrator."""
    keep_without(user)
    user.is_active = False
    user.save(update_fields=["is_active"])
    taken.closed(user)
    StaffSession.objects.filter(user=user).delete()
    # The address may be invited again for somebody else: nothing of who had it opens anything then.
    Authenticator.objects.filter(user_id=user.pk).delete()
    forget_links(user)
    where = _works_at(user)
    for grant in Grant.objects.in_force(clock.today()).filter(user=user):
        end_grant(grant=grant, by=by)
    for slug in where:
        audit.record(
            actor=actor_of(by), act="close", kind="people.User", record_id=user.pk, fields=("is_active",), place=slug
        )


@transaction.atomic
def reset_sign_in(*, user: User, by: User | None = None) -> None:
    """Take password, phone, passkeys and recovery codes off an account and end its sessions; a new link has to follow.

    Raises LastAdministrator; not for the command line (no `by`), which hands the new link out in the same moment.
    """
    if by is not None:
        keep_without(user)
    taken.password_off(user)
    user.set_unusable_password()
    user.save(update_fields=["password"])
    Authenticator.objects.filter(user_id=user.pk).delete()
    forget_links(user)
    StaffSession.objects.filter(user=user).delete()
    for slug in _works_at(user):
        audit.record(
            actor=actor_of(by), act="reset", kind="people.User", record_id=user.pk, fields=("password",), place=slug
        )


@transaction.atomic
def note_absence(
    *, user: User, starts: date, ends: date, deputy: User | None = None, by: User | None = None
) -> Absence:
    """Note that somebody is away from `starts` to `ends`, both days included; the deputy gets their questions."""
    absence = Absence.objects.create(user=user, starts=starts, ends=ends, deputy=deputy)
    audit.record(
        actor=actor_of(by), act="add", kind="people.Absence", record_id=absence.pk, fields=("starts", "ends", "deputy")
    )
    return absence


def open_session(*, user: User) -> StaffSession:
    """Note that a session begins, so that its owner can see and end it."""
    moment = clock.now()
    session = StaffSession.objects.create(user=user, created=moment, last_seen=moment)
    audit.record(actor=actor_of(user), act="sign_in", kind="people.StaffSession", record_id=session.pk)
    return session


@transaction.atomic
def end_session(*, user: User, session_id: UUID) -> None:
    """End one of somebody's own sessions; the next request of that session has to sign in. Raises NotYours."""
    ended, _ = StaffSession.objects.filter(pk=session_id, user=user).delete()
    if not ended:
        raise NotYours("that session is not yours, or it is over")
    audit.record(actor=actor_of(user), act="sign_out", kind="people.StaffSession", record_id=session_id)


@transaction.atomic
def end_other_sessions(*, user: User, keep: UUID | None) -> int:
    """End all of somebody's own sessions but one; returns how many ended."""
    others = StaffSession.objects.filter(user=user)
    if keep is not None:
        others = others.exclude(pk=keep)
    for session in others:
        audit.record(actor=actor_of(user), act="sign_out", kind="people.StaffSession", record_id=session.pk)
    return others.delete()[0]


def set_password_path(user: User) -> str:
    """Return the path at which this person sets a password once: signed, three days, dead after use."""
    return outside(
        "people:set-password",
        uidb64=urlsafe_base64_encode(force_bytes(user.pk)),
        token=default_token_generator.make_token(user),
    )
