"""What every screen about people shows: the place, the way between the screens, the other places."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from naast.people.policy import StaffRequest, scopes_for, signed_in
from naast.people.queries import places_at
from naast.people.staffing import queries
from naast.people.start import first_page
from naast.places.rules import PlaceInfo

# (what one must be allowed to do, name of the address, its words); the addresses take a place.
SCREENS = (
    (queries.READ, "people:place", gettext_lazy("People")),
    (queries.READ, "people:matrix", gettext_lazy("Who sees what")),
    (queries.TEAMS, "desk:teams", gettext_lazy("Teams")),
    (queries.MANDATES, "people:mandates", gettext_lazy("Mandates")),
)


def place_or_403(request: StaffRequest, slug: str) -> PlaceInfo:
    """Return a place at which the guarded action is this person's. Raises PermissionDenied for any other."""
    mine = places_at(request.scopes)
    found = next((place for place in mine if place.slug == slug), None)
    if found is None:
        raise PermissionDenied(slug)
    return found


def frame(request: StaffRequest, place: PlaceInfo | None, current: str) -> dict[str, Any]:
    """Return the context that every screen here needs; `current` is the name of the address."""
    user = signed_in(request)
    begin = first_page(user)
    nav = [{"url": begin, "label": _("Your work"), "current": False}]
    nav += [
        {"url": reverse(name, args=[at.slug]), "label": str(label), "current": name == current}
        for action, name, label in SCREENS
        if (at := place_for(user, action, place))
    ]
    nav.append({"url": reverse("people:absence"), "label": _("Away"), "current": current == "people:absence"})
    return {
        "chosen": place,
        "desk_name": place.name if place else "",
        "desk_href": begin,
        "desk_nav": nav,
        "mine": places_at(request.scopes),
        "to": current,
    }


def place_for(user: Any, action: str, place: PlaceInfo | None) -> PlaceInfo | None:
    """Return the place at which somebody may do an action: this one where they may, else their first; None: nowhere."""
    mine = places_at(scopes_for(user, action))
    return next((one for one in mine if place and one.slug == place.slug), mine[0] if mine else None)
