"""Every field by which a file can come in goes by the one road (core.uploads); a new one without it fails here."""

import ast
import importlib
import inspect
import pkgutil
from pathlib import Path

import pytest
from django import forms
from django.apps import apps
from django.db import models

import naast
from naast.core.uploads import declared
from naast.core.uploads.tests import factories as made

SOURCE = Path(naast.__file__).parent


def model_fields(all_models):
    """Return every model field that keeps a file, as 'app.Model.field'."""
    return {
        f"{model._meta.label}.{field.name}"
        for model in all_models
        for field in model._meta.get_fields()
        if isinstance(field, models.FileField)
    }


def _our_forms():
    for module in pkgutil.walk_packages([str(SOURCE)], "naast."):
        if any(part in module.name for part in (".tests", ".migrations", "settings", "__main__", "wsgi")):
            continue
        if "form" not in module.name.rpartition(".")[2] and not module.name.endswith(("views", "models")):
            continue
        found = importlib.import_module(module.name)
        for _name, one in inspect.getmembers(found, inspect.isclass):
            if issubclass(one, forms.BaseForm) and one.__module__ == module.name:
                yield one


def form_fields(form_classes):
    """Return every field of a form that takes a file, without those of models."""
    found = set()
    for one in form_classes:
        of_model = getattr(getattr(one, "_meta", None), "model", None)
        for name, field in getattr(one, "base_fields", {}).items():
            if isinstance(field, forms.FileField) and of_model is None:
                found.add(f"{one.__module__}.{one.__qualname__}.{name}")
    return found


def readers(paths):
    """Return the modules that read request.FILES."""
    found = set()
    for path in paths:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute) and node.attr == "FILES":
                found.add(path)
    return found


def test_every_field_of_a_model_that_keeps_a_file_has_its_road():
    assert model_fields(apps.get_models()) == set(declared.MODELS)


def test_every_field_of_a_form_that_takes_a_file_has_its_road():
    assert form_fields(_our_forms()) == set(declared.FORMS)


def test_who_reads_what_a_request_sends_is_known():
    sources = [path for path in SOURCE.rglob("*.py") if "tests" not in path.parts]
    assert {str(path.relative_to(SOURCE)) for path in readers(sources)} == set(declared.READERS)


def test_the_default_storage_is_the_last_gate():
    from django.core.files.storage import default_storage

    from naast.core.uploads.storage import Storage

    assert isinstance(default_storage._wrapped if hasattr(default_storage, "_wrapped") else default_storage, Storage)
    for model in apps.get_models():
        for field in model._meta.get_fields():
            if isinstance(field, models.FileField):
                assert field.storage == default_storage, field


@pytest.mark.django_db
@pytest.mark.parametrize(
    "label", [name for name, how in declared.MODELS.items() if how not in ("closed", "made by us")]
)
def test_a_program_named_as_a_picture_is_refused_by_the_form_of_each_field(label):
    form_class, name = _form_of(label)
    file = made.upload(b"MZ" + b"\0" * 500, {"paper": "x.pdf", "film": "x.mp4"}.get(declared.MODELS[label], "x.jpg"))
    form = form_class({"title": "Proef"}, {name: file})
    assert any("wat de naam ook zegt" in error for error in form.errors[name])


@pytest.mark.django_db
def test_a_photo_of_an_editor_loses_where_it_was_taken_also_in_what_the_request_holds():
    form_class, name = _form_of("wagtailimages.Image.file")
    file = made.upload(made.with_place(), "Bij oma thuis.jpg")
    form = form_class({"title": "Bij oma thuis.jpg", "collection": _root()}, {name: file})
    assert not form.errors.get(name)
    assert b"oma" not in file.read()
    assert form.cleaned_data["title"] == "Bij oma thuis"


def test_nobody_uploads_their_face():
    from wagtail.admin.views.account import AvatarSettingsPanel

    assert not AvatarSettingsPanel.is_active(None)


def _root():
    from wagtail.models import Collection

    return Collection.objects.get_or_create(pk=1, defaults={"name": "Root", "path": "0001", "depth": 1})[0].pk


def _form_of(label):
    from wagtail.documents import get_document_model
    from wagtail.documents.forms import get_document_form
    from wagtail.images import get_image_model
    from wagtail.images.forms import get_image_form

    name = label.rpartition(".")[2]
    if label.startswith("wagtailimages"):
        return get_image_form(get_image_model()), name
    if label.startswith("wagtaildocs"):
        return get_document_form(get_document_model()), name
    from naast.content.media.models import Film

    return Film.get_edit_handler().get_form_class() if hasattr(Film, "get_edit_handler") else _film_form(), name


def _film_form():
    from wagtail.admin.panels import get_edit_handler

    from naast.content.media.models import Film

    return get_edit_handler(Film).get_form_class()


# ---------- canaries ----------


def test_canary_a_new_field_without_a_road_is_found(tmp_path):
    class Careless(forms.Form):
        attachment = forms.ImageField()

    field = models.FileField(name="careless")

    class Model:
        class _meta:
            label = "x.Careless"
            get_fields = staticmethod(lambda: [field])

    (tmp_path / "careless.py").write_text("def view(request):\n    return request.FILES['x'].read()\n")
    assert model_fields([Model]) == {"x.Careless.careless"}
    assert any(name.endswith("Careless.attachment") for name in form_fields([Careless]))
    assert readers([tmp_path / "careless.py"])
