"""Who at a desk knows what well: the words for it, and noting it. `rules.route` brings questions there first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from naast.contact import queries, rules
from naast.contact.models import Expertise
from naast.core import audit
from naast.people.actions import actor_of
from naast.people.models import User
from naast.people.policy import may
from naast.people.staffing.queries import TEAMS, scope_of
from naast.places.rules import PlaceInfo

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

NAMES: Mapping[str, StrPromise] = {
    "behaviour": _("Behaviour and development of children"),
    "social-work": _("Social work and talking with parents"),
    "youth": _("Young people"),
    "legal": _("Law and money"),
}


def known_by(users: Iterable[UUID]) -> dict[UUID, list[str]]:
    """Return what each of these people knows well, as codes of `rules.EXPERTISES`."""
    return dict(Expertise.objects.filter(user_id__in=list(users)).values_list("user_id", "kinds"))


@transaction.atomic
def note(*, by: User, place: PlaceInfo, user: User, kinds: Iterable[str]) -> None:
    """Note what a colleague of this desk knows well. Raises PermissionDenied; ValueError on an unknown code."""
    if not may(by, TEAMS, scope_of(place)) or user.pk not in {one.pk for one in queries.colleagues([place.id])}:
        raise PermissionDenied(TEAMS)
    wanted = [kind for kind in rules.EXPERTISES if kind in set(kinds)]
    if set(kinds) - set(rules.EXPERTISES):
        raise ValueError("unknown expertise")
    Expertise.objects.update_or_create(user=user, defaults={"kinds": wanted})
    audit.record(
        actor=actor_of(by),
        act="change",
        kind="contact.Expertise",
        record_id=user.pk,
        fields=("kinds",),
        place=place.slug,
    )
