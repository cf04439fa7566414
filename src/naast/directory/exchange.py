"""Exchange: organisations and offers as one YAML file, the same rows as the shipped data, out and in.

Purpose: move a directory between installations and keep a copy that people can read. What was exported can be imported
again and changes nothing. It holds public facts only.
"""

from pathlib import Path
from typing import Any

import yaml

from naast.directory import actions
from naast.directory.actions import ORGANISATION_FIELDS, Loaded
from naast.directory.models import Location, Offer, Organisation
from naast.directory.rules import RecordError


class _Loader(yaml.SafeLoader):
    """YAML without references: a small file of lists of lists of lists would fill memory."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            raise yaml.YAMLError("alias")
        return super().compose_node(parent, index)


class _Dumper(yaml.SafeDumper):
    def ignore_aliases(self, data: Any) -> bool:
        return True


def export_text() -> str:
    """All organisations and offers as YAML, by slug."""
    organisations = Organisation.objects.order_by("slug")
    offers = (
        Offer.objects.select_related("organisation", "keeper")
        .prefetch_related("areas__place", "locations__place")
        .order_by("slug")
    )
    whole = {
        "organisations": [
            {"id": str(row.pk), **{name: getattr(row, name) for name in ORGANISATION_FIELDS}} for row in organisations
        ],
        "offers": [offer_row(offer) for offer in offers],
    }
    return yaml.dump(whole, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=120)


def import_file(path: Path, *, actor: str) -> Loaded:
    """Write everything in a file, or nothing. Raises RecordError with every problem, OSError when it cannot be read."""
    try:
        whole = yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506 (a SafeLoader)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise RecordError([f"{path.name}: dit is geen YAML in UTF-8 ({type(error).__name__})"]) from error
    if not isinstance(whole, dict) or not {"organisations", "offers"} & set(whole):
        raise RecordError([f"{path.name}: verwacht de sleutels organisations en offers"])
    rows = {key: whole.get(key) or [] for key in ("organisations", "offers")}
    if not all(isinstance(some, list) and all(isinstance(row, dict) for row in some) for some in rows.values()):
        raise RecordError([f"{path.name}: organisations en offers moeten lijsten van records zijn"])
    return actions.load_records(**rows, actor=actor)


def offer_row(offer: Offer) -> dict[str, Any]:
    """One offer as rules.offer_record() reads it."""
    return {
        "id": str(offer.pk),
        "slug": offer.slug,
        "name": offer.name,
        "organisation": offer.organisation.slug,
        "summary": offer.summary,
        "description": offer.description,
        "audiences": list(offer.audiences),
        "age_min": offer.age_min,
        "age_max": offer.age_max,
        "phases": list(offer.phases),
        "subjects": list(offer.subjects),
        "form": list(offer.forms),
        "languages": list(offer.languages),
        "costs": {"kind": offer.costs, "text": offer.costs_text},
        "payer": list(offer.payers),
        "referral": offer.referral,
        "waiting": offer.waiting,
        "evidence": {"level": offer.evidence, "year": offer.evidence_year, "text": offer.evidence_text},
        "area": sorted(area.place.slug for area in offer.areas.all()),
        "locations": [_location_row(where) for where in offer.locations.all()],
        "phone": offer.phone,
        "website": offer.website,
        "hours": offer.hours,
        "special_groups": list(offer.special_groups),
        "actively_offered": {"when": offer.offered_when, "by": offer.offered_by},
        "source": offer.source,
        "checked": offer.checked_on,
        "helpline": offer.is_helpline,
        "opening": offer.opening or [],
        "starts": offer.starts or [],
        "waiting_weeks": {"min": offer.waiting_min, "max": offer.waiting_max, "on": offer.waiting_on},
        "keeper": offer.keeper.slug if offer.keeper else None,
    }


def _location_row(where: Location) -> dict[str, str]:
    place = where.place.slug if where.place else ""
    return {"name": where.name, "street": where.street, "postcode": where.postcode, "town": where.town, "place": place}
