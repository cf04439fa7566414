"""Texts of a place lie under its own key: readable without look-ups, gone for ever when that key is erased."""

import logging
from uuid import uuid4

import pytest
from django.db import connection

from naast.conversations.models import Message
from naast.conversations.tests.factories import a_thread
from naast.core import crypto, fields, generations
from naast.core.keys import actions, memory
from naast.core.keys.models import PlaceKey
from naast.core.models import OutboxMail, Tombstone
from naast.lockers.tests.factories import a_locker

pytestmark = pytest.mark.django_db


def lies(message: Message) -> bytes:
    return bytes(Message.objects.filter(pk=message.pk).values_list("text", flat=True).get())


def tampered(message: Message, sealed: bytes) -> Message:
    with connection.cursor() as cursor:
        key = Message._meta.pk.get_db_prep_value(message.pk, connection)
        cursor.execute("UPDATE conversations_message SET text = %s WHERE id = %s", [sealed, key])
    return Message.objects.get(pk=message.pk)


@pytest.fixture
def message(places):
    """A message in a thread of Enschede."""
    return Message.objects.select_related("thread").get(thread=a_thread())


class TestPlaces:
    def test_a_text_lies_under_the_key_of_its_place(self, message):
        key = PlaceKey.objects.get(place_id=message.thread.place_id)
        assert crypto.envelope(lies(message)).place_key == key.pk

    def test_what_belongs_to_no_place_lies_under_the_ring(self):
        mail = OutboxMail(kind="x", message_id=str(uuid4()))
        mail.to = "iemand@voorbeeld.example"
        mail.save()
        sealed = bytes(OutboxMail.objects.values_list("to", flat=True).get())
        assert crypto.envelope(sealed).ring_id == "k1"

    def test_the_key_itself_lies_sealed_and_belongs_to_one_place(self, message):
        row = PlaceKey.objects.get(place_id=message.thread.place_id)
        assert memory.unwrap(row) not in bytes(row.wrapped)
        row.place_id = uuid4()
        with pytest.raises(crypto.Unreadable):
            memory.unwrap(row)

    def test_reading_costs_no_query_when_the_key_is_known(self, message, django_assert_num_queries):
        again = list(Message.objects.filter(pk=message.pk))
        with django_assert_num_queries(0):
            assert again[0].text

    def test_one_query_opens_the_keys_of_all_places(self, message, django_assert_num_queries):
        others = [actions.for_writing(uuid4()) for _ in range(12)]
        memory.forget()
        with generations.one_look(), django_assert_num_queries(1):
            assert [memory.key(key_id) for key_id, _ in others] == [key for _, key in others]

    def test_two_places_never_share_a_key(self):
        assert actions.for_writing(uuid4())[1] != actions.for_writing(uuid4())[1]

    def test_a_message_of_another_record_is_refused_and_shown_as_unreadable(self, message):
        other = Message.objects.get(thread=a_thread())
        assert fields.is_unreadable(tampered(message, lies(other)).text)

    def test_a_fresh_key_takes_new_texts_and_the_old_one_still_reads(self, message):
        place_id, old = message.thread.place_id, crypto.envelope(lies(message)).place_key
        fresh = actions.renew(place_id)
        assert actions.for_writing(place_id)[0] == fresh != old
        assert not fields.is_unreadable(Message.objects.get(pk=message.pk).text)


class TestErased:
    def test_with_its_key_every_text_of_a_place_is_gone(self, message):
        assert actions.erase_of_place(message.thread.place_id) == 1
        assert Message.objects.get(pk=message.pk).text == "Deze tekst is niet meer te lezen."
        row = PlaceKey.objects.get(place_id=message.thread.place_id)
        assert row.wrapped is None
        assert row.erased_at
        assert Tombstone.objects.filter(model="core.PlaceKey", record_id=str(row.pk)).exists()

    def test_a_process_that_held_the_key_forgets_it(self, message, monkeypatch):
        sealed = lies(message)
        held = memory._held.opened.copy()
        assert held
        actions.erase_of_place(message.thread.place_id)
        memory._held.opened.update(held)  # as in another process, which did not erase it
        memory._held.number = 0
        monkeypatch.setattr(memory, "LOOK_EVERY", 0.0)
        with pytest.raises(crypto.Unreadable):
            crypto.decrypt(sealed, model="conversations.message", record_id=message.pk, field="text")

    def test_other_places_notice_nothing(self, message):
        other = Message.objects.get(thread=a_thread(a_locker(place="hengelo"), place="hengelo"))
        actions.erase_of_place(message.thread.place_id)
        assert not fields.is_unreadable(Message.objects.get(pk=other.pk).text)

    def test_saving_what_cannot_be_read_leaves_its_bytes(self, message):
        mail = OutboxMail(kind="x", message_id=str(uuid4()))
        mail.to = "iemand@voorbeeld.example"
        mail.save()
        OutboxMail.objects.update(id=(moved := uuid4()))  # another record's text
        again = OutboxMail.objects.get(pk=moved)
        before = bytes(OutboxMail.objects.values_list("to", flat=True).get())
        assert again.to == ""
        again.save()
        assert bytes(OutboxMail.objects.values_list("to", flat=True).get()) == before

    def test_one_line_is_logged_without_a_word_of_it(self, message, caplog):
        actions.erase_of_place(message.thread.place_id)
        with caplog.at_level(logging.WARNING, "naast.core.keys"):
            str(Message.objects.get(pk=message.pk).text)
        assert [record.getMessage() for record in caplog.records] == [
            "conversations.Message.text cannot be read: its key was erased, or never was here"
        ]
