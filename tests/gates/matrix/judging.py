"""What the policy's data say of one address for everybody, against what everybody got."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import cycle
from typing import NamedTuple

from naast.people import policy
from naast.people.policy_table import MUNICIPALITY, ORGANISATION, OWN_ACTIONS, REGION, TABLE
from naast.people.rules import Holding, Scope, decide
from naast.places.rules import PlaceInfo
from tests.factories import Sample
from tests.gates.matrix.addresses import ALL, Address
from tests.gates.matrix.asking import BROWSER, Answer, keys_of, touched, watched
from tests.gates.matrix.cast import ABOVE, FOREIGN, FOREIGN_REGION, OWN, SIBLING, Person

SIGN_IN, SET_UP = "/loket/aanmelden/", "/loket/aanmelden/telefoon/"
GONE = (403, 404)
# What all places share: whoever may do it somewhere, does it for everybody. This list grows only with a decision.
SHARED_ACTIONS = frozenset({"flows.edit", "directory.words"})
OTHER_METHODS = ("head", "put", "patch", "delete")
# How a person's place lies towards that of a record: at a municipality, and at a region.
RELATIONS = {
    MUNICIPALITY: {
        OWN: "own",
        SIBLING: "a sibling in the region",
        ABOVE: "the region above",
        FOREIGN: "foreign",
        FOREIGN_REGION: "a foreign region",
    },
    REGION: {
        ABOVE: "own",
        OWN: "a municipality inside",
        SIBLING: "a municipality inside",
        FOREIGN: "foreign",
        FOREIGN_REGION: "a foreign region",
    },
}


class Row(NamedTuple):
    """One line of the report."""

    address: str
    action: str
    role: str
    scope: str
    record: str
    expected: str
    got: str
    by_get: str
    by_post: str


@dataclass(frozen=True)
class Verdict:
    """What was asked of one address, and what is wrong with it, in words."""

    rows: tuple[Row, ...]
    wrong: tuple[str, ...]


def relation(person: Person, where: PlaceInfo) -> str:
    """Say how a person's scope lies towards the place of a record."""
    if person.kind == ORGANISATION:
        return f"{person.where} organisation"
    return RELATIONS[where.kind][person.where]


def is_refused(one: Address, answer: Answer) -> bool:
    """Tell whether this was a no. Wagtail's frame answers a no of ours by leading back to its first page."""
    led_back = one.route.startswith("beheer/") and answer.location.startswith(("/beheer/", SIGN_IN))
    return bool(answer.statuses) and all(status in GONE or (status == 302 and led_back) for status in answer.statuses)


def is_served(answer: Answer) -> bool:
    """Tell whether this was a yes; a form that is filled badly is served too."""
    return bool(answer.statuses) and all(status < 400 or status in (400, 409, 422) for status in answer.statuses)


def outcome(one: Address, answer: Answer) -> str:
    """Name what somebody got: served, refused (403), hidden (404)."""
    if is_refused(one, answer):
        return "hidden" if 404 in answer.statuses else "refused"
    return "served" if is_served(answer) else "mixed"


# ---------- who is asked ----------


def chosen(one: Address, people: Iterable[Person]) -> list[Person]:
    """Return whom to ask: roles that the policy names at every scope; others at the own place and at one other scope.

    By pairs: the addresses take turns, so that each such role comes with each scope, and with each address, somewhere.
    """
    people = list(people)
    named = set(TABLE.get(one.action or "", {}))
    turn = next((number for number, other in enumerate(ALL) if other == one), 0)
    found = []
    for role in dict.fromkeys(person.role for person in people):
        own = [person for person in people if person.role == role]
        if role in named:
            found += own
            continue
        near = [person for person in own if person.where == OWN]
        rest = [person for person in own if person not in near]
        turns = cycle(rest)
        for _ in range(turn % len(rest)):
            next(turns)
        found += [*near, next(turns)]
        turn += 1
    return found


