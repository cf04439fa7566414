"""Reading offers for the overview: what stands open to a place, as rows for counting and as lines for showing.

Five queries whatever the number of offers; pages made of it are held in memory like every shared page.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet
from django.urls import get_script_prefix
from django.utils.translation import gettext as _

from naast.directory import shown
from naast.directory.models import Costs, Evidence, Offer, Payer, Referral, State
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
    """Everything there is for the people of a place: rows for counting, lines by slug for showing."""

    place: PlaceInfo
    rows: list[Row]
    lines: dict[str, Line]

    def narrowed(self, costs: Collection[str], payers: Collection[str]) -> "Overview":
        """The same with only these costs and payers."""
        return Overview(self.place, rules.chosen(self.rows, costs, payers), self.lines)

    @property
    def checked(self) -> int:
        """How many of the rows somebody looked at."""
        return sum(self.lines[row.slug].checked_on is not None for row in self.rows)


def overview(place: PlaceInfo) -> Overview:
    """What is open to the people of a place: its own offers, its region's and the country's."""
    region, members = _around(place)
    offers = _open({place.slug, region, COUNTRY, *members} - {""})
    lines = {offer.slug: _line(offer, place, _row(offer, place.slug, region, members)) for offer in offers}
    return Overview(place, [line.row for line in lines.values()], lines)


def rows(place: PlaceInfo) -> list[Row]:
    """The rows of a place without the words of the lines: for counting only."""
    region, members = _around(place)
    return [_row(offer, place.slug, region, members) for offer in _open({place.slug, region, COUNTRY, *members} - {""})]


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


def _open(areas: Collection[str]) -> list[Offer]:
    return list(_open_rows(areas).select_related("organisation").prefetch_related("areas", "locations"))


def _open_rows(areas: Collection[str]) -> QuerySet[Offer]:
    open_now = Offer.objects.filter(indexed__isnull=False, state=State.OPEN, organisation__ended=False)
    return open_now.filter(areas__place__slug__in=areas).distinct()


def _row(offer: Offer, place: str, region: str, members: Sequence[str]) -> Row:
    areas = tuple(info.slug for area in offer.areas.all() if (info := places.by_id(area.place_id)))
    return Row(
        slug=offer.slug,
        name=offer.name,
        near=rules.near(areas, place, region, members),
        audiences=tuple(offer.audiences),
        phases=tuple(offer.phases),
        subjects=tuple(offer.subjects),
        forms=tuple(offer.forms),
        costs=offer.costs,
        payers=tuple(offer.payers),
        areas=areas,
    )


def _line(offer: Offer, place: PlaceInfo, row: Row) -> Line:
    payers = [str(Payer(code).label) for code in offer.payers if code != Payer.UNKNOWN]
    known = offer.evidence != Evidence.UNKNOWN
    return Line(
        row=row,
        organisation=shown.named_apart(offer),
        organisation_name=offer.organisation.name,
        costs="" if offer.costs == Costs.UNKNOWN else str(Costs(offer.costs).label),
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
    """The region of a place with its municipalities, or None where it has none or fewer than two take part."""
    region = place if place.is_region else places.region_of(place)
    if region is None:
        return None
    members = [member for member in places.members(region) if member.takes_part and member.live]
    if len(members) < 2:
        return None
    return Compared(region, sorted(members, key=lambda member: member.name), rows(region))


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
