"""Who reaches what: every own address × every role × own and foreign place, by client, against the policy's data.

Addresses come from the URL tables, expectations from `people.policy_table`: neither is written down here twice. A view
without a guard below a staff prefix, or one that shows a foreign place's record, fails by name; both have a canary.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import URLPattern, URLResolver, get_resolver, include, path, reverse

from naast.lockers.tests.factories import a_locker, opened
from naast.people import policy
from naast.people.policy import needs
from naast.people.policy_table import OWN_ACTIONS, TABLE
from naast.people.rules import ROLES, Holding, Scope, decide
from naast.people.tests.factories import UserFactory, sign_in, staff
from naast.places.queries import by_slug
from naast.places.rules import PlaceInfo
from tests.factories import SAMPLES, Sample

pytestmark = pytest.mark.django_db

OWN, FOREIGN = "enschede", "houten"
SIGN_IN, SET_UP = "/loket/aanmelden/", "/loket/aanmelden/telefoon/"
STAFF_PREFIXES = ("loket/", "monitor/", "beheer/")
# Libraries' own addresses get sign-in checks only. This list may only shrink.
LIBRARIES = ("beheer/",)
# The way in itself: open to strangers, or leading to sign-in; it shows no record. This list may only shrink.
DOOR = frozenset(
    {
        "account_login",
        "account_logout",
        "account_reauthenticate",
        "mfa_activate_totp",
        "mfa_authenticate",
        "people:passkey-add",
        "people:set-password",
    }
)
# Wagtail's own addresses that answer anybody, with nothing of anybody: scripts' words, icons, and the way to sign-in.
WAGTAIL_OPEN = frozenset({"wagtailadmin_login", "wagtailadmin_javascript_catalog", "wagtailadmin_sprite"})
GONE = (403, 404)
# Wagtail's own sign-in; ours stands in front of it.
SHADOWED = "/beheer/login/"


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
        return "<" in self.route or "(" in self.route

    @property
    def is_library(self) -> bool:
        return self.action is None and not self.in_place and self.route.startswith(LIBRARIES)

    @property
    def is_staff(self) -> bool:
        return not self.in_place and self.route.startswith(STAFF_PREFIXES) and self.name not in DOOR

    def at(self, place: PlaceInfo, found: Sample) -> str:
        if found.path:
            return found.path
        urlconf = "naast.urls_place" if self.in_place else None
        made = reverse(self.name, urlconf=urlconf, args=found.args or None, kwargs=found.kwargs or None)
        return f"/{place.slug}{made}" if self.in_place else made


def walk(resolver: URLResolver, in_place: bool, prefix: str = "", spaces: str = "") -> Iterator[Address]:
    for entry in resolver.url_patterns:
        route = prefix + str(entry.pattern).lstrip("^").rstrip("$").replace("\\Z", "")
        if isinstance(entry, URLResolver):
            yield from walk(entry, in_place, route, f"{spaces}{entry.namespace}:" if entry.namespace else spaces)
        elif isinstance(entry, URLPattern):
            yield Address(f"{spaces}{entry.name}", route, in_place, getattr(entry.callback, "policy_action", None))


def addresses() -> list[Address]:
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


# ---------- asking ----------


@dataclass(frozen=True)
class Answer:
    """What one person got: by GET, and by POST where the address takes one."""

    get: int
    post: int
    body: str
    location: str

    @property
    def statuses(self) -> tuple[int, ...]:
        return tuple(status for status in (self.get, self.post) if status != 405)


@contextmanager
def undone() -> Iterator[None]:
    """Whatever a request wrote is undone, so that the next person finds the same world."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def ask(client: Client, address: str, data: dict[str, str] | None = None) -> Answer:
    with undone():
        got = client.get(address)
    with undone():
        posted = client.post(address, data or {})
    bodies = b"".join(b"" if one.streaming else one.content for one in (got, posted))
    location = got.headers.get("Location") or posted.headers.get("Location") or ""
    return Answer(got.status_code, posted.status_code, bodies.decode(errors="replace"), location)


def client_of(role: str, place: PlaceInfo) -> Client:
    person = staff(role, place)
    TOTP.activate(person, generate_totp_secret())
    RecoveryCodes.activate(person)
    return sign_in(Client(raise_request_exception=False), person)


def is_refused(one: Address, answer: Answer) -> bool:
    """Tell whether this was a no. Wagtail's frame answers a no of ours by leading back to its first page."""
    led_back = one.route.startswith("beheer/") and answer.location.startswith(("/beheer/", SIGN_IN))
    return bool(answer.statuses) and all(status in GONE or (status == 302 and led_back) for status in answer.statuses)


