"""A token is believed only when every check holds: a table of bad ones, each refused for its own reason."""

import base64
import hashlib
import hmac
import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import example, given
from hypothesis import strategies as st
from jwt.algorithms import OKPAlgorithm
from tests.oidc_provider import Key, ec_key, rsa_key

from naast.people.oidc import rules
from naast.people.oidc.rules import Proved, Provider, Refused, Visit

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
SECONDS = int(NOW.timestamp())
PROVIDER = Provider(
    slug="enschede",
    name="gemeente Enschede",
    place="enschede",
    issuer="https://aanmelden.gemeente.example",
    client_id="naast",
    client_secret="x",
    domains=frozenset({"gemeente.example"}),
    acr="mfa",
)
VISIT = Visit("enschede", state="s" * 43, nonce="n" * 43, verifier="v" * 86, began=SECONDS - 20)
RSA, OTHER, SMALL, EC = rsa_key("rsa"), rsa_key("rsa"), rsa_key("small", 1024), ec_key("ec")
KEYS = {"keys": [RSA.public(), EC.public(), SMALL.public()]}


def claims(**changes: Any) -> dict[str, Any]:
    """Return what a right token says, with changes; None takes a claim away."""
    said = {
        "iss": PROVIDER.issuer,
        "aud": "naast",
        "sub": "Aa-1",
        "iat": SECONDS - 5,
        "exp": SECONDS + 300,
        "nonce": VISIT.nonce,
        "email": "Noor@gemeente.example",
        "email_verified": True,
        "acr": "mfa",
        **changes,
    }
    return {name: value for name, value in said.items() if value is not None}


def signed(said: dict[str, Any] | None = None, key: Key = RSA, **header: Any) -> str:
    return jwt.encode(said or claims(), key.private, key.algorithm, headers={"kid": key.kid, **header})


def part(said: object) -> str:
    text = said if isinstance(said, bytes) else json.dumps(said).encode()
    return base64.urlsafe_b64encode(text).rstrip(b"=").decode()


def by_hand(header: object, body: object, sign: Callable[[bytes], bytes] = lambda _: b"") -> str:
    start = f"{part(header)}.{part(body)}"
    return f"{start}.{part(sign(start.encode()))}"


def with_public_key_as_secret() -> str:
    """The old trick: the public key, which everybody has, used as a shared secret."""
    pem = RSA.private.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    return by_hand({"alg": "HS256", "kid": "rsa"}, claims(), lambda text: hmac.digest(pem, text, hashlib.sha256))


def changed() -> str:
    header, _, signature = signed().split(".")
    return f"{header}.{part(claims(sub='iemand-anders'))}.{signature}"


