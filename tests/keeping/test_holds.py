"""What the law holds back does not expire, and its owner hears why; after the hold it goes."""

from datetime import timedelta

import pytest

from naast.contact.models import Question
from naast.contact.tests.factories import asked
from naast.conversations import actions as conversations
from naast.conversations.models import Thread
from naast.conversations.tests.factories import a_thread
from naast.core import clock
from naast.core.models import AuditLine, LegalHold, Tombstone, WaitingErasure
from naast.core.retention import actions, queries
from naast.lockers import actions as lockers
from naast.lockers.models import Locker
from naast.lockers.tests.factories import EMAIL, a_locker, opened

pytestmark = pytest.mark.django_db

REASON = "Bezwaar bij de rechtbank, kwikstaartje."


def held(place="enschede", days=30, **how):
    return actions.hold(place=place, reason=REASON, until=clock.today() + timedelta(days=days), actor="staff:1", **how)


def test_what_is_held_does_not_expire_stands_in_the_protocol_and_goes_when_the_hold_ends(places):
    with clock.frozen(clock.now() - timedelta(days=300)):
        kept_back, other = a_thread(), a_thread()
    hold = held(record=("conversations.Thread", kept_back.pk))
    run = actions.run(actor="command")
    assert list(Thread.objects.all()) == [kept_back]
    line = run.lines.get(kind="conversations.Thread")
    assert (line.erased, line.held) == (1, 1)
    assert other.pk != kept_back.pk
    actions.end_hold(hold_id=hold.pk, place="enschede", actor="staff:1")
    actions.run(actor="command")
    assert not Thread.objects.exists()


@pytest.mark.parametrize("kind", ["", "conversations.Thread"])
def test_a_hold_of_a_kind_or_of_everything_holds_that_place_only(places, kind):
    with clock.frozen(clock.now() - timedelta(days=300)):
        a_thread()
    held(place="hengelo", kind=kind)
    assert queries.look()[0].held == 0
    held(kind=kind)
    assert queries.look()[0].held == 1


def test_a_hold_ends_by_itself_on_its_day(places):
    with clock.frozen(clock.now() - timedelta(days=300)):
        thread = a_thread()
    held(record=("conversations.Thread", thread.pk), days=3)
    with clock.frozen(clock.now() + timedelta(days=3)):
        assert queries.held_until("conversations.Thread", thread.pk)
    with clock.frozen(clock.now() + timedelta(days=4)):
        assert queries.held_until("conversations.Thread", thread.pk) is None


def test_the_reason_is_sealed_and_both_ends_stand_in_the_access_log_of_the_place(places):
    hold = held()
    stored = LegalHold.objects.values_list("reason", flat=True).get()
    assert b"kwikstaartje" not in bytes(stored)
    actions.end_hold(hold_id=hold.pk, place="enschede", actor="staff:2")
    assert [(line.act, line.place) for line in AuditLine.objects.filter(kind="core.LegalHold")] == [
        ("hold", "enschede"),
        ("end_hold", "enschede"),
    ]
    assert actions.end_hold(hold_id=hold.pk, place="enschede", actor="staff:2") is False


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"reason": " "}, "reason"),
        ({"until": timedelta(days=-1)}, "until"),
        ({"until": timedelta(days=367)}, "until"),
        ({"kind": "people.User"}, "kind"),
    ],
)
def test_a_hold_needs_a_reason_a_day_within_a_year_and_a_kind_that_can_be_held(places, wrong, code):
    how = {"reason": REASON, "until": timedelta(days=30), **wrong}
    with pytest.raises(actions.BadHold, match=code):
        actions.hold(place="enschede", actor="staff:1", **{**how, "until": clock.today() + how["until"]})


def test_a_record_of_another_place_cannot_be_held(places):
    thread = a_thread()
    with pytest.raises(actions.BadHold, match="record"):
        held(place="hengelo", record=("conversations.Thread", thread.pk))


def test_a_question_is_found_by_the_number_that_people_know(places):
    question = asked()
    assert queries.find(question.number.lower()) == ("conversations.Thread", question.thread_id)
    assert queries.find("ZZZZ-ZZZZ") is None
    assert Question.objects.exists()


def test_who_erases_one_held_conversation_reads_that_it_is_held_and_until_when(places):
    made = a_locker()
    thread = a_thread(made)
    held(record=("conversations.Thread", thread.pk))
    with pytest.raises(actions.Held):
        conversations.erase(locker=made.locker, thread_id=thread.pk)
    answer = opened(made).post(f"/kluisje/gesprek/{thread.pk}/wissen/", {"sure": "yes"})
    assert "We mogen dit nog niet wissen" in answer.content.decode()
    assert Thread.objects.filter(pk=thread.pk).exists()


def test_who_empties_a_locker_with_something_held_can_be_opened_by_nobody_and_the_rest_goes_at_once(places, rf):
    made = a_locker(email=EMAIL)
    thread, free = a_thread(made), a_thread(made)
    hold = held(record=("conversations.Thread", thread.pk))
    assert lockers.empty(locker=made.locker) == hold.ends
    assert list(Thread.objects.all()) == [thread]
    assert free.pk != thread.pk
    left = Locker.objects.get(pk=made.locker.pk)
    assert not left.has_email
    assert lockers._find(tuple(made.code.split())) is None
    actions.run(actor="command")
    assert Thread.objects.exists()
    actions.end_hold(hold_id=hold.pk, place="enschede", actor="staff:1")
    actions.run(actor="command")
    assert not Thread.objects.exists()
    assert not Locker.objects.filter(pk=made.locker.pk).exists()
    assert not WaitingErasure.objects.exists()
    assert Tombstone.objects.filter(model="lockers.Locker", record_id=str(made.locker.pk)).exists()


def test_a_held_locker_holds_everything_in_it(places):
    made = a_locker()
    with clock.frozen(clock.now() - timedelta(days=400)):
        a_thread(made)
    held(record=("lockers.Locker", made.locker.pk))
    actions.run(actor="command")
    assert Thread.objects.exists()
    assert queries.locker_held_until(made.locker.pk)
