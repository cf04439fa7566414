"""Reading offers for the overview: what stands open to a place, as rows for counting and as lines for showing.

Rows cost two queries whatever their number, lines four more for those that are shown; pages made of it are held in memory
like every shared page.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Prefetch, QuerySet
from django.urls import get_script_prefix
from django.utils.translation import gettext as _

from naast.directory import shown
from naast.directory.models import Costs, Evidence, Location, Offer, OfferArea, Payer, Referral, State
from naast.directory.overview import rules
from naast.directory.overview.rules import Row, Told
from naast.directory.rules import COUNTRY, NATION, OWN, REGION
from naast.ledger import queries as ledger
from naast.places import queries as places
from naast.places.rules import PlaceInfo


@dataclass(frozen=True)
class Line:
    """One offer as a table shows it: words for people, '' where nobody knows."""

    row: Row
    organisation: str  # '' where the offer's own name says it
    organisation_name: str
    costs: str
    costs_text: str
    payers: str
    where: str
    reach: str
    referral: str
    evidence: str
    evidence_year: int | None
    offered: str
    checked_on: date | None

    @property
    def href(self) -> str:
        """The offer's page, from where we stand."""
        return f"{get_script_prefix()}hulp/{self.row.slug}/"


@dataclass(frozen=True)
class Overview:
    """Everything there is for the people of a place, as rows."""

    place: PlaceInfo
    rows: list[Row]

    def narrowed(self, costs: Collection[str], payers: Collection[str]) -> "Overview":
        """The same with only these costs and payers."""
        return Overview(self.place, rules.chosen(self.rows, costs, payers))

    @property
    def checked(self) -> int:
        """How many of the rows somebody looked at."""
        return sum(row.checked for row in self.rows)

    def lines(self, rows: Collection[Row] | None = None) -> dict[str, Line]:
        """Some rows (or all) as a table shows them, by slug."""
        shown_rows = {row.slug: row for row in (self.rows if rows is None else rows)}
        found = Offer.objects.filter(slug__in=shown_rows).only(*_SHOWN).select_related("organisation")
        towns = Prefetch("locations", Location.objects.only("town"))
        return {
            offer.slug: _line(offer, self.place, shown_rows[offer.slug])
            for offer in found.prefetch_related("areas", towns)
        }


_SHOWN = (
    "slug", "name", "forms", "costs", "costs_text", "payers", "referral", "evidence", "evidence_year", "offered_when",
    "offered_by", "checked_on", "organisation__name",
)  # fmt: skip
_COUNTED = ("pk", "slug", "name", "audiences", "phases", "subjects", "forms", "costs", "payers", "checked_on")


def overview(place: PlaceInfo) -> Overview:
    """What is open to the people of a place: its own offers, its region's and the country's."""
    region, members = _around(place)
    wanted = {place.slug, region, COUNTRY, *members} - {""}
    found = list(_open_rows(wanted).values(*_COUNTED))
    areas: dict[UUID, list[str]] = {row["pk"]: [] for row in found}
    for offer_id, place_id in OfferArea.objects.values_list("offer_id", "place_id"):
        if offer_id in areas and (info := places.by_id(place_id)):
            areas[offer_id].append(info.slug)
    return Overview(
        place,
        [
            Row(
                slug=row["slug"],
                name=row["name"],
                near=rules.near(areas[row["pk"]], place.slug, region, members),
                audiences=tuple(row["audiences"]),
                phases=tuple(row["phases"]),
                subjects=tuple(row["subjects"]),
                forms=tuple(row["forms"]),
                costs=row["costs"],
                payers=tuple(row["payers"]),
                areas=tuple(areas[row["pk"]]),
                checked=row["checked_on"] is not None,
            )
            for row in found
        ],
    )


def changes(place: PlaceInfo) -> list[tuple[str, date | datetime | None]]:
    """The slug of every open offer for the people of a place, and when it last changed as far as we know."""
    region, members = _around(place)
    found = _open_rows({place.slug, region, COUNTRY, *members} - {""}).order_by("slug")
    rows_of = found.values_list("slug", "updated_at", "checked_on")
    return [(slug, updated or checked) for slug, updated, checked in rows_of]


