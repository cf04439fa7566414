"""A worker killed in the middle of a task loses no notice: another one finishes it (docs/safety.md, "Nothing lost")."""

import os
import re
import sqlite3
import time
from collections.abc import Iterator

import pytest

from tests.installation import Installation

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("killed")]

ASK = "/enschede/vraag/"
SUBJECT = "Dringend: een vraag voor loket Enschede"
PATIENCE = 120  # seconds; a worker counts as dead after 30
STATES = "SELECT status, count(*) FROM django_tasks_database_dbtaskresult GROUP BY status"


@pytest.fixture
def quiet() -> Iterator[Installation]:
    """A running installation in which no worker works yet; the demonstration's own mails wait in its queue."""
    made = Installation(database=os.environ.get("NAAST_TEST_DATABASE_URL")).prepare().start(worker=False)
    yield made
    made.stop()


def tasks(installation: Installation) -> dict[str, int]:
    """Return how many tasks are in each state."""
    if address := installation.environment.get("NAAST_INSTALLATION_DATABASE"):
        import psycopg

        with psycopg.connect(address) as database:
            return dict(database.execute(STATES).fetchall())
    with sqlite3.connect(installation.var / "naast.sqlite3", timeout=10) as database:
        return dict(database.execute(STATES).fetchall())


def kill_in_mid_task(installation: Installation) -> None:
    """Start a worker, and kill it as soon as a task runs; again until one was really left in the middle."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        installation.start_worker()
        while not tasks(installation).get("RUNNING") and time.monotonic() < end:
            time.sleep(0.002)
        installation.kill(installation.worker)
        if tasks(installation).get("RUNNING"):
            return
    raise AssertionError("no task was caught in the middle")


def test_the_notice_still_leaves(quiet: Installation) -> None:
    visitor = quiet.visitor()
    number = re.search(r'name="once" value="([^"]+)"', visitor.get(ASK).text)
    assert number
    asked = visitor.post(ASK, once=number[1], audience="kinderen", text="Papa slaat mij en ik durf niet naar huis.")
    assert "data-locker-code" in asked.text
    before = [mail for mail in quiet.mails() if mail["Subject"] == SUBJECT]

    kill_in_mid_task(quiet)
    quiet.start_worker()

    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and set(tasks(quiet)) & {"READY", "RUNNING"}:
        time.sleep(0.5)
    assert set(tasks(quiet)) == {"SUCCESSFUL"}
    left = [mail for mail in quiet.mails() if mail["Subject"] == SUBJECT]
    assert len(left) > len(before)
    assert len({mail["Message-ID"] for mail in quiet.mails()}) == len(quiet.mails())
