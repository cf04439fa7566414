"""Somebody left for their provider: noted in their own session, good for one way back within ten minutes."""

import secrets
from dataclasses import asdict
from hashlib import sha256

from django.core.cache import caches
from django.http import HttpRequest

from naast.core import clock
from naast.people.oidc.rules import PENDING, Provider, Visit

IN_SESSION = "sign_in_visits"
MOST = 3  # tabs at once


def begin(request: HttpRequest, provider: Provider, *, next_path: str, again: bool) -> Visit:
    """Note a visit and return it. The oldest of more than three is forgotten."""
    visit = Visit(
        provider=provider.slug,
        state=secrets.token_urlsafe(32),
        nonce=secrets.token_urlsafe(32),
        verifier=secrets.token_urlsafe(64),
        began=int(clock.now().timestamp()),
        next=next_path,
        again=again,
    )
    request.session[IN_SESSION] = [*request.session.get(IN_SESSION, [])[1 - MOST :], asdict(visit)]
    return visit


def take(request: HttpRequest, state: str) -> Visit | None:
    """Return the visit of this browser with this state, once: whoever comes second gets None, on any process."""
    noted = request.session.get(IN_SESSION, [])
    found = next((Visit(**one) for one in noted if state and secrets.compare_digest(one["state"], state)), None)
    if found is None:
        return None
    request.session[IN_SESSION] = [one for one in noted if one["state"] != found.state]
    return found if first_use("state", found.state) else None


def first_use(kind: str, value: str) -> bool:
    """Tell whether a state or a code is seen for the first time; only its hash is remembered, for twice ten minutes."""
    digest = sha256(f"{kind}:{value}".encode()).hexdigest()
    return bool(caches["shared"].add(f"naast.oidc.used.{digest}", 1, timeout=2 * PENDING))
