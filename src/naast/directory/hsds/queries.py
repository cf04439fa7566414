"""Reading for HSDS: services, organizations and their locations as facts, found by what the standard's keys ask."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet
from django.utils import translation

from naast.core import clock, languages
from naast.directory import queries
from naast.directory import rules as directory
from naast.directory.hsds.rules import Area, Giver, Help, Taxonomy, Term, Where, at_location_id
from naast.directory.models import (
    Audience,
    Costs,
    Evidence,
    Form,
    Location,
    Offer,
    Organisation,
    Payer,
    Phase,
    Referral,
)
from naast.directory.open_data.queries import OPEN, changed, complete, reach, with_offers
from naast.directory.queries import SearchQuery
from naast.places import queries as places

HOME = ZoneInfo("Europe/Amsterdam")
AT_ONCE = 200  # how many rows a stream reads at a time
# the list, what it is called, what it is about, what it says of a service, the field of an offer
LISTS: tuple[tuple[str, str, str, str, str], ...] = (
    ("doelgroep", "Doelgroep", "Voor wie hulp is.", "audience", "audiences"),
    ("fase", "Levensfase", "In welke fase van een gezin hulp past. Zonder fase past het in elke.", "phase", "phases"),
    ("onderwerp", "Onderwerp", "Waar hulp over gaat.", "subject", "subjects"),
    ("vorm", "Vorm", "Hoe hulp gegeven wordt.", "form", "forms"),
    ("bijzondere-groep", "Bijzondere groep", "Voor wie hulp in het bijzonder is.", "eligibility", "special_groups"),
    ("kosten", "Kosten", "Wat hulp een inwoner kost.", "cost", "costs"),
    ("betaler", "Betaler", "Wie hulp betaalt.", "funding", "payers"),
    ("verwijzing", "Verwijzing", "Of iemand je moet doorsturen.", "referral", "referral"),
    ("bewijs", "Onderbouwing", "Wat er van de werking bekend is; de waarde is het jaar.", "evidence", "evidence"),
)


@dataclass(frozen=True)
class Asked:
    """What is asked of services; everything that is given must hold."""

    search: str = ""
    term: UUID | None = None
    taxonomy: UUID | None = None
    organization: UUID | None = None
    since: datetime | None = None
    pc4: str = ""


@lru_cache(maxsize=1)
def taxonomies() -> Mapping[str, Taxonomy]:
    """Our lists of codes by slug, with Dutch labels in whatever language is asked."""
    with translation.override(languages.DUTCH):
        labels: dict[str, list[tuple[str, str]]] = {
            slug: [(str(code), str(label)) for code, label in choices.choices]
            for slug, choices in (
                ("doelgroep", Audience),
                ("fase", Phase),
                ("vorm", Form),
                ("kosten", Costs),
                ("betaler", Payer),
                ("verwijzing", Referral),
                ("bewijs", Evidence),
            )
        }
    labels["onderwerp"] = [(subject.slug, subject.label) for subject in directory.subjects()]
    labels["bijzondere-groep"] = [(group.slug, group.label) for group in directory.special_groups()]
    return {
        slug: Taxonomy(slug, name, about, link, tuple(Term(slug, code, label) for code, label in labels[slug]))
        for slug, name, about, link, _field in LISTS
    }


def term_by_id(term_id: UUID) -> Term | None:
    """One code, or None."""
    return next((term for one in taxonomies().values() for term in one.terms if term.id == term_id), None)


def taxonomy_by_id(taxonomy_id: UUID) -> Taxonomy | None:
    """One list, or None."""
    return next((one for one in taxonomies().values() if one.id == taxonomy_id), None)


def service_ids(asked: Asked) -> list[UUID]:
    """The ids of the services that fit, in an order that stays; the words of `search` are not looked at here.

    Who asks what changed since a moment is told of what ended or was hidden as well, so that it can be taken away.
    """
    found = Offer.objects.order_by("pk")
    found = found.filter(changed(asked.since)) if asked.since else found.filter(OPEN)
    if asked.organization is not None:
        found = found.filter(organisation_id=asked.organization)
    if asked.pc4:
        near = {place for one, _share in places.by_postcode(asked.pc4) for place in reach(one)}
        found = found.filter(areas__place_id__in=near).distinct()
    wanted = _codes_of(asked)
    if wanted is None:
        return list(found.values_list("pk", flat=True))
    fields = sorted({field for field, _codes in wanted})
    return [row["pk"] for row in found.values("pk", *fields) if _has(row, wanted)]


def _codes_of(asked: Asked) -> list[tuple[str, frozenset[str]]] | None:
    """What the asked term and taxonomy want of the fields of an offer; None when neither is asked."""
    if asked.term is None and asked.taxonomy is None:
        return None
    fields = {slug: field for slug, _name, _about, _link, field in LISTS}
    term = term_by_id(asked.term) if asked.term else None
    taxonomy = taxonomy_by_id(asked.taxonomy) if asked.taxonomy else None
    wanted = [(fields[term.taxonomy], frozenset([term.code]))] if term else []
    wanted += [(fields[taxonomy.slug], frozenset(one.code for one in taxonomy.terms))] if taxonomy else []
    unknown = (asked.term is not None and term is None) or (asked.taxonomy is not None and taxonomy is None)
    return [("audiences", frozenset())] if unknown else wanted


def _has(row: Mapping[str, Any], wanted: Sequence[tuple[str, frozenset[str]]]) -> bool:
    for field, codes in wanted:
        value = row[field]
        if not codes & set([value] if isinstance(value, str) else value):
            return False
    return True


def services(asked: Asked, *, page: int, size: int) -> tuple[list[Help], int]:
    """One page of services and how many there are; by how well the words fit where words are asked."""
    ids = service_ids(asked)
    if asked.search.strip():
        result = queries.search(SearchQuery(q=asked.search, only=frozenset(ids), page=page, page_size=size))
        found = [one.offer.pk for one in result.results] if page <= result.pages else []
        return by_ids(found), result.total
    return by_ids(ids[(page - 1) * size : page * size]), len(ids)


def stream(asked: Asked) -> Iterator[Help]:
    """All services that fit, read some at a time."""
    ids = service_ids(asked)
    if asked.search.strip():
        page, kept = 1, []
        while True:
            result = queries.search(SearchQuery(q=asked.search, only=frozenset(ids), page=page, page_size=AT_ONCE))
            kept += [one.offer.pk for one in result.results]
            if page >= result.pages:
                break
            page += 1
        ids = kept
    for first in range(0, len(ids), AT_ONCE):
        yield from by_ids(ids[first : first + AT_ONCE])


def by_ids(ids: Sequence[UUID]) -> list[Help]:
    """These services in this order, in four queries."""
    by_id = {offer.pk: offer for offer in complete().filter(pk__in=ids)}
    return [facts(by_id[pk]) for pk in ids if pk in by_id]


def at_locations(asked: Asked) -> list[tuple[UUID, UUID]]:
    """The (service, location) pairs of active services that fit, in an order that stays."""
    ids: Collection[UUID] = service_ids(asked)
    if asked.search.strip():
        ids = {found.id for found in stream(asked)}
    through = Offer.locations.through.objects.filter(offer__state="open", offer__organisation__ended=False)
    pairs = through.order_by("offer_id", "location_id").values_list("offer_id", "location_id")
    wanted = set(ids)
    return [(service, location) for service, location in pairs if service in wanted]


def at_location(row_id: UUID) -> tuple[UUID, UUID] | None:
    """Which service at which location an id names, or None: the id is made from both, so all pairs are looked at."""
    return next((pair for pair in at_locations(Asked()) if at_location_id(*pair) == row_id), None)


def organizations(search: str) -> QuerySet[Organisation]:
    """Organizations that exist, by id. `search`: a part of the name or of what is said about it."""
    found = with_offers().filter(ended=False).order_by("pk")
    if search.strip():
        found = found.filter(Q(name__icontains=search.strip()) | Q(about__icontains=search.strip()))
    return found


def services_of(organisation_ids: Iterable[UUID]) -> dict[UUID, list[Help]]:
    """The active services of organizations, by organization."""
    found: dict[UUID, list[Help]] = {}
    for offer in complete().filter(OPEN, organisation_id__in=list(organisation_ids)).order_by("pk"):
        found.setdefault(offer.organisation_id, []).append(facts(offer))
    return found


def offset() -> timedelta:
    """How far Dutch time is from UTC today."""
    return clock.now().astimezone(HOME).utcoffset() or timedelta()


def giver(organisation: Organisation, *, locations: bool = False) -> Giver:
    """An organization's facts; its locations only where they were read."""
    rows = tuple(_where(row) for row in organisation.locations.all()) if locations else ()
    return Giver(
        id=organisation.pk,
        name=organisation.name,
        about=organisation.about,
        website=organisation.website,
        phone=organisation.phone,
        email=organisation.email,
        locations=rows,
    )


