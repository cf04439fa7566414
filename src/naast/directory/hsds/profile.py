"""Our profile of HSDS 3.0 as data: what each field is filled with, and what is left out and why. Pure.

`/hsds/v3/profile` gives it to programs and docs/hsds.md to people; a test holds both to what the answers really carry.
"""

from collections.abc import Mapping

from naast.directory.hsds.rules import VERSION, Row

NAME = "Naast: help when a family comes apart (Netherlands)"
EXTENDS = "https://docs.openreferral.org/en/3.0/"
DOCUMENTATION = "docs/hsds.md"

FILLED: Mapping[str, Mapping[str, str]] = {
    "service": {
        "id": "the offer's UUID, as in /api/v1/",
        "name": "the offer's name",
        "description": "its summary, an empty line, its description",
        "url": "the offer's own page elsewhere",
        "status": "open: active; hidden: inactive; ended or merged: defunct",
        "application_process": "whether a referral is needed; when and by whom it is offered unasked",
        "fees_description": "the words about what it costs",
        "wait_time": "the dated range in weeks, else the words that were given",
        "minimum_age": "youngest age in years",
        "maximum_age": "oldest age in years",
        "assured_date": "day on which somebody last saw that it is true",
        "last_modified": "when a fact last changed, where known",
        "organization": "who gives it",
        "phones": "the offer's general number",
        "schedules": "times of the week, days on which it starts",
        "service_areas": "municipalities, regions or the country that it serves",
        "service_at_locations": "where people are received",
        "languages": "languages in which it is given",
        "funding": "who pays, where it is not the person who comes",
        "cost_options": "what it costs who comes",
        "attributes": "codes of our nine lists",
    },
    "organization": {
        "id": "the organisation's UUID, as in /api/v1/",
        "name": "its name",
        "description": "what is said about it; may be empty",
        "email": "its general address",
        "website": "its site",
        "phones": "its general number",
        "locations": "its locations",
        "services": "its open services (an addition, as the standard's own API has it)",
    },
    "location": {
        "id": "the location's UUID",
        "location_type": "always physical",
        "name": "its name, else its town",
        "addresses": "its address, where a street is known",
    },
    "address": {
        "id": "made from the location's",
        "address_1": "street and number",
        "city": "town",
        "state_province": "province of the municipality, where known, else empty",
        "postal_code": "postcode",
        "country": "NL",
        "address_type": "always physical",
    },
    "service_at_location": {
        "id": "made from the service's and the location's",
        "location": "the location",
        "service": "the service (an addition, as the standard's own API has it)",
        "phones": "the service's number",
        "schedules": "the service's times",
    },
    "schedule": {
        "id": "made from the service's and the times",
        "freq": "WEEKLY",
        "interval": "1",
        "wkst": "MO",
        "byday": "days with these times",
        "opens_at": "Dutch time with its distance from UTC today",
        "closes_at": "as opens_at",
        "timezone": "hours from UTC today: 1 in winter, 2 in summer",
        "dtstart": "a day on which it starts",
        "count": "1, for a start",
        "description": "the times in words, or what is said of a start",
    },
    "service_area": {"id": "made", "name": "the place's name", "uri": "the government's identifier of a municipality"},
    "language": {"id": "made", "name": "its Dutch name", "code": "ISO 639-1"},
    "funding": {"id": "made", "source": "who pays, in Dutch"},
    "cost_option": {
        "id": "made",
        "option": "free, a part, or yourself, in Dutch",
        "currency": "eur",
        "amount": "0 where it is free; else we keep words",
        "amount_description": "the words about what it costs",
    },
    "phone": {"id": "made", "number": "as people write it", "type": "voice"},
    "attribute": {
        "id": "made from the service's and the code",
        "link_type": "what the code says: audience, phase, subject, form, eligibility, cost, funding, referral, evidence",
        "link_entity": "always service",
        "value": "for evidence: the year of the verdict",
        "taxonomy_term": "the code",
    },
    "taxonomy": {
        "id": "fixed",
        "name": "what the list is called, in Dutch",
        "description": "what it is about",
        "version": "1",
    },
    "taxonomy_term": {
        "id": "fixed",
        "code": "the code, as in /api/v1/",
        "name": "its Dutch label",
        "description": "list and label",
        "taxonomy": "the list's name",
        "taxonomy_detail": "the list",
        "language": "nl",
    },
}

LEFT_OUT: Mapping[str, str] = {
    "contact": "names of people: we keep none",
    "metadata": "who changed what: it names people",
    "service.assurer_email": "an address of a person",
    "service.email": "we keep one general address, that of the organization",
    "service.alternate_name": "we keep one name",
    "service.interpretation_services": "we keep languages, not interpreters",
    "service.fees": "the standard replaced it by cost_options",
    "service.accreditations": "a verdict on the effect is no accreditation: it is the list Onderbouwing",
    "service.licenses": "we do not keep it",
    "service.alert": "we do not keep it",
    "service.eligibility_description": "audience, ages and special groups are codes here",
    "service.required_documents": "we do not keep it",
    "service.program": "we keep no programs",
    "organization.identifiers and legal form": "we do not keep them",
    "location.latitude, longitude": "we keep no points, only addresses",
    "location.accessibility": "nobody told us yet: we keep no facts about it, and guess none",
    "location.transportation": "we do not keep it",
    "service_area.extent": "borders are the Cadastre's: use the identifier",
    "taxonomy_term.parent_id": "our lists have one level",
    "proximity (key)": "we keep no points: asking it is 400",
}


def as_row() -> Row:
    """The profile as the API gives it."""
    return {
        "name": NAME,
        "version": VERSION,
        "extends": EXTENDS,
        "documentation": DOCUMENTATION,
        "filled": {table: dict(fields) for table, fields in FILLED.items()},
        "left_out": dict(LEFT_OUT),
    }
