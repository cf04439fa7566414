"""Search speed: CPU of one search with ten filters and their counts, of suggestions, and of building the index.

Usage: python -m bench.search_speed. The offers are made of our own word lists by a fixed seed; the questions are real ones:
words, misspellings, whole sentences, words that nearly every offer has, words that none has. Run on a database of its own.
"""

import random
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from typing import Any
from uuid import UUID

SEED = 20261122
SIZES = {5_000: 20, 50_000: 60}  # offers -> budget of one search, in milliseconds
TODAY = date.today()
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
# what stands in the field while somebody types
TYPED = (
    "be", "omg", "omgangsreg", "advokaa", "ruzie met de an", "buddy voor mijn d", "papa zi", "gesprek", "groep over o",
    "scheidng", "mijn man slaat m", "qwertyuiop", "s", "stie", "mediator kin",
)  # fmt: skip
NAMES = ("Gesprek", "Groep", "Inloop", "Cursus", "Buddy", "Spreekuur", "Training", "Loket", "Maatje", "Begeleiding")
THEMES = (
    "over omgang", "na de scheiding", "voor stiefgezinnen", "over geld", "voor ouders", "voor kinderen", "bij ruzie",
    "over wonen", "met een mediator", "voor jongeren", "bij verdriet", "over opvoeden", "voor grootouders", "op school",
    "over het ouderschapsplan",
)  # fmt: skip


def _words(random_: random.Random, vocabulary: Sequence[str], number: int) -> str:
    return " ".join(random_.choice(vocabulary) for _ in range(number))


def generated(number: int, places: Mapping[str, Any], organisation: Any) -> tuple[list[Any], list[Any]]:
    """Make offers and the areas they serve: 60 to 90 words each, a tenth national, with all that the ten filters ask."""
    from naast.directory import rules
    from naast.directory.models import Offer, OfferArea
    from naast.directory.search.thesaurus import shipped
    from naast.places.rules import AUDIENCES, PHASES

    random_ = random.Random(SEED)
    vocabulary = sorted(word for word in shipped().words() if len(word) > 3)
    # words that only one offer has, as names of places and methods are
    own = ["".join(random_.choice("bdfgklmnprstvw") + random_.choice("aeiou") for _ in range(4)) for _ in range(number)]
    near = [slug for slug in places if slug != rules.COUNTRY]
    groups = [group.slug for group in rules.special_groups()]
    offers, areas = [], []
    for place_in_row in range(number):
        least = random_.choice([None, 0, 2, 6, 20])
        checked = random_.choice([None, TODAY - timedelta(days=random_.randint(1, 500))])
        offer = Offer(
            pk=UUID(int=random_.getrandbits(128), version=4),
            slug=f"gemaakt-{place_in_row}",
            name=f"{random_.choice(NAMES)} {random_.choice(THEMES)} {own[place_in_row]}",
            organisation=organisation,
            summary=_words(random_, vocabulary, 12),
            description=_words(random_, vocabulary, random_.randint(40, 70)),
            audiences=random_.sample(AUDIENCES, random_.randint(1, 3)),
            age_min=random_.choice([None, 4, 8, 12]),
            age_max=random_.choice([None, 12, 18, 23]),
            phases=random_.sample(PHASES, random_.randint(1, 4)),
            subjects=random_.sample([subject.slug for subject in rules.subjects()], 2),
            forms=random_.sample(rules.FORMS, random_.randint(1, 2)),
            languages=["nl", *random_.sample(["en", "tr", "ar", "pl"], random_.choice([0, 0, 0, 1, 2]))],
            costs=random_.choice(rules.COSTS),
            payers=random_.sample(rules.PAYERS, random_.randint(0, 2)),
            referral=random_.choice(rules.REFERRALS),
            special_groups=random_.sample(groups, random_.choice([0, 0, 0, 1, 2])),
            waiting_min=least,
            waiting_max=None if least is None else least + random_.randint(0, 6),
            waiting_on=None if least is None else TODAY - timedelta(days=random_.randint(1, 300)),
            checked_on=checked,
            next_check=checked and checked + timedelta(days=365),
        )
        offers.append(offer)
        served = [rules.COUNTRY] if random_.random() < 0.1 else random_.sample(near, random_.randint(1, 3))
        areas += [OfferArea(offer=offer, place=places[slug]) for slug in served]
    return offers, areas


