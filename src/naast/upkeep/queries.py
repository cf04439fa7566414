"""Reading for the place administrator: which places are theirs, and their logos."""

from collections.abc import Iterable

from naast.people.rules import Scope
from naast.places.models import Logo
from naast.places.queries import by_id
from naast.places.rules import PlaceInfo


def places_of(scopes: Iterable[Scope]) -> list[PlaceInfo]:
    """Return the places of these scopes: those that take part, regions last, by name."""
    found = [place for scope in scopes if (place := by_id(scope.id))]
    return sorted((place for place in found if place.takes_part), key=lambda place: (place.is_region, place.name))


def logo_of(place: PlaceInfo, digest: str, alt: str | None = None) -> Logo | None:
    """Return a logo of this place by its mark, the one with these words for it where several have it."""
    rows = Logo.objects.filter(place_id=place.id, digest=digest).defer("data")
    return (rows.filter(alt=alt).first() if alt is not None else None) or rows.first()
