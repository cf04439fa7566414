"""System checks of the ground: what people's records need."""

from typing import Any

from django.apps import apps
from django.core.checks import Error, register
from django.core.exceptions import FieldDoesNotExist
from django.db import models

from . import fields, kept


@register()
def people_are_declared(app_configs: Any, **kwargs: Any) -> list[Error]:
    """Every model with a locker, a person or people's text stands in the registry of what is kept."""
    return [
        Error(f"{model._meta.label} keeps something about people but is not declared in core.kept.", id="naast.E001")
        for model in kept.models_about_people()
        if not kept.is_declared(model)
    ]


@register()
def texts_have_a_key(app_configs: Any, **kwargs: Any) -> list[Error]:
    """Every model with people's text says under which place's key it lies, or that it belongs to no place."""
    return [
        Error(
            f"{model._meta.label} keeps people's text and does not say under whose key: give it sealing_place, the way to "
            "a place's id (thread__place_id), or core.fields.NO_PLACE.",
            id="naast.E002",
        )
        for model in apps.get_models()
        if any(isinstance(field, fields.EncryptedTextField) for field in model._meta.get_fields())
        and not _leads_to_a_place(model, fields.sealing_path(model))
    ]


def _leads_to_a_place(model: type[models.Model], path: str | None) -> bool:
    if path in (None, fields.NO_PLACE):
        return path is not None
    target: Any = model
    *steps, last = path.split("__")
    try:
        for name in steps:
            target = target._meta.get_field(name).related_model
        related = target._meta.get_field(last.removesuffix("_id")).related_model
    except (FieldDoesNotExist, AttributeError):
        return False
    return last.endswith("_id") and related is not None and related._meta.label == "places.Place"
