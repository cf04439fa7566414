"""The Open Referral API (HSDS 3.0): the standard's addresses and keys over our directory. It reads only."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from ninja import Query, Router

from naast.core.paging import last_page, link_header
from naast.directory.hsds import profile, queries, rules, schemas
from naast.directory.hsds.queries import Asked
from naast.directory.hsds.rules import Row
from naast.directory.open_data import queries as open_data
from naast.directory.open_data.rules import moment
from naast.places.api import refuse_unknown_keys
from naast.places.rules import pc4_of

router = Router(tags=["HSDS 3.0"])
NDJSON = "application/x-ndjson"
BOTH: dict[str, Any] = {"responses": {200: {"content": {NDJSON: {"schema": {"type": "string"}}}}}}


def _json(row: Row) -> HttpResponse:
    return HttpResponse(json.dumps(row, ensure_ascii=False), content_type="application/json")


def _lines(rows: Iterable[Row]) -> StreamingHttpResponse:
    return StreamingHttpResponse((json.dumps(row, ensure_ascii=False) + "\n" for row in rows), content_type=NDJSON)


def _page(request: HttpRequest, asked: schemas.ListAsked, contents: Sequence[Row], total: int) -> HttpResponse:
    response = _json(rules.page_of(contents, total=total, page=asked.page, size=asked.per_page))
    pairs = [(key, value) for key, values in request.GET.lists() for value in values]
    last = last_page(total, asked.per_page)
    response.headers["Link"] = link_header(request.path, pairs, page=asked.page, last=last)
    return response


def _listed(
    request: HttpRequest, asked: schemas.ListAsked, found: Sequence[Any], row: Callable[[Any], Row]
) -> HttpResponseBase:
    """A list that is in memory, or of rows that are read when they are sliced."""
    if asked.format == "ndjson":
        return _lines(row(one) for one in found)
    first = (asked.page - 1) * asked.per_page
    total = len(found)
    return _page(request, asked, [row(one) for one in found[first : first + asked.per_page]], total)


def _asked(asked: schemas.FindAsked) -> Asked:
    """What is asked of services. Raises ValueError on a moment or postcode that is none."""
    postcode = getattr(asked, "postcode", None)
    pc4 = pc4_of(postcode) if postcode is not None else ""
    if pc4 is None:
        raise ValueError("postcode: four digits, with or without two letters, for example 7511")
    return Asked(
        search=asked.search.replace("\x00", " "),
        term=asked.taxonomy_term_id,
        taxonomy=asked.taxonomy_id,
        organization=asked.organization_id,
        since=moment(asked.modified_after, "modified_after") if asked.modified_after is not None else None,
        pc4=pc4,
    )


@router.get("/", response=schemas.Base, url_name="base", summary="What this API is")
def base(request: HttpRequest) -> HttpResponse:
    """Version, profile and description of this API."""
    refuse_unknown_keys(request)
    here = request.build_absolute_uri("/hsds/v3/")
    return _json({"version": rules.VERSION, "profile": f"{here}profile", "openapi_url": f"{here}openapi.json"})


@router.get("/profile", response=schemas.Profile, url_name="profile", summary="How we fill the standard")
def our_profile(request: HttpRequest) -> HttpResponse:
    """Every field that we fill, with what; and what we leave out, with why."""
    refuse_unknown_keys(request)
    return _json(profile.as_row())


@router.get("/services", response=schemas.ServicePage, url_name="services", summary="Services", openapi_extra=BOTH)
def services(request: HttpRequest, asked: Query[schemas.ServicesAsked]) -> HttpResponseBase:
    """Services with what is one to one of them; `full` gives everything, `minimal` all ids at once."""
    refuse_unknown_keys(request, schemas.ServicesAsked)
    wanted, taxonomies, offset = _asked(asked), queries.taxonomies(), queries.offset()

    def row(found: rules.Help) -> Row:
        if asked.minimal:
            return rules.minimal_row(found)
        return rules.full_service_row(found, taxonomies, offset) if asked.full else rules.service_row(found)

    if asked.format == "ndjson":
        return _lines(row(found) for found in queries.stream(wanted))
    if asked.minimal:
        rows = [row(found) for found in queries.stream(wanted)]
        return _json(rules.page_of(rows, total=len(rows), page=1, size=max(1, len(rows))))
    found, total = queries.services(wanted, page=asked.page, size=asked.per_page)
    return _page(request, asked, [row(one) for one in found], total)


@router.get("/services/{uuid:id}", response=schemas.ServiceRow, url_name="service", summary="One service in full")
def service(request: HttpRequest, id: UUID) -> HttpResponse:
    """One service with everything that is known of it. A merged one leads to what it became (308); an ended one is 410."""
    refuse_unknown_keys(request)
    offer = open_data.offer(id)
    if offer is None:
        raise Http404
    return _json(rules.full_service_row(queries.facts(offer), queries.taxonomies(), queries.offset()))


@router.get(
    "/organizations",
    response=schemas.OrganizationPage,
    url_name="organizations",
    summary="Organizations",
    openapi_extra=BOTH,
)
def organizations(request: HttpRequest, asked: Query[schemas.OrganizationsAsked]) -> HttpResponseBase:
    """Organizations; `full` with numbers and locations, `full_service` with their services."""
    refuse_unknown_keys(request, schemas.OrganizationsAsked)
    found = queries.organizations(asked.search.replace("\x00", " "))
    if asked.format == "ndjson":
        return _lines(_organizations(list(found), full=asked.full, with_services=asked.full_service))
    total, first = found.count(), (asked.page - 1) * asked.per_page
    shown = list(found[first : first + asked.per_page])
    rows = list(_organizations(shown, full=asked.full, with_services=asked.full_service))
    return _page(request, asked, rows, total)


def _organizations(found: Sequence[Any], *, full: bool, with_services: bool) -> Iterator[Row]:
    services = queries.services_of(one.pk for one in found) if with_services else {}
    offset = queries.offset()
    for one in found:
        giver = queries.giver(one, locations=True)
        row = rules.full_organization_row(giver) if full or with_services else rules.organization_row(giver)
        if one.pk in services:
            row["services"] = [
                rules.full_service_row(service, queries.taxonomies(), offset) for service in services[one.pk]
            ]
        yield row


@router.get(
    "/organizations/{uuid:id}", response=schemas.OrganizationRow, url_name="organization", summary="One organization"
)
def organization(request: HttpRequest, id: UUID, asked: Query[schemas.OneOrganizationAsked]) -> HttpResponse:
    """One organization with its number, locations and services. One that ended is 410."""
    refuse_unknown_keys(request, schemas.OneOrganizationAsked)
    found = open_data.organisation(id)
    if found is None:
        raise Http404
    (row,) = _organizations([found], full=True, with_services=True)
    if not asked.full_service and "services" in row:
        row["services"] = [{key: one[key] for key in ("id", "name", "status")} for one in row["services"]]
    return _json(row)


@router.get(
    "/taxonomies", response=schemas.TaxonomyPage, url_name="taxonomies", summary="Lists of codes", openapi_extra=BOTH
)
def taxonomies(request: HttpRequest, asked: Query[schemas.ListAsked]) -> HttpResponseBase:
    """Our lists of codes."""
    refuse_unknown_keys(request, schemas.ListAsked)
    words = asked.search.casefold().strip()
    found = [one for one in queries.taxonomies().values() if words in f"{one.name} {one.about}".casefold()]
    return _listed(request, asked, found, rules.taxonomy_row)


@router.get("/taxonomies/{uuid:id}", response=schemas.TaxonomyRow, url_name="taxonomy", summary="One list of codes")
def taxonomy(request: HttpRequest, id: UUID) -> HttpResponse:
    """One list of codes."""
    refuse_unknown_keys(request)
    found = queries.taxonomy_by_id(id)
    if found is None:
        raise Http404
    return _json(rules.taxonomy_row(found))


@router.get(
    "/taxonomy_terms", response=schemas.TermPage, url_name="taxonomy-terms", summary="Codes", openapi_extra=BOTH
)
def taxonomy_terms(request: HttpRequest, asked: Query[schemas.TermsAsked]) -> HttpResponseBase:
    """Codes, of all lists or of one. None has a parent."""
    refuse_unknown_keys(request, schemas.TermsAsked)
    words = asked.search.casefold().strip()
    found = [
        (term, one)
        for one in queries.taxonomies().values()
        for term in one.terms
        if asked.taxonomy_id in (None, one.id) and asked.parent_id is None and words in term.label.casefold()
    ]
    return _listed(request, asked, found, lambda pair: rules.term_row(*pair))


@router.get("/taxonomy_terms/{uuid:id}", response=schemas.TermRow, url_name="taxonomy-term", summary="One code")
def taxonomy_term(request: HttpRequest, id: UUID) -> HttpResponse:
    """One code with its list."""
    refuse_unknown_keys(request)
    found = queries.term_by_id(id)
    if found is None:
        raise Http404
    return _json(rules.term_row(found, queries.taxonomies()[found.taxonomy]))


@router.get(
    "/service_at_locations",
    response=schemas.AtLocationPage,
    url_name="service-at-locations",
    summary="Services at locations",
    openapi_extra=BOTH,
)
def service_at_locations(request: HttpRequest, asked: Query[schemas.AtLocationsAsked]) -> HttpResponseBase:
    """Where services are. What is given by phone or online alone has no location."""
    refuse_unknown_keys(request, schemas.AtLocationsAsked)
    pairs = queries.at_locations(_asked(asked))
    if asked.format == "ndjson":
        return _lines(_at_locations(pairs, full=asked.full))
    first = (asked.page - 1) * asked.per_page
    rows = list(_at_locations(pairs[first : first + asked.per_page], full=asked.full))
    return _page(request, asked, rows, len(pairs))


@router.get(
    "/service_at_locations/{uuid:id}",
    response=schemas.AtLocationRow,
    url_name="service-at-location",
    summary="One service at one location",
)
def service_at_location(request: HttpRequest, id: UUID) -> HttpResponse:
    """One service at one location, in full."""
    refuse_unknown_keys(request)
    pair = queries.at_location(id)
    if pair is None:
        raise Http404
    return _json(next(_at_locations([pair], full=True)))


def _at_locations(pairs: Sequence[tuple[UUID, UUID]], *, full: bool) -> Iterator[Row]:
    by_id = {found.id: found for found in queries.by_ids(list(dict.fromkeys(service for service, _ in pairs)))}
    offset = queries.offset()
    for service_id, location_id in pairs:
        found = by_id.get(service_id)
        where = next((one for one in found.locations if one.id == location_id), None) if found else None
        if found and where:
            yield rules.at_location_row(found, where, offset, full=full)
