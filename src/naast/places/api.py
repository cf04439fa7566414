"""This room's part of the public API: municipalities, and which of them a postcode lies in."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Field, Query, Router, Schema

from naast.core.paging import last_page, link_header

from . import queries, rules
from .rules import PlaceInfo

router = Router(tags=["Gemeenten"])
POSTCODE = r"^\s*[1-9][0-9]{3}\s*([A-Za-z]{2})?\s*$"  # as rules.pc4_of() reads it
MOST_A_PAGE = 400  # all municipalities fit on one page


class Gemeente(Schema):
    """Een gemeente van Nederland."""

    naam: str
    slug: str
    code: str = Field(description="CBS-code, bijvoorbeeld GM0153")
    provincie: str
    doetMee: bool = Field(description="Heeft een eigen plek op dit platform")
    aandeel: float | None = Field(
        description="Deel van de adressen van de gevraagde postcode, van 0 tot 1; zonder postcode leeg"
    )


class Gemeenten(Schema):
    """Een pagina met gemeenten."""

    results: list[Gemeente]
    page: int
    pageSize: int
    total: int


class GemeentenVraag(Schema):
    """Wat er gevraagd kan worden."""

    postcode: str | None = Field(
        None,
        description="Vier cijfers, met of zonder letters: 7511 of 7511 AB",
        json_schema_extra={"pattern": POSTCODE},
    )
    page: int = Field(1, ge=1, le=100_000)
    pageSize: int = Field(20, ge=1, le=MOST_A_PAGE)


def refuse_unknown_keys(request: HttpRequest, asked: type[Schema] | None = None) -> None:
    """Raise ValueError naming a query key that the question does not have: a slip would silently give other results."""
    known = asked.model_fields if asked else {}
    for key in request.GET:
        if key not in known:
            raise ValueError(f"{key[:40]}: deze sleutel kennen we niet")


def _row(place: PlaceInfo, share: float | None) -> dict[str, Any]:
    return {
        "naam": place.name,
        "slug": place.slug,
        "code": place.code,
        "provincie": place.province,
        "doetMee": place.takes_part and place.live,
        "aandeel": share,
    }


@router.get(
    "/gemeenten", response=Gemeenten, url_name="gemeenten", summary="Gemeenten, of de gemeenten van een postcode"
)
def gemeenten(request: HttpRequest, response: HttpResponse, vraag: Query[GemeentenVraag]) -> dict[str, Any]:
    """Geef alle gemeenten op naam, of de gemeenten waarin een postcode ligt met het grootste deel eerst."""
    refuse_unknown_keys(request, GemeentenVraag)
    if vraag.postcode is None:
        rows = [_row(place, None) for place in queries.all_places() if place.kind == "municipality"]
        rows.sort(key=lambda row: str(row["slug"]))
    else:
        pc4 = rules.pc4_of(vraag.postcode)
        if pc4 is None:
            raise ValueError("postcode: vier cijfers, met of zonder twee letters, bijvoorbeeld 7511")
        rows = [_row(place, round(share, 4)) for place, share in queries.by_postcode(pc4)]
    first = (vraag.page - 1) * vraag.pageSize
    shown = rows[first : first + vraag.pageSize]
    last = last_page(len(rows), vraag.pageSize)
    asked = [(key, str(value)) for key, value in request.GET.items()]
    response.headers["Link"] = link_header(request.path, asked, page=vraag.page, last=last)
    return {"results": shown, "page": vraag.page, "pageSize": vraag.pageSize, "total": len(rows)}
