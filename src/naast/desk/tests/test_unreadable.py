"""A text that nobody can open any more is said so in one line; no screen falls over it."""

import logging
import zipfile
from io import BytesIO

import pytest
from django.test import Client

from naast.contact import actions as contact
from naast.contact.tests.factories import ask, place
from naast.conversations import actions as conversations
from naast.core.fields import Sealed
from naast.core.keys import actions as keys
from naast.guide.models import KeptPlan
from naast.guide.rules import NotAPlanError
from naast.lockers.models import Locker
from naast.lockers.tests.factories import Made, opened
from naast.people.tests.factories import sign_in, staff

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places")]
WORDS = "Deze tekst is niet meer te lezen."
TEXT = "Zilverpopulier bij het station."


@pytest.fixture
def adviser():
    return staff("adviser", place(), display_name="Marije de Boer")


@pytest.fixture
def gone(adviser):
    """A question that was asked and taken; then its place's key is erased, and its rows are still there."""
    made = ask(TEXT, email="zilverpopulier@voorbeeld.example")
    contact.take(question_id=made.question.pk, by=adviser)
    keys.erase_of_place(place().id)
    return made


def resident(gone) -> Client:
    locker = Locker.objects.get(pk=gone.question.thread.locker_id)
    return opened(Made(locker, " ".join(gone.code_words)))


def test_the_desk_lists_and_opens_it(gone, adviser, client):
    sign_in(client, adviser)
    for path in ("/loket/", f"/loket/vraag/{gone.question.pk}/"):
        page = client.get(path, follow=True)
        assert page.status_code == 200, path
        assert WORDS in page.content.decode(), path


def test_the_locker_its_thread_its_address_and_its_download_go_on(gone):
    browser = resident(gone)
    for path in (
        "/kluisje/",
        f"/kluisje/gesprek/{gone.question.thread_id}/",
        "/kluisje/seintje/",
        "/kluisje/downloaden/",
    ):
        page = browser.get(path)
        assert page.status_code == 200, path
    assert WORDS in browser.get(f"/kluisje/gesprek/{gone.question.thread_id}/").content.decode()


def test_the_desk_can_still_answer_and_nobody_gets_a_mail_without_address(gone, adviser, mailoutbox):
    conversations.reply(
        thread=gone.question.thread, author=adviser, text="We hebben je vraag niet meer. Stel hem nog eens."
    )
    assert resident(gone).get(f"/kluisje/gesprek/{gone.question.thread_id}/").status_code == 200
    assert mailoutbox == []


def test_every_text_is_one_line_in_the_log_without_a_word_of_it(gone, adviser, client, caplog):
    sign_in(client, adviser)
    with caplog.at_level(logging.WARNING, "naast.core.keys"):
        client.get("/loket/", follow=True)
    said = [record.getMessage() for record in caplog.records if record.name == "naast.core.keys"]
    assert said
    assert all("cannot be read: its key was erased" in line for line in said)
    assert not any("Zilverpopulier" in line for line in said)


def test_a_plan_that_cannot_be_read_has_no_steps_and_says_so():
    plan = KeptPlan()
    plan.__dict__["plan"] = Sealed(b"\x01\x02k1nothing")
    assert plan.content.steps == ()
    assert plan.words_instead == WORDS
    plan.plan = "geen plan"
    with pytest.raises(NotAPlanError):
        _ = plan.content


def test_a_download_holds_the_line_where_the_text_was(gone):
    page = resident(gone).get("/kluisje/downloaden/kluisje.zip")
    assert page.status_code == 200
    held = zipfile.ZipFile(BytesIO(page.getvalue()))
    assert any(WORDS in held.read(name).decode() for name in held.namelist())
