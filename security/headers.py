"""The headers of an answer, judged as internet.nl judges a home page, for every kind of answer we give. Pure.

Source of each rule: the web test of internet.nl and the NCSC's TLS guidelines of 2025 (docs/security/headers.md).
"""

import re
from collections.abc import Mapping

YEAR = 31_536_000  # seconds; HSTS shorter than this is marked down
GOOD_REFERRER = frozenset({"no-referrer", "same-origin"})
UNSAFE = ("'unsafe-inline'", "'unsafe-eval'", "'unsafe-hashes'")
SELF_OR_NONE = (["'self'"], ["'none'"])


def policy_of(text: str) -> dict[str, list[str]]:
    """Return a content policy as directive -> sources; the first of a name counts, as in browsers."""
    found: dict[str, list[str]] = {}
    for part in text.split(";"):
        words = part.split()
        if words:
            found.setdefault(words[0].lower(), words[1:])
    return found


def faults(headers: Mapping[str, str], *, admin: bool = False) -> list[tuple[str, str, str]]:
    """Return (severity, rule, what) of everything wrong with these headers (names in lower case).

    `admin`: the editors' admin, which may have inline scripts and styles of Wagtail's own (docs/decisions/0012).
    """
    return [*_transport(headers), *_content_policy(headers, admin=admin), *_small(headers)]


def _transport(headers: Mapping[str, str]) -> list[tuple[str, str, str]]:
    hsts = headers.get("strict-transport-security", "")
    age = re.search(r"max-age=\"?(\d+)", hsts)
    if not age:
        return [("high", "hsts", "no Strict-Transport-Security")]
    return [] if int(age[1]) >= YEAR else [("medium", "hsts", f"max-age is {age[1]}, a year is {YEAR}")]


def _content_policy(headers: Mapping[str, str], *, admin: bool) -> list[tuple[str, str, str]]:
    text = headers.get("content-security-policy", "")
    if not text:
        return [("high", "csp", "no Content-Security-Policy")]
    policy = policy_of(text)
    wrong: list[tuple[str, str, str]] = []
    for name, sources in policy.items():
        for source in sources:
            if source in UNSAFE and not (admin and source == "'unsafe-inline'" and name in ("script-src", "style-src")):
                wrong.append(("high", "csp", f"{name} has {source}"))
            if source in ("*", "http:", "https:") or source.startswith(("http://", "//")) or "127.0.0.1" in source:
                wrong.append(("high", "csp", f"{name} lets in {source}"))
            if source == "data:" and name in ("default-src", "script-src", "object-src"):
                wrong.append(("high", "csp", f"{name} lets in data:"))
    wrong += [
        ("medium", "csp", f"{name} is not 'self' or 'none'")
        for name in ("default-src", "base-uri", "frame-ancestors")
        if policy.get(name) not in SELF_OR_NONE
    ]
    if "form-action" not in policy:
        wrong.append(("medium", "csp", "no form-action"))
    return wrong


def _small(headers: Mapping[str, str]) -> list[tuple[str, str, str]]:
    wrong: list[tuple[str, str, str]] = []
    referrer = headers.get("referrer-policy", "").split(",")[-1].strip()
    if referrer not in GOOD_REFERRER:
        wrong.append(("medium", "referrer-policy", f"it is “{referrer}”"))
    if headers.get("x-content-type-options", "").lower() != "nosniff":
        wrong.append(("medium", "nosniff", "no X-Content-Type-Options: nosniff"))
    if headers.get("x-frame-options", "").upper() not in ("DENY", "SAMEORIGIN"):
        wrong.append(("low", "x-frame-options", "neither DENY nor SAMEORIGIN"))
    if re.search(r"\d", headers.get("server", "")) or "x-powered-by" in headers:
        wrong.append(("low", "banner", "the server says what it is"))
    for cookie in filter(None, headers.get("set-cookie", "").split("\n")):
        name = cookie.split("=", 1)[0].strip()
        lower = cookie.lower()
        for flag in ("secure", "samesite"):
            if flag not in lower:
                wrong.append(("high", "cookie", f"{name} is not {flag}"))
        if "httponly" not in lower:
            wrong.append(("medium", "cookie", f"{name} can be read by scripts"))
        if not name.startswith("__Host-"):
            wrong.append(("medium", "cookie", f"{name} is not bound to its host (__Host-)"))
    return wrong