def is_served(answer: Answer) -> bool:
    return bool(answer.statuses) and all(status < 400 or status in (400, 409, 422) for status in answer.statuses)


def judge(one: Address, own: PlaceInfo, foreign: PlaceInfo, found: Sample) -> list[str]:
    """Ask one address as everybody and compare with the policy; returns what is wrong, in words."""
    assert one.action is not None
    wrong: list[str] = []
    address = one.at(own, found)
    stranger = ask(Client(raise_request_exception=False), address, found.data)
    if not (set(stranger.statuses) == {302} and stranger.location.startswith(SIGN_IN)):
        wrong.append(f"{one}: a stranger gets {stranger.statuses}, not sign-in")
    for role in ROLES:
        for place in (own, foreign):
            answer = ask(client_of(role, place), address, found.data)
            who = f"{one}: {role} of {place.slug}"
            scope, held = Scope(own.kind, own.id), [Holding(role, Scope(place.kind, place.id))]
            somewhere = one.action in OWN_ACTIONS or any(
                decide(held, one.action, at, policy.covers, table=TABLE) for at in (scope, held[0].scope)
            )
            here = decide(held, one.action, scope, policy.covers, table=TABLE)
            # An address with an argument is a record at the own place; without, it is a list of whatever is one's own.
            allowed = here if one.takes_arguments else somewhere
            if allowed and not is_served(answer):
                wrong.append(f"{who} may, but gets {answer.statuses}")
            if not allowed and not is_refused(one, answer):
                wrong.append(f"{who} may not, but gets {answer.statuses}")
            if not here:
                wrong += [f"{who} reads ‘{mark}’" for mark in found.marks if mark in answer.body]
            elif answer.get == 200 and not any(mark in answer.body for mark in found.marks or ("",)):
                wrong.append(f"{who} should read one of {found.marks}: the sample proves nothing")
    return wrong


@pytest.fixture
def own(places: None) -> PlaceInfo:
    found = by_slug(OWN)
    assert found is not None
    return found


@pytest.fixture
def foreign(places: None) -> PlaceInfo:
    found = by_slug(FOREIGN)
    assert found is not None
    return found


def sample_at(one: Address, place: PlaceInfo) -> Sample:
    provider = SAMPLES.get(one.name)
    return provider(place) if provider else Sample()


# ---------- the gate ----------


def test_every_address_below_a_staff_prefix_asks_a_right() -> None:
    assert unguarded(ALL) == []


def test_every_address_with_an_argument_has_a_sample() -> None:
    assert without_sample(ALL) == []


def test_the_lists_of_exceptions_do_not_grow() -> None:
    assert LIBRARIES == ("beheer/",)
    assert len(DOOR) <= 7
    assert len(WAGTAIL_OPEN) <= 3


def test_the_door_has_no_name_that_is_not_in_the_house() -> None:
    assert {one.name for one in ALL} >= DOOR


@pytest.mark.parametrize("one", STAFF_OWN, ids=str)
def test_every_role_reaches_what_the_policy_says_and_nothing_of_a_foreign_place(
    one: Address, own: PlaceInfo, foreign: PlaceInfo
) -> None:
    assert judge(one, own, foreign, sample_at(one, own)) == []


@pytest.mark.parametrize("one", [one for one in STAFF_OWN if not one.route.startswith("beheer/")], ids=str)
def test_half_signed_in_leads_to_setting_up_the_second_step(one: Address, own: PlaceInfo) -> None:
    client = Client(raise_request_exception=False)
    client.force_login(staff("adviser", own))
    answer = ask(client, one.at(own, sample_at(one, own)))
    assert (set(answer.statuses), answer.location) == ({302}, SET_UP)


@pytest.mark.parametrize("one", PUBLIC, ids=str)
def test_a_public_address_answers_a_stranger_and_staff_alike(one: Address, own: PlaceInfo) -> None:
    found = sample_at(one, own)
    address = one.at(own, found)
    stranger = ask(Client(raise_request_exception=False), address)
    assert all(status < 500 for status in stranger.statuses), stranger.statuses
    if one.name in DOOR:
        return
    assert not stranger.location.startswith("/loket/"), "a public address leads to staff's sign-in"
    adviser = ask(client_of("adviser", own), address)
    assert adviser.statuses == stranger.statuses
    read = [mark for mark in found.marks if mark in stranger.body or mark in adviser.body]
    assert read == [], "a resident's record stands open"


