"""Reading about sign-in elsewhere: which providers there are, whose somebody's is, who may not do without."""

import json
from hashlib import sha256

from django.conf import settings

from naast.core import clock, crypto
from naast.people.models import Grant, User
from naast.people.oidc.models import SignInLink
from naast.people.oidc.rules import Provider
from naast.places.queries import by_slug


def providers() -> tuple[Provider, ...]:
    """Return the providers of the settings whose place is there, in the order of the settings."""
    return tuple(one for one in settings.NAAST_SIGN_INS if by_slug(one.place))


def provider(slug: str) -> Provider | None:
    """Return one provider, or None."""
    return next((one for one in providers() if one.slug == slug), None)


def works_at(user: User, found: Provider) -> bool:
    """Tell whether somebody holds a role today at the provider's own place: not at its region, not inside it."""
    place = by_slug(found.place)
    if place is None or not user.is_active:
        return False
    held = Grant.objects.in_force(clock.today()).at(place.kind, [place.id])
    return bool(held.filter(user=user).exists())


def linked(user: User, found: Provider) -> bool:
    """Tell whether this account has signed in by this provider before."""
    return SignInLink.objects.filter(user=user, provider=found.slug).exists()


def demanded_of(user: User) -> Provider | None:
    """Return the provider that this person has to sign in by, or None when a password will do."""
    return next((one for one in providers() if one.only and works_at(user, one)), None)


def digest_of(issuer: str, subject: str) -> str:
    """Return the unkeyed hash of who somebody is at a provider; a subject's capitals count."""
    return sha256(json.dumps([issuer, subject]).encode()).hexdigest()


def found_by(digest: str) -> str:
    """Return the keyed hash by which a link is found."""
    return crypto.blind_index(digest, purpose="oidc")