def facts(offer: Offer) -> Help:
    """The facts of an offer that complete() read."""
    waiting = None
    if offer.waiting_max is not None and offer.waiting_on is not None:
        waiting = (offer.waiting_min or 0, offer.waiting_max, offer.waiting_on)
    state = "gestopt" if offer.organisation.ended else offer.state
    return Help(
        id=offer.pk,
        name=offer.name,
        summary=offer.summary,
        description=offer.description,
        state=state,
        giver=giver(offer.organisation),
        website=offer.website,
        phone=offer.phone,
        hours=offer.hours,
        languages=tuple((code, directory.LANGUAGE_NAMES.get(code) or _language(code)) for code in offer.languages),
        age_min=offer.age_min,
        age_max=offer.age_max,
        costs=offer.costs,
        costs_text=offer.costs_text,
        payers=tuple(offer.payers),
        referral=offer.referral,
        offered=_offered(offer),
        waiting=offer.waiting,
        waiting_range=waiting,
        opening=tuple(offer.opening or ()),
        starts=tuple(offer.starts or ()),
        areas=tuple(Area(place.slug, place.name, place.code) for place in queries.area_of(offer)),
        locations=tuple(_where(where) for where in offer.locations.all()),
        codes=tuple(_codes(offer)),
        evidence_year=offer.evidence_year,
        checked_on=offer.checked_on,
        changed=offer.updated_at.astimezone(UTC) if offer.updated_at else None,
    )


def _codes(offer: Offer) -> Iterator[tuple[str, str]]:
    for slug, _name, _about, _link, field in LISTS:
        value = getattr(offer, field)
        for code in [value] if isinstance(value, str) else value:
            yield slug, str(code)


def _language(code: str) -> str:
    return languages.known()[code].dutch if code in languages.known() else code


def _offered(offer: Offer) -> str:
    if not offer.offered_when:
        return ""
    by = f" ({offer.offered_by})" if offer.offered_by else ""
    return f"Wordt ook aangeboden: {offer.offered_when}{by}."


def _where(where: Location) -> Where:
    return Where(
        id=where.pk,
        name=where.name,
        street=where.street,
        postcode=where.postcode,
        town=where.town,
        province=_province(where.place_id),
    )


def _province(place_id: UUID | None) -> str:
    place = places.by_id(place_id) if place_id else None
    return place.province if place else ""
