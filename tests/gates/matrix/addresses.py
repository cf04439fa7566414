"""What can be asked: every own address out of the URL tables, and every operation out of the two OpenAPI descriptions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from naast.api.service import api, hsds
from naast.places.rules import PlaceInfo
from tests.factories import SAMPLES, Sample

STAFF_PREFIXES = ("loket/", "monitor/", "beheer/")
# Libraries' own addresses get sign-in checks only. This list may only shrink.
LIBRARIES = ("beheer/",)
# The way in itself: open to strangers, or leading to sign-in; it shows no record. Grows only with a new way to sign in.
DOOR = frozenset(
    {
        "account_login",
        "account_logout",
        "account_reauthenticate",
        "mfa_activate_totp",
        "mfa_authenticate",
        "people:passkey-add",
        "people:set-password",
        "people:via",
        "people:via-back",
    }
)
# Wagtail's own addresses that answer anybody, with nothing of anybody: scripts' words, icons, and the way to sign-in.
WAGTAIL_OPEN = frozenset({"wagtailadmin_login", "wagtailadmin_javascript_catalog", "wagtailadmin_sprite"})


@dataclass(frozen=True)
class Address:
    """One address of the URL tables."""

    name: str
    route: str
    in_place: bool
    action: str | None

    def __str__(self) -> str:
        return f"{'<place>/' if self.in_place else ''}{self.route or '/'}"

    @property
    def takes_arguments(self) -> bool:
        """Tell whether the address names a record."""
        return "<" in self.route or "(" in self.route

    @property
    def is_library(self) -> bool:
        """Tell whether this is an address of Wagtail's."""
        return self.action is None and not self.in_place and self.route.startswith(LIBRARIES)

    @property
    def is_staff(self) -> bool:
        """Tell whether only staff may come here."""
        return not self.in_place and self.route.startswith(STAFF_PREFIXES) and self.name not in DOOR

    def at(self, place: PlaceInfo, found: Sample) -> str:
        """Return the address as a browser asks it, with the arguments of a sample."""
        if found.path:
            return found.path
        if self.takes_arguments and not (found.kwargs or found.args):
            raise AssertionError(f"{self}: nobody gave a sample (tests/factories.py, tests/samples_trust.py)")
        urlconf = "naast.urls_place" if self.in_place else None
        made = reverse(self.name, urlconf=urlconf, args=found.args or None, kwargs=found.kwargs or None)
        return f"/{place.slug}{made}" if self.in_place else made


def walk(resolver: URLResolver, in_place: bool, prefix: str = "", spaces: str = "") -> Iterator[Address]:
    """Give every address of a URL table, those of its included tables too."""
    for entry in resolver.url_patterns:
        route = prefix + str(entry.pattern).lstrip("^").rstrip("$").replace("\\Z", "")
        if isinstance(entry, URLResolver):
            yield from walk(entry, in_place, route, f"{spaces}{entry.namespace}:" if entry.namespace else spaces)
        elif isinstance(entry, URLPattern):
            yield Address(f"{spaces}{entry.name}", route, in_place, getattr(entry.callback, "policy_action", None))


def addresses() -> list[Address]:
    """Return every own address, once."""
    found = [*walk(get_resolver("naast.urls"), False), *walk(get_resolver("naast.urls_place"), True)]
    return list({(one.name, one.route, one.in_place): one for one in found}.values())


ALL = addresses()
STAFF_OWN = [one for one in ALL if one.action]
LIBRARY = [one for one in ALL if one.is_library]
PUBLIC = [one for one in ALL if not one.action and not one.is_library]


def unguarded(found: list[Address]) -> list[str]:
    """Name the addresses below a staff prefix that ask no right."""
    return [str(one) for one in found if one.is_staff and one.action is None and not one.is_library]


def without_sample(found: list[Address]) -> list[str]:
    """Name the addresses that the matrix cannot fill."""
    return [str(one) for one in found if one.takes_arguments and not one.is_library and one.name not in SAMPLES]


def sample_at(one: Address, place: PlaceInfo) -> Sample:
    """Return what fills an address, made at this place; nothing where nobody gave a sample."""
    provider = SAMPLES.get(one.name)
    return provider(place) if provider else Sample()


# ---------- the APIs ----------


@dataclass(frozen=True)
class Operation:
    """One operation of an API: a path of its description, how it is asked, and the names of its questions."""

    surface: str
    path: str
    method: str
    parameters: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.method.upper()} {self.surface}{self.path}"

    @property
    def takes_id(self) -> bool:
        """Tell whether the path names a record."""
        return "{" in self.path

    def at(self, record: str) -> str:
        """Return the address for one record."""
        return self.surface + self.path.replace("{id}", record)


def described(surface: str, schema: dict[str, Any]) -> list[Operation]:
    """Return the operations of one OpenAPI description."""
    return [
        Operation(
            surface, path, method, tuple(one["name"] for one in said.get("parameters", ()) if one["in"] == "query")
        )
        for path, methods in schema["paths"].items()
        for method, said in methods.items()
    ]


def operations() -> list[Operation]:
    """Return every operation of both public APIs."""
    found = []
    for surface, interface in (("/api/v1", api), ("/hsds/v3", hsds)):
        schema = interface.get_openapi_schema()
        found += described(surface, schema)
    return found
