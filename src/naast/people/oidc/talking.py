"""Talking with a provider: its discovery document, its keys, and the exchange of a code. Safe, short, little."""

from base64 import b64encode
from hashlib import sha256
from ipaddress import ip_address
from typing import Any
from urllib.parse import quote_plus

from django.conf import settings
from django.core.cache import caches

from naast.core import outbound
from naast.people.oidc import rules
from naast.people.oidc.rules import Metadata, Provider, Refused, Visit

KEPT = 3600  # seconds that a discovery document and keys are remembered
NEW_KEYS = 60  # seconds between two looks for a key that we do not know: a made-up one must not make us ask for ever
WELL_KNOWN = "/.well-known/openid-configuration"


def insecure() -> bool:
    """Tell whether a provider on this very machine may do without https: when trying it out, never in production."""
    return bool(settings.NAAST_EMBEDDED)


def metadata(provider: Provider) -> Metadata:
    """Return what a provider says of itself, remembered for an hour. Raises Refused."""
    said = _remembered(f"metadata:{provider.issuer}")
    if said is None:
        said = _asked(provider.issuer.rstrip("/") + WELL_KNOWN)
        judged = rules.judged_metadata(said, provider, insecure=insecure())
        _remember(f"metadata:{provider.issuer}", said, KEPT)
        return judged
    return rules.judged_metadata(said, provider, insecure=insecure())


def keys_for(found: Metadata, token: object) -> Any:
    """Return the provider's public keys; looks anew when a token names one that we do not know. Raises Refused."""
    name = f"keys:{found.keys}"
    keys = _remembered(name)
    fresh = keys is None
    if fresh:
        keys = _asked(found.keys)
        _remember(name, keys, KEPT)
    if not fresh and not rules.has_key(keys, rules.kid_of(token)) and _first_look(name):
        keys = _asked(found.keys)
        _remember(name, keys, KEPT)
    return keys


def exchanged(provider: Provider, found: Metadata, visit: Visit, code: str, redirect_uri: str) -> str:
    """Return the ID token that a code stands for. What else comes with it is dropped here. Raises Refused."""
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": redirect_uri,
        "code_verifier": visit.verifier,
    }
    headers = {}
    if found.secret_in_form:
        form.update(client_id=provider.client_id, client_secret=provider.client_secret)
    else:
        # Both are form-encoded before they are joined: RFC 6749, 2.3.1.
        pair = f"{quote_plus(provider.client_id)}:{quote_plus(provider.client_secret)}"
        headers["Authorization"] = f"Basic {b64encode(pair.encode()).decode()}"
    said = _asked(found.token, form=form, headers=headers, reason="exchange")
    token = said.get("id_token") if isinstance(said, dict) else None
    if not isinstance(token, str):
        raise Refused("no-token")
    return token


def _asked(
    address: str,
    *,
    form: dict[str, str] | None = None,
    headers: dict[str, str] | None = None,
    reason: str = "unreachable",
) -> Any:
    try:
        status, said = outbound.fetch_json(address, form=form, headers=headers, allowed=_allowed)
    except (outbound.Refused, OSError, ValueError) as error:
        raise Refused(reason) from error
    if status != 200:
        raise Refused(reason)
    return said


def _allowed(address: str) -> bool:
    return outbound.is_public(address) or (insecure() and ip_address(address).is_loopback)


def _key(name: str) -> str:
    return f"naast.oidc.{sha256(name.encode()).hexdigest()}"


def _remembered(name: str) -> Any:
    return caches["default"].get(_key(name))


def _remember(name: str, said: Any, seconds: int) -> None:
    caches["default"].set(_key(name), said, timeout=seconds)


def _first_look(name: str) -> bool:
    return bool(caches["default"].add(_key(f"looked:{name}"), 1, timeout=NEW_KEYS))
