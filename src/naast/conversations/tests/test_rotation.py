"""Turning keys reaches messages too, though history is never edited."""

import pytest
from django.db import connection

from naast.conversations.models import Message
from naast.conversations.tests.factories import QUESTION, a_thread
from naast.lockers import rotation

pytestmark = pytest.mark.django_db
OLD, NEW = b"o" * 32, b"n" * 32


def test_append_only_messages_are_sealed_anew_without_being_edited(places, settings):
    settings.NAAST_KEYRING = {"k1": OLD}
    a_thread()
    settings.NAAST_KEYRING = {"k2": NEW, "k1": OLD}
    assert rotation.rotate().turned["conversations.Message"] == 1
    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM conversations_message")
        assert rotation.key_of(bytes(cursor.fetchone()[0])) == "k2"
    settings.NAAST_KEYRING = {"k2": NEW}
    assert Message.objects.get().text == QUESTION
