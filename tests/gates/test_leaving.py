"""What becomes of every record of a place that leaves is decided: each model with a place stands in the table."""

from types import SimpleNamespace

from django.apps import apps
from django.apps.registry import Apps
from django.db import models

from naast.core.fields import sealing_path
from naast.places.departure.table import PARTS, Fate


def undecided(found) -> list[str]:
    """Return the models that point at a place, or are sealed under its key, and have no row in the table."""
    decided = {part.model for part in PARTS}
    return [
        model._meta.label
        for model in found
        if model.__module__.startswith("naast.") and model._meta.label not in decided and _of_a_place(model)
    ]


def _of_a_place(model) -> bool:
    fields = [field for field in model._meta.concrete_fields if field.name != "parent"]
    return bool(sealing_path(model)) or any(
        field.related_model is not None and field.related_model._meta.label == "places.Place" for field in fields
    )


def test_every_model_of_a_place_stands_in_the_table():
    assert undecided(apps.get_models()) == []


def test_every_row_of_the_table_leads_to_its_place():
    for part in PARTS:
        model = apps.get_model(part.model)
        model._base_manager.filter(**{part.way: "x" if part.by == "slug" else None})
        for name in (*part.without, *part.put):
            model._meta.get_field(name)
        for path in part.also.values():
            model._base_manager.order_by(path)


def test_what_does_not_go_along_says_why():
    assert [part.model for part in PARTS if not part.file and not part.why] == []


def test_what_residents_keep_for_themselves_never_goes_along():
    own = {part.model: part.file for part in PARTS}
    assert [own[name] for name in ("lockers.Locker", "guide.KeptPlan", "guide.SharedPlan")] == ["", "", ""]


def test_what_lies_under_the_key_goes_or_is_emptied():
    for part in PARTS:
        if sealing_path(apps.get_model(part.model)):
            assert part.fate is not Fate.STAYS, part.model


def test_canary_a_forgotten_model_is_found():
    class Diary(models.Model):
        place = models.ForeignKey("places.Place", on_delete=models.CASCADE, related_name="+")

        class Meta:
            apps = Apps()
            app_label = "core"

    Diary.__module__ = "naast.core.models"
    Diary._meta.get_field("place").remote_field.model = apps.get_model("places.Place")
    assert undecided([Diary, SimpleNamespace(__module__="elsewhere")]) == ["core.Diary"]
