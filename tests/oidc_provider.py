"""A municipality's own sign-in for tests: a real provider on this machine, in a thread, that can also be made to lie.

It asks nobody anything: whoever comes is `person`. With `ask=True` it shows a page with one button, for a browser.
"""

import json
import secrets
import threading
import time
from base64 import b64decode, urlsafe_b64encode
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from html import escape
from socketserver import ThreadingMixIn
from typing import Any
from urllib.parse import parse_qs, unquote_plus, urlencode
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import jwt
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from jwt.algorithms import ECAlgorithm, RSAAlgorithm

from naast.people.oidc.rules import Provider

CLIENT, SECRET = "naast-test", "een geheim met een : en een %"
Claims = dict[str, Any]


@dataclass
class Key:
    """A key pair by the name that tokens carry."""

    kid: str
    algorithm: str
    private: Any

    def public(self) -> dict[str, Any]:
        """Return it as the provider shows it."""
        kind = RSAAlgorithm if self.algorithm.startswith(("RS", "PS")) else ECAlgorithm
        shown = kind.to_jwk(self.private.public_key(), as_dict=True)
        return {**shown, "kid": self.kid, "use": "sig", "alg": self.algorithm}


def rsa_key(kid: str, bits: int = 2048) -> Key:
    """Make an RSA key."""
    return Key(kid, "RS256", rsa.generate_private_key(public_exponent=65537, key_size=bits))


def ec_key(kid: str) -> Key:
    """Make a key on P-256."""
    return Key(kid, "ES256", ec.generate_private_key(ec.SECP256R1()))


_FIRST = rsa_key("first")  # one for the whole run: making them takes time


@dataclass
class Municipality:
    """The provider and what it is made to say."""

    issuer: str = ""
    keys: list[Key] = field(default_factory=lambda: [_FIRST])
    person: Claims = field(default_factory=lambda: {"sub": "Aa-1", "email": "", "email_verified": True})
    bend: Callable[[Claims, dict[str, Any]], str | None] = lambda claims, header: None
    answer: Callable[[dict[str, str]], dict[str, str]] = lambda said: said
    discovery: dict[str, Any] = field(default_factory=dict)
    secret: str = SECRET
    ask: bool = False
    out_of_order: bool = False
    asked: list[str] = field(default_factory=list)  # paths, in order
    questions: list[dict[str, str]] = field(default_factory=list)  # what came at authorize
    _codes: dict[str, dict[str, str]] = field(default_factory=dict)

    def provider(self, **changes: Any) -> Provider:
        """Return it as our settings would name it."""
        said = {
            "slug": "enschede",
            "name": "gemeente Enschede",
            "place": "enschede",
            "issuer": self.issuer,
            "client_id": CLIENT,
            "client_secret": SECRET,
            "domains": frozenset({"gemeente.example"}),
        }
        return Provider(**{**said, **changes})

    def token(self, nonce: str) -> str:
        """Return an ID token about the person; `bend` changes claims and header, or returns another token whole."""
        now = int(time.time())
        key = self.keys[0]
        claims = {"iss": self.issuer, "aud": CLIENT, "iat": now, "exp": now + 300, "nonce": nonce, **self.person}
        header = {"kid": key.kid}
        instead = self.bend(claims, header)
        return instead if instead is not None else jwt.encode(claims, key.private, key.algorithm, headers=header)

    def __call__(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        """Answer as WSGI."""
        path = environ["PATH_INFO"]
        self.asked.append(path)
        asked = {name: values[0] for name, values in parse_qs(environ["QUERY_STRING"]).items()}
        if self.out_of_order:
            return self._say(start, "503 Service Unavailable", {"error": "out of order"})
        if path == "/.well-known/openid-configuration":
            return self._say(start, "200 OK", self._discovery())
        if path == "/keys":
            return self._say(start, "200 OK", {"keys": [key.public() for key in self.keys]})
        if path == "/authorize":
            return self._authorize(start, asked)
        if path == "/token":
            size = int(environ.get("CONTENT_LENGTH") or 0)
            form = {name: values[0] for name, values in parse_qs(environ["wsgi.input"].read(size).decode()).items()}
            return self._token(start, form, environ.get("HTTP_AUTHORIZATION", ""))
        return self._say(start, "404 Not Found", {})

    def _discovery(self) -> dict[str, Any]:
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
            "authorization_response_iss_parameter_supported": True,
            "code_challenge_methods_supported": ["S256"],
            **self.discovery,
        }

    def _authorize(self, start: Callable[..., Any], asked: dict[str, str]) -> Iterable[bytes]:
        self.questions.append(asked)
        if self.ask and not asked.pop("yes", ""):
            back = escape(f"/authorize?{urlencode({**asked, 'yes': '1'})}")
            page = f'<!doctype html><title>Gemeente</title><h1>Wie ben je?</h1><a href="{back}">Ik ben het</a>'
            start("200 OK", [("Content-Type", "text/html; charset=utf-8")])
            return [page.encode()]
        code = secrets.token_urlsafe(16)
        self._codes[code] = asked
        said = self.answer({"code": code, "state": asked["state"], "iss": self.issuer})
        start("302 Found", [("Location", f"{asked['redirect_uri']}?{urlencode(said)}")])
        return [b""]

    def _token(self, start: Callable[..., Any], form: dict[str, str], authorization: str) -> Iterable[bytes]:
        if authorization.startswith("Basic "):
            pair = b64decode(authorization[6:]).decode().split(":")
            client, secret = unquote_plus(pair[0]), unquote_plus(pair[1])
        else:
            client, secret = form.get("client_id", ""), form.get("client_secret", "")
        asked = self._codes.pop(form.get("code", ""), None)
        proof = urlsafe_b64encode(sha256(form.get("code_verifier", "").encode()).digest()).rstrip(b"=").decode()
        right = (
            asked is not None
            and (client, secret) == (CLIENT, self.secret)
            and form.get("redirect_uri") == asked["redirect_uri"]
            and (asked.get("code_challenge_method"), asked.get("code_challenge")) == ("S256", proof)
        )
        if not right or asked is None:
            return self._say(start, "400 Bad Request", {"error": "invalid_grant"})
        said = {"access_token": secrets.token_urlsafe(), "token_type": "Bearer", "id_token": self.token(asked["nonce"])}
        return self._say(start, "200 OK", said)

    def _say(self, start: Callable[..., Any], status: str, said: object) -> Iterable[bytes]:
        start(status, [("Content-Type", "application/json")])
        return [json.dumps(said).encode()]


class _Threads(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Silent(WSGIRequestHandler):
    def log_message(self, *args: object) -> None:
        """Be silent."""


@contextmanager
def running(port: int = 0, **changes: Any) -> Iterator[Municipality]:
    """Run a provider on this machine until the end of the block."""
    made = Municipality(**changes)
    server = make_server("127.0.0.1", port, made, server_class=_Threads, handler_class=_Silent)
    made.issuer = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield made
    finally:
        server.shutdown()
        server.server_close()
