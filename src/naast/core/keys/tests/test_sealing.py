"""A text under a place's key is bound to its record, its field and that key; every model says whose key."""

from types import SimpleNamespace
from uuid import UUID

import pytest
from django.apps.registry import Apps
from django.db import models
from hypothesis import given
from hypothesis import strategies as st

from naast.core import checks, clock, crypto, fields, generations
from naast.core.keys import actions, memory
from naast.core.models import AuditLine, PlaceKey

WHERE = {"model": "x.y", "record_id": "1", "field": "text"}
KEY = (UUID(int=7), b"p" * 32)


@pytest.fixture
def held(monkeypatch):
    """Two open keys in memory, without a database."""
    keys = {UUID(int=7): b"p" * 32, UUID(int=8): b"q" * 32}
    monkeypatch.setattr(memory, "key", keys.__getitem__)


class TestEnvelope:
    @given(st.text())
    def test_text_comes_back_whole(self, text):
        sealed = crypto.encrypt_for_place(text, KEY, **WHERE)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(memory, "key", lambda key_id: KEY[1])
            assert crypto.decrypt(sealed, **WHERE) == text

    @given(st.integers(min_value=0), st.integers(min_value=1, max_value=255))
    def test_a_changed_byte_is_refused(self, position, flip):
        sealed = bytearray(crypto.encrypt_for_place("een geheim van iemand", KEY, **WHERE))
        sealed[position % len(sealed)] ^= flip
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(memory, "key", lambda key_id: KEY[1])  # even where the changed id leads to the same key
            with pytest.raises(crypto.Unreadable):
                crypto.decrypt(bytes(sealed), **WHERE)

    @given(st.integers(min_value=0, max_value=65))
    def test_a_text_that_was_cut_off_is_refused(self, length):
        sealed = crypto.encrypt_for_place("een geheim van iemand", KEY, **WHERE)[:length]
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(memory, "key", lambda key_id: KEY[1])
            with pytest.raises(crypto.Unreadable):
                crypto.decrypt(sealed, **WHERE)

    @pytest.mark.parametrize("change", [{"model": "x.z"}, {"record_id": "2"}, {"field": "note"}])
    def test_a_text_moved_elsewhere_is_refused(self, held, change):
        sealed = crypto.encrypt_for_place("geheim", KEY, **WHERE)
        with pytest.raises(crypto.Unreadable):
            crypto.decrypt(sealed, **{**WHERE, **change})

    def test_another_places_key_does_not_open_it(self, held):
        sealed = crypto.encrypt_for_place("geheim", KEY, **WHERE)
        swapped = sealed[:1] + UUID(int=8).bytes + sealed[17:]
        with pytest.raises(crypto.Unreadable):
            crypto.decrypt(swapped, **WHERE)

    def test_a_text_of_before_is_still_read(self):
        assert crypto.decrypt(crypto.encrypt("oud", **WHERE), **WHERE) == "oud"


class TestDeclared:
    def test_every_model_with_text_says_whose_key(self):
        assert [error.msg for error in checks.texts_have_a_key(None)] == []

    @pytest.mark.parametrize("path", [None, "nowhere__place_id", "line_id", "line__at"])
    def test_canary_a_model_that_leads_nowhere_is_found(self, monkeypatch, path):
        class Diary(models.Model):
            sealing_place = path
            line = models.ForeignKey(AuditLine, on_delete=models.CASCADE)
            text = fields.EncryptedTextField()

            class Meta:
                apps = Apps()
                app_label = "core"
                managed = False

        monkeypatch.setattr(checks, "apps", SimpleNamespace(get_models=lambda: [Diary]))
        assert len(checks.texts_have_a_key(None)) == 1


class TestForgetting:
    def test_a_key_that_was_only_written_with_is_forgotten_too_when_another_process_erases_it(self, db, monkeypatch):
        """A process that had read no text yet knew of no earlier erasing, and kept the key it wrote with for ever."""
        memory.forget()
        row_id, _bytes = actions.for_writing(UUID(int=9))
        PlaceKey.objects.filter(pk=row_id).update(wrapped=None, ring_id="", erased_at=clock.now())
        generations.bump(memory.GENERATION)
        monkeypatch.setattr(memory, "LOOK_EVERY", 0)
        with pytest.raises(crypto.Unreadable):
            memory.key(row_id)
        memory.forget()
