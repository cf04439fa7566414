"""Before each export, each change of a role and each change of the second step somebody proves who they are once more.

Read from the URL tables, so an address that comes later is held to it too. Lists that Wagtail gives as a file are asked
by their question (content/tests/test_exports.py); the command line is for who runs the machine.
"""

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver, path

from naast.people.again import fresh_sign_in
from naast.people.policy import needs

STAFF = ("loket/", "monitor/", "beheer/")
FILES = (".csv", ".zip", ".xlsx", ".ics", ".json")
# Whoever may do these gives or takes roles, takes along or erases what is kept about a colleague, or breaks the glass.
GRAVE = frozenset({"people.grant", "people.rights", "people.break_glass"})
SECOND_STEP = frozenset(
    {
        "mfa_activate_totp",
        "mfa_deactivate_totp",
        "mfa_view_recovery_codes",
        "mfa_generate_recovery_codes",
        "passkey-add",
        "passkey-remove",
    }
)


def walk(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Give every own address of a URL table with its route."""
    for entry in resolver.url_patterns:
        route = prefix + str(entry.pattern).lstrip("^").rstrip("$")
        if isinstance(entry, URLResolver):
            yield from walk(entry, route)
        elif isinstance(entry, URLPattern):
            yield route, entry


def is_grave(route: str, entry: URLPattern) -> bool:
    """Tell whether an address gives a file to staff, or changes roles, accounts or the second step."""
    action = getattr(entry.callback, "policy_action", None)
    gives_file = bool(action) and route.startswith(STAFF) and route.endswith(FILES)
    return gives_file or action in GRAVE or entry.name in SECOND_STEP


def without_proof(resolver: URLResolver) -> list[str]:
    """Name the grave addresses that let somebody through who proved themselves long ago."""
    return [
        route
        for route, entry in walk(resolver)
        if is_grave(route, entry) and not 0 < getattr(entry.callback, "fresh_sign_in", 0) <= 10
    ]


def test_what_is_grave_asks_for_a_fresh_sign_in() -> None:
    assert without_proof(get_resolver("naast.urls")) == []


def test_the_addresses_are_found() -> None:
    found = [(route, entry) for route, entry in walk(get_resolver("naast.urls")) if is_grave(route, entry)]
    assert {entry.name for _, entry in found} >= SECOND_STEP
    assert sum(route.endswith(FILES) for route, _ in found) >= 4


# ---------- canary ----------


@needs("people.grant")
def forgetful(request: HttpRequest) -> HttpResponse:
    return HttpResponse("klaar")


@needs("people.grant")
@fresh_sign_in(minutes=60)
def lazy(request: HttpRequest) -> HttpResponse:
    return HttpResponse("klaar")


@needs("desk.read")
def a_file(request: HttpRequest) -> HttpResponse:
    return HttpResponse("klaar")


class Forgetful:
    """A URL table with the views above."""

    urlpatterns = [
        path("loket/rol/", forgetful),
        path("loket/lui/", lazy),
        path("loket/vragen.csv", a_file),
        path("loket/vragen/", a_file),
    ]


def test_canary_an_address_that_forgot_is_named() -> None:
    assert without_proof(get_resolver(Forgetful)) == ["loket/rol/", "loket/lui/", "loket/vragen.csv"]
