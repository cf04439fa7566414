"""This room's part of the public API: offers of help, found by the same search as the pages, and who gives them."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from ninja import Query, Router

from naast.core.paging import last_page, link_header
from naast.directory import queries
from naast.directory.open_data import queries as open_data
from naast.directory.open_data.rules import moment
from naast.directory.open_data.schemas import (
    Aanbod,
    AanbodLijst,
    AanbodVraag,
    Organisatie,
    OrganisatieLijst,
    OrganisatieVraag,
)
from naast.directory.queries import SearchQuery
from naast.places import queries as places
from naast.places.api import refuse_unknown_keys
from naast.places.rules import PlaceInfo

router = Router(tags=["Aanbod"])


def _place(text: str | None) -> PlaceInfo | None:
    """The place that a slug or a code of Statistics Netherlands names; None where none is asked. Raises ValueError."""
    if text is None:
        return None
    found = places.by_slug(text.lower()) or next(
        (p for p in places.all_places() if p.code and p.code == text.upper()), None
    )
    if found is None or found.kind == "country":
        raise ValueError(
            f"gemeente: '{text[:80]}' kennen we niet; gebruik een slug (enschede) of een CBS-code (GM0153)"
        )
    return found


def asked_pairs(request: HttpRequest) -> list[tuple[str, str]]:
    """The question as it was asked, for the addresses of other pages."""
    return [(key, value) for key, values in request.GET.lists() for value in values]


@router.get("/aanbod", response=AanbodLijst, url_name="aanbod", summary="Hulp zoeken, best passend en dichtbij eerst")
def aanbod(request: HttpRequest, response: HttpResponse, vraag: Query[AanbodVraag]) -> dict[str, Any]:
    """Geef het aanbod dat past bij een vraag, een gemeente en filters. Zonder vraag: alles, dichtbij eerst."""
    refuse_unknown_keys(request, AanbodVraag)
    since = moment(vraag.gewijzigdSinds, "gewijzigdSinds") if vraag.gewijzigdSinds is not None else None
    result = queries.search(
        SearchQuery(
            q=vraag.q.replace("\x00", " "),
            place=_place(vraag.gemeente),
            audience=[code.value for code in vraag.doelgroep],
            age=vraag.leeftijd,
            phase=[code.value for code in vraag.fase],
            form=[code.value for code in vraag.vorm],
            costs=[code.value for code in vraag.kosten],
            payer=[code.value for code in vraag.betaalt],
            language=vraag.taal,
            referral=[code.value for code in vraag.verwijzing],
            waiting=vraag.wachttijd,
            group=vraag.groep,
            only=open_data.only(organisation_id=vraag.organisatie, since=since),
            page=vraag.page,
            page_size=vraag.pageSize,
        )
    )
    found = result.results if vraag.page <= result.pages else []
    response.headers["Link"] = link_header(request.path, asked_pairs(request), page=vraag.page, last=result.pages)
    return {
        "results": [open_data.offer_row(one.offer) for one in found],
        "page": vraag.page,
        "pageSize": vraag.pageSize,
        "total": result.total,
    }


@router.get("/aanbod/{uuid:id}", response=Aanbod, url_name="aanbod-een", summary="Eén aanbod")
def one_offer(request: HttpRequest, id: UUID) -> dict[str, Any]:
    """Geef één aanbod. Samengevoegd aanbod leidt naar wat ervan werd (308); gestopt aanbod is 410."""
    refuse_unknown_keys(request)
    offer = open_data.offer(id)
    if offer is None:
        raise Http404
    return open_data.offer_row(offer)


@router.get("/organisaties", response=OrganisatieLijst, url_name="organisaties", summary="Wie hulp geeft, op naam")
def organisaties(request: HttpRequest, response: HttpResponse, vraag: Query[OrganisatieVraag]) -> dict[str, Any]:
    """Geef de organisaties die er zijn, op naam."""
    refuse_unknown_keys(request, OrganisatieVraag)
    since = moment(vraag.gewijzigdSinds, "gewijzigdSinds") if vraag.gewijzigdSinds is not None else None
    found = open_data.organisations(name=vraag.q.replace("\x00", " "), place=_place(vraag.gemeente), since=since)
    total = found.count()
    first = (vraag.page - 1) * vraag.pageSize
    last = last_page(total, vraag.pageSize)
    response.headers["Link"] = link_header(request.path, asked_pairs(request), page=vraag.page, last=last)
    return {
        "results": [open_data.organisation_row(one) for one in found[first : first + vraag.pageSize]],
        "page": vraag.page,
        "pageSize": vraag.pageSize,
        "total": total,
    }


@router.get("/organisaties/{uuid:id}", response=Organisatie, url_name="organisaties-een", summary="Eén organisatie")
def one_organisation(request: HttpRequest, id: UUID) -> dict[str, Any]:
    """Geef één organisatie. Een organisatie die gestopt is, is 410."""
    refuse_unknown_keys(request)
    organisation = open_data.organisation(id)
    if organisation is None:
        raise Http404
    return open_data.organisation_row(organisation)
