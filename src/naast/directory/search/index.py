"""The search index: the same stems in FTS5 (SQLite) and in tsvector with GIN (PostgreSQL), written with the offers.

Purpose: keep index and vocabulary true in the transaction of every change, and answer "which offers have these stems, at
which level" with equal results on both databases. It does not rank (rules.py) and understands no question (analyser.py).
Levels: 1 the name, 2 also the short text, 3 also the rest and the parts of compounds in the name, 4 also words for its
subjects and the parts of all compounds.
"""

import json
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import TypeVar
from uuid import UUID

from django.db import connection
from django.db.models import F, Max, Q

from naast.core import generations
from naast.directory.models import Indexed, Offer, Word
from naast.directory.rules import LANGUAGE_NAMES, LEVELS, SearchTexts, search_texts, special_group_by_slug
from naast.directory.search.analyser import Analyser
from naast.directory.search.analysis import Group
from naast.directory.search.thesaurus import shipped
from naast.directory.search.vocabulary import Vocabulary

Row = TypeVar("Row")
KEY = "directory"
QUOTE = '"'
COLUMNS = ("a", "b", "c", "d")
# more words than this that came, left or hold such a word: all offers are split anew, instead of asking for each word
ALL_ANEW = 60
BATCH = 500
# what document_of() reads
_READ = (
    "name", "summary", "description", "subjects", "audiences", "forms", "languages", "costs", "costs_text", "hours",
    "special_groups", "offered_when", "offered_by", "organisation__name",
)  # fmt: skip


@dataclass(frozen=True)
class Document:
    """An offer's words by level, in order; a word may stand on several levels. `low` go with the parts of compounds."""

    number: int
    levels: tuple[tuple[str, ...], ...]
    low: tuple[str, ...]

    @property
    def words(self) -> frozenset[str]:
        """All its words."""
        return frozenset().union(*self.levels, self.low)

    def shared(self, same: dict[str, str]) -> "Document":
        """The same document with words that `same` has already, so that many documents hold each word once."""
        levels = tuple(tuple([same.setdefault(word, word) for word in level]) for level in self.levels)
        return Document(self.number, levels, tuple([same.setdefault(word, word) for word in self.low]))


def analyser(counts: dict[str, int] | None = None) -> Analyser:
    """The analyser over the words of all offers, read from the database unless given."""
    if counts is None:
        counts = dict(Word.objects.values_list("word", "offers"))
    return Analyser(shipped(), Vocabulary(shipped(), counts))


@lru_cache(maxsize=1)
def _plain() -> Analyser:
    """An analyser that cuts texts into words, which needs no vocabulary of offers."""
    return analyser({})


def batched(rows: Iterable[Row], size: int) -> Iterator[list[Row]]:
    """Rows in lists of at most `size` (itertools has this from Python 3.12)."""
    source = iter(rows)
    while some := list(islice(source, size)):
        yield some


# ---------- writing


def put(offer_ids: Collection[UUID]) -> None:
    """Bring these offers' index rows up to date, with the vocabulary and every offer whose compounds now split differently.

    Call it inside the transaction of the change.
    """
    if not offer_ids:
        return
    plain = _plain()
    before = {row.offer_id: row for row in Indexed.objects.filter(offer_id__in=offer_ids)}
    offers = list(Offer.objects.filter(pk__in=offer_ids).select_related("organisation"))
    Indexed.objects.bulk_create(Indexed(offer=offer, words="") for offer in offers if offer.pk not in before)
    rows = {row.offer_id: row for row in Indexed.objects.filter(offer_id__in=offer_ids)}
    documents = [document_of(plain, offer, rows[offer.pk].number) for offer in offers]
    change: Counter[str] = Counter()
    for offer, document in zip(offers, documents, strict=True):
        row = rows[offer.pk]
        change.subtract(row.words.split())
        change.update(document.words)
        row.words = _line(document.words)
    Indexed.objects.bulk_update(rows.values(), ["words"], batch_size=BATCH)
    turned = _count_words(change)
    full = analyser()
    others = _split_anew(full, turned, {document.number for document in documents})
    _write(full, [*documents, *others])
    generations.bump(KEY)


def take_out(offer_ids: Collection[UUID]) -> None:
    """Take offers out of the index and their words out of the vocabulary, before they are deleted."""
    rows = list(Indexed.objects.filter(offer_id__in=offer_ids))
    change: Counter[str] = Counter()
    for row in rows:
        change.subtract(row.words.split())
    numbers = [row.number for row in rows]
    Indexed.objects.filter(number__in=numbers).delete()
    _delete(numbers)
    turned = _count_words(change)
    full = analyser()
    _write(full, _split_anew(full, turned, set()))
    generations.bump(KEY)


