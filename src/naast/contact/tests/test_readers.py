"""Who opens a locker sees in plain words who of the staff read along, and no name they did not know."""

import io
import zipfile

import pytest
from django.test import Client

from naast.contact import actions, reading
from naast.contact.tests.factories import ask, place
from naast.core import clock
from naast.core.models import AuditLine
from naast.lockers import readers
from naast.people.access import actions as access
from naast.people.tests.factories import staff

pytestmark = pytest.mark.django_db
URL = "/kluisje/wie-las-mee/"


@pytest.fixture
def marije(places):
    return staff("adviser", place(), display_name="Marije de Boer")


@pytest.fixture
def mine(marije):
    return ask()


def _open(client: Client, asked) -> Client:
    client.post("/kluisje/", {"code": " ".join(asked.code_words)})
    return client


def _page(client: Client, asked) -> str:
    return " ".join(_open(client, asked).get(URL).content.decode().replace("\xa0", " ").replace("&nbsp;", " ").split())


def test_before_anybody_read_it_says_so(client, mine):
    assert "Nog niemand las deze vraag." in _page(client, mine)


def test_a_reading_is_a_sentence_with_role_and_desk_but_no_name(client, mine, marije):
    reading.read_question(question=mine.question, by=marije)
    said = _page(client, mine)
    assert "las een adviseur van Enschede je vraag." in said
    assert "Marije" not in said


def test_who_answered_is_named_as_in_the_answer(client, mine, marije):
    reading.read_question(question=mine.question, by=marije)
    actions.answer(question_id=mine.question.pk, by=marije, text="Ja.")
    said = _page(client, mine)
    assert "las Marije (adviseur van Enschede) je vraag." in said
    assert "de Boer" not in said


def test_reading_in_an_emergency_is_said_with_what_that_means(client, marije):
    staff("adviser", place("hengelo"))
    asked = ask("Ik ben bang.", at="hengelo")
    row = access.break_glass(
        by=marije, place=place("hengelo"), number=asked.question.number, reason="Moeder belt in paniek en is bang."
    )
    access.read_by_glass(by=marije, glass_id=row.pk)
    said = _page(client, asked)
    assert "je vraag, in een noodgeval." in said
    assert "De privacyfunctionaris kijkt elke keer of dat terecht was." in said
    assert "paniek" not in said


def test_several_readings_of_one_day_are_one_sentence(mine, marije):
    for hours in range(3):
        with clock.frozen(mine.question.asked_at.replace(hour=9 + hours)):
            reading.read_question(question=mine.question, by=marije)
    (along,) = readers.of_locker(mine.question.thread.locker_id)
    assert [read.times for read in along.reads] == [3]


def test_another_locker_shows_none_of_it(client, mine, marije):
    reading.read_question(question=mine.question, by=marije)
    other = ask("Iets heel anders.")
    said = _page(client, other)
    assert "las een adviseur" not in said


def test_a_child_reads_it_shorter(client, marije):
    said = _page(client, ask("Mag ik zelf kiezen?", audience="kinderen"))
    assert "Je ouders staan hier niet bij." in said
    assert "Denk je dat iemand zonder reden" not in said


def test_it_stands_in_the_download(client, mine, marije):
    reading.read_question(question=mine.question, by=marije)
    body = _open(client, mine).get("/kluisje/downloaden/kluisje.zip").content
    page = zipfile.ZipFile(io.BytesIO(body)).read("lees-mij.html").decode()
    assert "None" not in page  # no answer yet reads as words
    assert "adviseur" in page
    assert "Marije" not in page


def test_without_a_locker_it_leads_to_the_code(client, places):
    assert 'name="code"' in client.get(URL).content.decode()


def test_looking_is_no_line_of_the_log(client, mine):
    browser = _open(client, mine)
    before = AuditLine.objects.count()
    browser.get(URL)
    assert AuditLine.objects.count() == before
