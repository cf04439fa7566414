"""Search over what Naast itself has to read: pages, questions with answers, guides. Offers stay the directory's.

The same analyser as the directory's reads the question (stems, compounds, spelling, people's words), over a vocabulary with
our own texts' words added. A few hundred texts fit in memory: they are read once a generation, in a query per kind of page.
"""

import re
import threading
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import unescape
from math import log
from typing import Literal

from django.urls import get_script_prefix

from naast.content import library
from naast.content.library import LANGUAGE
from naast.content.models import ArticlePage, RolePage, StatementPage
from naast.directory.rules import LEVELS
from naast.directory.search import index, snapshot
from naast.directory.search.analyser import Analyser
from naast.directory.search.analysis import Analysis, Group
from naast.directory.search.ranking import LEAST_PART_OF_BEST, WEAK_SHARE
from naast.directory.search.vocabulary import Vocabulary
from naast.directory.search.words import tokenise
from naast.flows import queries as flows

Kind = Literal["page", "faq", "guide"]
# What a text for somebody else is worth when the question says who asks ("mijn dochter van 9", "ik ben een kind").
OTHER_AUDIENCE = 0.7
# What a text is worth that has only the better part of what was asked.
PART = 0.6
_TAG = re.compile(r"<[^>]+>")


@dataclass(frozen=True)
class Text:
    """One thing to read, as a result shows it. `path` is its address below a place."""

    kind: Kind
    path: str
    title: str
    summary: str
    audiences: tuple[str, ...]
    phases: tuple[str, ...]
    language: str
    levels: tuple[str, ...]
    key: str = ""

    @property
    def href(self) -> str:
        """Return the address in the place where we stand."""
        return f"{get_script_prefix()}{self.path}"


@dataclass(frozen=True)
class Shelf:
    """All texts at one generation, with the analyser that knows their words and the stems of each by level."""

    stamp: tuple[object, ...]
    analyser: Analyser
    texts: tuple[Text, ...]
    holding: Mapping[str, tuple[tuple[int, float], ...]]


_held: Shelf | None = None
_lock = threading.Lock()


def forget() -> None:
    """Drop what is held in memory."""
    global _held
    with _lock:
        _held = None


def shelf() -> Shelf:
    """Return the texts as they are now; read again only when the tree or the directory changed."""
    global _held
    texts_at = library.library().generation
    offers = snapshot.current()
    guides = tuple(version.digest for version in flows.all_current())
    stamp = (texts_at, offers.generation, guides)
    held = _held
    if held is not None and held.stamp == stamp:
        return held
    with _lock:
        fresh = _made(stamp, tuple(_texts()), offers.analyser)
        _held = fresh
    return fresh


def find(analysis: Analysis, texts: Shelf, language: str = LANGUAGE, *, typed: str = "") -> list[Text]:
    """Return the texts that fit a question, best first; in this language where there is one, else the Dutch.

    Whose title says what was typed, word for word, stands before the rest: that is the text somebody had in mind.
    """
    said = tokenise(typed)
    asked = [(group, _hits(texts, group)) for group in analysis.groups]
    size = len(texts.texts)
    worth = [log(1 + size / (1 + len(hits))) * (WEAK_SHARE if group.weak else 1.0) for group, hits in asked]
    covered: dict[int, float] = {}
    score: dict[int, float] = {}
    for value, (group, hits) in zip(worth, asked, strict=True):
        for number, weight in hits.items():
            score[number] = score.get(number, 0.0) + value * weight
            covered[number] = covered.get(number, 0.0) + (0.0 if group.weak else value)
    best = max(covered.values(), default=0.0)
    wanted = analysis.hints.get("audience", frozenset())
    ranked = []
    for number, value in score.items():
        text = texts.texts[number]
        if covered[number] < best * LEAST_PART_OF_BEST or text.language not in (language, LANGUAGE):
            continue
        fit = 1.0 if not wanted or wanted & set(text.audiences) else OTHER_AUDIENCE
        whole = 1.0 if covered[number] >= best else PART
        named = len(said) > 1 and _stands_in(said, tokenise(text.levels[0]))
        ranked.append((text.language != language, not named, -value * fit * whole, number))
    return [texts.texts[number] for *_, number in sorted(ranked)]


