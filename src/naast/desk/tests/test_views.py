"""The desk over HTTP: only for its own people, everything without a script, and no word lost."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from naast.contact import actions
from naast.contact.models import Draft, Question
from naast.contact.rules import State
from naast.contact.tests.factories import CALM, URGENT, ask, asked, place
from naast.core.models import AuditLine
from naast.people.models import User
from naast.people.tests.factories import sign_in, staff

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places")]

LIST = "/loket/"
MOST_QUERIES = 12


@pytest.fixture
def marije() -> User:
    return staff("adviser", place(), display_name="Marije de Boer")


@pytest.fixture
def desk(client: Client, marije: User) -> Client:
    return sign_in(client, marije)


def url(question: Question) -> str:
    return f"/loket/vraag/{question.pk}/"


def html(response: Any) -> str:
    return str(response.content.decode())


class TestWhoMayCome:
    def test_a_stranger_goes_to_sign_in(self, client: Client) -> None:
        for address in (LIST, url(asked())):
            response = client.get(address)
            assert response.status_code == 302
            assert "/aanmelden/" in response.headers["Location"]

    @pytest.mark.parametrize("role", ["editor", "buddy", "policy-officer"])
    def test_another_role_is_refused(self, client: Client, role: str) -> None:
        assert sign_in(client, staff(role, place())).get(LIST).status_code == 403

    def test_another_place_finds_no_such_question(self, client: Client) -> None:
        question = asked()
        zwolle = sign_in(client, staff("adviser", place("zwolle")))
        assert zwolle.get(url(question)).status_code == 404
        assert zwolle.post(url(question), {"do": "take"}).status_code == 404
        assert zwolle.post(url(question) + "concept/", {"text": "x"}).status_code == 403

    def test_is_never_held_by_a_cache(self, desk: Client) -> None:
        assert desk.get(LIST).headers["Cache-Control"] == "private, no-store"


class TestTheList:
    def test_is_empty_with_a_friendly_word(self, desk: Client) -> None:
        assert "Hier wacht niets" in html(desk.get(LIST))

    def test_marks_urgent_with_a_word(self, desk: Client) -> None:
        ask(URGENT, audience="kinderen")
        page = html(desk.get(LIST))
        assert "naast-work__row--urgent" in page
        assert "Dringend" in page

    def test_shows_opening_words_that_are_safe(self, desk: Client) -> None:
        asked("<script>alert(1)</script> Wat nu?")
        page = html(desk.get(LIST))
        assert "<script>alert" not in page
        assert "&lt;script&gt;" in page

    @pytest.mark.parametrize("number", [1, 12])
    def test_stays_within_twelve_queries(self, desk: Client, number: int) -> None:
        for _step in range(number):
            asked()
        desk.get(LIST)
        with CaptureQueriesContext(connection) as queries:
            desk.get(LIST)
        assert len(queries) <= MOST_QUERIES


class TestAnOpenQuestion:
    def test_shows_the_words_and_writes_down_who_read_them(self, desk: Client, marije: User) -> None:
        question = asked()
        assert CALM in html(desk.get(url(question)))
        line = AuditLine.objects.get(act="read", record_id=str(question.pk))
        assert line.actor == f"staff:{marije.pk}"

    @pytest.mark.parametrize("sent", [{"do": "answer", "text": " "}, {"do": "hand_over"}])
    def test_a_form_that_is_refused_shows_the_question_and_that_is_a_reading_too(
        self, desk: Client, marije: User, sent: dict[str, str]
    ) -> None:
        question = asked()
        assert question.number in html(desk.post(url(question), sent))
        line = AuditLine.objects.get(act="read", record_id=str(question.pk))
        assert line.actor == f"staff:{marije.pk}"

    def test_is_taken_with_one_button(self, desk: Client, marije: User) -> None:
        question = asked()
        assert desk.post(url(question), {"do": "take"}).headers["Location"] == url(question)
        question.refresh_from_db()
        assert question.taken_by == marije

    def test_is_answered(self, desk: Client) -> None:
        question = asked()
        page = html(desk.post(url(question) + "?lijst=new", {"do": "answer", "text": "Dat mag."}, follow=True))
        question.refresh_from_db()
        assert question.state == State.ANSWERED
        assert "is verstuurd" in page

    def test_goes_back_to_the_list_one_came_from(self, desk: Client) -> None:
        response = desk.post(url(asked()) + "?lijst=new", {"do": "close"})
        assert response.headers["Location"] == "/loket/?lijst=new"

    def test_an_empty_answer_is_explained(self, desk: Client) -> None:
        question = asked()
        assert "Schrijf eerst je antwoord" in html(desk.post(url(question), {"do": "answer", "text": " "}))
        question.refresh_from_db()
        assert question.state == State.NEW

    def test_something_can_be_asked_back(self, desk: Client) -> None:
        question = asked()
        desk.post(url(question), {"do": "ask_back", "text": "Hoe oud is je kind?"})
        question.refresh_from_db()
        assert question.state == State.WAITING

    def test_is_handed_to_a_colleague_or_a_desk(self, desk: Client) -> None:
        sander, first, second = staff("adviser", place()), asked(), asked()
        desk.post(url(first), {"do": "hand_over", "to": f"person:{sander.pk}", "note": "Jij?"})
        desk.post(url(second), {"do": "hand_over", "to": "desk:twente"})
        first.refresh_from_db()
        second.refresh_from_db()
        assert first.taken_by == sander
        assert second.desk_id == place("twente").id

    @pytest.mark.parametrize("to", ["", "desk:zwolle", "person:x", "desk:atlantis"])
    def test_goes_nowhere_else(self, desk: Client, to: str) -> None:
        question = asked()
        response = desk.post(url(question), {"do": "hand_over", "to": to})
        assert response.status_code == 200
        question.refresh_from_db()
        assert question.desk_id == place().id

    def test_what_was_typed_survives_a_colleague_who_was_faster(self, desk: Client, marije: User) -> None:
        question = asked()
        sander = staff("adviser", place())
        actions.close(question_id=question.pk, by=sander)
        response = desk.post(url(question), {"do": "answer", "text": "Een lang antwoord."})
        assert response.status_code == 409
        assert Draft.objects.get(author=marije).text == "Een lang antwoord."

    def test_a_draft_keeps_itself_and_comes_back(self, desk: Client) -> None:
        question = asked()
        response = desk.post(url(question) + "concept/", {"text": "Wat goed dat"})
        assert "concept bewaard om" in response.json()["saved"]
        assert "Wat goed dat</textarea>" in html(desk.get(url(question)))

    def test_a_draft_by_button_without_a_script(self, desk: Client) -> None:
        question = asked()
        desk.post(url(question), {"do": "draft", "text": "Wat goed dat"})
        assert Draft.objects.get().text == "Wat goed dat"

    def test_needs_a_token(self, marije: User) -> None:
        question = asked()
        client = sign_in(Client(enforce_csrf_checks=True), marije)
        assert client.post(url(question), {"do": "take"}).status_code == 403

    def test_stays_within_its_queries(self, desk: Client) -> None:
        question = asked()
        desk.get(url(question))
        with CaptureQueriesContext(connection) as queries:
            desk.get(url(question))
        assert len(queries) <= 2 * MOST_QUERIES