BAD: dict[str, tuple[str, Callable[[], object]]] = {
    # the form
    "nothing": ("form", lambda: None),
    "empty": ("form", lambda: ""),
    "a-number": ("form", lambda: 7),
    "one-part": ("form", lambda: "abc"),
    "encrypted-five-parts": ("form", lambda: "a.b.c.d.e"),
    "far-too-long": ("form", lambda: signed(claims(x="y" * 20_000))),
    "not-ascii": ("form", lambda: signed() + "é"),
    "header-no-json": ("form", lambda: f"{part(b'nee')}.{part(claims())}.{part(b'x')}"),
    "claims-are-a-list": ("form", lambda: jwt.PyJWS().encode(b"[1]", RSA.private, "RS256", headers={"kid": "rsa"})),
    "claims-no-json": (
        "signature",
        lambda: jwt.PyJWS().encode(b"nee", RSA.private, "RS256", headers={"kid": "rsa"}),
    ),
    # the signature
    "unsigned": ("algorithm", lambda: by_hand({"alg": "none"}, claims())),
    "unsigned-with-capitals": ("algorithm", lambda: by_hand({"alg": "None", "kid": "rsa"}, claims())),
    "no-algorithm": ("algorithm", lambda: by_hand({"kid": "rsa"}, claims())),
    "public-key-as-secret": ("algorithm", with_public_key_as_secret),
    "client-secret-as-key": ("algorithm", lambda: jwt.encode(claims(), "x" * 64, "HS512", headers={"kid": "rsa"})),
    "algorithm-of-another-kind-of-key": (
        "key",
        lambda: by_hand({"alg": "ES256", "kid": "rsa"}, claims(), lambda _: b"0" * 64),
    ),
    "stronger-than-the-key-says": (
        "key",
        lambda: jwt.encode(claims(), RSA.private, "RS512", headers={"kid": "rsa"}),
    ),
    "changed-claims": ("signature", changed),
    "signature-cut-off": ("signature", lambda: signed().rsplit(".", 1)[0] + "."),
    "somebody-elses-key-under-this-name": ("signature", lambda: signed(key=OTHER)),
    "unknown-key": ("key", lambda: signed(kid="made-up")),
    "no-key-named-among-many": (
        "key",
        lambda: by_hand({"alg": "RS256"}, claims(), lambda _: b"0"),
    ),
    "key-named-by-a-number": ("form", lambda: by_hand({"alg": "RS256", "kid": 1}, claims())),
    "key-too-small": ("key", lambda: signed(key=SMALL)),
    "key-travels-with-the-token": (
        "signature",
        lambda: jwt.encode(claims(), OTHER.private, "RS256", headers={"kid": "rsa", "jwk": OTHER.public()}),
    ),
    "key-at-an-address-in-the-token": (
        "key",
        lambda: signed(key=OTHER, kid="there", jku="https://kwaad.example/keys"),
    ),
    "critical-extension": ("form", lambda: by_hand({"alg": "RS256", "kid": "rsa", "crit": ["exp"]}, claims())),
    "access-token": ("kind", lambda: signed(typ="at+jwt")),
    "logout-token": ("kind", lambda: signed(typ="logout+jwt")),
    # whose it is, and for whom
    "no-issuer": ("issuer", lambda: signed(claims(iss=None))),
    "another-issuer": ("issuer", lambda: signed(claims(iss="https://kwaad.example"))),
    "issuer-with-a-slash-more": ("issuer", lambda: signed(claims(iss=PROVIDER.issuer + "/"))),
    "issuer-is-a-list": ("issuer", lambda: by_rsa(claims(iss=[PROVIDER.issuer]))),
    "no-audience": ("audience", lambda: signed(claims(aud=None))),
    "another-audience": ("audience", lambda: signed(claims(aud="andere-app"))),
    "audience-beside-us": ("audience", lambda: signed(claims(aud=["naast", "andere-app"]))),
    "audience-empty": ("audience", lambda: signed(claims(aud=[]))),
    "audience-longer-than-ours": ("audience", lambda: signed(claims(aud="naast-test"))),
    "made-for-another-app": ("authorized-party", lambda: signed(claims(azp="andere-app"))),
    "no-subject": ("subject", lambda: signed(claims(sub=None))),
    "subject-empty": ("subject", lambda: signed(claims(sub=""))),
    "subject-a-number": ("subject", lambda: by_rsa(claims(sub=12))),
    "subject-too-long": ("subject", lambda: signed(claims(sub="a" * 256))),
    # when
    "over": ("expired", lambda: signed(claims(exp=SECONDS - 60))),
    "without-an-end": ("expired", lambda: signed(claims(exp=None))),
    "end-is-text": ("expired", lambda: by_rsa(claims(exp=str(SECONDS + 300)))),
    "end-is-true": ("expired", lambda: by_rsa(claims(exp=True))),
    "end-is-infinite": ("expired", lambda: by_rsa(claims(exp=float("inf")))),
    "end-is-no-number": ("expired", lambda: by_rsa(claims(exp=float("nan")))),
    "of-the-future": ("issued", lambda: signed(claims(iat=SECONDS + 61))),
    "of-before-this-visit": ("issued", lambda: signed(claims(iat=SECONDS - 20 - 61))),
    "without-a-beginning": ("issued", lambda: signed(claims(iat=None))),
    "not-yet": ("not-yet", lambda: signed(claims(nbf=SECONDS + 61))),
    "not-before-is-text": ("not-yet", lambda: by_rsa(claims(nbf="morgen"))),
    # for which visit
    "no-nonce": ("nonce", lambda: signed(claims(nonce=None))),
    "another-nonce": ("nonce", lambda: signed(claims(nonce="m" * 43))),
    "nonce-cut-short": ("nonce", lambda: signed(claims(nonce="n" * 42))),
    "nonce-is-a-list": ("nonce", lambda: by_rsa(claims(nonce=[VISIT.nonce]))),
}


