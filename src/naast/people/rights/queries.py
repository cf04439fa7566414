"""Everything that is kept about one member of staff, told by the rooms that keep it."""

from collections import Counter
from collections.abc import Iterable
from uuid import UUID

from django.apps import apps
from django.db import models
from django.db.models import Q
from django.template.loader import render_to_string

from naast.core import clock, kept
from naast.core.models import AuditLine
from naast.core.takeaway import Group, Row, shown, zipped
from naast.people.models import Grant, User
from naast.people.policy_table import ORGANISATION
from naast.people.rules import Scope
from naast.people.staffing.queries import organisations_of
from naast.places.queries import by_id

LOG = "core.AuditLine"


def works_elsewhere(user: User, scopes: Iterable[Scope]) -> bool:
    """Tell whether somebody has, had or will have a role outside these scopes and the organisations of their places.

    Then what is kept about them is not these places' alone: giving a stranger a role must not open it.
    """
    here = {(scope.kind, scope.id) for scope in scopes}
    places = [place for _kind, scope_id in here if (place := by_id(scope_id))]
    held = set(Grant.objects.filter(user=user).values_list("scope_kind", "scope_id")) - here
    return any(
        kind != ORGANISATION or not any(scope_id in organisations_of(place) for place in places)
        for kind, scope_id in held
    )


def groups(user: User) -> list[Group]:
    """Return all that is kept about somebody, kind by kind; kinds of which nothing is kept are left out."""
    found = []
    for entry in sorted(kept.all_kept(), key=lambda one: one.model != "people.User"):
        if entry.staff_export is not None:
            rows = tuple(entry.masked(entry.staff_export(user.pk)))
        else:
            rows = tuple(_named_in(apps.get_model(entry.model), user))
        if rows:
            found.append(Group(entry.model, entry.purpose, entry.show, entry.retention, rows, entry.called))
    if rows := tuple(_log(user)):
        found.append(
            Group(
                LOG,
                "Laten zien wie wat zag en deed",
                "Hoe vaak je per dag iets las of veranderde. Van wie het was staat er niet bij.",
                "5 jaar",
                rows,
                "Wat je deed",
            )
        )
    return found


def _named_in(model: type[models.Model], user: User) -> list[Row]:
    """Return in how many records of a kind somebody is named: what it says there is a resident's or the office's."""
    points = [
        field.name
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey) and field.related_model is User
    ]
    where = Q(pk__in=[])
    for name in points:
        where |= Q(**{name: user})
    number = model._default_manager.filter(where).count() if points else 0
    return [{"je naam staat bij": f"{number} keer"}] if number else []


def _log(user: User) -> list[Row]:
    """Return what somebody did, counted by day and act: whose record it was is that person's."""
    lines = AuditLine.objects.filter(actor=f"staff:{user.pk}").values_list("at", "act", "kind", "place")
    counted = Counter(
        (at.astimezone(clock.AMSTERDAM).date(), act, kind, place) for at, act, kind, place in lines.iterator()
    )
    return [
        {"dag": day, "wat": act, "soort": kind, "plaats": place or "geen", "aantal": number}
        for (day, act, kind, place), number in sorted(counted.items())
    ]


def as_zip(user: User) -> bytes:
    """Return the zip for somebody: a page to read and JSON."""
    found = groups(user)
    context = {"groups": shown(found), "name": user.display_name, "made_on": clock.local_now()}
    return zipped(page=render_to_string("people/rights/takeaway.html", context), found=found)


def is_forgotten(user_id: UUID) -> bool:
    """Tell whether an account was made nameless."""
    return User.objects.filter(pk=user_id, email=nameless_address(user_id)).exists()


def nameless_address(user_id: UUID) -> str:
    """Return what stands in the place of an address; a domain that can never exist (RFC 2606)."""
    return f"{user_id.hex}@gewist.invalid"
