"""What this room keeps about people (staff who wrote), and what a place needs of it before it may be published."""

from datetime import timedelta
from typing import Any

from django.apps import apps

from naast.content import tasks
from naast.core import kept, live, worker
from naast.places import queries as places

MINUTE = timedelta(minutes=1)


def declare() -> None:
    """Register with the ground."""
    from naast.content.models import SlotFill
    from naast.content.models_checked import Checked

    for model in apps.get_app_config("content").get_models():
        if issubclass(model, Checked):
            kept.register(_by_staff(model._meta.label))
    kept.register(_by_staff(SlotFill._meta.label))
    live.register(texts_are_there)
    worker.every(MINUTE, "content.publish_due", tasks.publish_due)


def _by_staff(model: str) -> kept.Kept:
    return kept.Kept(
        model=model,
        about="medewerkers",
        name="Wie een tekst schreef",
        purpose="Weten welke medewerker een tekst schreef of vergrendelde",
        ground="AVG artikel 6 lid 1 onder e",
        retention="zolang de tekst bestaat; de naam vervalt als het account wordt gewist",
        show="Bij een tekst staat intern welke medewerker hem schreef. Lezers zien alleen de afdeling.",
    )


def texts_are_there(place: Any) -> list[str]:
    """Say what a place lacks before it may be published: the texts its statements stand below, its required slots.

    What a place declares itself is data, and `upkeep.statements` asks for it.
    """
    from . import library, queries

    info = places.by_slug(place.slug)
    if info is None:
        return []
    kinds = {"privacy": "privacyverklaring", "accessibility": "toegankelijkheidsverklaring"}
    missing: list[str] = [
        live.Lacking(f"De tekst boven de {word} ontbreekt. Plaats hem in het redactiescherm.", "/beheer/pages/")
        for kind, word in kinds.items()
        if queries.statement(kind) is None
    ]
    filled = {key for _at, fills in queries.fills_along(places.path(info)) for key in fills}
    slots = library.library().slots.values()
    return missing + [
        live.Lacking(f"Vul in: {slot.title}.", f"/beheer/plekken/{info.slug}/{slot.key}/")
        for slot in slots
        if slot.required and slot.key not in filled
    ]
