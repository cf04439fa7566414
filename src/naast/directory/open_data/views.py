"""Pages of the open data of a place: what there is and how to get it, and all help as a sheet."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from naast.core import languages, limits
from naast.core.sharing import shared_page
from naast.core.views import too_often
from naast.directory.open_data import queries, sheet
from naast.places.rules import PlaceInfo

LICENCES = {
    "CC0-1.0": "https://creativecommons.org/publicdomain/zero/1.0/deed.nl",
    "CC-BY-4.0": "https://creativecommons.org/licenses/by/4.0/deed.nl",
}


@shared_page
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """`/<place>/open-gegevens/`: what may be used freely, where it stands, and in which forms."""
    place: PlaceInfo = request.place  # type: ignore[attr-defined]

    def row(label: str, path: str) -> tuple[str, str, str]:
        return label, path, request.build_absolute_uri(path)

    context = {
        "licence": settings.NAAST_DATA_LICENCE,
        "licence_href": LICENCES[settings.NAAST_DATA_LICENCE],
        "addresses": [
            row(_("All help in %(name)s") % {"name": place.name}, f"/api/v1/aanbod?gemeente={place.slug}"),
            row(_("Only help for children"), f"/api/v1/aanbod?gemeente={place.slug}&doelgroep=kinderen"),
            row(_("Who gives help"), f"/api/v1/organisaties?gemeente={place.slug}"),
            row(_("Only what changed since a day"), "/api/v1/aanbod?gewijzigdSinds=2026-11-01T00:00:00Z"),
            row(_("All municipalities"), "/api/v1/gemeenten"),
        ],
        "descriptions": [
            row(_("Our own API, after the Dutch rules for APIs"), "/api/v1/openapi.json"),
            row(_("Open Referral, the standard for social maps"), "/hsds/v3/openapi.json"),
        ],
        "crumbs": [
            {"url": reverse("home"), "label": place.name},
            {"url": reverse("directory:search"), "label": _("Help nearby")},
        ],
    }
    return render(request, "directory/open_data/page.html", context)


@require_safe
def as_sheet(request: HttpRequest) -> HttpResponse:
    """`/<place>/open-gegevens/aanbod.csv`: all help that reaches the place, one line an offer."""
    verdict = limits.allow("api", request)
    if not verdict.ok:
        return too_often(request, verdict)
    place: PlaceInfo = request.place  # type: ignore[attr-defined]

    def address(slug: str) -> str:
        return request.build_absolute_uri(reverse("directory:offer", args=[slug]))

    with languages.reading_in(languages.DUTCH):
        text = sheet.text(queries.of_place(place), address)
    response = HttpResponse(text.encode(), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="aanbod-{place.slug}.csv"'
    return response
