"""What an invented provider of the demonstration proposed: it waits for an editor. And whom professionals ask there."""

from naast.demo.staff import STAFF
from naast.directory.editing import actions, queries
from naast.directory.editing.models import Change
from naast.directory.models import Offer
from naast.people.models import User

OFFER = "voorbeeld-koffie-enschede"
NOTE = "Vanaf januari ook op donderdagavond."
CONTACT = "Wil je iemand aanmelden? Vraag naar de groepsleider, 053 000 00 02."


def load_providers() -> None:
    """Propose once, as the first provider. Idempotent: what an editor decided stays decided."""
    offer = queries.whole(Offer.objects.filter(slug=OFFER)).first()
    email = next(one.email for one in STAFF if one.organisation)
    person = User.objects.filter(email=email).first()
    if offer is None or person is None or Change.objects.filter(offer=offer).exists():
        return
    by = f"staff:{person.pk}"
    values = {
        "summary": f"{offer.summary} Vanaf januari ook op donderdagavond.",
        "phone": "053 000 00 01",
        "opening": [*(offer.opening or []), {"weekday": 4, "opens": "19:30", "closes": "21:00"}],
    }
    actions.propose(offer=offer, values=values, by=by, note=NOTE)
    actions.save_contact(offer=offer, text=CONTACT, by=by)
