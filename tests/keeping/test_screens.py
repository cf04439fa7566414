"""The privacy officer's screens: what is kept, what was erased, what the law holds back."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from naast.conversations.models import Thread
from naast.conversations.tests.factories import a_thread
from naast.core import clock, kept
from naast.core.models import AuditLine, LegalHold
from naast.core.retention import actions as retention
from naast.people.tests.factories import sign_in, staff
from naast.places.queries import by_slug

pytestmark = pytest.mark.django_db
HERE = "/loket/gegevens/enschede/"


def words(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


@pytest.fixture
def officer(places):
    return sign_in(Client(), staff("privacy-officer", by_slug("enschede")))


@pytest.fixture
def question(places):
    """A question that people know by a number."""
    from django.apps import apps

    thread = a_thread()
    model = apps.get_model("contact.Question")
    enschede = by_slug("enschede").id
    model.objects.create(
        thread=thread, place_id=enschede, desk_id=enschede, audience="ouders", reason="own", asked_at=clock.now(),
        number="K7M3-9QXB",
    )  # fmt: skip
    return thread


def test_everything_that_is_declared_stands_in_the_register(officer):
    said = words(officer.get(HERE))
    for entry in kept.all_kept():
        assert entry.called in said, entry.model
        assert entry.retention in said, entry.model


def test_the_protocol_says_how_much_and_by_which_rule(officer, places):
    with clock.frozen(clock.now() - timedelta(days=300)):
        a_thread()
    retention.run(actor="system")
    said = words(officer.get(HERE + "gewist/"))
    assert "Vragen en antwoorden" in said
    assert "tot 6 maanden na het laatste bericht" in said
    assert "Zilverpopulier" not in said


def send(officer, **how):
    until = (clock.today() + timedelta(days=30)).isoformat()
    return officer.post(HERE + "bewaren/", {"number": "", "kind": "-", "reason": "Bezwaar", "until": until, **how})


def test_a_question_is_held_by_its_number_and_the_hold_can_be_ended(officer, question):
    assert send(officer, number="k7m3-9qxb").status_code == 303
    hold = LegalHold.objects.get()
    assert (hold.kind, hold.record_id) == ("conversations.Thread", str(question.pk))
    said = words(officer.get(HERE + "bewaren/"))
    assert "Vraag K7M3-9QXB" in said
    assert "Bezwaar" in said
    assert AuditLine.objects.get(act="hold").role == "privacy-officer"
    assert officer.post(f"{HERE}bewaren/{hold.pk}/einde/").status_code == 303
    assert "Er wordt nu niets langer bewaard." in words(officer.get(HERE + "bewaren/"))


def test_everything_here_can_be_held(officer, question):
    assert send(officer, kind="").status_code == 303
    with clock.frozen(clock.now() + timedelta(days=29)):
        Thread.objects.update(last_message_at=clock.now() - timedelta(days=300))
        retention.run(actor="system")
        assert Thread.objects.exists()


@pytest.mark.parametrize(
    ("how", "why"),
    [
        ({}, "Geef het nummer van een vraag"),
        ({"number": "ZZZZ-ZZZZ"}, "Geen vraag hier heeft dit nummer"),
        ({"kind": "conversations.Thread", "reason": " "}, "Schrijf op waarom"),
        ({"kind": "conversations.Thread", "until": "2020-01-01"}, "Kies een laatste dag"),
        ({"kind": "conversations.Thread", "until": "morgen"}, "Schrijf een dag als"),
    ],
)
def test_what_cannot_be_held_is_refused_in_words_and_nothing_typed_is_lost(officer, how, why):
    answer = send(officer, **{"reason": "Bezwaar bij de rechtbank", **how})
    assert answer.status_code == 422
    assert why in words(answer)
    assert not LegalHold.objects.exists()
    if "reason" not in how:
        assert "Bezwaar bij de rechtbank" in answer.content.decode()


def test_a_question_of_another_place_is_not_told_about(places, question):
    hengelo = sign_in(Client(), staff("privacy-officer", by_slug("hengelo")))
    until = (clock.today() + timedelta(days=3)).isoformat()
    answer = hengelo.post(
        "/loket/gegevens/hengelo/bewaren/", {"number": "K7M3-9QXB", "kind": "-", "reason": "x", "until": until}
    )
    assert "Geen vraag hier heeft dit nummer" in words(answer)


def test_an_administrator_sees_the_register_and_holds_nothing(places):
    admin = sign_in(Client(), staff("place-admin", by_slug("enschede")))
    assert admin.get(HERE).status_code == 200
    assert admin.get(HERE + "bewaren/").status_code == 403
    assert admin.get("/loket/gegevens/hengelo/").status_code == 403
