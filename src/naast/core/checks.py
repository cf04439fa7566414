"""System checks of the ground: what people's records need."""

from typing import Any

from django.core.checks import Error, register

from . import kept


@register()
def people_are_declared(app_configs: Any, **kwargs: Any) -> list[Error]:
    """Every model with a locker, a person or people's text stands in the registry of what is kept."""
    return [
        Error(f"{model._meta.label} keeps something about people but is not declared in core.kept.", id="naast.E001")
        for model in kept.models_about_people()
        if not kept.is_declared(model)
    ]