def near_a_region(one: Address, people: Iterable[Person]) -> list[Person]:
    """Return whom to ask about a region's own record: the roles that the policy names, there, inside and elsewhere."""
    named = set(TABLE.get(one.action or "", {}))
    return [person for person in people if person.role in named and person.where in (ABOVE, OWN, FOREIGN_REGION)]


# ---------- judging ----------


def judge(one: Address, where: PlaceInfo, found: Sample, people: Iterable[Person]) -> Verdict:
    """Ask one address about a record at `where` as everybody of `people` and as a stranger."""
    assert one.action is not None
    wrong: list[str] = []
    rows: list[Row] = []
    address = one.at(where, found)
    record = f"at {where.slug}" if one.takes_arguments or found.marks else "none"
    stranger = BROWSER.ask(address, data=found.data, methods=("get", "post", *OTHER_METHODS))
    if not (set(stranger.statuses) == {302} and stranger.location.startswith(SIGN_IN)):
        wrong.append(f"{one}: a stranger gets {stranger.statuses}, not sign-in")
    if tables := watched(stranger.wrote):
        wrong.append(f"{one}: a stranger writes to {tables}")
    rows.append(_row(one, "stranger", "none", record, "sign-in", "sign-in" if not wrong else "mixed", stranger))
    takes_post = stranger.by_method["post"] != 405
    others_asked = False
    for person in people:
        answer = BROWSER.ask(
            address, cookie=person.cookie, data=found.data, methods=("get", "post") if takes_post else ("get",)
        )
        who = f"{one}: {person}"
        here, allowed = _may(one, person, where, found)
        if allowed and not is_served(answer):
            wrong.append(f"{who} may, but gets {answer.statuses}")
        if not allowed:
            if not is_refused(one, answer):
                wrong.append(f"{who} may not, but gets {answer.statuses}")
            if tables := watched(answer.wrote):
                wrong.append(f"{who} may not, but writes to {tables}")
        if not here:
            keys = (*keys_of(found.kwargs, found.marks), *([str(where.id)] if one.takes_arguments else []))
            wrong += [f"{who} reads ‘{mark}’" for mark in found.marks if mark in answer.body]
            wrong += [f"{who} writes to a foreign record in {table}" for table in touched(answer.wrote, keys)]
        elif answer.by_method["get"] == 200 and not any(mark in answer.body for mark in found.marks or ("",)):
            wrong.append(f"{who} should read one of {found.marks}: the sample proves nothing")
        if not allowed and not others_asked:
            others_asked = True
            other = BROWSER.ask(address, cookie=person.cookie, methods=OTHER_METHODS)
            if not all(status in (*GONE, 405, 302) for status in other.by_method.values()) or watched(other.wrote):
                wrong.append(f"{who} may not, but gets {other.by_method}")
        expected = "served" if allowed else "refused"
        rows.append(_row(one, person.role, relation(person, where), record, expected, outcome(one, answer), answer))
    return Verdict(tuple(rows), tuple(wrong))


def _may(one: Address, person: Person, where: PlaceInfo, found: Sample) -> tuple[bool, bool]:
    """Return (at this record, at this address) as the policy's data say.

    An address with an argument is a record; one without is a list of whatever is one's own.
    """
    assert one.action is not None
    if found.only_mine:
        return False, False
    held = [Holding(person.role, person.scope)]
    scopes = {Scope(where.kind, where.id)} | (
        {Scope(ORGANISATION, found.organisation)} if found.organisation else set()
    )
    here = any(decide(held, one.action, at, policy.covers, table=TABLE) for at in scopes)
    somewhere = one.action in OWN_ACTIONS or any(
        decide(held, one.action, at, policy.covers, table=TABLE) for at in (*scopes, person.scope)
    )
    if one.action in SHARED_ACTIONS:
        return somewhere, somewhere
    return here, here if one.takes_arguments else somewhere


def _row(one: Address, role: str, scope: str, record: str, expected: str, got: str, answer: Answer) -> Row:
    get, post = (answer.by_method.get(method, 405) for method in ("get", "post"))
    return Row(
        str(one), one.action or "open", role, scope, record, expected, got, str(get), "" if post == 405 else str(post)
    )