def fill(number: int) -> float:
    """Replace all offers by generated ones; returns how many a second of CPU were indexed."""
    from django.db import transaction

    from naast.directory import rules
    from naast.directory.models import Offer, OfferArea, Organisation
    from naast.directory.search import index
    from naast.places.models import Place
    from naast.places.queries import by_slug, members

    region = by_slug("twente")
    assert region is not None
    slugs = [rules.COUNTRY, region.slug, *(member.slug for member in members(region))]
    places = {place.slug: place for place in Place.objects.filter(slug__in=slugs)}
    with transaction.atomic():
        Offer.objects.all().delete()
        organisation, _ = Organisation.objects.get_or_create(slug="gemaakt", defaults={"name": "Gemaakt"})
        offers, areas = generated(number, places, organisation)
        Offer.objects.bulk_create(offers, batch_size=500)
        OfferArea.objects.bulk_create(areas, batch_size=500)
        begin = time.process_time()
        index.rebuild()
        return number / (time.process_time() - begin)


def _median_ms(work: Callable[[], object]) -> float:
    rounds = []
    for _ in range(ROUNDS):
        begin = time.process_time()
        work()
        rounds.append((time.process_time() - begin) * 1000)
    return statistics.median(rounds)


def measure() -> tuple[float, float, int]:
    """CPU in milliseconds of one search with counts of all ten filters: the median and the slowest question; its queries."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from naast.core.generations import watch
    from naast.directory.queries import SearchQuery, search
    from naast.places.queries import by_slug

    place = by_slug("enschede")
    watch.start()
    watch.look()
    asked = [SearchQuery(q=question, place=place) for question in QUESTIONS]
    asked += [replace(query, audience="ouders", costs="gratis") for query in asked]
    asked += [replace(query, age="9", waiting=["geen", "1-4"], language="nl", referral="nee") for query in asked]
    search(asked[0])  # memory is read
    figures = [_median_ms(partial(search, query)) for query in asked]
    with CaptureQueriesContext(connection) as seen:
        search(asked[1])
    return statistics.median(figures), max(figures), len(seen)


def measure_suggestions() -> tuple[float, float]:
    """CPU in milliseconds of suggestions for what was typed so far: the median and the slowest."""
    from naast.directory.search.suggest import suggest
    from naast.places.queries import by_slug

    place = by_slug("enschede")
    suggest("be", place)  # memory is read
    figures = [_median_ms(partial(suggest, typed, place)) for typed in TYPED]
    return statistics.median(figures), max(figures)


def measure_reading() -> float:
    """CPU in milliseconds of reading all offers into memory, as every process does once a change."""
    from naast.directory.search import snapshot

    def again() -> None:
        snapshot.forget()
        snapshot.current()

    return _median_ms(again)


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
    for size, budget in SIZES.items():
        speed = fill(size)
        reading = measure_reading()
        middle, slowest, queries = measure()
        typed, slowest_typed = measure_suggestions()
        many = f"{size:,}".replace(",", ".")
        made += [
            (f"search over {many} offers, ten filters", _both(middle, slowest), str(queries), f"≤ {budget} ms", ""),
            (f"suggestions over {many} offers", _both(typed, slowest_typed), "0", "≤ 15 ms", ""),
            (f"indexing {many} offers", f"{speed:,.0f} a second", "", "≥ 2.000 a second", ""),
            (f"reading {many} offers into memory", f"{reading:,.0f} ms", "", "a change", ""),
        ]
    _put_back()
    return made


def _both(middle: float, slowest: float) -> str:
    return f"{middle:.1f} ms (slowest {slowest:.1f})"


if __name__ == "__main__":
    from bench.__main__ import set_up

    set_up()
    for what, measured, queries, aim, _peers in rows():
        print(f"{what:42} {measured:34} {queries:>3} queries   aim {aim}")
