"""Thinking in HSDS 3.0: our facts in its words. Pure: no Django, no clock, no database.

What a field of the standard is filled with, and what we leave out and why, is the table in docs/hsds.md (our profile). An id
that we do not keep is made from the id it belongs to (UUID version 5), so it is the same in every answer. An empty fact is
left out, as the standard allows; nothing is squeezed into a field of another meaning (docs/decisions/0007).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

SPACE = UUID("2f0a8c58-53c4-4f6e-9f0e-0d6c2a1c7b11")
VERSION = "3.0"
TERMS_VERSION = "1"
# the register of Dutch governments' own identifiers of municipalities
TOOI = "https://identifier.overheid.nl/tooi/id/gemeente/"
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
STATUS = {"open": "active", "verborgen": "inactive", "gestopt": "defunct", "samengevoegd": "defunct"}
REFERRAL = {"nee": "Geen verwijzing nodig.", "ja": "Een verwijzing is nodig."}
# who pays, where it is not the person who comes
FUNDING = {"gemeente": "De gemeente", "rijk": "Het rijk", "verzekering": "De zorgverzekering", "fonds": "Een fonds"}

Row = dict[str, Any]


@dataclass(frozen=True)
class Term:
    """One code of a taxonomy with its Dutch label. `taxonomy` is the slug of its list."""

    taxonomy: str
    code: str
    label: str

    @property
    def id(self) -> UUID:
        """The id of this term, for ever."""
        return uuid5(SPACE, f"term/{self.taxonomy}/{self.code}")


@dataclass(frozen=True)
class Taxonomy:
    """A list of codes: its slug, what it is called, what it is about, and what kind of thing it says of a service."""

    slug: str
    name: str
    about: str
    link_type: str
    terms: tuple[Term, ...]

    @property
    def id(self) -> UUID:
        """The id of this list, for ever."""
        return uuid5(SPACE, f"taxonomy/{self.slug}")


@dataclass(frozen=True)
class Area:
    """A place that is served. `code` is that of Statistics Netherlands, for municipalities."""

    slug: str
    name: str
    code: str


@dataclass(frozen=True)
class Where:
    """Where people are received."""

    id: UUID
    name: str
    street: str
    postcode: str
    town: str
    province: str


@dataclass(frozen=True)
class Giver:
    """Who gives help."""

    id: UUID
    name: str
    about: str
    website: str
    phone: str
    email: str
    locations: tuple[Where, ...] = ()


@dataclass(frozen=True)
class Help:
    """An offer with everything that HSDS has a field for. Ages in years, waiting in weeks, opening in local times."""

    id: UUID
    name: str
    summary: str
    description: str
    state: str
    giver: Giver
    website: str
    phone: str
    hours: str
    languages: tuple[tuple[str, str], ...]
    age_min: int | None
    age_max: int | None
    costs: str
    costs_text: str
    payers: tuple[str, ...]
    referral: str
    offered: str
    waiting: str
    waiting_range: tuple[int, int, date] | None
    opening: tuple[Mapping[str, Any], ...]
    starts: tuple[Mapping[str, Any], ...]
    areas: tuple[Area, ...]
    locations: tuple[Where, ...]
    codes: tuple[tuple[str, str], ...]  # (taxonomy, code)
    evidence_year: int | None
    checked_on: date | None
    changed: datetime | None


def child(parent: UUID, kind: str, key: str = "") -> str:
    """The id of a part of something: always the same for the same part."""
    return str(uuid5(parent, f"{kind}/{key}"))


def there(row: Row) -> Row:
    """A row without what is empty; False and 0 are facts."""
    return {name: value for name, value in row.items() if value not in (None, "", [], {})}


def at_location_id(service: UUID, location: UUID) -> UUID:
    """The id of a service at a location."""
    return uuid5(service, f"service_at_location/{location}")


def page_of(contents: Sequence[Row], *, total: int, page: int, size: int) -> Row:
    """The standard's Page: these rows of `total`, on this page of at most `size` rows."""
    last = max(1, -(-total // size))
    return {
        "total_items": total,
        "total_pages": last,
        "page_number": page,
        "size": len(contents),
        "first_page": page == 1,
        "last_page": page >= last,
        "empty": not contents,
        "contents": list(contents),
    }


# ---------- taxonomies


def taxonomy_row(taxonomy: Taxonomy) -> Row:
    """A list of codes."""
    return {"id": str(taxonomy.id), "name": taxonomy.name, "description": taxonomy.about, "version": TERMS_VERSION}


def term_row(term: Term, taxonomy: Taxonomy) -> Row:
    """One code with the list it stands in."""
    return {
        "id": str(term.id),
        "code": term.code,
        "name": term.label,
        "description": f"{taxonomy.name}: {term.label}",
        "taxonomy": taxonomy.name,
        "taxonomy_detail": taxonomy_row(taxonomy),
        "language": "nl",
    }


def attribute_rows(found: Help, taxonomies: Mapping[str, Taxonomy]) -> list[Row]:
    """What the codes of a service say of it; a code that no list has is left out. The evidence carries its year."""
    rows = []
    for slug, code in found.codes:
        taxonomy = taxonomies.get(slug)
        term = next((term for term in taxonomy.terms if term.code == code), None) if taxonomy else None
        if taxonomy is None or term is None:
            continue
        year = str(found.evidence_year) if slug == "bewijs" and found.evidence_year else ""
        row = {
            "id": child(found.id, "attribute", f"{slug}/{code}"),
            "link_type": taxonomy.link_type,
            "link_entity": "service",
            "value": year,
            "taxonomy_term": term_row(term, taxonomy),
        }
        rows.append(there(row))
    return rows


# ---------- organizations and locations


def organization_row(giver: Giver) -> Row:
    """What is one to one of an organization."""
    row = {"id": str(giver.id), "name": giver.name, "email": giver.email, "website": giver.website}
    return {**there(row), "description": giver.about}


def full_organization_row(giver: Giver) -> Row:
    """An organization with its number and its locations."""
    more = {
        "phones": phone_rows(giver.id, giver.phone),
        "locations": [location_row(where) for where in giver.locations],
    }
    return {**organization_row(giver), **there(more)}


def phone_rows(owner: UUID, number: str) -> list[Row]:
    """The general number of somebody, as a list of one or none."""
    return [{"id": child(owner, "phone"), "number": number, "type": "voice"}] if number else []


def location_row(where: Where) -> Row:
    """A location. Its address is there only where a street is known: the standard asks the whole of it."""
    row = {
        "id": str(where.id),
        "location_type": "physical",
        "name": where.name or where.town,
        "addresses": [
            {
                "id": child(where.id, "address"),
                "address_1": where.street,
                "city": where.town,
                "state_province": where.province,
                "postal_code": where.postcode,
                "country": "NL",
                "address_type": "physical",
            }
        ]
        if where.street
        else [],
    }
    return there(row)


# ---------- services


def service_row(found: Help) -> Row:
    """What is one to one of a service, with the organization that gives it.

    What is not active is named, so that others take it away; its facts are not spread.
    """
    if STATUS[found.state] != "active":
        giver = {"id": str(found.giver.id), "name": found.giver.name, "description": found.giver.about}
        gone = {"id": str(found.id), "name": found.name, "status": STATUS[found.state]}
        return {**there({**gone, "last_modified": stamp(found.changed)}), "organization": giver}
    row = {
        "id": str(found.id),
        "name": found.name,
        "description": "\n\n".join(part for part in (found.summary, found.description) if part),
        "url": found.website,
        "status": STATUS[found.state],
        "application_process": " ".join(part for part in (REFERRAL.get(found.referral, ""), found.offered) if part),
        "fees_description": found.costs_text,
        "wait_time": waiting_words(found),
        "minimum_age": found.age_min,
        "maximum_age": found.age_max,
        "assured_date": found.checked_on.isoformat() if found.checked_on else None,
        "last_modified": stamp(found.changed),
        "organization": organization_row(found.giver),
    }
    return there(row)


def minimal_row(found: Help) -> Row:
    """Just the id and when it changed."""
    return there({"id": str(found.id), "last_modified": stamp(found.changed)})


def full_service_row(found: Help, taxonomies: Mapping[str, Taxonomy], offset: timedelta) -> Row:
    """A service with all that is known of it. `offset`: how far Dutch time is from UTC on the day of the answer."""
    if STATUS[found.state] != "active":
        return service_row(found)
    more = {
        "phones": phone_rows(found.id, found.phone),
        "schedules": schedule_rows(found, offset),
        "service_areas": [area_row(found.id, area) for area in found.areas],
        "service_at_locations": [at_location_part(found, where) for where in found.locations],
        "languages": [
            {"id": child(found.id, "language", code), "name": name, "code": code} for code, name in found.languages
        ],
        "funding": [
            {"id": child(found.id, "funding", code), "source": FUNDING[code]}
            for code in found.payers
            if code in FUNDING
        ],
        "cost_options": cost_rows(found),
        "attributes": attribute_rows(found, taxonomies),
    }
    return {**service_row(found), **there(more), "organization": full_organization_row(found.giver)}


def at_location_part(found: Help, where: Where) -> Row:
    """That a service is at a location, as it stands inside the service."""
    return {"id": str(at_location_id(found.id, where.id)), "location": location_row(where)}


def at_location_row(found: Help, where: Where, offset: timedelta, *, full: bool = False) -> Row:
    """A service at a location, with both of them; the full one with number and times."""
    more = {"phones": phone_rows(found.id, found.phone), "schedules": schedule_rows(found, offset)} if full else {}
    return {**at_location_part(found, where), "service": service_row(found), **there(more)}


def area_row(service: UUID, area: Area) -> Row:
    """A place that is served; a municipality by the identifier of the Dutch government."""
    uri = f"{TOOI}{area.code.lower()}" if area.code.startswith("GM") else ""
    return there({"id": child(service, "area", area.slug), "name": area.name, "uri": uri})


def cost_rows(found: Help) -> list[Row]:
    """What it costs who comes. An amount only where it is nothing: others we keep in words."""
    if found.costs == "gratis":
        words = {"option": "Gratis", "currency": "eur", "amount": 0, "amount_description": found.costs_text}
    elif found.costs in ("eigen-bijdrage", "betaald"):
        option = "Eigen bijdrage" if found.costs == "eigen-bijdrage" else "Je betaalt het zelf"
        words = {"option": option, "currency": "eur", "amount_description": found.costs_text}
    else:
        return []
    return [there({"id": child(found.id, "cost", found.costs), **words})]


def waiting_words(found: Help) -> str:
    """The waiting time in Dutch words: the dated range where there is one, else the words that were given."""
    if found.waiting_range is None:
        return found.waiting
    least, most, seen = found.waiting_range
    weeks = f"{most} weken" if least == most else f"{least} tot {most} weken"
    weeks = "Geen wachttijd" if most == 0 else "1 week" if least == most == 1 else weeks
    return f"{weeks} (gezien op {seen.isoformat()})"


def schedule_rows(found: Help, offset: timedelta) -> list[Row]:
    """When it is open in a week, days of the same times together; else in words; and the days on which it starts."""
    by_times: dict[tuple[str, str], list[int]] = {}
    for one in found.opening:
        by_times.setdefault((str(one["opens"]), str(one["closes"])), []).append(int(one["weekday"]))
    rows: list[Row] = [
        {
            "id": child(found.id, "schedule", f"{opens}-{closes}"),
            "freq": "WEEKLY",
            "interval": 1,
            "wkst": "MO",
            "byday": ",".join(DAYS[day - 1] for day in sorted(set(days))),
            "opens_at": f"{opens}{zone(offset)}",
            "closes_at": f"{closes}{zone(offset)}",
            "timezone": offset.total_seconds() / 3600,
            "description": found.hours,
        }
        for (opens, closes), days in sorted(by_times.items())
    ]
    if not rows and found.hours:
        rows.append({"id": child(found.id, "schedule"), "description": found.hours})
    for start in found.starts:
        day = str(start["date"])
        key = f"start/{day}/{start.get('text') or ''}"
        rows.append(
            {"id": child(found.id, "schedule", key), "dtstart": day, "count": 1, "description": start.get("text")}
        )
    return [there(row) for row in rows]


def zone(offset: timedelta) -> str:
    """An offset from UTC as ISO 8601 writes it behind a time."""
    minutes = int(offset.total_seconds() // 60)
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"


def stamp(moment: datetime | None) -> str | None:
    """A moment as the standard writes it, in UTC; None where nobody knows it."""
    return moment.strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z" if moment else None
