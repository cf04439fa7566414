"""What is kept about people is declared, with purpose, ground and retention."""

from pathlib import Path
from types import SimpleNamespace

from django.apps.registry import Apps
from django.db import models

from naast.core import checks, kept
from naast.core.fields import EncryptedTextField


def test_every_model_about_people_is_declared():
    assert [error.msg for error in checks.people_are_declared(None)] == []


def test_every_declaration_says_why_and_how_long():
    for entry in kept.all_kept():
        assert entry.purpose, entry.model
        assert entry.ground, entry.model
        assert entry.retention, entry.model
        assert entry.show, entry.model


def test_canary_an_undeclared_model_with_text_is_found(monkeypatch):
    class Diary(models.Model):
        text = EncryptedTextField()

        class Meta:
            apps = Apps()  # a registry of its own: no other test sees it
            app_label = "core"
            managed = False

    Diary.__module__ = "naast.core.models"
    monkeypatch.setattr(kept, "apps", SimpleNamespace(get_models=lambda: [Diary]))
    assert checks.people_are_declared(None)


def test_the_page_about_what_is_kept_is_what_the_house_keeps():
    from naast.core import kept_page

    shipped = (Path(__file__).parents[2] / "docs" / "kept.md").read_text(encoding="utf-8")
    assert shipped == kept_page.page(), "run: naast kept > docs/kept.md"