def rebuild() -> int:
    """Make the whole index anew from the offers; returns how many there are. Call it inside a transaction."""
    # no number is used again: for a moment other processes still know the old ones
    before = Indexed.objects.aggregate(last=Max("number"))["last"] or 0
    Indexed.objects.all().delete()
    Word.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM directory_fts")
    plain = _plain()
    counts: Counter[str] = Counter()
    same: dict[str, str] = {}  # each word once in memory, however many offers have it
    documents: list[Document] = []
    offers = Offer.objects.select_related("organisation").order_by("pk").only(*_READ)
    for some in batched(offers.iterator(chunk_size=BATCH), BATCH):
        first = before + len(documents) + 1
        made = [document_of(plain, offer, number) for number, offer in enumerate(some, start=first)]
        rows = []
        for offer, document in zip(some, made, strict=True):
            words = document.words
            counts.update(words)
            documents.append(document.shared(same))
            rows.append(Indexed(number=document.number, offer=offer, words=_line(words)))
        Indexed.objects.bulk_create(rows)
    Word.objects.bulk_create((Word(word=word, offers=by) for word, by in counts.items()), batch_size=BATCH)
    _go_on_counting(before + len(documents))
    full = analyser(dict(counts))
    for ready in batched(documents, BATCH):
        _insert([(document.number, stems_by_level(full, document)) for document in ready])
    generations.bump(KEY)
    return len(documents)


def _line(words: Iterable[str]) -> str:
    """Words as a row keeps them, so that one can look for a whole word."""
    return f" {' '.join(sorted(words))} "


def _go_on_counting(last: int) -> None:
    """Numbers were given by hand: the next offer gets the one after (SQLite does so by itself)."""
    if connection.vendor == "sqlite" or not last:
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT setval(pg_get_serial_sequence('directory_indexed', 'number'), %s)", [last])


def texts_of(offer: Offer) -> SearchTexts:
    """The texts of an offer that a search looks in, by what they weigh."""
    # nearly every offer is in Dutch: only another language tells something
    spoken = [LANGUAGE_NAMES.get(code, code) for code in offer.languages if code != "nl"]
    groups = [special_group_by_slug()[code] for code in offer.special_groups if code in special_group_by_slug()]
    meant_for = [word for group in groups for word in (group.label, *group.words)]
    return search_texts(
        name=offer.name,
        organisation=offer.organisation.name,
        summary=offer.summary,
        description=offer.description,
        subject_slugs=offer.subjects,
        audiences=offer.audiences,
        forms=offer.forms,
        costs=offer.costs,
        more=[offer.costs_text, offer.hours, *meant_for, offer.offered_when, offer.offered_by, *spoken],
    )


def document_of(plain: Analyser, offer: Offer, number: int) -> Document:
    """An offer's words by level; `plain` needs no vocabulary for that."""
    texts = texts_of(offer)
    levels = tuple(tuple(plain.words(text)) for text in (texts.name, texts.short, texts.rest))
    return Document(number, levels, tuple(plain.words(texts.words)))


def _count_words(change: Counter[str]) -> set[str]:
    """Add to the counts; returns the words that came into the vocabulary or left it."""
    moved = {word: by for word, by in change.items() if by}
    known = {row.word: row for row in Word.objects.filter(word__in=list(moved))} if moved else {}
    fresh = [Word(word=word, offers=by) for word, by in moved.items() if word not in known and by > 0]
    Word.objects.bulk_create(fresh, batch_size=BATCH)
    turned = {row.word for row in fresh}
    by_step: dict[int, list[str]] = {}
    for word, row in known.items():
        by_step.setdefault(moved[word], []).append(word)
        if row.offers + moved[word] <= 0:
            turned.add(word)
    for step, words in by_step.items():
        Word.objects.filter(word__in=words).update(offers=F("offers") + step)
    Word.objects.filter(word__in=turned, offers=0).delete()
    return turned


def _split_anew(full: Analyser, turned: set[str], already: set[int]) -> list[Document]:
    """Documents outside `already` with a compound in which a word stands that came or left."""
    least = min(3, full.language.least_part)
    pieces = [word for word in turned if len(word) >= least]
    if not pieces:
        return []
    if Indexed.objects.count() == len(already):
        return []
    outside = Indexed.objects.all()
    if len(pieces) <= ALL_ANEW:
        compounds = [w for w in full.vocabulary.counts if any(p in w and p != w for p in pieces)]
        if not compounds:
            return []
        if len(compounds) <= ALL_ANEW:
            holding = Q()
            for word in compounds:
                holding |= Q(words__contains=f" {word} ")
            outside = outside.filter(holding)
    numbers = {row.offer_id: row.number for row in outside if row.number not in already}
    offers = Offer.objects.filter(pk__in=list(numbers)).select_related("organisation")
    return [document_of(full, offer, numbers[offer.pk]) for offer in offers]


