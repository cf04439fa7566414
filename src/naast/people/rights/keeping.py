"""What a member of staff gets to see of each kind, and what goes when they are forgotten."""

from uuid import UUID

from naast.core.kept import Row
from naast.people.models import Absence, Grant, StaffSession, User
from naast.people.policy import name_of
from naast.people.policy_table import ROLE_NAMES
from naast.people.rules import Scope


def account(user_id: UUID) -> list[Row]:
    """Return the account itself."""
    return [
        {
            "naam": user.display_name,
            "e-mailadres": user.email,
            "account gemaakt op": user.created,
            "laatst aangemeld op": user.last_login or "nog nooit",
            "account open": user.is_active,
        }
        for user in User.objects.filter(pk=user_id)
    ]


def grants(user_id: UUID) -> list[Row]:
    """Return the roles somebody has or had."""
    return [
        {
            "rol": str(ROLE_NAMES[grant.role]),
            "waar": name_of(Scope(grant.scope_kind, grant.scope_id)),
            "vanaf": grant.starts,
            "tot en met": grant.ends or "geen einde",
        }
        for grant in Grant.objects.filter(user_id=user_id).order_by("starts", "role")
    ]


def absences(user_id: UUID) -> list[Row]:
    """Return the days somebody was away; who stood in is a colleague's to tell."""
    return [
        {"van": row.starts, "tot en met": row.ends, "vervanger": "ja" if row.deputy_id else "geen"}
        for row in Absence.objects.filter(user_id=user_id).order_by("starts")
    ]


def sessions(user_id: UUID) -> list[Row]:
    """Return the sessions that are open."""
    return [
        {"begonnen": row.created, "laatst gebruikt": row.last_seen}
        for row in StaffSession.objects.filter(user_id=user_id)
    ]
