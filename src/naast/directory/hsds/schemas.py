"""The shapes of /hsds/v3/ for its description: the fields of HSDS 3.0 that our profile fills, and what may be asked.

What a field means is said by the standard. The answers are made in rules.py and held against the standard's own schemas in
the tests; these shapes say to a reader of the description what to expect of us.
"""

from typing import Literal
from uuid import UUID

from ninja import Field, Schema

from naast.places.api import POSTCODE

LONGEST_SEARCH = 4_000
MOST_A_PAGE = 100
LAST_PAGE = 100_000


class Base(Schema):
    """What this API is."""

    version: str
    profile: str
    openapi_url: str


class Profile(Schema):
    """How we fill the standard."""

    name: str
    version: str
    extends: str
    documentation: str
    filled: dict[str, dict[str, str]] = Field(description="By table: the field and what we fill it with")
    left_out: dict[str, str] = Field(description="What we leave out, and why")


class TaxonomyRow(Schema):
    """A list of codes."""

    id: UUID
    name: str
    description: str
    version: str


class TermRow(Schema):
    """One code of a list."""

    id: UUID
    code: str
    name: str
    description: str
    taxonomy: str
    taxonomy_detail: TaxonomyRow
    language: str


class AttributeRow(Schema):
    """What a code says of a service."""

    id: UUID
    link_type: str
    link_entity: str
    value: str | None = None
    taxonomy_term: TermRow


class PhoneRow(Schema):
    """A general number."""

    id: UUID
    number: str
    type: str


class AddressRow(Schema):
    """An address."""

    id: UUID
    address_1: str
    city: str
    state_province: str
    postal_code: str
    country: str
    address_type: str


class LocationRow(Schema):
    """Where people are received."""

    id: UUID
    location_type: str
    name: str
    addresses: list[AddressRow] | None = None


class ServicePart(Schema):
    """A service, named."""

    id: UUID
    name: str
    status: str


class OrganizationRow(Schema):
    """Who gives help."""

    id: UUID
    name: str
    description: str
    email: str | None = None
    website: str | None = None
    phones: list[PhoneRow] | None = None
    locations: list[LocationRow] | None = None
    services: list[ServicePart] | None = None


class ScheduleRow(Schema):
    """When it is open, or starts."""

    id: UUID
    freq: str | None = None
    interval: int | None = None
    wkst: str | None = None
    byday: str | None = None
    opens_at: str | None = None
    closes_at: str | None = None
    timezone: float | None = None
    dtstart: str | None = None
    count: int | None = None
    description: str | None = None


class AreaRow(Schema):
    """A place that is served."""

    id: UUID
    name: str
    uri: str | None = None


class LanguageRow(Schema):
    """A language in which it is given."""

    id: UUID
    name: str
    code: str


class FundingRow(Schema):
    """Who pays it."""

    id: UUID
    source: str


class CostRow(Schema):
    """What it costs who comes."""

    id: UUID
    option: str
    currency: str
    amount: float | None = None
    amount_description: str | None = None


class AtLocationPart(Schema):
    """That a service is at a location."""

    id: UUID
    location: LocationRow


class ServiceRow(Schema):
    """Help that an organization gives. `minimal` gives `id` and `last_modified` alone."""

    id: UUID
    name: str | None = None
    description: str | None = None
    url: str | None = None
    status: Literal["active", "inactive", "defunct"] | None = None
    application_process: str | None = None
    fees_description: str | None = None
    wait_time: str | None = None
    minimum_age: int | None = None
    maximum_age: int | None = None
    assured_date: str | None = None
    last_modified: str | None = None
    organization: OrganizationRow | None = None
    phones: list[PhoneRow] | None = None
    schedules: list[ScheduleRow] | None = None
    service_areas: list[AreaRow] | None = None
    service_at_locations: list[AtLocationPart] | None = None
    languages: list[LanguageRow] | None = None
    funding: list[FundingRow] | None = None
    cost_options: list[CostRow] | None = None
    attributes: list[AttributeRow] | None = None


class AtLocationRow(Schema):
    """A service at a location."""

    id: UUID
    location: LocationRow
    service: ServiceRow
    phones: list[PhoneRow] | None = None
    schedules: list[ScheduleRow] | None = None


class Page(Schema):
    """The standard's page of a list."""

    total_items: int
    total_pages: int
    page_number: int
    size: int
    first_page: bool
    last_page: bool
    empty: bool


class ServicePage(Page):
    """A page of services."""

    contents: list[ServiceRow]


class OrganizationPage(Page):
    """A page of organizations."""

    contents: list[OrganizationRow]


class TaxonomyPage(Page):
    """A page of lists of codes."""

    contents: list[TaxonomyRow]


class TermPage(Page):
    """A page of codes."""

    contents: list[TermRow]


class AtLocationPage(Page):
    """A page of services at locations."""

    contents: list[AtLocationRow]


# ---------- what may be asked; the names are the standard's

SINCE = "What changed at or after this moment (RFC 3339), what ended included, and what has no date of change"


class ListAsked(Schema):
    """Which page of a list, and in which form."""

    search: str = Field("", max_length=LONGEST_SEARCH, description="Full text search")
    page: int = Field(1, ge=1, le=LAST_PAGE)
    per_page: int = Field(20, ge=1, le=MOST_A_PAGE)
    format: Literal["json", "ndjson"] = Field("json", description="ndjson gives all rows at once, one a line")


class TermsAsked(ListAsked):
    """Which codes."""

    taxonomy_id: UUID | None = None
    top_only: bool = Field(False, description="Only codes without a parent: our lists have no others")
    parent_id: UUID | None = Field(None, description="Only codes below this one: our lists have none")


class OrganizationsAsked(ListAsked):
    """Which organizations."""

    full: bool = Field(False, description="With numbers and locations")
    full_service: bool = Field(False, description="With their services in full")


class FindAsked(ListAsked):
    """Which services; everything that is given must hold."""

    taxonomy_term_id: UUID | None = None
    taxonomy_id: UUID | None = None
    organization_id: UUID | None = None
    modified_after: str | None = Field(None, description=SINCE, json_schema_extra={"format": "date-time"})
    full: bool = Field(False, description="With everything that is known")


class ServicesAsked(FindAsked):
    """Which services, and how much of them."""

    minimal: bool = Field(False, description="Only id and last_modified, of all services at once")


class AtLocationsAsked(FindAsked):
    """Which services at locations."""

    postcode: str | None = Field(
        None,
        description="Whose service area holds this Dutch postcode: 7511 or 7511 AB",
        json_schema_extra={"pattern": POSTCODE},
    )


class OneOrganizationAsked(Schema):
    """How much of one organization."""

    full_service: bool = False
