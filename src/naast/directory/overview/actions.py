"""Counting searches that found nothing: by chosen filters only, never by a word (docs/safety.md, Numbers)."""

from collections.abc import Mapping, Sequence

from django.db import transaction

from naast.ledger.actions import count
from naast.ledger.rules import FACTS
from naast.places.rules import PlaceInfo
from naast.places.visits import is_bot

FACT = "search-nothing"
SEVERAL = "several"
NEW = "new"


def count_nothing(
    *, place: PlaceInfo, chosen: Mapping[str, Sequence[str]], method: str, mode: str, agent: str, search: str = ""
) -> bool:
    """Count one search without result if a person asked for it; tells whether it was counted.

    `chosen`: facet -> codes. `mode`, `agent`, `search`: the headers Sec-Fetch-Mode, User-Agent and Naast-Search, looked
    at and kept nowhere. A person asks by a navigation, or by search.js, which loads results in place and says "new" but for
    what was counted before: the same search again, its next page, its map. So each search counts once.
    """
    asked = search == NEW if search else mode in ("navigate", "")
    if method != "GET" or not asked or is_bot(agent):
        return False
    dimensions = {
        facet: codes[0] if len(codes) == 1 else SEVERAL
        for facet, codes in chosen.items()
        if codes and facet in FACTS[FACT]
    }
    with transaction.atomic():
        count(FACT, place=place.slug, amount=1, **dimensions)
    return True
