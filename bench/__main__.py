"""`make bench`: our figures beside the budgets, measured on this machine, in this process.

CPU is the process's own time per request, the median of rounds after a warm-up; queries are counted on the warm page.
No test asserts these: machines differ. Peers' figures were measured on the same kind of machine in November 2026.
"""

import os
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
sys.path.insert(0, str(ROOT / "src"))

ROUNDS = 5
Row = tuple[str, str, str, str, str]
ARTICLE = "enschede/ouders/een-ouderschapsplan-maken/"
ENGLISH = "enschede/ouders/making-a-parenting-plan/"
POLL = "enschede/meedoen/peiling/wist-je-al-waar-je-hulp-kunt-vinden/"


def set_up() -> None:
    """Fill an installation for measuring (a copy of the tests' template) and set Django up on it."""
    os.environ["NAAST_VAR"] = tempfile.mkdtemp(prefix="naast-bench-")
    os.environ["NAAST_DEMO"] = "1"
    os.environ["NAAST_NO_COUNTRY"] = "1"
    os.environ["DJANGO_SETTINGS_MODULE"] = "naast.settings.embedded"
    import django

    django.setup()
    from naast.demo.commands import prepare

    prepare()


def cpu_ms(work: Callable[[], object], times: int) -> float:
    """Return the median over rounds of one call's CPU in milliseconds."""
    work()
    figures = []
    for _ in range(ROUNDS):
        begin = time.process_time()
        for _ in range(times):
            work()
        figures.append((time.process_time() - begin) * 1000 / times)
    return statistics.median(figures)


def queries(work: Callable[[], object]) -> int:
    """Return how many queries one call makes."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    work()
    with CaptureQueriesContext(connection) as seen:
        work()
    return len(seen)


def client(**headers: str):  # type: ignore[no-untyped-def]
    """Return a reader."""
    from django.test import Client

    return Client(HTTP_HOST="127.0.0.1", **headers)


def cached() -> Row:
    """A shared page from the outermost layer's memory."""
    from naast.core.generations import watch
    from naast.wsgi import application

    watch.start()
    watch.look()
    from django.test import RequestFactory

    environ = RequestFactory(HTTP_HOST="127.0.0.1").get("/enschede/", HTTP_ACCEPT_ENCODING="gzip, br").environ

    def work() -> None:
        b"".join(application(dict(environ), lambda *a: None))

    return (
        "cached public page",
        f"{cpu_ms(work, 2000):.3f} ms",
        "0",
        "≤ 0.1 ms",
        "nginx with a WordPress page cache 0.03 ms",
    )


PEERS = "Wagtail bakerydemo 34–78 ms / 20–43; WordPress 59 / 38; open-inwoner 276–301 / 27"


def uncached(path: str, label: str, peers: str = "") -> Row:
    """A public page made by Django each time."""
    reader = client()

    def work() -> None:
        answer = reader.get(path)
        assert answer.status_code == 200, (path, answer.status_code)

    return label, f"{cpu_ms(work, 20):.1f} ms", str(queries(work)), "≤ 15 ms, ≤ 12", peers


def guide_step() -> Row:
    """One question of a guide."""
    reader = client()

    def work() -> None:
        assert reader.get("/enschede/wegwijzer/uit-elkaar/").status_code in (200, 302, 303)

    answer = reader.get("/enschede/wegwijzer/uit-elkaar/")
    path = answer.headers.get("Location", "/enschede/wegwijzer/uit-elkaar/")

    def step() -> None:
        assert reader.get(path).status_code == 200

    return "guide step", f"{cpu_ms(step, 20):.1f} ms", str(queries(step)), "≤ 10 ms", "laa-access 7–8 ms / 0"


def ask() -> Row:
    """Asking a question, with the hash of the locker code measured apart."""
    from argon2.low_level import Type, hash_secret_raw
    from django.core.cache import caches

    def hash_once() -> None:
        hash_secret_raw(
            b"vijf woorden", b"x" * 16, time_cost=2, memory_cost=19 * 1024, parallelism=1, hash_len=32, type=Type.ID
        )

    hash_ms = cpu_ms(hash_once, 5)
    reader = client()

    def work() -> None:
        caches["limits"].clear()
        form = reader.get("/enschede/vraag/").content.decode()
        once = re.search(r'name="once" value="([^"]+)"', form)
        assert once
        answer = reader.post(
            "/enschede/vraag/", {"once": once[1], "text": "Hoe vertellen we het de kinderen?", "audience": "ouders"}
        )
        assert answer.status_code == 200, answer.status_code

    whole = cpu_ms(work, 5)
    return ("asking: form and sending, without the hash", f"{whole - hash_ms:.1f} ms (hash {hash_ms:.0f} ms)", str(queries(work)),
            "≤ 60 ms", "the trial 50 ms with a 28 ms hash")  # fmt: skip


