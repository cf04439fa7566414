"""An invented organisation of the demonstration with its help and who keeps it; a proposal of theirs waits for an editor."""

from typing import Any
from uuid import UUID, uuid5

from naast.demo.staff import SINCE, STAFF, Person
from naast.directory.actions import load_records
from naast.directory.editing import actions, queries
from naast.directory.editing.models import Change
from naast.directory.models import Offer, Organisation
from naast.people.actions import add_staff, grant_role
from naast.people.policy_table import ORGANISATION
from naast.people.rules import Scope

SPACE = UUID("0d3a7c52-4a5e-4f0c-9b0a-2f6c1f1b7e90")
SLUG = "voorbeeld-de-zandkorf"
ORGANISATIONS: list[dict[str, Any]] = [
    {
        "id": str(uuid5(SPACE, SLUG)),
        "slug": SLUG,
        "name": "De Zandkorf (voorbeeld)",
        "kind": "lokaal",
        "about": "Verzonnen voor de demonstratie: een stichting die groepen geeft aan ouders en kinderen.",
        "phone": "053 000 00 00",
        "source": "Verzonnen voor de demonstratie",
    }
]


def _offer(slug: str, name: str, summary: str, **more: Any) -> dict[str, Any]:
    return {
        "id": str(uuid5(SPACE, slug)),
        "slug": slug,
        "name": name,
        "organisation": SLUG,
        "summary": summary,
        "phases": ["uit-elkaar", "na-scheiding"],
        "languages": ["nl"],
        "costs": {"kind": "gratis", "text": None},
        "payer": ["gemeente"],
        "referral": "nee",
        "area": ["enschede"],
        "source": "Verzonnen voor de demonstratie",
        "keeper": "enschede",
        **more,
    }


OFFERS = [
    _offer(
        "voorbeeld-koffie-voor-ouders",
        "Koffie voor ouders (voorbeeld)",
        "Op dinsdag drink je koffie met andere ouders die uit elkaar zijn.",
        description="Verzonnen voor de demonstratie. Je hoeft niets te vertellen. Iemand van ons zit erbij.",
        audiences=["ouders"],
        subjects=["lotgenoten"],
        form=["inloop"],
        phone="053 000 00 00",
        opening=[{"weekday": 2, "opens": "09:30", "closes": "11:30"}],
    ),
    _offer(
        "voorbeeld-groep-twee-huizen",
        "Groep Twee huizen (voorbeeld)",
        "Zes middagen met kinderen die ook in twee huizen wonen.",
        description="Verzonnen voor de demonstratie. We tekenen, praten en spelen. De laatste keer komen ouders kijken.",
        audiences=["kinderen"],
        age_min=8,
        age_max=12,
        form=["groep"],
        phone="053 000 00 00",
    ),
]


def load_providers() -> None:
    """Make the organisation, its help, who keeps it, and one proposal. Idempotent: what somebody changed stays."""
    if not Organisation.objects.filter(slug=SLUG).exists():
        load_records(organisations=ORGANISATIONS, offers=OFFERS, actor="system")
    organisation = Organisation.objects.get(slug=SLUG)
    for person in (one for one in STAFF if one.organisation == SLUG):
        _load(person, organisation)


def _load(person: Person, organisation: Organisation) -> None:
    user = add_staff(email=person.email, display_name=person.name)
    grant_role(user=user, role=person.role, scope=Scope(ORGANISATION, organisation.pk), starts=SINCE)
    offer = queries.whole(Offer.objects.filter(organisation=organisation, slug="voorbeeld-koffie-voor-ouders")).first()
    if offer is None or Change.objects.filter(offer=offer).exists():
        return
    values = {
        "summary": "Op dinsdag en donderdag drink je koffie met andere ouders die uit elkaar zijn.",
        "phone": "053 000 00 01",
        "opening": [
            {"weekday": 2, "opens": "09:30", "closes": "11:30"},
            {"weekday": 4, "opens": "19:30", "closes": "21:00"},
        ],
    }
    actions.propose(offer=offer, values=values, by=f"staff:{user.pk}", note="Vanaf januari ook op donderdagavond.")
    actions.save_contact(
        offer=offer, text="Wil je iemand aanmelden? Vraag naar de groepsleider, 053 000 00 02.", by=f"staff:{user.pk}"
    )