@pytest.mark.parametrize("one", [one for one in PUBLIC if one.takes_arguments], ids=str)
def test_an_open_locker_reads_nothing_of_another_locker(one: Address, own: PlaceInfo) -> None:
    found = sample_at(one, own)
    if not found.marks:
        return
    answer = ask(opened(a_locker(place=own.slug)), one.at(own, found), found.data)
    assert set(answer.statuses) <= {302, 303, 403, 404}, answer.statuses
    assert [mark for mark in found.marks if mark in answer.body] == []


@pytest.mark.parametrize("one", [one for one in LIBRARY if not one.takes_arguments], ids=str)
def test_the_editors_admin_lets_in_no_stranger_and_no_other_role(one: Address, own: PlaceInfo) -> None:
    if one.name in WAGTAIL_OPEN:
        return
    address = f"/{one.route}"
    stranger = ask(Client(raise_request_exception=False), address)
    if set(stranger.statuses) == {404}:
        return
    assert set(stranger.statuses) == {302}
    assert stranger.location.startswith((SIGN_IN, SHADOWED))
    adviser = ask(client_of("adviser", own), address)
    assert set(adviser.statuses) <= {403, 404}, adviser.statuses


def test_the_editors_own_sign_in_leads_to_ours() -> None:
    answer = Client().get(SHADOWED, {"next": "/beheer/"})
    assert (answer.status_code, answer.headers["Location"]) == (302, f"{SIGN_IN}?next=%2Fbeheer%2F")


# ---------- canaries: the gate can fail ----------


def forgetful_view(request: HttpRequest) -> HttpResponse:
    return HttpResponse("alles")


@needs("desk.read")
def forgetful_rows(request: HttpRequest, person_id: str | None = None) -> HttpResponse:
    """Ask the right, then show everybody's rows: what a query without `.within()` does."""
    from naast.people.models import User

    return HttpResponse(" ".join(User.objects.values_list("email", flat=True)))


@needs("desk.read")
def careful_rows(request: HttpRequest) -> HttpResponse:
    from naast.people.models import Grant, User

    ids = Grant.objects.filter(scope_id__in=[scope.id for scope in request.scopes]).values("user_id")
    return HttpResponse(" ".join(User.objects.filter(pk__in=ids).values_list("email", flat=True)))


class Forgetful:
    """A URL table with the three views above."""

    urlpatterns = [
        path("loket/vergeten/", forgetful_view, name="forgetful"),
        path("loket/alles/", forgetful_rows, name="list"),
        path("loket/alles/<slug:person_id>/", forgetful_rows, name="record"),
        path("loket/eigen/", careful_rows, name="careful"),
        path("", include("naast.urls")),
    ]


def forgetful() -> dict[str, Address]:
    return {one.name: one for one in walk(get_resolver(Forgetful), False) if one.route.startswith("loket/")}


def verdict(name: str, own: PlaceInfo, foreign: PlaceInfo, found: Callable[[Any], Sample]) -> list[str]:
    resident = UserFactory(email="alleen.hier@enschede.example")
    from naast.people.tests.factories import GrantFactory

    GrantFactory(user=resident, role="coordinator", scope_id=own.id)
    with override_settings(ROOT_URLCONF=Forgetful):
        return judge(forgetful()[name], own, foreign, found(resident))


def test_canary_a_view_without_a_guard_is_named() -> None:
    assert "loket/vergeten/" in unguarded(list(forgetful().values()))


def test_canary_an_address_without_a_sample_is_named() -> None:
    assert "loket/alles/<slug:person_id>/" in without_sample(list(forgetful().values()))


def test_canary_a_list_without_limits_is_caught(own: PlaceInfo, foreign: PlaceInfo) -> None:
    wrong = verdict("list", own, foreign, lambda person: Sample(marks=(person.email,)))
    assert "loket/alles/: adviser of houten reads ‘alleen.hier@enschede.example’" in wrong


def test_canary_a_record_without_limits_is_caught(own: PlaceInfo, foreign: PlaceInfo) -> None:
    wrong = verdict("record", own, foreign, lambda person: Sample({"person_id": "iemand"}))
    assert "loket/alles/<slug:person_id>/: adviser of houten may not, but gets (200, 200)" in wrong


def test_canary_a_sample_that_nobody_can_see_is_caught(own: PlaceInfo, foreign: PlaceInfo) -> None:
    wrong = verdict("careful", own, foreign, lambda person: Sample(marks=("staat nergens",)))
    assert any("proves nothing" in line for line in wrong)


def test_a_careful_list_passes(own: PlaceInfo, foreign: PlaceInfo) -> None:
    assert verdict("careful", own, foreign, lambda person: Sample(marks=(person.email,))) == []
