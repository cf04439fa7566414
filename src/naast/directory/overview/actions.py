"""Counting searches that found nothing: by chosen filters only, never by a word (docs/safety.md, Numbers)."""

from collections.abc import Mapping, Sequence

from django.db import transaction

from naast.ledger.actions import count
from naast.ledger.rules import FACTS
from naast.places.rules import PlaceInfo
from naast.places.visits import is_bot

FACT = "search-nothing"
SEVERAL = "several"


def count_nothing(*, place: PlaceInfo, chosen: Mapping[str, Sequence[str]], method: str, mode: str, agent: str) -> bool:
    """Count one search without result if a person came to it by a navigation; tells whether it was counted.

    `chosen`: facet -> codes. `mode`, `agent`: the headers Sec-Fetch-Mode and User-Agent, looked at
    and kept nowhere. What scripts load in place while somebody types is no navigation, so each search counts once.
    """
    if method != "GET" or mode not in ("navigate", "") or is_bot(agent):
        return False
    dimensions = {
        facet: codes[0] if len(codes) == 1 else SEVERAL
        for facet, codes in chosen.items()
        if codes and facet in FACTS[FACT]
    }
    with transaction.atomic():
        count(FACT, place=place.slug, amount=1, **dimensions)
    return True
