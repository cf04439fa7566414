"""Nothing lost, nothing twice: fifty ask at once, one sends the same form again and again, more come than there are seats
(docs/safety.md, "Nothing lost").

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
EVENING = "/enschede/meedoen/avond/praten-over-twee-huizen/"
SEATS = 16  # of that evening, in the demonstration
VISITORS = 50
MORE_THAN_SEATS = 24
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


def comes_along(answer: Answer) -> bool:
    """Tell whether somebody got a seat: only they get an address to sign off with."""
    assert answer.status == 200, f"{answer.status}: {answer.text[:800]}"
    return "/afmelden/" in answer.text


def test_the_last_seats_of_an_evening_go_to_as_many_as_there_are(busy: Installation) -> None:
    busy.kill(busy.web)  # its memory of who sent how much this minute goes along
    busy.start(worker=False)
    visitors = [busy.visitor() for _ in range(MORE_THAN_SEATS)]
    numbers = [once_of(visitor.get(EVENING)) for visitor in visitors]

    def send(index: int) -> Answer:
        return visitors[index].post(EVENING, once=numbers[index], nickname=f"Ster {'abcdefghijklmnopqrstuvwxyz'[index]}",
                                    together="1")  # fmt: skip

    answers = at_once(MORE_THAN_SEATS, send)

    assert sum(comes_along(answer) for answer in answers) == SEATS
    assert 'name="nickname"' not in busy.visitor().get(EVENING).text


def test_canary_a_lost_or_doubled_question_is_found() -> None:
    fine = Answer(200, {}, "", "")
    assert faults([fine] * 2, 2, 10, 11)
    assert faults([fine] * 2, 1, 10, 12)
    assert faults([fine, Answer(500, {}, "", "")], 2, 10, 12)