def work_list() -> Row:
    """The desk's work list of 50."""
    from naast.core.models import UsedOnce  # noqa: F401

    staff = client()
    reader = client()
    from django.core.cache import caches

    while True:
        from naast.contact.models import Question

        if Question.objects.count() >= 60:
            break
        caches["limits"].clear()
        form = reader.get("/enschede/vraag/").content.decode()
        once = re.search(r'name="once" value="([^"]+)"', form)
        assert once
        reader.post("/enschede/vraag/", {"once": once[1], "text": "Mag mijn dochter kiezen?", "audience": "ouders"})
    assert staff.post("/demo/as/adviser/").status_code == 303

    def work() -> None:
        assert staff.get("/loket/").status_code == 200

    return (
        "work list of 50",
        f"{cpu_ms(work, 10):.1f} ms",
        str(queries(work)),
        "≤ 40 ms, ≤ 12",
        "Signalen 396–630 ms / 339",
    )


def search_box() -> Row:
    """The search box over pages, questions, guides and help, with words."""
    from django.core.cache import caches

    reader = client()

    def work() -> None:
        caches["limits"].clear()
        assert reader.get("/enschede/zoeken/?q=ouderschapsplan+maken").status_code == 200

    return "search over everything, with words", f"{cpu_ms(work, 20):.1f} ms", str(queries(work)), "≤ 20 ms, ≤ 12", ""


def search_shelf() -> Row:
    """Building what the search box looks in, once a change of a text."""
    from naast.content.search import shelf

    def work() -> None:
        shelf.forget()
        shelf.shelf()

    return "building the search shelf", f"{cpu_ms(work, 1):.0f} ms", str(queries(work)), "≤ 1.000 ms, a change", ""


def one_paper() -> Row:
    """A checklist as tagged PDF, made anew."""
    reader = client()
    found = re.search(r'href="(/enschede/lijsten/[\w-]+)/"', reader.get("/enschede/lijsten/").content.decode())
    assert found

    def work() -> None:
        answer = reader.get(f"{found[1]}.pdf")
        assert answer.status_code == 200
        assert b"".join(answer).startswith(b"%PDF")

    return "checklist as tagged PDF", f"{cpu_ms(work, 3):.0f} ms", str(queries(work)), "≤ 500 ms, ≤ 12", ""


FIRST_VISITS = {
    "home": "enschede/",
    "door of parents": "enschede/ouders/",
    "door of children": "enschede/kinderen/",
    "article": ARTICLE,
    "choosing a guide": "enschede/wegwijzer/",
}


def first_visits() -> list[Row]:
    """Bytes of a first visit: HTML, CSS, fonts, scripts, as they go over the line, into an empty cache."""
    from playwright.sync_api import sync_playwright
    from tests.installation import Installation
    from tools.services import chromium

    rows: list[Row] = []
    made = Installation().prepare().start(worker=False)
    try:
        with sync_playwright() as play:
            for label, path in FIRST_VISITS.items():
                browser = play.chromium.launch(
                    executable_path=chromium(), args=["--no-sandbox"] if os.geteuid() == 0 else []
                )
                page = browser.new_page()
                session = page.context.new_cdp_session(page)
                session.send("Network.enable")
                sizes: list[int] = []
                session.on(
                    "Network.loadingFinished", lambda event, to=sizes: to.append(int(event["encodedDataLength"]))
                )
                page.goto(f"{made.address}{path}", wait_until="networkidle")
                browser.close()
                rows.append(
                    (f"first visit, {label}", f"{sum(sizes) / 1000:.0f} kB", f"{len(sizes)} files", "≤ 150 kB", "")
                )
    finally:
        made.stop()
    return rows


def main() -> int:
    """Measure and print."""
    set_up()
    from bench import search_speed

    rows: list[Row] = [
        cached(),
        uncached("/enschede/", "municipality's home, uncached", PEERS),
        uncached("/enschede/ouders/", "parents' door, uncached", PEERS),
        uncached("/enschede/kinderen/", "children's door, uncached"),
        uncached(f"/{ARTICLE}", "article with marked terms, uncached", PEERS),
        uncached("/enschede/ouders/uit-elkaar/", "phase, uncached"),
        uncached(f"/en/{ENGLISH}", "English article, uncached"),
        uncached("/enschede/vragen/", "questions and answers, uncached"),
        uncached("/enschede/woordenlijst/", "glossary, uncached"),
        uncached(f"/{POLL}", "poll, uncached"),
        search_box(),
        search_shelf(),
        one_paper(),
        guide_step(),
        *search_speed.rows(),
        ask(),
        work_list(),
        *first_visits(),
    ]
    head: Row = ("what", "ours (CPU, median)", "queries", "budget", "peers")
    widths = [max(len(row[i]) for row in (head, *rows)) for i in range(5)]
    for row in (head, tuple("─" * w for w in widths), *rows):
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
    return 0


if __name__ == "__main__":
    sys.exit(main())
