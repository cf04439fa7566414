"""What an answer of a municipality's own sign-in must be before we believe it. Pure: no Django, clock or database.

OpenID Connect Core 1.0 (3.1.3.7), PKCE (RFC 7636), the issuer in the answer (RFC 9207), and the advice of RFC 8725 and
RFC 9700. What a rule there leaves open is shut here: one audience, an algorithm of our list, a key that suits it.
"""

import json
from base64 import urlsafe_b64encode
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from hmac import compare_digest
from typing import Any
from urllib.parse import urlencode, urlsplit

import jwt
from jwt.algorithms import get_default_algorithms
from jwt.api_jws import PyJWS

# Asymmetric only: with a shared secret whoever reads our settings could write tokens, and `none` is no signature.
KEY_TYPES: Mapping[str, str] = {
    **dict.fromkeys(("RS256", "RS384", "RS512", "PS256", "PS384", "PS512"), "RSA"),
    "ES256": "EC",
    "ES384": "EC",
    "EdDSA": "OKP",
}
CURVES: Mapping[str, str] = {"ES256": "P-256", "ES384": "P-384", "EdDSA": "Ed25519"}
LEAST_RSA_BITS = 2048
LEEWAY = 60  # seconds that two clocks may differ
PENDING = 600  # seconds between going there and coming back; a token older than that was not made for this visit
LONGEST_TOKEN = 16_000  # characters
LONGEST_SUBJECT = 255  # OpenID Connect Core, section 2
# Which claim says that the address is somebody's own. Microsoft's Entra sends no email_verified.
VERIFIED_CLAIMS = ("email_verified", "xms_edov")
# In the session: the slug of the provider somebody came in by, so that signing out says that its own may be open.
SIGN_IN_VIA = "sign_in_via"
# Where `next` may lead after sign-in: pages for staff, and nowhere else.
STAFF_PREFIXES = ("/loket/", "/beheer/", "/monitor/")


@dataclass(frozen=True, slots=True)
class Provider:
    """One municipality's or region's own sign-in, as the settings name it."""

    slug: str
    name: str
    place: str  # slug of the municipality or region whose staff come in by it
    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    domains: frozenset[str]
    acr: str = ""  # a token that says this was proved with a second factor
    only: bool = False  # staff of the place may not sign in in another way
    verified: str = VERIFIED_CLAIMS[0]


@dataclass(frozen=True, slots=True)
class Metadata:
    """What the provider's discovery document says, judged."""

    issuer: str
    authorize: str
    token: str
    keys: str
    says_issuer: bool  # answers carry `iss` (RFC 9207), so one without it is not theirs
    secret_in_form: bool  # the client secret goes in the form rather than in a header


@dataclass(frozen=True, slots=True)
class Visit:
    """What was noted when somebody left for their provider; what comes back has to fit it."""

    provider: str
    state: str
    nonce: str
    verifier: str
    began: int  # seconds since 1970
    next: str = ""
    again: bool = False  # who is signed in proves it once more: the provider has to ask anew


@dataclass(frozen=True, slots=True)
class Proved:
    """Who it is, of a token that was believed. Nothing of it is kept but a keyed hash of issuer and subject."""

    issuer: str
    subject: str
    email: str  # "" when the provider does not say that it is theirs
    second_factor: bool


