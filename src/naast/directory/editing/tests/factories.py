"""Editors and providers who are signed in, and what a form sends."""

from typing import Any

from django.test import Client

from naast.directory.editing import queries
from naast.directory.models import Offer, Organisation
from naast.people.models import User
from naast.people.rules import Scope
from naast.people.tests.factories import sign_in, staff
from naast.places.queries import by_slug


def editor_of(slug: str, role: str = "editor") -> Client:
    """Return the browser of somebody with a role at a place."""
    return sign_in(Client(), staff(role, by_slug(slug)))


def provider_at(organisation: Organisation) -> tuple[Client, User]:
    """Return the browser of a provider, and who they are."""
    person = staff("provider", Scope("organisation", organisation.pk))
    return sign_in(Client(), person), person


def fresh(row: Offer) -> Offer:
    """Return an offer as it is now, with all that its facts need."""
    return queries.whole(Offer.objects.filter(pk=row.pk)).get()


def sent(**changes: Any) -> dict[str, Any]:
    """Return what the form of an offer sends; `changes` replace fields."""
    return {
        "name": "Gesprek over thuis", "summary": "Iemand luistert naar je.", "organisation": "stichting-samen",
        "audiences": ["ouders"], "phases": ["na-scheiding"], "forms": ["een-op-een"], "languages": ["nl"],
        "area": ["enschede"], "costs": "gratis", "payers": ["gemeente"], "referral": "nee", "evidence": "onbekend",
        "keeper": "enschede", "source": "voorbeeld", **changes,
    }  # fmt: skip
