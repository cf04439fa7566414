"""This room's part of the public API: offers of help, found by the same search as the pages."""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest
from ninja import Field, Query, Router, Schema

from naast.directory import queries
from naast.directory.models import Audience, Costs, Form, Offer, Phase
from naast.directory.queries import SearchQuery
from naast.places import queries as places
from naast.places.api import refuse_unknown_keys
from naast.places.rules import PlaceInfo

router = Router(tags=["Aanbod"])
LONGEST_QUESTION = 4_000
MOST_A_PAGE = 100


class Kosten(Schema):
    """Wat het een inwoner kost."""

    soort: str
    toelichting: str


class Onderbouwing(Schema):
    """Wat er bekend is over de werking, met het jaar van dat oordeel."""

    niveau: str
    jaar: int | None
    toelichting: str


class Aangeboden(Schema):
    """Wanneer iemand het uit zichzelf aanbiedt, en wie."""

    wanneer: str
    door: str


class Locatie(Schema):
    """Waar mensen terechtkunnen."""

    naam: str
    straat: str
    postcode: str
    plaats: str


class Aanbod(Schema):
    """Hulp die een organisatie geeft."""

    id: UUID
    slug: str
    naam: str
    organisatie: str
    organisatieId: UUID
    samenvatting: str
    omschrijving: str
    doelgroepen: list[str]
    leeftijdVan: int | None
    leeftijdTot: int | None
    fasen: list[str]
    onderwerpen: list[str]
    vormen: list[str]
    talen: list[str]
    kosten: Kosten
    betalers: list[str]
    verwijzing: str
    wachttijd: str
    onderbouwing: Onderbouwing
    gebied: list[str] = Field(description="Slugs van gemeenten, regio's of nederland")
    locaties: list[Locatie]
    telefoon: str
    website: str
    openingstijden: str
    bijzondereGroepen: list[str]
    actiefAangeboden: Aangeboden
    hulplijn: bool
    bron: str
    nagekekenOp: date | None = Field(description="Datum waarop iemand de bron zag; leeg: nog niet nagekeken")


class AanbodLijst(Schema):
    """Een pagina met aanbod, best passend en dichtbij eerst."""

    results: list[Aanbod]
    page: int
    pageSize: int
    total: int


class AanbodVraag(Schema):
    """Wat er gevraagd kan worden. Een sleutel mag vaker voorkomen: dan geldt een van de waarden."""

    gemeente: str | None = Field(None, description="Slug of CBS-code van een gemeente, of de slug van een regio")
    q: str = Field("", max_length=LONGEST_QUESTION, description="Zoekwoorden of een hele zin")
    doelgroep: list[Audience] = Field(default_factory=list)
    fase: list[Phase] = Field(default_factory=list)
    vorm: list[Form] = Field(default_factory=list)
    kosten: list[Costs] = Field(default_factory=list)
    page: int = Field(1, ge=1, le=100_000)
    pageSize: int = Field(20, ge=1, le=MOST_A_PAGE)


def _row(offer: Offer) -> dict[str, Any]:
    return {
        "id": offer.pk,
        "slug": offer.slug,
        "naam": offer.name,
        "organisatie": offer.organisation.name,
        "organisatieId": offer.organisation_id,
        "samenvatting": offer.summary,
        "omschrijving": offer.description,
        "doelgroepen": offer.audiences,
        "leeftijdVan": offer.age_min,
        "leeftijdTot": offer.age_max,
        "fasen": offer.phases,
        "onderwerpen": offer.subjects,
        "vormen": offer.forms,
        "talen": offer.languages,
        "kosten": {"soort": offer.costs, "toelichting": offer.costs_text},
        "betalers": offer.payers,
        "verwijzing": offer.referral,
        "wachttijd": offer.waiting,
        "onderbouwing": {"niveau": offer.evidence, "jaar": offer.evidence_year, "toelichting": offer.evidence_text},
        "gebied": sorted(place.slug for place in queries.area_of(offer)),
        "locaties": [
            {"naam": where.name, "straat": where.street, "postcode": where.postcode, "plaats": where.town}
            for where in offer.locations.all()
        ],
        "telefoon": offer.phone,
        "website": offer.website,
        "openingstijden": offer.hours,
        "bijzondereGroepen": offer.special_groups,
        "actiefAangeboden": {"wanneer": offer.offered_when, "door": offer.offered_by},
        "hulplijn": offer.is_helpline,
        "bron": offer.source,
        "nagekekenOp": offer.checked_on,
    }


def _place(text: str) -> PlaceInfo:
    found = places.by_slug(text.lower()) or next(
        (p for p in places.all_places() if p.code and p.code == text.upper()), None
    )
    if found is None or found.kind == "country":
        raise ValueError(
            f"gemeente: '{text[:80]}' kennen we niet; gebruik een slug (enschede) of een CBS-code (GM0153)"
        )
    return found


@router.get("/aanbod", response=AanbodLijst, url_name="aanbod", summary="Hulp zoeken, best passend en dichtbij eerst")
def aanbod(request: HttpRequest, vraag: Query[AanbodVraag]) -> dict[str, Any]:
    """Geef het aanbod dat past bij een vraag, een gemeente en filters. Zonder vraag: alles, dichtbij eerst."""
    refuse_unknown_keys(request, AanbodVraag)
    result = queries.search(
        SearchQuery(
            q=vraag.q.replace("\x00", " "),
            place=_place(vraag.gemeente) if vraag.gemeente else None,
            audience=[code.value for code in vraag.doelgroep],
            phase=[code.value for code in vraag.fase],
            form=[code.value for code in vraag.vorm],
            costs=[code.value for code in vraag.kosten],
            page=vraag.page,
            page_size=vraag.pageSize,
        )
    )
    found = result.results if vraag.page <= result.pages else []
    return {
        "results": [_row(one.offer) for one in found],
        "page": vraag.page,
        "pageSize": vraag.pageSize,
        "total": result.total,
    }


@router.get("/aanbod/{uuid:id}", response=Aanbod, url_name="aanbod-een", summary="Eén aanbod")
def one_offer(request: HttpRequest, id: UUID) -> dict[str, Any]:
    """Geef één aanbod."""
    offer = queries.offer_by_id(id)
    if offer is None:
        raise Http404
    return _row(offer)