class Refused(Exception):
    """An answer that we do not believe; `reason` is a word for the log, never something out of the answer."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


# ---------- going there ----------


def challenge(verifier: str) -> str:
    """Return the S256 challenge of a PKCE verifier (RFC 7636, 4.2)."""
    return urlsafe_b64encode(sha256(verifier.encode("ascii")).digest()).rstrip(b"=").decode("ascii")


def authorize_address(provider: Provider, metadata: Metadata, visit: Visit, redirect_uri: str) -> str:
    """Return where to send somebody so that their provider asks who they are."""
    asked = {
        "response_type": "code",
        "client_id": provider.client_id,
        "redirect_uri": redirect_uri,
        "scope": "openid email",
        "state": visit.state,
        "nonce": visit.nonce,
        "code_challenge": challenge(visit.verifier),
        "code_challenge_method": "S256",
    }
    if provider.acr:
        asked["acr_values"] = provider.acr
    if visit.again:
        asked.update(prompt="login", max_age="0")
    return f"{metadata.authorize}{'&' if '?' in metadata.authorize else '?'}{urlencode(asked)}"


def safe_next(wanted: str) -> str:
    """Return a path of ours for staff, or "" for anything else: another host, another scheme, a trick with slashes."""
    if not wanted.isprintable() or "\\" in wanted:
        return ""
    try:
        parts = urlsplit(wanted)
    except ValueError:
        return ""
    if parts.scheme or parts.netloc or not parts.path.startswith(STAFF_PREFIXES):
        return ""
    return "" if wanted.startswith("//") or "/../" in f"{parts.path}/" else wanted


# ---------- what the provider says of itself ----------


def judged_metadata(said: object, provider: Provider, *, insecure: bool = False) -> Metadata:
    """Return the discovery document (RFC 8414, OpenID Connect Discovery 4.3). Raises Refused.

    `insecure` lets http addresses of this very machine by, for tests and for trying it out.
    """
    if not isinstance(said, dict) or said.get("issuer") != provider.issuer:
        raise Refused("metadata-issuer")
    found = {}
    for name in ("authorization_endpoint", "token_endpoint", "jwks_uri"):
        address = said.get(name)
        if not isinstance(address, str) or not is_secure(address, insecure=insecure):
            raise Refused("metadata-address")
        found[name] = address
    methods = said.get("code_challenge_methods_supported")
    if isinstance(methods, list) and "S256" not in methods:
        raise Refused("metadata-pkce")
    ways = said.get("token_endpoint_auth_methods_supported")
    in_form = isinstance(ways, list) and "client_secret_basic" not in ways and "client_secret_post" in ways
    return Metadata(
        issuer=provider.issuer,
        authorize=found["authorization_endpoint"],
        token=found["token_endpoint"],
        keys=found["jwks_uri"],
        says_issuer=said.get("authorization_response_iss_parameter_supported") is True,
        secret_in_form=in_form,
    )


def is_secure(address: str, *, insecure: bool = False) -> bool:
    """Tell whether an address of a provider may be used: https, no credentials, no fragment."""
    try:
        parts = urlsplit(address)
        host = parts.hostname
        _port = parts.port
    except ValueError:
        return False
    if not host or parts.username or parts.password or parts.fragment or not address.isprintable():
        return False
    return parts.scheme == "https" or (insecure and parts.scheme == "http" and host in ("127.0.0.1", "localhost"))


# ---------- coming back ----------


def judged_code(
    answer: Mapping[str, str], visit: Visit | None, metadata: Metadata | None, provider: Provider, now: datetime
) -> str:
    """Return the code of an answer that fits the visit. Raises Refused; a provider's own "no" has its own reason."""
    if visit is None or not compare_digest(answer.get("state", "").encode(), visit.state.encode()):
        raise Refused("state")
    if visit.provider != provider.slug:
        raise Refused("mixed-up")
    if not 0 <= now.timestamp() - visit.began <= PENDING:
        raise Refused("late")
    said = answer.get("iss")
    if (said is None and metadata is not None and metadata.says_issuer) or said not in (None, provider.issuer):
        raise Refused("answer-issuer")
    if "error" in answer:
        raise Refused("cancelled" if answer["error"] == "access_denied" else "provider-error")
    code = answer.get("code", "")
    if not code:
        raise Refused("code")
    return code


def judged_token(
    token: object, keys: object, provider: Provider, visit: Visit, now: datetime, *, leeway: int = LEEWAY
) -> Proved:
    """Return who an ID token is about, when every check holds. Raises Refused with the first that does not.

    `keys` is the provider's JWKS. Signature first: nothing that is inside is looked at before.
    """
    claims = _signed_claims(token, keys)
    if claims.get("iss") != provider.issuer:
        raise Refused("issuer")
    audience = claims.get("aud")
    # Nobody else is trusted, so an audience beside us is no audience of ours (Core 3.1.3.7, 3).
    if audience not in (provider.client_id, [provider.client_id]):
        raise Refused("audience")
    if claims.get("azp", provider.client_id) != provider.client_id:
        raise Refused("authorized-party")
    subject = claims.get("sub")
    if not isinstance(subject, str) or not 0 < len(subject) <= LONGEST_SUBJECT:
        raise Refused("subject")
    _in_time(claims, visit, now.timestamp(), leeway)
    nonce = claims.get("nonce")
    if not isinstance(nonce, str) or not compare_digest(nonce.encode(), visit.nonce.encode()):
        raise Refused("nonce")
    return Proved(
        issuer=provider.issuer,
        subject=subject,
        email=_own_address(claims, provider.verified),
        second_factor=bool(provider.acr) and claims.get("acr") == provider.acr,
    )


def belongs(email: str, domains: Collection[str]) -> bool:
    """Tell whether an address is of one of these domains exactly; a domain below one of them is another one."""
    name, at, domain = email.rpartition("@")
    return bool(name and at) and "@" not in name and domain.casefold() in domains


