"""Asking over HTTP: one page, one answer, and the text always comes back."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from naast.contact.models import Question
from naast.contact.tests.factories import CALM, URGENT, ask
from naast.core import clock, once
from naast.lockers.models import Locker

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places")]

ASK = "/enschede/vraag/"
BSN = "111222333"


def send(client: Client, **fields: str) -> Any:
    data = {"once": once.issue(), "audience": "ouders", "text": CALM, **fields}
    return client.post(ASK, data)


def code_in(html: str) -> str:
    found = re.search(r'data-locker-code="([^"]+)"', html)
    assert found, "no code on the page"
    return found.group(1)


def html(response: Any) -> str:
    return str(response.content.decode())


class TestTheForm:
    def test_is_private_and_sets_no_cookie(self, client: Client) -> None:
        response = client.get(ASK)
        assert response.status_code == 200
        assert response.headers["Cache-Control"] == "private, no-store"
        assert not response.cookies

    def test_says_who_reads_and_when_an_answer_comes(self, client: Client) -> None:
        page = html(client.get(ASK))
        assert "Scheidingsloket Enschede" in page
        assert "schrijft terug vóór" in page

    @pytest.mark.parametrize("prefix", ["", "/en"])
    def test_stands_at_every_place_in_both_languages(self, client: Client, prefix: str) -> None:
        for place in ("zwolle", "twente", "houten"):
            assert client.get(f"{prefix}/{place}/vraag/").status_code == 200

    def test_knows_a_child_by_the_address(self, client: Client) -> None:
        page = html(client.get(ASK + "?audience=kinderen"))
        assert "naast-kids" in page
        assert "Je ouders zien het niet." in page
        assert "Lezen anderen jouw mail?" in page  # a child's mailbox is often read by a parent
        assert "tekens" not in page
        assert "Voor 12 en ouder" in page  # the menu is a child's too

    def test_asks_a_professional_to_leave_out_what_shows_who_it_is(self, client: Client) -> None:
        page = html(client.get(ASK + "?audience=professionals"))
        assert "waaraan je het gezin herkent" in page
        assert "De ouders zien het niet." in page

    @pytest.mark.parametrize(
        ("audience", "says"),
        [
            ("jongeren", "Je ouders zien het niet."),
            ("omgeving", "De ouders zien het niet."),
            ("ouders", "De andere ouder ziet het niet."),
        ],
    )
    def test_says_who_does_not_read_along_in_the_words_of_who_asks(
        self, client: Client, audience: str, says: str
    ) -> None:
        assert says in html(client.get(ASK + f"?audience={audience}"))

    def test_says_who_reads_along_before_the_text_is_written(self, client: Client) -> None:
        page = html(client.get(ASK))
        assert page.index("De andere ouder ziet het niet.") < page.index("<textarea")

    @pytest.mark.parametrize(
        ("audience", "said"),
        [("", "parent"), ("ouders", "parent"), ("kinderen", "young"), ("jongeren", "young"), ("omgeving", "beside")],
    )
    def test_shows_only_the_promise_of_who_asks(self, client: Client, audience: str, said: str) -> None:
        page = html(client.get(ASK + f"?audience={audience}"))
        assert re.findall(r"naast-promise__who--(\w+) is-first", page) == [said]


class TestAsking:
    def test_answers_with_the_code_itself(self, client: Client) -> None:
        response = send(client)
        assert response.status_code == 200
        words = code_in(html(response)).split()
        assert len(words) == 5
        assert all(f"<li>{word}</li>" in html(response) for word in words)
        assert Question.objects.count() == 1

    def test_sets_no_cookie(self, client: Client) -> None:
        assert not send(client).cookies

    def test_says_who_when_and_how_long(self, client: Client) -> None:
        page = html(send(client))
        assert "Je hebt antwoord vóór" in page
        assert "6 maanden" in page or "6\xa0maanden" in page

    def test_twice_the_same_form_is_one_question_with_the_same_code(self, client: Client) -> None:
        number = once.issue()
        first, second = send(client, once=number), send(client, once=number)
        assert code_in(html(first)) == code_in(html(second))
        assert Question.objects.count() == Locker.objects.count() == 1

    def test_later_only_that_it_is_in(self, client: Client) -> None:
        number, start = once.issue(), clock.now()
        send(client, once=number)
        with clock.frozen(start + timedelta(minutes=20)):
            page = html(send(client, once=number))
        assert "data-locker-code" not in page
        assert "Je vraag is al binnen" in page

    def test_urgent_words_show_help_at_once(self, client: Client) -> None:
        page = html(send(client, text=URGENT, audience="kinderen"))
        assert "data-urgent-help" in page
        assert "tel:112" in page
        assert code_in(page)

    def test_a_calm_question_shows_no_urgent_help(self, client: Client) -> None:
        assert "data-urgent-help" not in html(send(client))


class TestWhatIsWrong:
    def test_an_empty_text(self, client: Client) -> None:
        page = html(send(client, text="   "))
        assert "Eén zin is genoeg" in page
        assert not Question.objects.exists()

    def test_a_too_long_text_comes_back_whole(self, client: Client) -> None:
        text = "woord " * 700
        page = html(send(client, text=text))
        assert "4.000" in page
        assert text.strip() in page

    def test_who_you_are_is_asked_again(self, client: Client) -> None:
        page = html(send(client, audience="niemand"))
        assert "Kies wie je bent" in page
        assert CALM in page

    def test_a_service_number_is_marked_and_one_button_sends_the_rest(self, client: Client) -> None:
        text = f"Mijn nummer is {BSN}, kunt u bellen?"
        page = html(send(client, text=text))
        assert f'<mark class="utrecht-mark">{BSN}</mark>' in page
        assert text in page
        assert not Question.objects.exists()
        code_in(html(send(client, text=text, without_number="1")))
        assert Question.objects.get().title == "Mijn nummer is […], kunt u bellen?"

    def test_urgent_words_are_judged_before_the_number(self, client: Client) -> None:
        page = html(send(client, text=f"{URGENT} Mijn nummer is {BSN}."))
        assert "data-urgent-help" in page
        assert "<mark" in page

    @pytest.mark.parametrize("token", ["", "iets anders", "k1.1.aaaa.bbbb"])
    def test_a_number_that_is_not_ours_brings_the_form_back_filled(self, client: Client, token: str) -> None:
        response = send(client, once=token)
        assert response.status_code == 200
        assert CALM in html(response)
        assert not Question.objects.exists()

    def test_a_stale_form_comes_back_with_a_fresh_number(self, client: Client) -> None:
        number, start = once.issue(), clock.now()
        with clock.frozen(start + timedelta(hours=13)):
            page = html(send(client, once=number))
            assert "stond te lang open" in page
            fresh = re.search(r'name="once" value="([^"]+)"', page)
            assert fresh
            code_in(html(send(client, once=fresh.group(1))))

    def test_a_wrong_address_is_explained(self, client: Client) -> None:
        page = html(send(client, email="ouder@"))
        assert "niet compleet" in page
        assert "ouder@" in page

    def test_too_many_at_once_keep_the_text_and_show_numbers(self, client: Client, settings: Any) -> None:
        settings.NAAST_LIMITS = {**settings.NAAST_LIMITS, "write": 0}
        response = send(client)
        assert response.status_code == 429
        assert int(response.headers["Retry-After"]) > 0
        assert CALM in html(response)
        assert "tel:112" in html(response)


class TestWhereNobodyReads:
    """A municipality that does not take part: a question would reach nobody."""

    ADDRESS = "/amsterdam/vraag/"

    def test_there_is_no_form(self, client: Client) -> None:
        response = client.get(self.ADDRESS)
        assert response.status_code == 302
        assert response.headers["Location"] == "/amsterdam/"

    def test_nothing_is_taken_in_and_the_text_comes_back(self, client: Client) -> None:
        page = html(client.post(self.ADDRESS, {"once": once.issue(), "audience": "ouders", "text": CALM}))
        assert CALM in page
        assert "data-locker-code" not in page
        assert not Question.objects.exists()


class TestWithAnOpenLocker:
    @pytest.fixture
    def open_locker(self, client: Client) -> Locker:
        code = code_in(html(send(client)))
        client.post("/kluisje/", {"code": code, "once": once.issue()})
        return Locker.objects.get()

    def test_the_form_carries_a_token_and_asks_no_address(self, client: Client, open_locker: Locker) -> None:
        page = html(client.get(ASK))
        assert "csrfmiddlewaretoken" in page
        assert 'name="email"' not in page

    def test_the_question_lands_there_and_shows_no_code(self, open_locker: Locker) -> None:
        client = Client(enforce_csrf_checks=True)
        code = " ".join(ask().code_words)
        client.post("/kluisje/", {"code": code, "once": once.issue()})
        page = html(client.get(ASK))
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        assert token
        before = Locker.objects.count()
        page = html(send(client, csrfmiddlewaretoken=token.group(1)))
        assert "data-locker-code" not in page
        assert Locker.objects.count() == before

    def test_without_a_token_the_session_is_ignored(self, open_locker: Locker) -> None:
        client = Client(enforce_csrf_checks=True)
        code = " ".join(ask().code_words)
        client.post("/kluisje/", {"code": code, "once": once.issue()})
        before = Locker.objects.count()
        code_in(html(send(client)))
        assert Locker.objects.count() == before + 1
