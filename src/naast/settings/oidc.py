"""The municipalities' own sign-ins, as the environment names them (docs/settings.md). Each fault stops the start by name."""

import re
from collections.abc import Mapping
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from naast.people.oidc.rules import VERIFIED_CLAIMS, Provider, is_secure

SLUG = re.compile(r"[a-z][a-z0-9]{0,29}")
PLACE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
DOMAIN = re.compile(r"([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}")
LIST = "NAAST_OIDC"


def providers_of(environ: Mapping[str, str], *, insecure: bool = False) -> tuple[Provider, ...]:
    """Return the providers that NAAST_OIDC lists, in its order.

    `insecure` allows an issuer on this very machine without https. Raises ImproperlyConfigured with the setting's name.
    """
    slugs = [part.strip() for part in environ.get("NAAST_OIDC", "").split(",") if part.strip()]
    for slug in slugs:
        if not SLUG.fullmatch(slug):
            raise ImproperlyConfigured(f"{LIST}: '{slug}' is no short name of small letters and digits.")
    if len(set(slugs)) != len(slugs):
        raise ImproperlyConfigured(f"{LIST} names a provider twice.")
    known = {f"{LIST}_{slug.upper()}_{part}" for slug in slugs for part in PARTS}
    for name in environ:
        if name.startswith(f"{LIST}_") and name not in known:
            raise ImproperlyConfigured(f"{name} belongs to no provider that {LIST} lists, or is misspelt.")
    found = tuple(_provider(slug, environ, insecure) for slug in slugs)
    # Two providers of one issuer would each find the links that the other made.
    issuers = [one.issuer for one in found]
    for one in found:
        if issuers.count(one.issuer) > 1:
            raise ImproperlyConfigured(f"{LIST}_{one.slug.upper()}_ISSUER stands at another provider too.")
    return found


def _provider(slug: str, environ: Mapping[str, str], insecure: bool) -> Provider:
    def value(part: str, *, needed: bool = True) -> str:
        said = environ.get(f"{LIST}_{slug.upper()}_{part}", "").strip()
        if needed and not said:
            raise ImproperlyConfigured(f"{LIST}_{slug.upper()}_{part} is not set. Without it nobody signs in there.")
        return said

    def wrong(part: str, why: str) -> ImproperlyConfigured:
        return ImproperlyConfigured(f"{LIST}_{slug.upper()}_{part} {why}")

    issuer, place, only = value("ISSUER"), value("PLACE"), value("ONLY", needed=False)
    if not is_secure(issuer, insecure=insecure) or urlsplit(issuer).query:
        raise wrong("ISSUER", "is an https address without ? and #.")
    if not PLACE.fullmatch(place):
        raise wrong("PLACE", "is the short name of a municipality or region, as in its address.")
    domains = [part.strip().lower() for part in value("DOMAINS").split(",") if part.strip()]
    if not domains or not all(DOMAIN.fullmatch(domain) for domain in domains):
        raise wrong("DOMAINS", "lists domains of e-mail addresses, as gemeente.example, with commas.")
    if only not in ("", "0", "1"):
        raise wrong("ONLY", "is 1 or 0.")
    verified = value("VERIFIED", needed=False) or VERIFIED_CLAIMS[0]
    if verified not in VERIFIED_CLAIMS:
        raise wrong("VERIFIED", f"is one of: {', '.join(VERIFIED_CLAIMS)}.")
    return Provider(
        slug=slug,
        name=value("NAME"),
        place=place,
        issuer=issuer,
        client_id=value("CLIENT_ID"),
        client_secret=value("CLIENT_SECRET"),
        domains=frozenset(domains),
        acr=value("ACR", needed=False),
        only=only == "1",
        verified=verified,
    )


PARTS = ("NAME", "PLACE", "ISSUER", "CLIENT_ID", "CLIENT_SECRET", "DOMAINS", "ACR", "ONLY", "VERIFIED")
