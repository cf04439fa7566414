"""Proving who you are once more by the municipality's own sign-in: it is asked to ask anew."""

from urllib.parse import urlencode

from django.utils.translation import gettext as _

from naast.core.sharing import outside
from naast.people.again import Way, register_way
from naast.people.models import User
from naast.people.oidc import queries


@register_way
def by_their_municipality(user: User, back: str) -> Way | None:
    """Return the way by the provider that this person signed in by before, or None."""
    found = next((one for one in queries.providers() if queries.linked(user, one)), None)
    if found is None:
        return None
    tail = urlencode({"opnieuw": "1", "next": back})
    return Way(f"{outside('people:via', slug=found.slug)}?{tail}", _("Prove it by %(name)s") % {"name": found.name})
