"""Search speed: CPU of one search, with filters and counts, over 60 and over 5,000 generated offers; and of building the index.

Usage: python -m bench.search_speed. The offers are made of our own word lists by a fixed seed; the questions are real ones:
words, misspellings, whole sentences, words that nearly every offer has, words that none has. Run on a database of its own.
"""

import random
import statistics
import time
from collections.abc import Sequence
from typing import Any
from uuid import UUID

SEED = 20261122
SIZES = (60, 5_000)
ROUNDS = 5
QUESTIONS = (
    "omgangsregelng",
    "papa ziet de kinderen niet",
    "buddy voor mijn dochter van 9",
    "vechtscheiding",
    "ik kan geen advocaat betalen",
    "ruzie met de andere ouder over de vakantie",
    "gratis groep voor kinderen",
    "ouders",
    "scheiding",
    "mijn man slaat me",
    "qwertyuiop",
    "",
)
NAMES = ("Gesprek", "Groep", "Inloop", "Cursus", "Buddy", "Spreekuur", "Training", "Loket", "Maatje", "Begeleiding")
THEMES = (
    "over omgang", "na de scheiding", "voor stiefgezinnen", "over geld", "voor ouders", "voor kinderen", "bij ruzie",
    "over wonen", "met een mediator", "voor jongeren", "bij verdriet", "over opvoeden", "voor grootouders", "op school",
    "over het ouderschapsplan",
)  # fmt: skip


def _words(random_: random.Random, vocabulary: Sequence[str], number: int) -> str:
    return " ".join(random_.choice(vocabulary) for _ in range(number))


def generated(number: int, places: Sequence[str], organisation: str) -> list[dict[str, Any]]:
    """Make offers as a file has them: 60 to 90 words each, a tenth national, most with several audiences and phases."""
    from naast.directory import rules
    from naast.directory.search.thesaurus import shipped
    from naast.places.rules import AUDIENCES, PHASES

    random_ = random.Random(SEED)
    vocabulary = sorted(word for word in shipped().words() if len(word) > 3)
    # words that only one offer has, as names of places and methods are
    own = ["".join(random_.choice("bdfgklmnprstvw") + random_.choice("aeiou") for _ in range(4)) for _ in range(number)]
    made = []
    for place_in_row in range(number):
        made.append(
            {
                "id": str(UUID(int=random_.getrandbits(128), version=4)),
                "slug": f"gemaakt-{place_in_row}",
                "name": f"{random_.choice(NAMES)} {random_.choice(THEMES)} {own[place_in_row]}",
                "organisation": organisation,
                "summary": _words(random_, vocabulary, 12),
                "description": _words(random_, vocabulary, random_.randint(40, 70)),
                "audiences": random_.sample(AUDIENCES, random_.randint(1, 3)),
                "age_min": random_.choice([None, 4, 8, 12]),
                "age_max": random_.choice([None, 12, 18, 23]),
                "phases": random_.sample(PHASES, random_.randint(1, 4)),
                "subjects": random_.sample([subject.slug for subject in rules.subjects()], 2),
                "form": random_.sample(rules.FORMS, random_.randint(1, 2)),
                "costs": {"kind": random_.choice(rules.COSTS), "text": None},
                "area": [rules.COUNTRY] if random_.random() < 0.1 else random_.sample(places, random_.randint(1, 3)),
            }
        )
    return made


def fill(number: int) -> float:
    """Replace all offers by generated ones; returns how many a second were written and indexed."""
    from django.db import transaction

    from naast.directory import actions
    from naast.directory.models import Offer
    from naast.directory.search import index
    from naast.places.queries import by_slug, members

    region = by_slug("twente")
    assert region is not None
    places = [region.slug, *(member.slug for member in members(region))]
    organisation = {"id": str(UUID(int=1, version=4)), "slug": "gemaakt", "name": "Gemaakt", "kind": "lokaal"}
    with transaction.atomic():
        Offer.objects.all().delete()
        index.rebuild()
    made = generated(number, places, organisation["slug"])
    actions.load_records(organisations=[organisation], offers=made, actor="system")
    begin = time.process_time()
    with transaction.atomic():
        index.rebuild()
    return number / (time.process_time() - begin)


def measure() -> tuple[float, float, int]:
    """CPU in milliseconds of one search: the median and the slowest question; and the queries of one."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from naast.core.generations import watch
    from naast.directory.queries import SearchQuery, search
    from naast.places.queries import by_slug

    place = by_slug("enschede")
    watch.start()
    watch.look()
    asked = [SearchQuery(q=question, place=place) for question in QUESTIONS]
    asked += [SearchQuery(q=question, place=place, audience="ouders", costs="gratis") for question in QUESTIONS]
    figures = []
    for query in asked:
        search(query)
        rounds = []
        for _ in range(ROUNDS):
            begin = time.process_time()
            search(query)
            rounds.append((time.process_time() - begin) * 1000)
        figures.append(statistics.median(rounds))
    with CaptureQueriesContext(connection) as seen:
        search(asked[1])
    return statistics.median(figures), max(figures), len(seen)


def _put_back() -> None:
    from django.db import transaction

    from naast.directory import actions
    from naast.directory.models import Offer
    from naast.directory.search import index

    with transaction.atomic():
        Offer.objects.all().delete()
        index.rebuild()
    actions.load_shipped()


def rows() -> list[tuple[str, str, str, str, str]]:
    """Rows for `make bench`: what, measured, queries, aim, peers. The installation's own offers are put back at the end."""
    made = []
    for size in SIZES:
        speed = fill(size)
        middle, slowest, queries = measure()
        label = f"search over {size:,} offers".replace(",", ".")
        made.append((label, f"{middle:.1f} ms (slowest {slowest:.1f})", str(queries), "≤ 20 ms", ""))
        made.append(
            (f"indexing {size:,} offers".replace(",", "."), f"{speed:,.0f} a second", "", "≥ 2.000 a second", "")
        )
    _put_back()
    return made


if __name__ == "__main__":
    from bench.__main__ import set_up

    set_up()
    for what, measured, queries, aim, _peers in rows():
        print(f"{what:32} {measured:34} {queries:>3} queries   aim {aim}")
