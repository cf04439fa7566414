"""The demonstration's own words in the shared texts: invented, and said to be so."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import yaml

from naast.content import actions
from naast.content.models import SlotFill
from naast.core import clock
from naast.places import queries

FILE = Path(__file__).parent / "data" / "slot_fills.yaml"
CURRENT = timedelta(days=150)  # filled words are looked at again within half a year
PAST = timedelta(days=-20)


def load_demo_content() -> None:
    """Load the shipped texts, and example words for every place that takes part. What an editor wrote stays."""
    actions.load_shipped()
    data: dict[str, Any] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    written = set(SlotFill.objects.values_list("place__slug", "slot__key"))
    for place in queries.all_places():
        if not place.takes_part:
            continue
        own = data["places"].get(place.slug, {})
        late = set(data["late"].get(place.slug, ()))
        for key, body in own.items():
            if (place.slug, key) in written:
                continue
            due = clock.today() + (PAST if key in late else CURRENT)
            actions.fill_slot(
                user=None,
                place=place,
                key=key,
                body=body.format(name=place.name, slug=place.slug),
                review_due=due,
                is_example=True,
            )
