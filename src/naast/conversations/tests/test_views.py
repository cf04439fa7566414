"""A conversation as its owner's browser meets it."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from naast.conversations.models import Message, Thread
from naast.conversations.tests.factories import QUESTION, URGENT, a_thread, answered, number
from naast.core import clock, once
from naast.lockers.tests.factories import a_locker, opened

pytestmark = pytest.mark.django_db
BSN = "111222333"


def text_of(answer) -> str:
    return answer.content.decode()


@pytest.fixture
def talk(places):
    """A locker with one answered conversation, open in a browser."""
    made = a_locker()
    thread = a_thread(made)
    answered(thread)
    thread.refresh_from_db()
    return made, thread, opened(made), f"/kluisje/gesprek/{thread.pk}/"


def test_the_locker_lists_it_as_new_and_opening_it_ends_that(talk):
    _, _, client, url = talk
    assert "1 nieuw" in text_of(client.get("/kluisje/"))
    page = text_of(client.get(url))
    assert "Mag mijn dochter zelf kiezen waar ze slaapt?" in page
    assert "<strong>Marije</strong>, Scheidingsloket Enschede" in page
    assert "1 nieuw" not in text_of(client.get("/kluisje/"))


def test_the_title_of_the_tab_says_nothing_and_nothing_is_kept(talk):
    _, _, client, url = talk
    answer = client.get(url)
    assert "<title>Kluisje - Naast</title>" in text_of(answer)
    assert "no-store" in answer["Cache-Control"]


def test_another_locker_cannot_see_it(talk):
    *_, url = talk
    stranger = opened(a_locker())
    assert stranger.get(url).status_code == 404
    assert stranger.post(url, {"text": "hoi", "once": number()}).status_code == 404
    assert stranger.post(url + "wissen/", {"sure": "yes"}).status_code == 404
    assert Thread.objects.count() == 1


def test_writing_back_lands_once_however_often_it_is_sent(talk):
    _, thread, client, url = talk
    form = {"text": "Dank je, dit helpt.", "once": number()}
    for _ in range(3):
        answer = client.post(url, form)
        assert (answer.status_code, answer["Location"]) == (303, f"{url}#laatste")
    assert thread.messages.count() == 3
    assert "Je bericht is binnen. Marije of een collega leest het." in text_of(client.get(url))


def test_a_number_used_on_another_form_does_not_make_a_text_vanish(talk):
    *_, client, url = talk
    used = number()
    assert once.claim(once.read(used), "question")
    answer = client.post(url, {"text": "Dit mag niet weg zijn.", "once": used})
    assert answer.status_code == 200
    assert "Dit mag niet weg zijn." in text_of(answer)


def test_urgent_words_show_help_at_once_until_somebody_answered(talk):
    _, thread, client, url = talk
    assert "data-urgent-help" not in text_of(client.get(url))
    client.post(url, {"text": URGENT, "once": number()})
    page = text_of(client.get(url))
    assert page.count("data-urgent-help") == 1
    assert "tel:112" in page
    answered(thread)
    assert "data-urgent-help" not in text_of(client.get(url))


@pytest.mark.parametrize(("text", "says"), [("  ", "Eén zin is genoeg"), ("a" * 4_001, "1 teken te lang")])
def test_a_text_that_cannot_be_kept_comes_back_whole(talk, text, says):
    _, thread, client, url = talk
    answer = client.post(url, {"text": text, "once": number()})
    assert answer.status_code == 200
    assert says in text_of(answer)
    assert text.strip() in text_of(answer)
    assert thread.messages.count() == 2


def test_a_citizen_number_is_marked_and_one_button_takes_it_out(talk):
    _, thread, client, url = talk
    text = f"Mijn nummer is {BSN}. {URGENT}"
    answer = client.post(url, {"text": text, "once": number()})
    page = text_of(answer)
    assert "<mark" in page
    assert "data-urgent-help" in page, "help first, also when the text is not sent yet"
    assert thread.messages.count() == 2
    fresh = re.search(r'name="once" value="([^"]+)"', page)[1]
    client.post(url, {"text": text, "once": fresh, "without_number": "1"})
    last = thread.messages.last()
    assert BSN not in last.text
    assert "[…]" in last.text


def test_a_locker_that_closed_meanwhile_keeps_the_text_ready(talk):
    made, thread, client, url = talk
    form = {"text": "Een lange brief over woensdag", "once": number()}
    with clock.frozen(clock.now() + timedelta(minutes=30)):
        page = text_of(client.post(url, form))
        assert "Je tekst staat er nog" in page
        assert "Een lange brief over woensdag" in page
        again = client.post("/kluisje/", {"code": made.code, "next": url, "text": form["text"]})
        assert again.status_code == 200
        page = text_of(again)
        assert "Een lange brief over woensdag" in page
        assert f'action="{url}"' in page
        fresh = re.search(r'name="once" value="([^"]+)"', page)[1]
        client.post(url, {"text": form["text"], "once": fresh})
    assert thread.messages.last().text == form["text"]


def test_without_a_valid_token_nothing_is_sent_and_the_text_stays(talk):
    made, thread, _, url = talk
    client = opened(made, strict=True)
    answer = client.post(url, {"text": "Zonder bewijs", "once": number()})
    assert answer.status_code == 200
    assert "Zonder bewijs" in text_of(answer)
    assert thread.messages.count() == 2
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', text_of(answer))[1]
    answer = client.post(url, {"text": "Met bewijs", "once": number(), "csrfmiddlewaretoken": token})
    assert answer.status_code == 303


@pytest.mark.parametrize("form", ["", "verzonnen.1.abc.def"])
def test_a_forged_number_gives_a_fresh_form_with_the_text(talk, form):
    _, thread, client, url = talk
    answer = client.post(url, {"text": "Mijn verhaal", "once": form})
    assert answer.status_code == 200
    assert "Mijn verhaal" in text_of(answer)
    assert thread.messages.count() == 2


def test_a_form_that_stood_open_for_thirteen_hours_is_sent_once_more(talk):
    made, thread, _, url = talk
    form = number()
    with clock.frozen(clock.now() + timedelta(hours=13)):
        answer = opened(made).post(url, {"text": "Mijn verhaal", "once": form})
    assert "te lang open" in text_of(answer)
    assert thread.messages.count() == 2


def test_writing_too_often_never_loses_the_text(talk, settings, still_clock):
    _, thread, client, url = talk
    settings.NAAST_LIMITS = {**settings.NAAST_LIMITS, "write": 1}
    client.post(url, {"text": "Eerste", "once": number()})
    answer = client.post(url, {"text": "Tweede", "once": number()})
    assert answer.status_code == 429
    assert 0 < int(answer["Retry-After"]) <= 60
    assert "Tweede" in text_of(answer)
    assert "tel:112" in text_of(answer)
    assert thread.messages.count() == 3


def test_saying_that_it_helped(talk):
    _, thread, client, url = talk
    client.post(url + "klaar/")
    thread.refresh_from_db()
    assert thread.state == "done"
    assert "Fijn dat het helpt." in text_of(client.get(url))


def test_erasing_asks_in_words_first(talk):
    _, _, client, url = talk
    assert "Dat kan niemand terugdraaien, wij ook niet." in text_of(client.get(url + "wissen/"))
    assert Thread.objects.count() == 1
    assert client.post(url + "wissen/", {"sure": "yes"})["Location"] == "/kluisje/"
    assert not Thread.objects.exists()
    assert not Message.objects.exists()
    assert client.get(url).status_code == 404


def test_a_stranger_is_asked_for_the_code_and_led_back(talk):
    made, *_, url = talk
    stranger = Client()
    page = text_of(stranger.get(url))
    assert 'name="code"' in page
    assert "dochter" not in page
    assert stranger.post("/kluisje/", {"code": made.code, "next": url})["Location"] == url


def test_what_people_write_is_shown_as_text(places):
    made = a_locker()
    thread = a_thread(made, text="<script>alert(1)</script> & <b>dag</b>")
    page = text_of(opened(made).get(f"/kluisje/gesprek/{thread.pk}/"))
    assert "<script>alert" not in page
    assert "&lt;b&gt;dag" in page


def test_the_download_holds_the_talk(talk):
    import io
    import zipfile

    _, _, client, _ = talk
    answer = client.get("/kluisje/downloaden/kluisje.zip")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert QUESTION in archive.read("lees-mij.html").decode()
        assert QUESTION in archive.read("gegevens.json").decode()


def test_a_page_costs_the_same_for_two_messages_and_for_twenty(talk, django_assert_max_num_queries):
    _, thread, client, url = talk
    client.get(url)
    with django_assert_max_num_queries(12):
        client.get(url)
    for _ in range(9):
        answered(thread)
    client.get(url)
    with django_assert_max_num_queries(12):
        client.get(url)