def kid_of(token: object) -> str | None:
    """Return which key a token says it was signed with, without believing it; None when it says none."""
    try:
        kid = jwt.get_unverified_header(token).get("kid") if isinstance(token, str) else None
    except jwt.PyJWTError:
        return None
    return kid if isinstance(kid, str) else None


def has_key(keys: object, kid: str | None) -> bool:
    """Tell whether a JWKS knows this key, so that one that was rotated is fetched anew."""
    return kid is None or any(key.get("kid") == kid for key in _listed(keys))


def _listed(keys: object) -> list[dict[str, Any]]:
    found = keys.get("keys") if isinstance(keys, dict) else None
    return [key for key in found if isinstance(key, dict)] if isinstance(found, list) else []


def _signed_claims(token: object, keys: object) -> dict[str, Any]:
    if not isinstance(token, str) or not token.isascii() or len(token) > LONGEST_TOKEN or token.count(".") != 2:
        raise Refused("form")
    try:
        header = jwt.get_unverified_header(token)
    except jwt.PyJWTError as error:
        raise Refused("form") from error
    algorithm = header.get("alg")
    if not isinstance(algorithm, str) or algorithm not in KEY_TYPES:
        raise Refused("algorithm")
    if "crit" in header or "b64" in header or str(header.get("typ", "JWT")).upper() != "JWT":
        raise Refused("kind")  # an access token or a logout token is no ID token (RFC 8725, 3.11)
    key = _key_for(algorithm, header.get("kid"), keys)
    try:
        # The claims are judged by us, with our clock; the signature by the library.
        body = PyJWS(algorithms=[algorithm]).decode(token, key=key, algorithms=[algorithm])
        claims = json.loads(body)
    except (jwt.PyJWTError, ValueError, TypeError, RecursionError) as error:
        raise Refused("signature") from error
    if not isinstance(claims, dict):
        raise Refused("form")
    return claims


def _key_for(algorithm: str, kid: object, keys: object) -> Any:
    """Return the one key of the provider that suits; a key that travels with the token is never looked at."""
    fitting = [
        key
        for key in _listed(keys)
        if key.get("kty") == KEY_TYPES[algorithm]
        and key.get("use", "sig") == "sig"
        and key.get("alg", algorithm) == algorithm
        and key.get("crv") == CURVES.get(algorithm)
        and "verify" in (key.get("key_ops") or ["verify"])
        and (kid is None or key.get("kid") == kid)
    ]
    if len(fitting) != 1:
        raise Refused("key")
    public = {name: value for name, value in fitting[0].items() if name in ("kty", "crv", "x", "y", "n", "e")}
    try:
        key = get_default_algorithms()[algorithm].from_jwk(json.dumps(public))
    except (jwt.PyJWTError, ValueError, TypeError, KeyError) as error:
        raise Refused("key") from error
    if getattr(key, "key_size", LEAST_RSA_BITS) < LEAST_RSA_BITS and KEY_TYPES[algorithm] == "RSA":
        raise Refused("key")
    return key


def _in_time(claims: Mapping[str, Any], visit: Visit, now: float, leeway: int) -> None:
    expires, issued = _moment(claims, "exp"), _moment(claims, "iat")
    if expires is None or now >= expires + leeway:
        raise Refused("expired")
    # Issued before somebody left for it: made for another visit.
    if issued is None or issued > now + leeway or issued < visit.began - leeway:
        raise Refused("issued")
    if "nbf" in claims:
        begins = _moment(claims, "nbf")
        if begins is None or begins > now + leeway:
            raise Refused("not-yet")
    if visit.again:
        asked = _moment(claims, "auth_time")
        if asked is None or asked < visit.began - leeway or asked > now + leeway:
            raise Refused("not-asked-again")


def _moment(claims: Mapping[str, Any], name: str) -> float | None:
    """Return a time of a token in seconds, or None for what is no time: a text, true, infinity."""
    value = claims.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < 2**53:
        return None
    return float(value)


def _own_address(claims: Mapping[str, Any], verified: str) -> str:
    """Return the address when the provider says it is really theirs, in lower case; else nothing."""
    email, says = claims.get("email"), claims.get(verified)
    # email_verified is true and nothing else; Microsoft writes its own as true, 1 or "1".
    sure = says is True or (verified == "xms_edov" and says in (1, "1", "true"))
    return email.strip().lower() if sure and isinstance(email, str) and email.isprintable() else ""
