"""Offers for tests, made through the room's own actions. Places come from the fixture `places`."""

from dataclasses import replace
from itertools import count
from typing import Any
from uuid import UUID, uuid5

from naast.directory import actions
from naast.directory.models import Offer, Organisation
from naast.directory.rules import OfferRecord, offer_record

SPACE = UUID("6f1b0f9e-1f2a-4c8e-9a55-3f8c1f7f2a10")
_numbers = count(1)


def row(**changes: Any) -> dict[str, Any]:
    """One offer as a file has it; `changes` replace fields."""
    slug = changes.pop("slug", None) or f"hulp-{next(_numbers)}"
    return {
        "id": str(uuid5(SPACE, slug)),
        "slug": slug,
        "name": "Gesprek over thuis",
        "organisation": "stichting-samen",
        "summary": "Iemand luistert naar je.",
        "description": "",
        "audiences": ["ouders"],
        "age_min": None,
        "age_max": None,
        "phases": ["na-scheiding"],
        "subjects": [],
        "form": ["een-op-een"],
        "languages": ["nl"],
        "costs": {"kind": "gratis", "text": None},
        "payer": ["gemeente"],
        "referral": "nee",
        "waiting": None,
        "evidence": {"level": "onbekend", "year": None, "text": None},
        "area": ["enschede"],
        "locations": [],
        "phone": None,
        "website": None,
        "hours": None,
        "special_groups": [],
        "actively_offered": {"when": None, "by": None},
        "source": "voorbeeld",
        "checked": None,
        "helpline": False,
        "opening": [],
        "starts": [],
        "waiting_weeks": None,
        "keeper": None,
        **changes,
    }


def record(**changes: Any) -> OfferRecord:
    """One sound record."""
    return offer_record(row(**changes))


def broken(**changes: Any) -> OfferRecord:
    """A record with fields that offer_record() would have refused."""
    return replace(record(), **changes)


def organisation(slug: str = "stichting-samen", name: str = "Stichting Samen") -> Organisation:
    """An organisation that gives help."""
    made, _ = Organisation.objects.get_or_create(slug=slug, defaults={"id": uuid5(SPACE, slug), "name": name})
    return made


def offer(**changes: Any) -> Offer:
    """An offer in the directory and in the index."""
    organisation(changes.get("organisation", "stichting-samen"))
    return actions.save_offer(record=record(**changes), actor="system")