def _around(place: PlaceInfo) -> tuple[str, list[str]]:
    """The slug of a municipality's region ('' where it has none); of a region its municipalities."""
    region = places.region_of(place)
    if place.is_region:
        return place.slug, [member.slug for member in places.members(place)]
    return (region.slug if region else ""), []


def _open_rows(areas: Collection[str]) -> QuerySet[Offer]:
    open_now = Offer.objects.filter(indexed__isnull=False, state=State.OPEN, organisation__ended=False)
    inside = OfferArea.objects.filter(place__slug__in=areas)
    return open_now.filter(pk__in=inside.values("offer_id"))


def _line(offer: Offer, place: PlaceInfo, row: Row) -> Line:
    payers = [str(Payer(code).label) for code in offer.payers if code != Payer.UNKNOWN]
    known = offer.evidence != Evidence.UNKNOWN
    return Line(
        row=row,
        organisation=shown.named_apart(offer),
        organisation_name=offer.organisation.name,
        costs=str(Costs(offer.costs).label),
        costs_text=offer.costs_text,
        payers=shown.in_a_row(payers),
        where=shown.where(offer, place, row.near),
        reach=reach_words(row.near, place),
        referral="" if offer.referral == Referral.UNKNOWN else str(Referral(offer.referral).label),
        evidence=str(Evidence(offer.evidence).label) if known else "",
        evidence_year=offer.evidence_year if known else None,
        offered=shown.offered_words(offer),
        checked_on=offer.checked_on,
    )


def reach_words(near: str, place: PlaceInfo) -> str:
    """For whom an offer is there: the municipality, the region or the country."""
    region = places.region_of(place)
    names = {OWN: place.name, REGION: region.name if region else "", NATION: _("the whole country")}
    return names.get(near, "")


# ---------- municipalities side by side


@dataclass(frozen=True)
class Compared:
    """A region, its municipalities that take part (by name), and the rows of all their offers."""

    region: PlaceInfo
    members: list[PlaceInfo]
    rows: list[Row]


def compared(place: PlaceInfo) -> Compared | None:
    """The region of a place with its municipalities, or None where there is nothing to compare."""
    if not can_compare(place):
        return None
    region = _region(place)
    return Compared(region, _taking_part(region), overview(region).rows) if region else None


def can_compare(place: PlaceInfo) -> bool:
    """Whether a place lies in (or is) a region of which two municipalities or more take part."""
    region = _region(place)
    return region is not None and len(_taking_part(region)) > 1


def _region(place: PlaceInfo) -> PlaceInfo | None:
    return place if place.is_region else places.region_of(place)


def _taking_part(region: PlaceInfo) -> list[PlaceInfo]:
    members = [member for member in places.members(region) if member.takes_part and member.live]
    return sorted(members, key=lambda member: member.name)


# ---------- searches without result


@dataclass(frozen=True)
class MonthTold:
    """What may be told of the searches without result in one month (2026-11), or one year (2026) for a region."""

    period: str
    lines: list[Told]


def searches_without_result(place: PlaceInfo) -> list[MonthTold]:
    """By month, newest first; figures about children are told for a region's whole year only (docs/safety.md)."""
    slugs = [place.slug, *(member.slug for member in places.members(place))] if place.is_region else [place.slug]
    facts = ledger.by_month("search-nothing", places=slugs)
    months = sorted(facts, reverse=True)[: rules.MONTHS_SHOWN]
    return [MonthTold(month, rules.searches_told(facts[month], children=False)) for month in months]


def children_in_a_year(place: PlaceInfo) -> list[MonthTold]:
    """For a region: the searches of its years that named children or young people."""
    if not place.is_region:
        return []
    slugs = [place.slug, *(member.slug for member in places.members(place))]
    by_year: dict[str, list[tuple[Mapping[str, str], int]]] = {}
    for month, rows_of in ledger.by_month("search-nothing", places=slugs).items():
        named = [(dims, number) for dims, number in rows_of if dims.get("audience") in rules.CHILDREN]
        by_year.setdefault(month[:4], []).extend(named)
    return [
        MonthTold(year, told)
        for year, rows_of in sorted(by_year.items(), reverse=True)
        if (told := rules.searches_told(rows_of, children=True))
    ]
