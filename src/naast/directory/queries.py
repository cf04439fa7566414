"""Reading the directory: search for pages and API alike, offers for a step or a page, one offer. Everything here is public."""

from functools import cache
from importlib import import_module
from uuid import UUID

from naast.directory import rules
from naast.directory.models import Offer, State
from naast.directory.rules import NATION, NEIGHBOUR, OWN, REGION, Subject
from naast.directory.search.filters import known_codes
from naast.directory.search.finding import (
    PAGE_SIZE,
    FacetValue,
    Found,
    SearchQuery,
    SearchResult,
    offers_for,
    search,
    whole,
)
from naast.places import queries as places
from naast.places.rules import PlaceInfo

__all__ = [
    "PAGE_SIZE", "FacetValue", "Found", "SearchQuery", "SearchResult", "area_of", "fixed_addresses", "known_codes",
    "nearness", "offer_by_id", "offer_by_slug", "offers_for", "search", "subjects", "successor",
]  # fmt: skip
MOST_MERGES = 10


def offer_by_slug(slug: str) -> Offer | None:
    """One offer with everything its page shows, in any state, or None."""
    return whole().filter(slug=slug).first()


def offer_by_id(offer_id: UUID) -> Offer | None:
    """One offer with everything that is known of it, in any state, or None."""
    return whole().filter(pk=offer_id).first()


def successor(offer: Offer) -> Offer | None:
    """The offer that a merged one became, whatever it was merged into since; None when it is not there (any more)."""
    seen = {offer.pk}
    found: Offer | None = offer
    while found is not None and found.state == State.MERGED and len(seen) <= MOST_MERGES:
        into = found.merged_into_id
        found = Offer.objects.filter(pk=into).exclude(pk__in=seen).first() if into else None
        if found is not None:
            seen.add(found.pk)
    return found if found is not None and found.state != State.MERGED else None


def subjects() -> tuple[Subject, ...]:
    """The subjects that offers, guides and questions share."""
    return rules.subjects()


@cache
def fixed_addresses() -> frozenset[str]:
    """What our own pages below `hulp/` are called ("overzicht"), read from the table of addresses: never an offer's slug."""
    table = import_module("naast.directory.urls")  # late: views import this module
    first = (str(one.pattern).partition("/")[0] for one in table.urlpatterns)
    return frozenset(name for name in first if name and "<" not in name)


def area_of(offer: Offer) -> list[PlaceInfo]:
    """The places an offer serves, by name; places are in memory, so this costs no query where the areas were read."""
    found = [places.by_id(area.place_id) for area in offer.areas.all()]
    return sorted((place for place in found if place), key=lambda place: place.name)


def nearness(offer: Offer, place: PlaceInfo) -> str:
    """How near the area of an offer (areas read already) is to a place: own, region, nation or neighbour."""
    slugs = {area.slug for area in area_of(offer)}
    region = places.region_of(place)
    if place.slug in slugs:
        return OWN
    if region and region.slug in slugs:
        return REGION
    return NATION if rules.COUNTRY in slugs else NEIGHBOUR
