"""Reading for open data: one offer or organisation by id with what became of it, which ones changed, and their rows."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Prefetch, Q, QuerySet

from naast.directory import queries
from naast.directory.models import Location, Offer, Organisation, State
from naast.places import queries as places
from naast.places.rules import PlaceInfo

OPEN = Q(state=State.OPEN, organisation__ended=False)


class Gone(Exception):
    """What was asked for has ended, for ever (410)."""


@dataclass
class Moved(Exception):
    """What was asked for goes on under another id (308)."""

    to: UUID


def offer(offer_id: UUID) -> Offer | None:
    """One offer that readers find, complete. Raises Moved or Gone; None when there never was one, or it is hidden now."""
    found = complete().filter(pk=offer_id).first()
    if found is None or found.state == State.HIDDEN:
        return None
    if found.state == State.MERGED:
        goes_on = queries.successor(found)
        if goes_on is None:
            raise Gone
        raise Moved(goes_on.pk)
    if found.state == State.ENDED or found.organisation.ended:
        raise Gone
    return found


def organisation(organisation_id: UUID) -> Organisation | None:
    """One organisation with its locations and the number of its open offers. Raises Moved or Gone."""
    found = with_offers().filter(pk=organisation_id).first()
    if found is None or not found.ended:
        return found
    goes_on = found
    for _ in range(queries.MOST_MERGES):  # merged into what was merged; a ring ends here
        if goes_on.merged_into is None:
            break
        goes_on = goes_on.merged_into
        if not goes_on.ended:
            raise Moved(goes_on.pk)
    raise Gone


def complete() -> QuerySet[Offer]:
    """Offers with all that a row says, in four queries for any number."""
    return Offer.objects.select_related("organisation").prefetch_related("areas", "locations")


def with_offers() -> QuerySet[Organisation]:
    """Organisations with the locations of their open offers, and how many those are.

    An address that editors took off an offer, or of an offer that ended, may be one that must not be known any more.
    """
    there = Count("offers", filter=Q(offers__state=State.OPEN))
    shown = Location.objects.filter(offers__state=State.OPEN).distinct()
    return Organisation.objects.prefetch_related(Prefetch("locations", shown)).annotate(open_offers=there)


def organisations(*, name: str, place: PlaceInfo | None, since: datetime | None) -> QuerySet[Organisation]:
    """Organisations that exist, by name. `name`: a part of it; `place`: with an open offer that reaches it."""
    found = with_offers().filter(ended=False).order_by("name", "pk")
    if name.strip():
        found = found.filter(name__icontains=name.strip())
    if place is not None:
        reaching = Offer.objects.filter(OPEN, areas__place_id__in=reach(place)).values("organisation_id")
        found = found.filter(pk__in=reaching)
    return found.filter(changed(since)) if since else found


def changed(since: datetime) -> Q:
    """What changed since a moment; what has no date of change is given too, for nobody knows that it did not."""
    return Q(updated_at__gte=since) | Q(updated_at__isnull=True)


def only(*, organisation_id: UUID | None, since: datetime | None) -> frozenset[UUID] | None:
    """The ids of open offers of an organisation and changed since a moment; None when neither is asked."""
    if organisation_id is None and since is None:
        return None
    found = Offer.objects.filter(OPEN)
    if organisation_id is not None:
        found = found.filter(organisation_id=organisation_id)
    if since is not None:
        found = found.filter(changed(since))
    return frozenset(found.values_list("pk", flat=True))


def reach(place: PlaceInfo) -> list[UUID]:
    """The places whose offers reach this one: itself, its region, the country; of a region its members as well."""
    around = [*places.path(place), *(places.members(place) if place.is_region else [])]
    country = [one for one in places.all_places() if one.kind == "country"]
    return list({one.id for one in [place, *around, *country]})


def of_place(place: PlaceInfo) -> Iterable[Offer]:
    """All open offers that reach a place, by id: an order that stays."""
    return complete().filter(OPEN, areas__place_id__in=reach(place)).order_by("pk").distinct()


def location_row(where: Location) -> dict[str, Any]:
    """A location as the API says it."""
    return {
        "id": where.pk,
        "naam": where.name,
        "straat": where.street,
        "postcode": where.postcode,
        "plaats": where.town,
    }


def organisation_row(found: Organisation) -> dict[str, Any]:
    """An organisation of with_offers() as the API says it."""
    return {
        "id": found.pk,
        "slug": found.slug,
        "naam": found.name,
        "soort": found.kind,
        "omschrijving": found.about,
        "website": found.website,
        "telefoon": found.phone,
        "email": found.email,
        "locaties": [location_row(where) for where in found.locations.all()],
        "aantalAanbod": getattr(found, "open_offers", 0),
        "bron": found.source,
        "gewijzigdOp": found.updated_at,
    }


def waiting_row(found: Offer) -> dict[str, Any] | None:
    """The dated waiting time of an offer, or None where nobody gave one."""
    if found.waiting_max is None or found.waiting_on is None:
        return None
    return {"vanWeken": found.waiting_min, "totEnMetWeken": found.waiting_max, "gezienOp": found.waiting_on}


def offer_row(found: Offer) -> dict[str, Any]:
    """An offer of complete() as the API says it."""
    return {
        "id": found.pk,
        "slug": found.slug,
        "naam": found.name,
        "organisatie": found.organisation.name,
        "organisatieId": found.organisation_id,
        "samenvatting": found.summary,
        "omschrijving": found.description,
        "doelgroepen": found.audiences,
        "leeftijdVan": found.age_min,
        "leeftijdTot": found.age_max,
        "fasen": found.phases,
        "onderwerpen": found.subjects,
        "vormen": found.forms,
        "talen": found.languages,
        "kosten": {"soort": found.costs, "toelichting": found.costs_text},
        "betalers": found.payers,
        "verwijzing": found.referral,
        "wachttijd": found.waiting,
        "wachttijdWeken": waiting_row(found),
        "onderbouwing": {"niveau": found.evidence, "jaar": found.evidence_year, "toelichting": found.evidence_text},
        "gebied": sorted(place.slug for place in queries.area_of(found)),
        "locaties": [location_row(where) for where in found.locations.all()],
        "telefoon": found.phone,
        "website": found.website,
        "openingstijden": found.hours,
        "openingstijdenWeek": [
            {"dag": one["weekday"], "opent": one["opens"], "sluit": one["closes"]} for one in found.opening or []
        ],
        "startdata": [{"datum": one["date"], "toelichting": one.get("text") or ""} for one in found.starts or []],
        "bijzondereGroepen": found.special_groups,
        "actiefAangeboden": {"wanneer": found.offered_when, "door": found.offered_by},
        "hulplijn": found.is_helpline,
        "bron": found.source,
        "nagekekenOp": found.checked_on,
        "nagekekenDoor": found.confirmed_by,
        "volgendeControle": found.next_check,
        "gewijzigdOp": found.updated_at,
    }
