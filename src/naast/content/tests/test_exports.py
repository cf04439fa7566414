"""Files that the editors' admin gives of its lists: by a fresh sign-in, written in the log, with no cell that runs."""

import csv
import io

import pytest
from django.test import Client
from wagtail.log_actions import log

from naast.content.media.models import Film
from naast.core.models import AuditLine
from naast.people.tests.factories import sign_in, staff
from naast.places.queries import by_slug

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places")]
REPORT = "/beheer/reports/site-history/?export={}"
FORMULA = '=HYPERLINK("http://kwaad.example","klik")'


def keeper(minutes_ago=0):
    return sign_in(Client(), staff("regional-editor", by_slug("twente")), minutes_ago=minutes_ago)


def something_done():
    """Let a film of this name, and somebody of this name, stand in the report."""
    author = staff("editor", by_slug("enschede"), display_name=FORMULA)
    film = Film(pk=1, key="uitleg", title=FORMULA)
    log(instance=film, action="wagtail.edit", user=author, title=FORMULA)


def cells(answer):
    text = b"".join(answer.streaming_content).decode()
    return [cell for row in csv.reader(io.StringIO(text)) for cell in row]


def test_no_cell_of_it_runs():
    something_done()
    found = cells(keeper().get(REPORT.format("csv")))
    assert any("HYPERLINK" in cell for cell in found)
    assert [cell for cell in found if cell.startswith(("=", "+", "-", "@", "\t", "\r"))] == []


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_it_asks_first_whether_it_is_still_you(ending):
    something_done()
    answer = keeper(minutes_ago=11).get(REPORT.format(ending))
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/loket/aanmelden/bevestigen/?next=%2Fbeheer%2Freports%2F")
    assert not AuditLine.objects.filter(act="export").exists()


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_that_it_was_taken_stands_in_the_log_of_the_place(ending):
    something_done()
    assert keeper().get(REPORT.format(ending)).status_code == 200
    line = AuditLine.objects.get(act="export")
    assert (line.place, line.role, line.kind) == ("twente", "regional-editor", "content.Report")


def test_a_list_that_is_only_looked_at_asks_and_writes_nothing():
    assert keeper(minutes_ago=11).get(REPORT.partition("?")[0]).status_code == 200
    assert not AuditLine.objects.filter(act="export").exists()
