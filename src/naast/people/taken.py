"""Access that was taken away stays away when a backup of before is put back (docs/decisions/0029).

A row that went has a tombstone of its own. A role that ended, an account that closed and an invitation that was
taken back are still rows: a tombstone of that part is laid beside them, and a restore takes it away again.
"""

from collections.abc import Iterable
from datetime import date
from hashlib import sha256
from typing import Any
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.db.models import Q
from django.db.models.signals import post_delete
from django.dispatch import receiver

from naast.core import clock
from naast.core.models import Tombstone
from naast.core.retention import tombstones
from naast.people.models import Grant, Invitation, SignInLink, User

ENDS, CLOSED, RESET = "people.Grant:ends", "people.User:closed", "people.User:password"
WITHDRAWN, FACTOR = "people.Invitation:withdrawn", "mfa.Authenticator:gone"


def last_day(grant: Grant) -> None:
    """Remember the last day of a role as it is now, in the place of what was remembered of it."""
    Tombstone.objects.filter(model=ENDS, record_id__startswith=f"{grant.pk}:").delete()
    if grant.ends is not None:
        tombstones.bury(ENDS, [f"{grant.pk}:{grant.ends.isoformat()}"])


def closed(user: User) -> None:
    """Remember that an account closed."""
    tombstones.bury(CLOSED, [user.pk])


def opened(user: User) -> None:
    """Forget that: it opened again."""
    tombstones.dig_up(CLOSED, user.pk)


def password_off(user: User) -> None:
    """Remember the password that is about to be taken off, by a hash of its hash: only that one stays away."""
    if user.has_usable_password():
        tombstones.bury(RESET, [_short(user.password)])


def withdrawn(invitation: Invitation) -> None:
    """Remember that an invitation was taken back."""
    tombstones.bury(WITHDRAWN, [invitation.pk])


def _short(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:60]


def _factor(factor: Authenticator) -> str:
    # Its own number is given again to another one after a restore; whose it is and when it was made are not.
    return _short(f"{factor.user_id}|{factor.type}|{factor.created_at.isoformat()}")


@receiver(post_delete, sender=Grant, dispatch_uid="people.taken.grant")
@receiver(post_delete, sender=SignInLink, dispatch_uid="people.taken.link")
def _row_went(sender: Any, instance: Any, **kwargs: Any) -> None:
    tombstones.bury(sender._meta.label, [instance.pk])


@receiver(post_delete, sender=Authenticator, dispatch_uid="people.taken.factor")
def _factor_went(sender: Any, instance: Authenticator, **kwargs: Any) -> None:
    tombstones.bury(FACTOR, [_factor(instance)])


def _end_again(stones: Iterable[str]) -> int:
    done = 0
    for grant_id, _colon, day in (stone.partition(":") for stone in stones):
        last = date.fromisoformat(day)
        longer = Grant.objects.filter(Q(ends=None) | Q(ends__gt=last), pk=UUID(grant_id))
        done += longer.filter(starts__gt=last).delete()[0] + longer.filter(starts__lte=last).update(ends=last)
    return done


def _close_again(user_ids: Iterable[str]) -> int:
    return User.objects.filter(pk__in=list(user_ids), is_active=True).update(is_active=False)


def _reset_again(stones: Iterable[str]) -> int:
    wanted, done = set(stones), 0
    for user in User.objects.all():
        if user.has_usable_password() and _short(user.password) in wanted:
            user.set_unusable_password()
            user.save(update_fields=["password"])
            done += 1
    return done


def _withdraw_again(invitation_ids: Iterable[str]) -> int:
    rows = Invitation.objects.filter(pk__in=list(invitation_ids), withdrawn_at=None, accepted_at=None)
    return rows.update(withdrawn_at=clock.now())


def _take_factors_again(stones: Iterable[str]) -> int:
    wanted = set(stones)
    ids = [factor.pk for factor in Authenticator.objects.all() if _factor(factor) in wanted]
    return int(Authenticator.objects.filter(pk__in=ids).delete()[0])


def register() -> None:
    """Tell restoring how each part is taken away again."""
    for label, again in (
        (ENDS, _end_again),
        (CLOSED, _close_again),
        (RESET, _reset_again),
        (WITHDRAWN, _withdraw_again),
        (FACTOR, _take_factors_again),
    ):
        tombstones.register_part(label, again)
