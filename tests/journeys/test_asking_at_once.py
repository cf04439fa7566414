"""Nothing lost, nothing twice: fifty ask at once, one sends the same form again and again (docs/safety.md, "Nothing lost").

Real processes on a real database: SQLite as shipped, PostgreSQL where NAAST_TEST_DATABASE_URL is set.
"""

import os
import re
import threading
from collections.abc import Callable, Iterator

import pytest

from tests.installation import Answer, Browser, Installation

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("once")]

ASK = "/enschede/vraag/"
VISITORS = 50
REPEATS = 6


@pytest.fixture(scope="module")
def busy() -> Iterator[Installation]:
    """An installation of its own, with two web processes beside each other."""
    made = Installation(database=os.environ.get("NAAST_TEST_DATABASE_URL"), workers=2).prepare().start()
    yield made
    made.stop()


def once_of(page: Answer) -> str:
    found = re.search(r'name="once" value="([^"]+)"', page.text)
    assert found, page.text[:500]
    return found[1]


def code_of(page: Answer) -> str:
    found = re.search(r'data-locker-code="([^"]+)"', page.text)
    assert found, f"{page.status}: {page.text[:800]}"
    return found[1]


def at_once(number: int, work: Callable[[int], Answer]) -> list[Answer]:
    """Do the same thing in many threads that start together; returns the answers in order."""
    answers: dict[int, Answer] = {}
    start = threading.Barrier(number)

    def one(index: int) -> None:
        start.wait(timeout=60)
        answers[index] = work(index)

    threads = [threading.Thread(target=one, args=(index,)) for index in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=180)
    return [answers[index] for index in range(number)]


def waiting_at_the_desk(adviser: Browser) -> int:
    """Return how many questions wait at the desk of Enschede, as its own screen says."""
    page = adviser.get("/loket/")
    found = re.search(r"naast-queue.*?<span>(\d+)</span>", page.text, re.DOTALL)
    assert found, page.text[:500]
    return int(found[1])


def faults(answers: list[Answer], asked: int, before: int, after: int) -> list[str]:
    """Say what is wrong with these answers to so many questions; empty when each is there once."""
    wrong = [f"answered {answer.status}" for answer in answers if answer.status != 200]
    if after - before != asked:
        wrong.append(f"{asked} asked, {after - before} at the desk")
    return wrong


@pytest.fixture
def adviser(busy: Installation) -> Browser:
    visitor = busy.visitor()
    visitor.post("/demo/as/adviser/")
    return visitor


def test_fifty_ask_at_once_and_fifty_questions_are_there(busy: Installation, adviser: Browser) -> None:
    visitors = [busy.visitor() for _ in range(VISITORS)]
    numbers = [once_of(visitor.get(ASK)) for visitor in visitors]
    before = waiting_at_the_desk(adviser)

    def send(index: int) -> Answer:
        text = f"Mag mijn kind nummer {index} zelf kiezen?"
        return visitors[index].post(ASK, once=numbers[index], audience="ouders", text=text)

    answers = at_once(VISITORS, send)

    assert faults(answers, VISITORS, before, waiting_at_the_desk(adviser)) == []
    assert len({code_of(answer) for answer in answers}) == VISITORS


def test_the_same_form_sent_again_and_again_is_one_question_with_one_code(busy: Installation, adviser: Browser) -> None:
    visitor = busy.visitor()
    number, before = once_of(visitor.get(ASK)), waiting_at_the_desk(adviser)

    def send(_index: int) -> Answer:
        return busy.visitor().post(ASK, once=number, audience="ouders", text="Hoe vertellen we het?")

    answers = at_once(REPEATS, send)

    assert faults(answers, 1, before, waiting_at_the_desk(adviser)) == []
    assert len({code_of(answer) for answer in answers}) == 1


def test_canary_a_lost_or_doubled_question_is_found() -> None:
    fine = Answer(200, {}, "", "")
    assert faults([fine] * 2, 2, 10, 11)
    assert faults([fine] * 2, 1, 10, 12)
    assert faults([fine, Answer(500, {}, "", "")], 2, 10, 12)
