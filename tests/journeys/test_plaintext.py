"""Nothing that a person types can be read anywhere: no table, no file, no log, also when mail fails."""

import re
import sqlite3
import time
from pathlib import Path

import pytest

from tests.installation import Installation

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("plaintext")]

AGENT = "Proefbrowser-7f3a-van-iemand"
TYPED = {
    "text": "Zebravink zevenblad: mijn geheime vraag over de woensdagmiddag en de zwemles",
    "email": "zebravink.zevenblad@voorbeeld.example",
}
SEARCHED = "kwikstaartwoord"
REPLY = "Kwikzilver is mijn tweede bericht"
MARKS = ["zebravink", "zevenblad", "geheime vraag", SEARCHED, "kwikzilver", AGENT, "127.0.0.1"]


def everything_kept(installation: Installation) -> dict[str, str]:
    """Return all text that an installation holds: every table's rows, every file, every log."""
    found = {}
    for path in installation.folder.rglob("*"):
        if path.is_file() and "static" not in path.parts and path.name != "naast.env":
            raw = path.read_bytes()
            found[str(path.relative_to(installation.folder))] = raw.decode("utf-8", "replace")
    database = sqlite3.connect(installation.var / "naast.sqlite3")
    for (table,) in database.execute("SELECT name FROM sqlite_master WHERE type='table'").fetchall():
        rows = database.execute(f'SELECT * FROM "{table}"').fetchall()  # noqa: S608
        found[f"table {table}"] = "\n".join(map(repr, rows))
    database.close()
    return found


def places_of(marks: list[str], kept: dict[str, str]) -> list[str]:
    """Return where a mark stands, in any capitals."""
    return [f"“{mark}” in {name}" for name, text in kept.items() for mark in marks if mark.lower() in text.lower()]


@pytest.fixture(scope="module")
def used():
    """An installation in which somebody searched, walked a guide, asked and wrote back, while mail fails."""
    made = Installation().prepare()
    mail = made.var / "mail"
    if mail.is_dir():
        for file in mail.iterdir():
            file.unlink()
        mail.rmdir()
    mail.write_text("")  # a file where the folder should be: every mail fails
    made.start()
    try:
        yield made
    finally:
        made.stop()


def once_in(text: str) -> str:
    found = re.search(r'name="once" value="([^"]+)"', text)
    assert found, text[:500]
    return found.group(1)


def test_typed_text_stands_nowhere(used):
    visitor = used.visitor(**{"User-Agent": AGENT})
    assert visitor.get("/enschede/hulp/", q=SEARCHED).status == 200
    visitor.get("/enschede/nergens/", q=SEARCHED)
    form = visitor.get("/enschede/vraag/")
    answer = visitor.post("/enschede/vraag/", once=once_in(form.text), audience="ouders", **TYPED)
    code = re.search(r'data-locker-code="([^"]+)"', answer.text)
    assert code, answer.text[:2000]
    page = visitor.get("/kluisje/")
    opened = visitor.post(
        "/kluisje/", once=once_in(page.text) if 'name="once"' in page.text else "", code=code.group(1)
    )
    assert opened.status in (200, 302, 303)
    locker = visitor.get("/kluisje/")
    thread = re.search(r'href="(/kluisje/gesprek/[^"]+)"', locker.text)
    assert thread, locker.text[:2000]
    talk = visitor.get(thread.group(1))
    visitor.post(thread.group(1), text=REPLY, once=once_in(talk.text) if 'name="once"' in talk.text else "")
    assert "Kwikzilver" in visitor.get(thread.group(1)).text

    # The adviser answers: a mail is promised, and fails.
    adviser = used.visitor()
    adviser.post("/demo/as/adviser/")
    desk = adviser.get("/loket/")
    # Every page of the desk shows the whole list: ours is the link that stands before our words.
    ours = re.findall(r'href="(/loket/vraag/[^"?]+)', desk.text.partition("Zebravink")[0])[-1]
    sent = adviser.send(adviser.get(ours), text="Antwoord met zebravink erin", do="answer")
    assert sent.status == 302, sent.text[:500]
    assert "Antwoord met zebravink" in visitor.get(thread.group(1)).text, "the answer did not arrive"
    end = time.monotonic() + 30
    failed = 0
    while time.monotonic() < end and not failed:
        database = sqlite3.connect(used.var / "naast.sqlite3")
        failed = database.execute("SELECT count(*) FROM core_outboxmail WHERE attempts > 0").fetchone()[0]
        database.close()
        time.sleep(0.5)
    assert failed, "the mail should have failed by now"

    found = places_of(MARKS, everything_kept(used))
    assert not found, "\n".join(found)


def test_canary_text_is_found_wherever_it_stands(tmp_path: Path):
    (tmp_path / "var").mkdir()
    database = sqlite3.connect(tmp_path / "var" / "naast.sqlite3")
    database.execute("CREATE TABLE forgetful (text TEXT, raw BLOB)")
    database.execute("INSERT INTO forgetful VALUES (?, ?)", ("een ZEBRAVINK", b"zevenblad"))
    database.commit()
    database.close()
    (tmp_path / "server.log").write_text("GET /?q=kwikstaartwoord")

    class Here:
        folder, var = tmp_path, tmp_path / "var"

    found = places_of(MARKS, everything_kept(Here()))  # type: ignore[arg-type]
    assert any("zebravink" in line and "table forgetful" in line for line in found)
    assert any("zevenblad" in line and "table forgetful" in line for line in found)
    assert any("server.log" in line for line in found)
    assert not places_of(["pauw"], everything_kept(Here()))  # type: ignore[arg-type]
