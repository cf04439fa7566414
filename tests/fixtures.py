"""Factories that more than one room's tests use."""

from naast.demo.places import load_demo_places


def load_places() -> None:
    """Load all municipalities, regions and desks of the demonstration; all that take part are live."""
    from naast.places.models import Place

    load_demo_places(publish=False)
    Place.objects.filter(takes_part=True).update(live=True)
