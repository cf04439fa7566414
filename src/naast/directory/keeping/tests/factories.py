"""Offers that are due, and the mail about them, in words of the domain."""

import re
from datetime import date, timedelta
from typing import Any

from naast.core import clock, once
from naast.core.mail import compose
from naast.core.models import OutboxMail
from naast.directory.keeping import asking
from naast.directory.models import Offer, Organisation
from naast.directory.tests.factories import offer
from naast.directory.tests.factories import organisation as made_organisation
from naast.people.models import User
from naast.people.policy import Scope
from naast.people.policy_table import ORGANISATION
from naast.people.tests.factories import staff
from naast.places.queries import by_slug
from naast.places.rules import PlaceInfo

DAY = timedelta(days=1)
ADDRESS = "info@samen.example"
LINK = re.compile(r"https?://\S+/aanbod-bevestigen/([\w-]+)/")


def place(slug: str) -> PlaceInfo:
    """A place that is known."""
    found = by_slug(slug)
    assert found is not None, slug
    return found


def editor_of(slug: str) -> User:
    """An editor of a municipality."""
    return staff("editor", place(slug))


def regional_editor_of(slug: str) -> User:
    """An editor of a region."""
    return staff("regional-editor", place(slug))


def organisation(slug: str = "stichting-samen", *, email: str = ADDRESS) -> Organisation:
    """An organisation with a general address."""
    found = made_organisation(slug, slug.replace("-", " ").title())
    Organisation.objects.filter(pk=found.pk).update(email=email)
    found.refresh_from_db()
    return found


def due_offer(*, on: date | None = None, email: str = ADDRESS, **changes: Any) -> Offer:
    """An offer whose date came (today), of an organisation with an address."""
    organisation(changes.get("organisation", "stichting-samen"), email=email)
    found = offer(**changes)
    Offer.objects.filter(pk=found.pk).update(next_check=on or clock.today())
    found.refresh_from_db()
    return found


def scope_of(found: Organisation) -> Scope:
    """The scope of an organisation, at which a provider holds a role."""
    return Scope(ORGANISATION, found.pk)


def mails(kind: str = "directory/confirm") -> list[OutboxMail]:
    """The mails of a kind, oldest first."""
    return list(OutboxMail.objects.filter(kind=kind).order_by("created_at"))


def text_of(mail: OutboxMail) -> str:
    """A mail as its reader sees it."""
    made = compose(mail)
    return f"{made.subject}\n{made.body}"


def token_in(mail: OutboxMail) -> str:
    """The token in the link of a mail."""
    found = LINK.search(text_of(mail))
    assert found, text_of(mail)
    return found[1]


def asked_by_mail() -> str:
    """Ask whose turn it is and return the token of the newest mail."""
    asking.ask_owners()
    return token_in(mails()[-1])


def address(token: str) -> str:
    """The page of a mailed link."""
    return f"/aanbod-bevestigen/{token}/"


def number() -> str:
    """A fresh one-time number, as a form carries it."""
    return once.issue()
