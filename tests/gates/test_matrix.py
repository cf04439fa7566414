"""Who reaches what: every own address of staff × every role × kinds of scope × own and foreign record, against the policy.

Addresses come from the URL tables, expectations from `people.policy_table`: neither is written down here twice. A role
that the policy names for an address asks at every scope of the cast (own place, a sibling, the region above, a foreign
place and region, both organisations); a role that it does not name asks at the own place and, by pairs, at one other:
the addresses take turns, so that each role meets each scope. GET and POST by everybody, other methods by a stranger and
one refused. A refusal writes nothing, and nothing foreign is written. Open addresses and the APIs: test_matrix_open.py;
that all this can fail: test_matrix_canaries.py; the report: matrix/report.py (docs/policy.md says how to read it).
"""

from __future__ import annotations

import pytest

import naast.urls
from naast.people.policy_table import TABLE
from naast.people.tests.factories import staff
from tests.gates.matrix import report
from tests.gates.matrix.addresses import (
    ALL,
    DOOR,
    LIBRARIES,
    LIBRARY,
    STAFF_OWN,
    WAGTAIL_OPEN,
    Address,
    sample_at,
    unguarded,
    without_sample,
)
from tests.gates.matrix.asking import BROWSER, bare_no
from tests.gates.matrix.cast import ABOVE, CAST, OWN, move, place
from tests.gates.matrix.judging import (
    SET_UP,
    SHARED_ACTIONS,
    SIGN_IN,
    Row,
    Verdict,
    chosen,
    judge,
    near_a_region,
)

pytestmark = pytest.mark.django_db
# Wagtail's own sign-in; ours stands in front of it.
SHADOWED = "/beheer/login/"
# Told by the area that an offer serves, not by who keeps it: a region's offer is its municipalities' too.
BY_AREA = frozenset({"own:contact"})


@pytest.fixture(autouse=True)
def _a_no_is_short(monkeypatch: pytest.MonkeyPatch) -> None:
    """A refusal's page is the same for everybody: its decision is asked thousands of times, its page is not made."""
    monkeypatch.setattr(naast.urls, "handler403", bare_no)


def crossed(one: Address) -> Verdict:
    """Ask one address as the cast, about a record at the own place."""
    people = CAST.enter()
    found = sample_at(one, place(OWN))
    if found.organisation:
        people = move(found.organisation, people)
    return judge(one, place(OWN), found, chosen(one, people))


# ---------- the lists ----------


def test_every_address_below_a_staff_prefix_asks_a_right() -> None:
    assert unguarded(ALL) == []


def test_every_address_with_an_argument_has_a_sample() -> None:
    assert without_sample(ALL) == []


def test_the_lists_of_exceptions_do_not_grow() -> None:
    assert LIBRARIES == ("beheer/",)
    assert len(WAGTAIL_OPEN) <= 3
    assert len(BY_AREA) <= 1
    assert len(SHARED_ACTIONS) <= 2
    assert set(TABLE) >= SHARED_ACTIONS


def test_the_door_has_no_name_that_is_not_in_the_house() -> None:
    assert {one.name for one in ALL} >= DOOR


# ---------- the gate ----------


@pytest.mark.parametrize("one", STAFF_OWN, ids=str)
def test_every_role_reaches_what_the_policy_says_and_nothing_of_a_foreign_place(one: Address, places: None) -> None:
    verdict = crossed(one)
    report.keep(verdict.rows)
    assert list(verdict.wrong) == []


@pytest.mark.parametrize("one", [one for one in STAFF_OWN if one.takes_arguments and one.name not in BY_AREA], ids=str)
def test_a_regions_own_record_is_not_its_municipalities(one: Address, places: None) -> None:
    people = CAST.enter()
    verdict = judge(one, place(ABOVE), sample_at(one, place(ABOVE)), near_a_region(one, people))
    report.keep(verdict.rows)
    assert list(verdict.wrong) == []


def test_half_signed_in_leads_to_setting_up_the_second_step(places: None) -> None:
    from django.test import Client

    client = Client()
    client.force_login(staff("adviser", place(OWN)))
    half = client.cookies["sessionid"].value
    wrong = []
    for one in STAFF_OWN:
        if one.route.startswith("beheer/") or one.takes_arguments:
            continue
        answer = BROWSER.ask(f"/{one.route}", cookie=half)
        if (set(answer.statuses), answer.location) != ({302}, SET_UP):
            wrong.append(f"{one}: {answer.statuses} {answer.location}")
    assert wrong == []


# ---------- Wagtail's own addresses ----------


@pytest.mark.parametrize("one", [one for one in LIBRARY if not one.takes_arguments], ids=str)
def test_the_editors_admin_lets_in_no_stranger_and_no_other_role(one: Address, places: None) -> None:
    people = CAST.enter()
    address = f"/{one.route}"
    stranger = BROWSER.ask(address)
    rows = [
        Row(str(one), "wagtail", "stranger", "none", "none", "sign-in", "sign-in", str(stranger.by_method["get"]), "")
    ]
    closed = set(stranger.statuses) == {404} or one.name in WAGTAIL_OPEN
    report.keep([row._replace(expected="open", got="open") for row in rows] if closed else rows)
    if closed:
        return
    assert set(stranger.statuses) == {302}
    assert stranger.location.startswith((SIGN_IN, SHADOWED))
    editors = {role for action in ("content.edit", "content.slots") for role in TABLE[action]}
    others = [person for person in people if person.role not in editors]
    turn = LIBRARY.index(one)
    for person in (others[turn % len(others)], others[(turn + len(others) // 2) % len(others)]):
        answer = BROWSER.ask(address, cookie=person.cookie, methods=("get",))
        assert set(answer.statuses) <= {403, 404}, f"{person}: {answer.statuses}"


def test_the_editors_own_sign_in_leads_to_ours() -> None:
    from django.test import Client

    answer = Client().get(SHADOWED, {"next": "/beheer/"})
    assert (answer.status_code, answer.headers["Location"]) == (302, f"{SIGN_IN}?next=%2Fbeheer%2F")
