"""What is open to all: every public address and API operation, asked by a stranger, every role and another's locker.

Each answer, files included, is searched for the marks of records that lie at the own place and are nobody else's.
"""

from __future__ import annotations

import pytest

from naast.lockers.tests.factories import Made, opened
from tests.factories import Sample
from tests.gates.matrix import report
from tests.gates.matrix.addresses import DOOR, PUBLIC, Address, Operation, operations, sample_at
from tests.gates.matrix.asking import BROWSER, Answer, keys_of, touched, undone, watched
from tests.gates.matrix.cast import CAST, FOREIGN, OWN, Person, place
from tests.gates.matrix.judging import OTHER_METHODS, Row
from tests.gates.matrix.world import WORLD, World

pytestmark = pytest.mark.django_db
NO_SUCH = "00000000-0000-4000-8000-000000000000"


def neighbours(people: list[Person]) -> list[Person]:
    """Return one person of each role: at the own place, who could read most."""
    return [person for person in people if person.where == OWN]


def row(name: str, who: str, expected: str, answer: Answer) -> Row:
    """Return one line of the report."""
    led = answer.location.startswith(("/kluisje/", "/loket/"))
    got = "hidden" if 404 in answer.statuses else "refused" if 403 in answer.statuses else "sign-in" if led else "open"
    if expected == "open":
        got = "open"
    return Row(name, "open", who, "own", f"at {OWN}", expected, got, str(answer.by_method["get"]), "")


def judge_open(one: Address, found: Sample, people: list[Person], world: World) -> tuple[list[Row], list[str]]:
    """Ask one open address as a stranger, everybody at the own place, and from another's open locker."""
    wrong: list[str] = []
    address = one.at(place(OWN), found)
    secrets = (*found.marks, *world.marks)
    expected = "refused" if found.marks else "open"
    stranger = BROWSER.ask(address)
    rows = [row(str(one), "stranger", expected, stranger)]
    if any(status >= 500 for status in stranger.statuses):
        wrong.append(f"{one}: our own fault, {stranger.statuses}")
    wrong += [f"{one}: a stranger reads ‘{mark}’" for mark in secrets if mark in stranger.body]
    other = BROWSER.ask(address, cookie=world.locker, data=found.data)
    rows.append(row(str(one), "another's locker", expected, other))
    wrong += [f"{one}: another's locker reads ‘{mark}’" for mark in secrets if mark in other.body]
    if found.marks:
        if not set(other.statuses) <= {302, 303, 403, 404}:
            wrong.append(f"{one}: another's locker gets {other.statuses}")
        wrong += [
            f"{one}: another's locker writes in {table}" for table in touched(other.wrote, keys_of(found.kwargs, ()))
        ]
    if one.name in DOOR:
        return rows, wrong
    if stranger.location.startswith("/loket/"):
        wrong.append(f"{one}: a public address leads to staff's sign-in")
    for person in people:
        methods = ("get", "post") if person.role == "adviser" else ("get",)
        answer = BROWSER.ask(address, cookie=person.cookie, methods=methods)
        rows.append(row(str(one), person.role, expected, answer))
        if any(answer.by_method[method] != stranger.by_method[method] for method in methods):
            wrong.append(f"{one}: {person} gets {answer.by_method}, a stranger {stranger.by_method}")
        wrong += [f"{one}: {person} reads ‘{mark}’" for mark in secrets if mark in answer.body]
    return rows, wrong


@pytest.mark.parametrize("one", PUBLIC, ids=str)
def test_an_open_address_shows_everybody_the_same_and_nobody_a_record(one: Address, places: None) -> None:
    people = CAST.enter()
    world = WORLD.put()
    rows, wrong = judge_open(one, sample_at(one, place(OWN)), neighbours(people), world)
    report.keep(rows)
    assert wrong == []


@pytest.mark.parametrize("one", [one for one in PUBLIC if one.takes_arguments], ids=str)
def test_the_owner_of_a_locker_reads_what_nobody_else_reads(one: Address, places: None) -> None:
    found = sample_at(one, place(OWN))
    if not found.code:
        return
    owner = opened(Made(None, found.code)).cookies["sessionid"].value  # type: ignore[arg-type]
    answer = BROWSER.ask(one.at(place(OWN), found), cookie=owner, data=found.data)
    assert 200 in answer.statuses or 303 in answer.statuses, answer.by_method
    if answer.by_method["get"] == 200:
        assert [mark for mark in found.marks if mark in answer.body], "the sample proves nothing"


def test_every_address_of_a_locker_with_marks_has_an_owner_who_proves_them(places: None) -> None:
    inside = []
    for one in PUBLIC:
        if one.takes_arguments:
            with undone():
                found = sample_at(one, place(OWN))
            if found.marks:
                inside.append((str(one), found.code))
    assert inside, "no record of anybody lies behind an open address"
    assert [name for name, code in inside if not code] == []


# ---------- the APIs ----------


def questions(one: Operation, world: World) -> list[str]:
    """Return the addresses to ask one operation at: every id of the world, own and foreign places, words of a record."""
    if one.takes_id:
        return [one.at(record) for record in (*world.ids, NO_SUCH)]
    words = {"gemeente": (OWN, FOREIGN), "q": world.marks, "search": world.marks}
    asked = [f"{one.at('')}?{name}={value}" for name in one.parameters for value in words.get(name, ())]
    return [one.at(""), *asked]


def judge_operation(one: Operation, people: list[Person], world: World) -> tuple[list[Row], list[str]]:
    """Ask one operation as everybody; all get what a stranger gets, and that holds nothing secret."""
    wrong: list[str] = []
    rows: list[Row] = []
    for number, address in enumerate(questions(one, world)):
        stranger = BROWSER.ask(address, methods=(one.method,))
        said = [mark for mark in world.marks if mark in stranger.body.replace("\\u2019", "’") and mark not in address]
        wrong += [f"{one}: a stranger reads ‘{mark}’ at {address}" for mark in said]
        if number:
            continue
        for name, cookie in [(person.role, person.cookie) for person in people] + [("another's locker", world.locker)]:
            answer = BROWSER.ask(address, cookie=cookie, methods=(one.method,))
            if (answer.by_method, answer.body) != (stranger.by_method, stranger.body):
                wrong.append(f"{one}: {name} gets something else than a stranger")
            got = str(answer.by_method[one.method])
            rows.append(Row(str(one), "open", name, "own", f"at {OWN}", "open", "open", got, ""))
    other = BROWSER.ask(questions(one, world)[0], methods=("post", *OTHER_METHODS[1:]))
    if not set(other.by_method.values()) <= {404, 405} or watched(other.wrote):
        wrong.append(f"{one}: other methods get {other.by_method}, and write {watched(other.wrote)}")
    return rows, wrong


@pytest.mark.parametrize("one", operations(), ids=str)
def test_an_operation_of_the_api_gives_everybody_the_same_and_nothing_of_a_record(one: Operation, places: None) -> None:
    people = CAST.enter()
    world = WORLD.put()
    rows, wrong = judge_operation(one, neighbours(people), world)
    report.keep(rows)
    assert wrong == []


def test_both_descriptions_name_operations() -> None:
    surfaces = {one.surface for one in operations()}
    assert surfaces == {"/api/v1", "/hsds/v3"}
