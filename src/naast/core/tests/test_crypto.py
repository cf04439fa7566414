"""Encryption of people's text."""

from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from naast.core import crypto
from naast.core.models import OutboxMail

WHERE = {"model": "x.y", "record_id": "1", "field": "text"}


@given(st.text())
def test_text_comes_back_whole(text):
    assert crypto.decrypt(crypto.encrypt(text, **WHERE), **WHERE) == text


@given(st.text(min_size=8, alphabet="abcdefgh "))
def test_the_stored_bytes_do_not_show_the_text(text):
    assert text.encode() not in crypto.encrypt(text, **WHERE)


@pytest.mark.parametrize("change", [{"model": "x.z"}, {"record_id": "2"}, {"field": "note"}])
def test_a_text_moved_elsewhere_is_refused(change):
    sealed = crypto.encrypt("geheim", **WHERE)
    with pytest.raises(crypto.Unreadable):
        crypto.decrypt(sealed, **{**WHERE, **change})


@given(st.integers(min_value=0, max_value=45), st.integers(min_value=1, max_value=255))
def test_a_changed_byte_is_refused(position, flip):
    sealed = bytearray(crypto.encrypt("een geheim van iemand", **WHERE))
    sealed[position % len(sealed)] ^= flip
    with pytest.raises(crypto.Unreadable):
        crypto.decrypt(bytes(sealed), **WHERE)


def test_an_older_key_stays_readable_and_new_text_takes_the_newest(settings):
    sealed = crypto.encrypt("oud", **WHERE)
    settings.NAAST_KEYRING = {"k9": b"9" * 32, **settings.NAAST_KEYRING}
    assert crypto.decrypt(sealed, **WHERE) == "oud"
    assert crypto.encrypt("nieuw", **WHERE)[2:4] == b"k9"


def test_without_its_key_it_is_refused(settings):
    sealed = crypto.encrypt("oud", **WHERE)
    settings.NAAST_KEYRING = {"k9": b"9" * 32}
    with pytest.raises(crypto.Unreadable):
        crypto.decrypt(sealed, **WHERE)


@pytest.mark.django_db
class TestField:
    def test_reads_as_text_and_lies_sealed(self):
        mail = OutboxMail(kind="x", message_id=str(uuid4()))
        mail.to = "iemand@voorbeeld.example"
        mail.save()
        again = OutboxMail.objects.get(pk=mail.pk)
        assert again.to == "iemand@voorbeeld.example"
        raw = OutboxMail.objects.values_list("to", flat=True).get(pk=mail.pk)
        assert b"iemand" not in bytes(raw)

    def test_saving_what_was_never_opened_keeps_it(self):
        mail = OutboxMail(kind="x", message_id=str(uuid4()))
        mail.to = "iemand@voorbeeld.example"
        mail.save()
        again = OutboxMail.objects.get(pk=mail.pk)
        again.attempts = 2
        again.save()
        assert OutboxMail.objects.get(pk=mail.pk).to == "iemand@voorbeeld.example"

    def test_cannot_be_searched(self):
        with pytest.raises(TypeError):
            OutboxMail.objects.filter(to="iemand").exists()