def _stands_in(said: Sequence[str], title: Sequence[str]) -> bool:
    """Tell whether these words stand in a title, beside each other and in this order."""
    return any(list(title[at : at + len(said)]) == list(said) for at in range(len(title) - len(said) + 1))


def _hits(texts: Shelf, group: Group) -> dict[int, float]:
    """Return which texts have any of a group's terms, each with the weight of its best way (0 to 1)."""
    found: dict[int, float] = {}
    for term in group.terms:
        ways = [dict(texts.holding.get(stem, ())) for stem in term.stems]
        for number in set.intersection(*(set(way) for way in ways)) if ways else ():
            weight = term.weight * min(way[number] for way in ways)
            found[number] = max(found.get(number, 0.0), weight)
    return found


def _made(stamp: tuple[object, ...], texts: tuple[Text, ...], offers: Analyser) -> Shelf:
    words = [_words(text.levels) for text in texts]
    counts = Counter(offers.vocabulary.counts)
    for levels in words:
        counts.update({word for level in levels for word in level})
    analyser = Analyser(offers.language, Vocabulary(offers.language, counts))
    holding: dict[str, list[tuple[int, float]]] = {}
    for number, levels in enumerate(words):
        for stem, weight in _weights(analyser, levels).items():
            holding.setdefault(stem, []).append((number, weight))
    return Shelf(stamp, analyser, texts, {stem: tuple(hits) for stem, hits in holding.items()})


def _weights(analyser: Analyser, levels: Sequence[Sequence[str]]) -> dict[str, float]:
    """Return a text's stems with the weight of the best level each stands on; parts of compounds last."""
    best: dict[str, float] = {}
    for weight, level in zip(LEVELS, levels, strict=False):
        for stem in analyser.stems(level):
            best.setdefault(stem, weight)
    for stem in analyser.parts({word for level in levels[:2] for word in level}):
        best.setdefault(stem, LEVELS[-1])
    return best


@lru_cache(maxsize=2_000)
def _words(levels: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    # A text that did not change is cut once; only its stems can change with the vocabulary.
    plain = index.analyser({})
    return tuple(tuple(plain.words(level)) for level in levels)


def _plain(html: str) -> str:
    return unescape(_TAG.sub(" ", html))


def _texts() -> Iterator[Text]:
    held = library.library()
    bodies = dict(_bodies())
    for card in held.by_pk.values():
        if card.model == "faq":
            continue
        short, body = bodies.get(card.pk, ("", ""))
        audiences = card.audiences or ((card.audience,) if card.audience else ())
        phases = card.phases or ((card.phase,) if card.phase else ())
        levels: tuple[str, ...] = (card.title, f"{card.summary} {card.line} {short}", body)
        yield Text("page", card.path, card.title, card.summary, audiences, phases, card.language, levels)
    for entry in held.faq_in.values():
        answer = _plain(entry.answer)
        levels = (entry.question, answer)
        language = getattr(entry, "language", LANGUAGE)
        yield Text("faq", "vragen/", entry.question, answer, entry.audiences, (), language, levels, entry.key)
    for version in flows.all_current():
        flow = version.flow
        asked = " ".join(f"{question.title} {question.why}" for question in flow.questions)
        steps = " ".join(step.title for step in flow.steps)
        levels = (flow.title, flow.lead, f"{asked} {steps}")
        phases = (flow.phase,) if flow.phase else ()
        path = f"wegwijzer/{flow.slug}/"
        yield Text("guide", path, flow.title, flow.lead, (flow.audience,), phases, LANGUAGE, levels)


def _bodies() -> Iterable[tuple[int, tuple[str, str]]]:
    for model in (ArticlePage, RolePage, StatementPage):
        for page in model.objects.live():
            words = [_words_of(block["type"], block["value"]) for block in page.body.raw_data]
            yield page.pk, (page.short, " ".join(words))


def _words_of(kind: str, value: object) -> str:
    """Return what a block says; a slot says what its place fills in, which is not searched."""
    if kind == "heading" and isinstance(value, dict):
        return str(value.get("text", ""))
    if isinstance(value, dict):
        return " ".join(str(part) for name, part in value.items() if name in ("text", "quote"))
    return _plain(value) if isinstance(value, str) and kind in ("text", "quote") else ""