def by_rsa(said: dict[str, Any]) -> str:
    """Sign what the library itself would not write."""
    return jwt.PyJWS().encode(json.dumps(said).encode(), RSA.private, "RS256", headers={"kid": "rsa"})


def judged(token: object, keys: object = KEYS, provider: Provider = PROVIDER, visit: Visit = VISIT) -> Proved:
    return rules.judged_token(token, keys, provider, visit, NOW)


@pytest.mark.parametrize("name", BAD)
def test_a_bad_token_is_refused_for_its_reason(name: str) -> None:
    reason, made = BAD[name]
    with pytest.raises(Refused) as refused:
        judged(made())
    assert refused.value.reason == reason


def test_the_table_is_long_enough() -> None:
    assert len(BAD) >= 20


RIGHT: dict[str, Callable[[], str]] = {
    "rsa": signed,
    "elliptic": lambda: signed(key=EC),
    "audience-in-a-list": lambda: signed(claims(aud=["naast"])),
    "party-named": lambda: signed(claims(azp="naast")),
    "clock-a-little-behind": lambda: signed(claims(exp=SECONDS - 59)),
    "clock-a-little-ahead": lambda: signed(claims(iat=SECONDS + 59, nbf=SECONDS + 59)),
    "kind-in-small-letters": lambda: signed(typ="jwt"),
    "more-claims-than-we-read": lambda: signed(claims(groups=["a"], name="Noor")),
}


@pytest.mark.parametrize("name", RIGHT)
def test_a_right_token_says_who_it_is(name: str) -> None:
    assert judged(RIGHT[name]()) == Proved(PROVIDER.issuer, "Aa-1", "noor@gemeente.example", True)


def test_a_key_on_edwards_curve_is_known() -> None:
    private = ed25519.Ed25519PrivateKey.generate()
    public = {**OKPAlgorithm.to_jwk(private.public_key(), as_dict=True), "kid": "ed"}
    token = jwt.encode(claims(), private, "EdDSA", headers={"kid": "ed"})
    assert judged(token, {"keys": [public]}).subject == "Aa-1"


def test_a_curve_that_does_not_belong_to_the_algorithm_is_refused() -> None:
    other = Key("ec", "ES384", ec.generate_private_key(ec.SECP384R1()))
    public = {**other.public(), "alg": "ES256"}
    with pytest.raises(Refused, match="key"):
        judged(by_hand({"alg": "ES256", "kid": "ec"}, claims(), lambda _: b"0" * 64), {"keys": [public]})


def test_a_key_for_encryption_signs_nothing() -> None:
    with pytest.raises(Refused, match="key"):
        judged(signed(), {"keys": [{**RSA.public(), "use": "enc"}]})


def test_a_provider_with_one_key_need_not_name_it() -> None:
    key = {name: value for name, value in RSA.public().items() if name not in ("kid", "use", "alg")}
    assert judged(jwt.encode(claims(), RSA.private, "RS256"), {"keys": [key]}).subject == "Aa-1"


@pytest.mark.parametrize("keys", [None, [], {}, {"keys": None}, {"keys": ["x", 1]}, {"keys": [{"kty": "RSA"}]}])
def test_keys_that_are_no_keys_open_nothing(keys: object) -> None:
    with pytest.raises(Refused, match="key"):
        judged(signed(), keys)


def test_a_private_part_in_the_list_is_not_looked_at() -> None:
    """A provider that shows too much must not make us read a private key."""
    shown = {**RSA.public(), "d": "AQAB", "p": "x"}
    assert judged(signed(), {"keys": [shown]}).subject == "Aa-1"


@given(st.sampled_from(sorted(RIGHT)), st.integers(min_value=0), st.integers(1, 255))
def test_no_changed_byte_passes(name: str, where: int, by: int) -> None:
    token = RIGHT_TOKENS[name]
    at = where % len(token)
    other = token[:at] + chr((ord(token[at]) ^ by) % 128) + token[at + 1 :]
    if same_bytes(other, token):
        return  # the last character of a part holds bits that say nothing
    with pytest.raises(Refused):
        judged(other)


