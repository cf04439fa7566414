"""Texts that do something where they are read: formulas in sheets, and lines in logs that nobody wrote."""

from __future__ import annotations

import csv
import io
import logging
import sys
from typing import Any

import pytest
from django.test import Client

from naast.core import logs, sheets
from naast.core.models import AuditLine
from naast.directory.open_data import rules as open_data
from naast.directory.overview import rules as overview
from naast.directory.tests.factories import offer, organisation
from naast.people.rules import ROLES
from naast.people.tests.factories import sign_in, staff
from naast.places.queries import by_slug
from tests.factories import Sample
from tests.gates.matrix.addresses import ALL, Address, sample_at

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places")]
BEGINS = ("=", "+", "-", "@", "\t", "\r")
FORMULA = '=HYPERLINK("http://kwaad.example","klik")'
PAYLOADS = (FORMULA, "+31+1", "-1+1|cmd", "@SUM(1)", "\t=1+1", "\r=1+1")


# ---------- a formula in a sheet ----------


def sheets_of_the_house() -> list[Address]:
    """Return every address of the URL tables that gives a sheet."""
    return [one for one in ALL if "csv" in one.route]


def seed() -> None:
    """Put texts that begin as a formula wherever people's words come into a sheet."""
    for number, text in enumerate(PAYLOADS):
        organisation(f"huis-{number}", text)
        offer(name=text, summary=text, organisation=f"huis-{number}", area=["enschede"], source=text)
        staff("adviser", by_slug("enschede"), display_name=text)


def body_of(one: Address) -> str:
    """Return a sheet as the first role that may have it gets it; '' where nobody does."""
    place = by_slug("enschede")
    assert place is not None
    found = sample_at(one, place) if one.takes_arguments else Sample()
    browsers = [Client(), *(sign_in(Client(), staff(role, place)) for role in ROLES)]
    for browser in browsers:
        answer = browser.get(one.at(place, found))
        if answer.status_code == 200 and "csv" in answer.headers["Content-Type"]:
            return answer.content.decode("utf-8-sig")
    return ""


def runs_a_formula(one: Address) -> bool:
    """Tell whether a cell of the sheet begins as a formula would."""
    body = body_of(one)
    assert body, f"{one}: nobody gets this sheet, so this proves nothing"
    cells = [cell for row in csv.reader(io.StringIO(body, newline=""), delimiter=";") for cell in row]
    return any(cell.startswith(BEGINS) for cell in cells)


@pytest.mark.parametrize("one", sheets_of_the_house(), ids=str)
def test_no_sheet_holds_a_cell_that_runs(one: Address) -> None:
    seed()
    assert not runs_a_formula(one)


@pytest.mark.parametrize(
    "route",
    ["<place>/hulp/overzicht.csv", "<place>/open-gegevens/aanbod.csv", "loket/mensen/<slug:place>/wie-ziet-wat.csv"],
)
def test_the_same_sheets_run_a_formula_without_the_guard(route: str, monkeypatch: pytest.MonkeyPatch) -> None:
    seed()
    for module in (sheets, overview, open_data):
        monkeypatch.setattr(module, "safe_cell", lambda text: text)
    assert runs_a_formula(next(one for one in sheets_of_the_house() if str(one) == route))


def test_every_sheet_is_found() -> None:
    assert len(sheets_of_the_house()) >= 4


# ---------- lines in a log that nobody wrote ----------


FORGED = "\n2026-11-23 12:00:00 INFO naast.people staff:admin signed in"
TRICKS = (FORGED, "\r" + FORGED[1:], "\x1b[2K\x1b[1Aleeg", "\u2028nieuw", "\x00\x08\x08", "\x9b31m", "\u202egnidael")


def lines_of(text: str) -> str:
    """Return what a warning about this text writes through the handler of the house's logs."""
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    handler.addFilter(logs.Discreet())
    handler.setFormatter(logging.Formatter("%(levelname)s %(name)s %(message)s"))
    logger = logging.getLogger("naast.attack")
    logger.propagate = False
    logger.addHandler(handler)
    try:
        logger.warning("Not Found: %s by %s", f"/enschede/{text}", text)
        logger.warning(f"straight {text}")
        try:
            raise ValueError(text)
        except ValueError:
            logger.exception("broke at %s", text, exc_info=sys.exc_info())
    finally:
        logger.removeHandler(handler)
    return out.getvalue()


def writes_a_line(text: str) -> bool:
    """Tell whether a text makes more lines than there were warnings, or moves the cursor of whoever reads them."""
    said = lines_of(text)
    plain = said.replace("\n", "")
    return len(said.splitlines()) != 3 or any(not letter.isprintable() for letter in plain)


@pytest.mark.parametrize("text", TRICKS, ids=ascii)
def test_a_text_in_a_log_stays_in_its_line(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not writes_a_line(text)
    monkeypatch.setattr(logs, "one_line", lambda said: said)
    assert writes_a_line(text)


def test_requests_with_control_characters_write_whole_lines(caplog: Any) -> None:
    client = Client(raise_request_exception=False)
    with caplog.at_level(logging.DEBUG):
        for address in ("/enschede/%0aINFO%20vals/", "/%1b[2K/", "/loket/%0d%0ax/", "/api/v1/%0a/"):
            answer = client.get(address, HTTP_USER_AGENT="x\x1b[2K", HTTP_REFERER="http://x/\x1b[2K")
            assert answer.status_code < 500
            assert all("\n" not in value and "\r" not in value for value in answer.headers.values())
    keep = logs.Discreet()
    for record in caplog.records:
        keep.filter(record)
        assert record.getMessage().isprintable()


def test_no_line_of_the_access_log_holds_what_a_visitor_typed() -> None:
    """Lines hold ids and our own words; what somebody typed into an address or form has no place in them."""
    place = by_slug("enschede")
    client = sign_in(Client(raise_request_exception=False), staff("adviser", place, display_name=f"Eva{FORGED}"))
    client.get(f"/loket/vraag/{FORGED}/", HTTP_USER_AGENT=FORGED.replace("\n", " "))
    client.get("/loket/", {"filter": FORGED})
    Client().post("/enschede/vraag/", {"text": f"Mag dat?{FORGED}"})
    for line in AuditLine.objects.all():
        said = "".join(map(str, (line.actor, line.act, line.kind, line.record_id, line.place, line.role, *line.fields)))
        assert said.isprintable()
        assert "signed in" not in said
