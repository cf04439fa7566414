"""All help as a sheet: the fields of /api/v1/aanbod in columns, one line an offer."""

from collections.abc import Callable, Iterable

from naast.directory import rules as directory
from naast.directory.models import Offer
from naast.directory.open_data.queries import offer_row
from naast.directory.open_data.rules import table

# the column's heading, and the field of the API that it shows (a dot leads into it)
COLUMNS: tuple[tuple[str, str], ...] = (
    ("naam", "naam"),
    ("organisatie", "organisatie"),
    ("samenvatting", "samenvatting"),
    ("omschrijving", "omschrijving"),
    ("doelgroepen", "doelgroepen"),
    ("leeftijd van", "leeftijdVan"),
    ("leeftijd tot en met", "leeftijdTot"),
    ("fasen", "fasen"),
    ("onderwerpen", "onderwerpen"),
    ("bijzondere groepen", "bijzondereGroepen"),
    ("vormen", "vormen"),
    ("talen", "talen"),
    ("kosten", "kosten.soort"),
    ("kosten in woorden", "kosten.toelichting"),
    ("wie betaalt", "betalers"),
    ("verwijzing nodig", "verwijzing"),
    ("wachttijd in woorden", "wachttijd"),
    ("wachttijd van weken", "wachttijdWeken.vanWeken"),
    ("wachttijd tot en met weken", "wachttijdWeken.totEnMetWeken"),
    ("wachttijd gezien op", "wachttijdWeken.gezienOp"),
    ("onderbouwing", "onderbouwing.niveau"),
    ("jaar van onderbouwing", "onderbouwing.jaar"),
    ("gebied", "gebied"),
    ("telefoon", "telefoon"),
    ("website", "website"),
    ("open", "openingstijden"),
    ("bron", "bron"),
    ("nagekeken op", "nagekekenOp"),
    ("gewijzigd op", "gewijzigdOp"),
    ("id", "id"),
)
PLACES, PAGE = "adressen", "pagina"


def text(offers: Iterable[Offer], address: Callable[[str], str]) -> str:
    """The sheet. `address` gives the absolute address of an offer's page by its slug."""
    return table([*(heading for heading, _ in COLUMNS), PLACES, PAGE], (_line(offer, address) for offer in offers))


def _line(offer: Offer, address: Callable[[str], str]) -> list[object]:
    row = offer_row(offer)
    labels = directory.subject_by_slug()
    row["onderwerpen"] = [labels[slug].label if slug in labels else slug for slug in row["onderwerpen"]]
    row["bijzondereGroepen"] = [directory.special_group_label(slug) for slug in row["bijzondereGroepen"]]
    where = "; ".join(str(location) for location in offer.locations.all())
    return [*(_field(row, path) for _, path in COLUMNS), where, address(offer.slug)]


def _field(row: dict[str, object], path: str) -> object:
    value: object = row
    for name in path.split("."):
        value = value.get(name) if isinstance(value, dict) else None
    return value
