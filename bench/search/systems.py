"""
The searches that are compared. Each takes a question's words and place and gives slugs, best first, of offers that serve it.

All get the same four texts an offer (`directory.search.index.texts_of`: name, short text, rest, words for its subjects), with the
weights that PostgreSQL gives to A, B, C and D (10 : 4 : 2 : 1) where a search knows weights. The others are only asked for
offers of the place, its region or the country; ours runs as people meet it, so a neighbour's offer may take one of its places.
Where a search has a choice between all words and any word, both are shown.
"""

import re
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

OURS = "Naast"
Search = Callable[[str, str], list[str]]
PATIENCE = 50  # tries of a fifth of a second
WEIGHTS = "10.0, 4.0, 2.0, 1.0"


@dataclass(frozen=True)
class Text:
    """What the searches may know of one offer. `areas`: slugs of the places it serves."""

    slug: str
    name: str
    short: str
    rest: str
    words: str
    areas: frozenset[str]


def texts() -> list[Text]:
    """The offers of the installation at hand, as our own index reads them."""
    from naast.directory.models import Offer
    from naast.directory.search.index import texts_of

    rows = []
    for offer in Offer.objects.select_related("organisation").prefetch_related("areas__place").order_by("slug"):
        parts = texts_of(offer)
        areas = frozenset(area.place.slug for area in offer.areas.all())
        rows.append(Text(offer.slug, parts.name, parts.short, parts.rest, parts.words, areas))
    return rows


def regions() -> dict[str, str]:
    """Municipality -> its region, for those that have one."""
    from naast.places import queries as places

    found = {}
    for place in places.all_places():
        region = places.region_of(place)
        if region:
            found[place.slug] = region.slug
    return found


def _terms(q: str) -> list[str]:
    return re.findall(r"\w+", q.lower())


def here_only(run: Search, rows: Iterable[Text], region: Mapping[str, str]) -> Search:
    """The same search, that gives only what serves the place, its region or the country. `region`: municipality -> region."""
    areas = {row.slug: row.areas for row in rows}

    def here(q: str, place: str) -> list[str]:
        serving = {place, region.get(place), "nederland"}
        return [slug for slug in run(q, place) if serving & areas[slug]]

    return here


def ours() -> Search:
    """Our own search, as `/<place>/hulp/?q=` and the API have it."""
    from naast.directory.queries import SearchQuery, search
    from naast.places import queries as places

    def run(q: str, place: str) -> list[str]:
        return [found.offer.slug for found in search(SearchQuery(q=q, place=places.by_slug(place))).results]

    return run


def plain_fts5(rows: list[Text]) -> Search:
    """SQLite FTS5 as it comes: unicode61, any of the words, bm25."""
    base = sqlite3.connect(":memory:")
    base.execute("CREATE VIRTUAL TABLE t USING fts5(slug UNINDEXED, name, short, rest, words, tokenize='unicode61')")
    base.executemany("INSERT INTO t VALUES (?, ?, ?, ?, ?)", [(r.slug, r.name, r.short, r.rest, r.words) for r in rows])

    def run(q: str, place: str) -> list[str]:
        asked = " OR ".join(f'"{term}"' for term in _terms(q))
        sql = f"SELECT slug FROM t WHERE t MATCH ? ORDER BY bm25(t, 0.0, {WEIGHTS}), slug"  # noqa: S608
        return [slug for (slug,) in base.execute(sql, (asked,))] if asked else []

    return run


def _connected(address: str) -> Any:
    """Connect as soon as the server is done with starting. Raises psycopg.OperationalError when that takes too long."""
    import psycopg

    for _ in range(PATIENCE):
        try:
            return psycopg.connect(address)
        except psycopg.OperationalError:
            time.sleep(0.2)
    return psycopg.connect(address)


@contextmanager
def postgres_dutch(rows: list[Text]) -> Iterator[tuple[Search, Search]]:
    """PostgreSQL's `dutch` with ts_rank: all words as websearch_to_tsquery has it, and any word."""
    from tools.services import postgres

    with postgres() as address, _connected(address.replace("postgres://", "postgresql://")) as base:
        base.execute("CREATE TABLE t (slug text PRIMARY KEY, v tsvector)")
        vector = " || ".join(f"setweight(to_tsvector('dutch', %s), '{letter}')" for letter in "ABCD")
        for row in rows:
            sql = f"INSERT INTO t VALUES (%s, {vector})"  # noqa: S608
            base.execute(sql, (row.slug, row.name, row.short, row.rest, row.words))

        def ranked(asked: str, words: str) -> list[str]:
            sql = f"SELECT slug FROM t, {asked} q WHERE v @@ q ORDER BY ts_rank(v, q) DESC, slug"  # noqa: S608
            return [slug for (slug,) in base.execute(sql, (words,))]

        def all_words(q: str, place: str) -> list[str]:
            return ranked("websearch_to_tsquery('dutch', %s)", q)

        def any_word(q: str, place: str) -> list[str]:
            return ranked("websearch_to_tsquery('dutch', %s)", " or ".join(_terms(q)))

        yield all_words, any_word


def wagtail(rows: list[Text]) -> tuple[Search, Search]:
    """Wagtail's search with the database backend on SQLite: all words (as it comes), and any word."""
    from django.db import connection
    from wagtail.search.backends import get_search_backend

    from bench.search.texts.models import OfferText

    with connection.schema_editor() as editor:
        editor.create_model(OfferText)
    made = [OfferText(slug=r.slug, title=r.name, short=r.short, rest=r.rest, words=r.words) for r in rows]
    OfferText.objects.bulk_create(made)
    backend = get_search_backend()
    backend.get_index_for_model(OfferText).add_items(OfferText, OfferText.objects.order_by("slug"))

    def asked(operator: str) -> Search:
        def run(q: str, place: str) -> list[str]:
            # its FTS5 query takes words without signs; readers' signs would be an error of syntax
            words = " ".join(_terms(q))
            return [row.slug for row in backend.search(words, OfferText, operator=operator)] if words else []

        return run

    return asked("and"), asked("or")


@contextmanager
def systems() -> Iterator[dict[str, Search]]:
    """All searches over the installation at hand, by name; PostgreSQL runs as long as this is open."""
    rows = texts()
    region = regions()

    def here(run: Search) -> Search:
        return here_only(run, rows, region)

    wagtail_all, wagtail_any = wagtail(rows)
    with postgres_dutch(rows) as (postgres_all, postgres_any):
        yield {
            OURS: ours(),
            "SQLite FTS5, any word": here(plain_fts5(rows)),
            "PostgreSQL dutch, any word": here(postgres_any),
            "PostgreSQL dutch, all words": here(postgres_all),
            "Wagtail search, any word": here(wagtail_any),
            "Wagtail search, all words": here(wagtail_all),
        }