RIGHT_TOKENS = {name: made() for name, made in RIGHT.items()}


def same_bytes(one: str, two: str) -> bool:
    def decoded(token: str) -> list[bytes]:
        return [base64.urlsafe_b64decode(piece + "==") for piece in token.split(".")]

    try:
        return decoded(one) == decoded(two)
    except ValueError:
        return False


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)


@given(st.dictionaries(st.sampled_from(["iss", "aud", "sub", "iat", "exp", "nonce", "azp", "nbf", "acr"]), JSON))
def test_claims_of_any_kind_never_break_it_and_never_say_who_another_is(changes: dict[str, Any]) -> None:
    said = {**claims(), **changes}
    try:
        found = judged(by_rsa(said))
    except Refused:
        return
    assert found.issuer == PROVIDER.issuer == said["iss"]
    assert found.subject == said["sub"]
    assert said["nonce"] == VISIT.nonce
    assert found.second_factor is (said["acr"] == "mfa")


@given(st.text() | st.binary() | JSON, JSON)
def test_whatever_comes_is_refused_and_breaks_nothing(token: object, keys: object) -> None:
    with pytest.raises(Refused):
        judged(token, keys)


# ---------- the answer ----------


@pytest.mark.parametrize(("after", "reason"), [(0, ""), (rules.PENDING, ""), (rules.PENDING + 1, "late"), (-1, "late")])
def test_an_answer_comes_within_ten_minutes(after: int, reason: str) -> None:
    visit = Visit("enschede", "s" * 43, "n", "v", began=SECONDS - after)
    answer = {"state": "s" * 43, "code": "c"}
    if reason:
        with pytest.raises(Refused, match=reason):
            rules.judged_code(answer, visit, None, PROVIDER, NOW)
    else:
        assert rules.judged_code(answer, visit, None, PROVIDER, NOW) == "c"


# ---------- where it leads ----------


@pytest.mark.parametrize("wanted", ["/loket/", "/loket/?lijst=new", "/beheer/pages/3/edit/", "/monitor/gaten/?a=b#c"])
def test_a_page_of_ours_may_be_next(wanted: str) -> None:
    assert rules.safe_next(wanted) == wanted


@pytest.mark.parametrize(
    "wanted",
    [
        "",
        "/",
        "loket/",
        "//kwaad.example/loket/",
        "///kwaad.example/loket/",
        "https://kwaad.example/loket/",
        "https:/loket/",
        "https:loket/",
        "javascript:/loket/",
        "/\\kwaad.example/loket/",
        "\\\\kwaad.example/loket/",
        "/loket/\\..\\..",
        "/loket/../../kwaad",
        "/loket/..",
        "/loket\n/",
        "/loket/\r\nLocation: x",
        "/loket.kwaad.example",
        "\t//kwaad.example/loket/",
    ],
)
def test_nothing_else_may_be_next(wanted: str) -> None:
    assert rules.safe_next(wanted) == ""


@given(st.text())
@example("//[::1")
def test_next_is_ours_or_nothing(wanted: str) -> None:
    assert rules.safe_next(wanted) in ("", wanted)
    assert not rules.safe_next(wanted) or wanted.startswith(rules.STAFF_PREFIXES)


@pytest.mark.parametrize(
    ("email", "belongs"),
    [
        ("noor@gemeente.example", True),
        ("noor@GEMEENTE.example", True),
        ("noor@sub.gemeente.example", False),
        ("noor@kwaadgemeente.example", False),
        ("noor@gemeente.example@kwaad.example", False),
        ("noor@kwaad.example@gemeente.example", False),
        ("@gemeente.example", False),
        ("gemeente.example", False),
        ("", False),
    ],
)
def test_an_address_belongs_to_a_domain_exactly(email: str, belongs: bool) -> None:
    assert rules.belongs(email, PROVIDER.domains) is belongs


def test_the_challenge_is_that_of_the_standard() -> None:
    """RFC 7636, appendix B."""
    verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
    assert rules.challenge(verifier) == "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
