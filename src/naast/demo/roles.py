"""Which roles "Bekijk als…" offers: those whose first page exists already."""

from functools import cache

from django.urls import NoReverseMatch
from django.utils.translation import gettext_lazy as _

from naast.core.sharing import outside
from naast.people.policy_table import ROLE_NAMES, TABLE
from naast.people.start import FIRST_PAGES

RESIDENTS = {"parent": _("parent with a locker"), "child": _("child with a locker")}


def page_of(role: str) -> str | None:
    """Return the first page of a member of staff's role, or None when no issue gave it one yet."""
    for action, name in FIRST_PAGES:
        if role in TABLE[action]:
            try:
                return outside(name)
            except NoReverseMatch:
                continue
    return None


@cache
def offered() -> tuple[tuple[str, object], ...]:
    """Return (role, name) of every role that can be looked at, in the order of the bar."""
    from naast.demo.lockers import page_of_residents
    from naast.demo.staff import STAFF

    played = {person.role for person in STAFF}
    residents = RESIDENTS.items() if page_of_residents() else ()
    return (*residents, *((role, name) for role, name in ROLE_NAMES.items() if role in played and page_of(role)))
