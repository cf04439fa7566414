"""Who read along in a locker: the access log in words for its owner, who sees a role and a desk, and no name that the
adviser did not show already.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from naast.core import clock
from naast.core.models import AuditLine
from naast.core.templatetags.naast import nl_date
from naast.people.access import records
from naast.people.access.records import Named
from naast.people.access.rules import EXPORTS
from naast.people.models import Grant
from naast.people.policy import Scope, name_of
from naast.people.policy_table import ROLE_NAMES

SHOWN_ACTS = ("read", *EXPORTS)
STAFF = "staff:"
LONGEST = 1_000  # lines looked at; the latest


@dataclass(frozen=True)
class Read:
    """Somebody read along on a day: a role and a place, a first name only where the owner knows it already."""

    day: date
    role: str
    desk: str
    name: str = ""
    times: int = 1
    as_file: bool = False
    emergency: bool = False

    @property
    def sentence(self) -> str:
        """Return it in words."""
        role = _("%(role)s of %(desk)s") % {"role": self.role, "desk": self.desk} if self.desk else self.role
        who = f"{self.name} ({role})" if self.name else _("a %(role)s") % {"role": role}
        words = {"day": nl_date(self.day, "full"), "who": who}
        if self.as_file:
            return _("On %(day)s %(who)s took your question as a file.") % words
        if self.emergency:
            return _("On %(day)s %(who)s read your question in an emergency.") % words
        return _("On %(day)s %(who)s read your question.") % words


@dataclass(frozen=True)
class Along:
    """One question with who read along in it, the latest day first."""

    label: str
    url: str
    reads: tuple[Read, ...] = field(default_factory=tuple)

    @property
    def in_emergency(self) -> bool:
        """Whether somebody of another desk read it in an emergency."""
        return any(read.emergency for read in self.reads)


def of_locker(locker_id: UUID) -> list[Along]:
    """Return every question of a locker with who of the staff read along in it. Four queries."""
    named = records.named(locker_id)
    lines = AuditLine.objects.filter(about=str(locker_id), actor__startswith=STAFF, act__in=SHOWN_ACTS)
    rows = list(lines.order_by("-at")[:LONGEST])
    grants = _grants({row.actor for row in rows})
    reads: dict[tuple[str, str], dict[Any, Read]] = {}
    for row in rows:
        key = (row.kind, row.record_id)
        if key not in named:
            continue
        read = _read(row, named[key], grants)
        same = (read.day, row.actor, read.as_file, read.emergency)
        known = reads.setdefault(key, {}).get(same)
        reads[key][same] = read if known is None else Read(**{**_fields(known), "times": known.times + 1})
    return [Along(one.label, one.url, tuple(reads.get(key, {}).values())) for key, one in named.items()]


def _fields(read: Read) -> dict[str, Any]:
    return {name: getattr(read, name) for name in Read.__dataclass_fields__}


def _read(row: AuditLine, named: Named, grants: Mapping[str, list[Grant]]) -> Read:
    day = row.at.astimezone(clock.AMSTERDAM).date()
    return Read(
        day=day,
        role=str(ROLE_NAMES.get(row.role, _("member of staff"))),
        desk=_desk(grants.get(row.actor, []), row.role, day),
        name=named.shown.get(row.actor.removeprefix(STAFF), ""),
        as_file=row.act in EXPORTS,
        emergency=bool(row.why),
    )


def _grants(actors: set[str]) -> dict[str, list[Grant]]:
    found: dict[str, list[Grant]] = {}
    ids = [actor.removeprefix(STAFF) for actor in actors]
    for grant in Grant.objects.filter(user_id__in=[one for one in ids if len(one) == 36]):
        found.setdefault(f"{STAFF}{grant.user_id}", []).append(grant)
    return found


def _desk(grants: list[Grant], role: str, day: date) -> str:
    """Return where this person held this role on that day; "" when it is not known any more."""
    for grant in grants:
        if grant.role == role and grant.starts <= day and (grant.ends is None or day <= grant.ends):
            return name_of(Scope(grant.scope_kind, grant.scope_id))
    return ""


def export(locker_id: UUID) -> list[Mapping[str, Any]]:
    """Return who read along as rows of the locker's own download, in Dutch."""
    return [
        {"vraag": along.label, "op": read.day, "wie": _who(read), "in een noodgeval": read.emergency}
        for along in of_locker(locker_id)
        for read in along.reads
    ]


def _who(read: Read) -> str:
    return ", ".join(filter(None, (read.name, read.role, read.desk)))
