"""The shapes of /api/v1/ for offers and organisations: what is answered, and what may be asked. Names are Dutch by rule."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from ninja import Field, Schema
from pydantic import field_validator

from naast.directory.models import Audience, ConfirmedBy, Costs, Form, Payer, Phase, Referral
from naast.directory.search.filters import AGE_BANDS, FACETS, known_codes

LONGEST_QUESTION = 4_000
MOST_A_PAGE = 100
LAST_PAGE = 100_000
AGES = rf"^({'|'.join(AGE_BANDS)}|[0-9]|[1-9][0-9]|1[01][0-9]|120)$"
SINCE = "Alleen wat sinds dit moment veranderde (RFC 3339), en wat geen datum van wijziging heeft"


def _codes(facet: str, description: str) -> Any:
    """A key that may be asked more than once, with the codes of a facet."""
    shape: Any = {"items": {"type": "string", "enum": list(FACETS[facet])}}
    return Field(default_factory=list, description=description, json_schema_extra=shape)


def _said(facet: str) -> Any:
    """A list of codes in an answer; named in the description, not judged again: the record was when it was saved."""
    return Field(json_schema_extra={"items": {"type": "string", "enum": list(FACETS[facet])}})


class Kosten(Schema):
    """Wat het een inwoner kost."""

    soort: Costs
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

    id: UUID
    naam: str
    straat: str
    postcode: str
    plaats: str


class Wachttijd(Schema):
    """Hoeveel weken iemand wacht, en op welke dag dat zo was."""

    vanWeken: int
    totEnMetWeken: int
    gezienOp: date


class Openingstijd(Schema):
    """Een tijd in de week: dag 1 is maandag, tijden zijn die in Nederland."""

    dag: int = Field(ge=1, le=7)
    opent: str
    sluit: str


class Start(Schema):
    """Een dag waarop het begint."""

    datum: date
    toelichting: str


class Aanbod(Schema):
    """Hulp die een organisatie geeft."""

    id: UUID
    slug: str
    naam: str
    organisatie: str
    organisatieId: UUID
    samenvatting: str
    omschrijving: str
    doelgroepen: list[str] = _said("audience")
    leeftijdVan: int | None
    leeftijdTot: int | None
    fasen: list[str] = _said("phase")
    onderwerpen: list[str]
    vormen: list[str] = _said("form")
    talen: list[str]
    kosten: Kosten
    betalers: list[str] = _said("payer")
    verwijzing: Referral
    wachttijd: str = Field(description="In woorden")
    wachttijdWeken: Wachttijd | None
    onderbouwing: Onderbouwing
    gebied: list[str] = Field(description="Slugs van gemeenten, regio's of nederland")
    locaties: list[Locatie]
    telefoon: str
    website: str
    openingstijden: str = Field(description="In woorden")
    openingstijdenWeek: list[Openingstijd]
    startdata: list[Start]
    bijzondereGroepen: list[str]
    actiefAangeboden: Aangeboden
    hulplijn: bool
    bron: str
    nagekekenOp: date | None = Field(description="Dag waarop iemand zag dat het klopt; leeg: nog niet nagekeken")
    nagekekenDoor: ConfirmedBy
    volgendeControle: date | None = Field(description="Dag waarop iemand weer moet zeggen of het klopt")
    gewijzigdOp: datetime | None


class AanbodLijst(Schema):
    """Een pagina met aanbod, best passend en dichtbij eerst."""

    results: list[Aanbod]
    page: int
    pageSize: int
    total: int


class Organisatie(Schema):
    """Wie hulp geeft."""

    id: UUID
    slug: str
    naam: str
    soort: str = Field(description="landelijk, regionaal of lokaal")
    omschrijving: str
    website: str
    telefoon: str
    email: str = Field(description="Algemeen adres, niet van een persoon")
    locaties: list[Locatie]
    aantalAanbod: int
    bron: str
    gewijzigdOp: datetime | None


class OrganisatieLijst(Schema):
    """Een pagina met organisaties, op naam."""

    results: list[Organisatie]
    page: int
    pageSize: int
    total: int


class Bladeren(Schema):
    """Welke pagina, en hoeveel erop."""

    page: int = Field(1, ge=1, le=LAST_PAGE)
    pageSize: int = Field(20, ge=1, le=MOST_A_PAGE)


class AanbodVraag(Bladeren):
    """Wat er gevraagd kan worden. Een sleutel mag vaker voorkomen: dan geldt een van de waarden."""

    gemeente: str | None = Field(None, description="Slug of CBS-code van een gemeente, of de slug van een regio")
    q: str = Field("", max_length=LONGEST_QUESTION, description="Zoekwoorden of een hele zin")
    doelgroep: list[Audience] = Field(default_factory=list)
    leeftijd: list[str] = Field(
        default_factory=list,
        description=f"Leeftijd in jaren (0 tot en met 120) of een groep: {', '.join(AGE_BANDS)}",
        json_schema_extra={"items": {"type": "string", "pattern": AGES}},
    )
    fase: list[Phase] = Field(default_factory=list)
    vorm: list[Form] = Field(default_factory=list)
    kosten: list[Costs] = Field(default_factory=list)
    betaalt: list[Payer] = Field(default_factory=list, description="Wie het betaalt")
    taal: list[str] = _codes("language", "Taal waarin het gaat, als ISO 639-1")
    verwijzing: list[Referral] = Field(default_factory=list, description="Of iemand je moet doorsturen")
    wachttijd: list[str] = _codes("waiting", "Hoeveel weken iemand hoogstens wacht")
    groep: list[str] = _codes("group", "Bijzondere groep")
    organisatie: UUID | None = Field(None, description="Alleen aanbod van deze organisatie")
    gewijzigdSinds: str | None = Field(None, description=SINCE, json_schema_extra={"format": "date-time"})

    @field_validator("leeftijd")
    @classmethod
    def _ages(cls, values: list[str]) -> list[str]:
        return known("age", values)

    @field_validator("taal")
    @classmethod
    def _languages(cls, values: list[str]) -> list[str]:
        return known("language", values)

    @field_validator("wachttijd")
    @classmethod
    def _waiting(cls, values: list[str]) -> list[str]:
        return known("waiting", values)

    @field_validator("groep")
    @classmethod
    def _groups(cls, values: list[str]) -> list[str]:
        return known("group", values)


class OrganisatieVraag(Bladeren):
    """Wat er over organisaties gevraagd kan worden."""

    q: str = Field("", max_length=LONGEST_QUESTION, description="Een stuk van de naam")
    gemeente: str | None = Field(None, description="Met aanbod voor deze gemeente of regio: slug of CBS-code")
    gewijzigdSinds: str | None = Field(None, description=SINCE, json_schema_extra={"format": "date-time"})


def known(facet: str, values: list[str]) -> list[str]:
    """The same codes, each known to a facet. Raises ValueError naming the codes there are."""
    if set(values) - set(known_codes(facet, values)):
        raise ValueError(f"kies uit: {', '.join(FACETS[facet])}")
    return values