def stems_by_level(full: Analyser, document: Document) -> list[list[str]]:
    """What the index holds of a document: the stems of the four levels, best first."""
    stems = [full.stems(level) for level in document.levels]
    low = [*full.stems(document.low), *full.parts(sorted(document.words))]
    # a compound in the name says more than one in the text
    stems[2] = [*stems[2], *full.parts(document.levels[0])]
    return [*stems, low]


def _write(full: Analyser, documents: Iterable[Document]) -> None:
    rows = [(document.number, stems_by_level(full, document)) for document in documents]
    if not rows:
        return
    _delete([number for number, _ in rows])
    _insert(rows)


def _insert(rows: Sequence[tuple[int, list[list[str]]]]) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.executemany(
                "INSERT INTO directory_fts(rowid, a, b, c, d) VALUES (%s, %s, %s, %s, %s)",
                [(number, *(" ".join(level) for level in levels)) for number, levels in rows],
            )
        else:
            cursor.executemany(
                "INSERT INTO directory_fts(number, stems) VALUES (%s, %s::tsvector)",
                [(number, _vector(levels)) for number, levels in rows],
            )


def _vector(levels: Sequence[Iterable[str]]) -> str:
    """A tsvector's text: each stem with one position a level, labelled A to D."""
    places: dict[str, list[str]] = {}
    for place, stems in enumerate(levels):
        for stem in set(stems):
            places.setdefault(stem, []).append(f"{place + 1}{'ABCD'[place]}")
    return " ".join(f"{stem}:{','.join(where)}" for stem, where in places.items())


def _delete(numbers: Sequence[int]) -> None:
    key = "rowid" if connection.vendor == "sqlite" else "number"
    with connection.cursor() as cursor:
        cursor.executemany(f"DELETE FROM directory_fts WHERE {key} = %s", [(number,) for number in numbers])  # noqa: S608


# ---------- reading


@dataclass(frozen=True)
class Hits:
    """Which offers (by number) have a group's words, with the weight of the best way (0 to 1)."""

    group: Group
    weights: dict[int, float]


def find(groups: Sequence[Group]) -> list[Hits]:
    """Look up all groups in one query; for each the offers that have any of its terms."""
    asked: list[tuple[int, float, str]] = []  # group, weight, expression
    for place, group in enumerate(groups):
        for weight in sorted({term.weight for term in group.terms}, reverse=True):
            stems = [term.stems for term in group.terms if term.weight == weight]
            for level, level_weight in enumerate(LEVELS):
                asked.append((place, weight * level_weight, _expression(stems, level)))
    found: list[dict[int, float]] = [{} for _ in groups]
    # from light to heavy: the heaviest way stays
    for weight, place, numbers in sorted(_lookup(asked), key=lambda answer: answer[0]):
        found[place].update(dict.fromkeys(numbers, weight))
    return [Hits(group, weights) for group, weights in zip(groups, found, strict=True)]


def _expression(terms: Sequence[tuple[str, ...]], level: int) -> str:
    """What to match, in the database's own words. Stems are plain letters and digits, so nothing needs escaping.

    One stem is looked for on this level alone, several together on this and the better levels: they may stand apart.
    """
    ways = []
    for stems in terms:
        levels = range(level, level + 1) if len(stems) == 1 else range(level + 1)
        if connection.vendor == "sqlite":
            columns = " ".join(COLUMNS[one] for one in levels)
            ways.append(f"({{{columns}}} : ({' AND '.join(f'{QUOTE}{stem}{QUOTE}' for stem in stems)}))")
        else:
            label = "".join("ABCD"[one] for one in levels)
            ways.append(f"({' & '.join(f'{stem}:{label}' for stem in stems)})")
    return (" OR " if connection.vendor == "sqlite" else " | ").join(ways)


def _lookup(asked: Sequence[tuple[int, float, str]]) -> list[tuple[float, int, list[int]]]:
    if not asked:
        return []
    expressions = [expression for _, _, expression in asked]
    # All questions go as one value, so that neither the number of them nor their length meets a limit of a statement.
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(
                "SELECT asked.key, (SELECT group_concat(rowid) FROM directory_fts WHERE directory_fts MATCH asked.value)"
                " FROM json_each(%s) AS asked",
                [json.dumps(expressions)],
            )
        else:
            cursor.execute(
                "SELECT asked.place - 1, (SELECT string_agg(number::text, ',') FROM directory_fts"
                " WHERE stems @@ asked.question::tsquery)"
                " FROM unnest(%s::text[]) WITH ORDINALITY AS asked(question, place)",
                [expressions],
            )
        rows = cursor.fetchall()
    answers = []
    for which, numbers in rows:
        place, weight, _ = asked[int(which)]
        answers.append((weight, place, list(map(int, numbers.split(","))) if numbers else []))
    return answers
