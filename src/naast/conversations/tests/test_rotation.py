"""Turning keys reaches messages too, though history is never edited; it can be stopped, killed and run again."""

import json
import os
import signal
from argparse import Namespace
from datetime import timedelta

import pytest

from naast.conversations.models import Message
from naast.conversations.tests.factories import QUESTION, a_thread
from naast.core import clock, crypto
from naast.core import commands as core_commands
from naast.core.keys import actions, memory, turning
from naast.core.keys.models import PlaceKey
from naast.lockers import commands, rotation

pytestmark = pytest.mark.django_db


def as_before(message: Message, text: str = QUESTION) -> None:
    """Lay a message as it lay before places had keys of their own."""
    sealed = crypto.encrypt(text, model="conversations.message", record_id=message.pk, field="text")
    Message.objects.filter(pk=message.pk).update(text=sealed)


def outside(message: Message) -> crypto.Envelope:
    return crypto.envelope(bytes(Message.objects.filter(pk=message.pk).values_list("text", flat=True).get()))


@pytest.fixture
def older(places):
    """Five messages of before, each in a thread of its own."""
    found = [Message.objects.get(thread=a_thread()) for _ in range(5)]
    for message in found:
        as_before(message)
    return found


@pytest.fixture
def small(monkeypatch):
    """Batches of one, so that every text is a place to stop."""
    monkeypatch.setattr(turning, "READ_AT_ONCE", 1)
    monkeypatch.setattr(turning, "WRITE_AT_ONCE", 1)


def test_append_only_messages_are_sealed_anew_without_being_edited(older):
    assert rotation.rotate().turned["conversations.Message"] == 5
    key = PlaceKey.objects.get()
    assert {outside(message).place_key for message in older} == {key.pk}
    assert {message.text for message in Message.objects.all()} == {QUESTION}


def test_stopped_halfway_it_goes_on_where_it_was(older, small):
    asked = iter([False, False, True])
    with pytest.raises(rotation.Stopped):
        turning.turn(stop=lambda: next(asked))
    done = [outside(message).place_key is not None for message in older]
    assert 0 < sum(done) < 5
    assert rotation.rotate().turned["conversations.Message"] == 5 - sum(done), "nothing is done twice"


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_the_command_stops_between_two_batches_when_asked(older, small, monkeypatch, capsys, number):
    monkeypatch.setattr(commands, "_teller", lambda: lambda progress: os.kill(os.getpid(), number))
    before = signal.getsignal(number)
    assert commands.run_rotate(Namespace(json=True, drop=None, drop_salt=None, place=None)) == 1
    assert json.loads(capsys.readouterr().out) == {"stopped": True}
    assert signal.getsignal(number) == before
    assert {message.text for message in Message.objects.all()} == {QUESTION}
    monkeypatch.undo()
    assert commands.run_rotate(Namespace(json=True, drop=None, drop_salt=None, place=None)) == 0
    assert all(outside(message).place_key for message in older)


def test_a_process_that_dies_halfway_leaves_every_text_readable(older, small, monkeypatch):
    class Killed(BaseException):
        pass

    whole, calls = turning._write, []

    def dies(*args):
        if len(calls) == 2:
            raise Killed
        calls.append(1)
        return whole(*args)

    monkeypatch.setattr(turning, "_write", dies)
    with pytest.raises(Killed):
        rotation.rotate()
    assert {message.text for message in Message.objects.all()} == {QUESTION}
    monkeypatch.setattr(turning, "_write", whole)
    rotation.rotate()
    assert all(outside(message).place_key for message in older)


def test_what_somebody_writes_meanwhile_is_not_lost(older, monkeypatch):
    whole = turning._sealed_anew

    def slowly(model, one, pk, lies, key):
        fresh = whole(model, one, pk, lies, key)
        as_before(Message.objects.get(pk=pk), "Ondertussen veranderd.")
        return fresh

    monkeypatch.setattr(turning, "_sealed_anew", slowly)
    monkeypatch.setattr(turning, "PASSES", 1)
    rotation.rotate()
    assert {message.text for message in Message.objects.all()} == {"Ondertussen veranderd."}


def test_a_text_that_cannot_be_opened_is_left_and_told(older):
    message = older[0]
    broken = bytes(Message.objects.filter(pk=message.pk).values_list("text", flat=True).get())[:-1] + b"x"
    Message.objects.filter(pk=message.pk).update(text=broken)
    report = rotation.rotate()
    assert (report.unreadable, report.turned["conversations.Message"]) == (1, 4)
    assert bytes(Message.objects.filter(pk=message.pk).values_list("text", flat=True).get()) == broken


def test_a_place_gets_a_fresh_key_and_its_texts_move(older, capsys):
    rotation.rotate()
    old = PlaceKey.objects.get()
    other = Message.objects.get(thread=a_thread(place="hengelo"))
    theirs = outside(other)
    assert commands.run_rotate(Namespace(json=True, drop=None, drop_salt=None, place="enschede")) == 0
    assert json.loads(capsys.readouterr().out)["turned"]["conversations.Message"] == 5
    fresh = PlaceKey.objects.get(place_id=old.place_id, retired_at=None)
    assert {outside(message).place_key for message in older} == {fresh.pk} != {old.pk}
    assert outside(other) == theirs


def test_an_old_key_of_a_place_goes_when_nothing_can_need_it(older):
    rotation.rotate()
    old = PlaceKey.objects.get()
    turning.begin(old.place_id)
    rotation.rotate()
    old.refresh_from_db()
    assert old.wrapped is not None, "a transaction that began before may still seal with it"
    with clock.frozen(clock.now() + timedelta(hours=2)):
        assert rotation.rotate().forgotten == 1
    assert {message.text for message in Message.objects.all()} == {QUESTION}


def test_a_move_that_was_killed_goes_on_with_the_same_fresh_key(older):
    rotation.rotate()
    place_id = PlaceKey.objects.get().place_id
    assert turning.begin(place_id)
    assert not turning.begin(place_id), "its texts still have to move"
    rotation.rotate(place_id=place_id)
    assert turning.begin(place_id)


def test_progress_tells_how_far_it_is(older, small):
    told = []
    turning.turn(tell=lambda progress: told.append(progress.percent))
    assert told == sorted(told)
    assert told[-1] == 100


def test_the_outside_of_all_texts_is_counted_by_key(older, capsys):
    as_before(older[0])
    actions.for_writing(PlaceKey.objects.get().place_id)
    assert commands.run_status(Namespace(json=True)) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["places"][0]["place"] == "enschede"
    assert told["textsByKey"]["k1"] >= 6, "five texts of before and the place's key"


def test_a_ring_that_lacks_a_needed_key_is_said_in_one_line(older, settings, capsys):
    settings.NAAST_KEYRING = {"k9": b"9" * 32}
    memory.forget()
    assert commands.run_status(Namespace(json=False)) == 1
    assert "key k1 is nodig, maar staat niet in de omgeving." in capsys.readouterr().out
    line = "NAAST_KEYRING mist k1: er zijn teksten die deze sleutel nog nodig hebben."
    core_commands.warn_of_keys()
    assert capsys.readouterr().err == f"naast: {line}\n"
    assert core_commands.run_check(Namespace(deploy=False)) == 1
    assert line in capsys.readouterr().out
    assert {str(message.text) for message in Message.objects.all()} == {"Deze tekst is niet meer te lezen."}
