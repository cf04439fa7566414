"""Films and lists in memory, read again when the shared texts changed: a page with a film costs no query for it."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import PurePath

from django.utils.translation import ngettext

from naast.content.media.models import LANGUAGES, Checklist, Film
from naast.content.media.rules import CONTENT_TYPES
from naast.content.rules import CheckState, check_state
from naast.core import clock, generations
from naast.core.sharing import outside
from naast.places.rules import AUDIENCES

MOST_BESIDE = 2


@dataclass(frozen=True)
class Subtitles:
    """Subtitles of a film in one language."""

    language: str
    label: str
    vtt: str
    href: str


@dataclass(frozen=True)
class FilmCard:
    """A film that readers may see."""

    key: str
    title: str
    summary: str
    video: str
    video_digest: str
    poster: str
    poster_digest: str
    seconds: int
    has_sound: bool
    transcript: str
    subtitles: tuple[Subtitles, ...]

    @property
    def video_href(self) -> str:
        """Return the address of the film: the house's own, the same in every place."""
        return outside("film-file", self.key, f"film{PurePath(self.video).suffix}")

    @property
    def poster_href(self) -> str:
        """Return the address of the picture to begin with."""
        return outside("film-file", self.key, f"beeld{PurePath(self.poster).suffix}")

    @property
    def content_type(self) -> str:
        """Return what the film is to a browser."""
        return CONTENT_TYPES[PurePath(self.video).suffix[1:]]

    @property
    def length(self) -> str:
        """Return the length as people say it: seconds below two minutes, else minutes."""
        if self.seconds < 120:
            return ngettext("%(number)s second", "%(number)s seconds", self.seconds) % {"number": self.seconds}
        whole = round(self.seconds / 60)
        return ngettext("%(number)s minute", "%(number)s minutes", whole) % {"number": whole}


@dataclass(frozen=True)
class Item:
    """One thing to tick off."""

    text: str
    why: str


@dataclass(frozen=True)
class ListCard:
    """A list that readers may see."""

    key: str
    title: str
    summary: str
    groups: tuple[tuple[str, tuple[Item, ...]], ...]
    audiences: tuple[str, ...]
    phases: tuple[str, ...]
    pages: tuple[str, ...]
    owner_name: str
    checked_on: date | None
    review_due: date | None
    source_list: tuple[str, ...]
    tested_on: date | None = None
    tested_with: str = ""
    pk: int = 0  # a list is no page: what is held by a page's number finds nothing here

    @property
    def for_children(self) -> bool:
        """Tell whether children are its first readers."""
        return self.audiences[:1] == ("kinderen",)

    @property
    def state(self) -> CheckState:
        """Return what readers see about its facts."""
        return check_state(self.checked_on, self.review_due, clock.today())


@dataclass(frozen=True)
class Extras:
    """Films and lists at one generation."""

    generation: tuple[int, int]
    films: dict[str, FilmCard] = field(default_factory=dict)
    lists: dict[str, ListCard] = field(default_factory=dict)
    titles: tuple[tuple[str, str], ...] = ()


_held: Extras | None = None
_lock = threading.Lock()


def _film(film: Film) -> FilmCard:
    names = dict(LANGUAGES)
    return FilmCard(
        key=film.key,
        title=film.title,
        summary=film.summary,
        video=film.video.name or "",
        video_digest=film.video_digest,
        poster=film.poster.name or "",
        poster_digest=film.poster_digest,
        seconds=film.seconds,
        has_sound=film.has_sound,
        transcript=film.transcript,
        subtitles=tuple(
            Subtitles(
                one.language,
                names.get(one.language, one.language),
                one.vtt,
                outside("film-file", film.key, f"ondertitels-{one.language}.vtt"),
            )
            for one in film.subtitles.all()
        ),
    )


def _list(row: Checklist) -> ListCard:
    groups = [block["value"] for block in row.groups.raw_data]
    return ListCard(
        key=row.key,
        title=row.title,
        summary=row.summary,
        groups=tuple((str(group["title"]), tuple(_items(group["items"]))) for group in groups),
        audiences=tuple(row.audiences),
        phases=tuple(row.phases),
        pages=tuple(slug.strip() for slug in row.pages.split(",") if slug.strip()),
        owner_name=row.owner_name,
        checked_on=row.checked_on,
        review_due=row.review_due,
        source_list=tuple(row.source_list),
        tested_on=row.tested_on,
        tested_with=row.tested_with,
    )


def _items(rows: list[dict[str, dict[str, str]]]) -> list[Item]:
    # A list inside a stream is kept as {type, value, id}.
    return [Item(row["value"]["text"], row["value"].get("why") or "") for row in rows]


def extras() -> Extras:
    """Return films and lists as they are now; read again only when the shared texts changed."""
    global _held
    generation = generations.seen()
    held = _held
    if held is not None and held.generation == generation and not generations.in_doubt():
        return held
    with _lock:
        films = list(Film.objects.prefetch_related("subtitles"))
        _held = Extras(
            generation,
            films={film.key: _film(film) for film in films if film.live},
            lists={row.key: _list(row) for row in Checklist.objects.filter(live=True)},
            titles=tuple((film.key, film.title) for film in films),
        )
        return _held


def film(key: str) -> FilmCard | None:
    """Return a film that readers may see."""
    return extras().films.get(key)


def film_choices() -> list[tuple[str, str]]:
    """Return every film that a text can show, for the editors' choice."""
    return list(extras().titles)


def checklist(key: str) -> ListCard | None:
    """Return a list that readers may see."""
    return extras().lists.get(key)


def lists_by_audience() -> list[tuple[str, list[ListCard]]]:
    """Return all lists, each once, under its first audience, in the order of the doors."""
    rows = list(extras().lists.values())
    found = [(audience, [row for row in rows if row.audiences[:1] == (audience,)]) for audience in AUDIENCES]
    return [pair for pair in found if pair[1]]


def lists_beside(slug: str, audiences: Sequence[str], phases: Sequence[str]) -> list[ListCard]:
    """Return the lists that stand beside a text: those that name it, else those for the same people in the same phase."""
    rows = list(extras().lists.values())
    named = [row for row in rows if slug in row.pages]
    alike = [
        row
        for row in rows
        if row.audiences[:1] == tuple(audiences[:1]) and set(row.phases[:1]) & set(phases[:1]) and row not in named
    ]
    return (named or alike)[:MOST_BESIDE]


def lists_in_phase(phase: str) -> list[ListCard]:
    """Return the lists for parents in a phase of life."""
    return [row for row in extras().lists.values() if row.audiences[:1] == ("ouders",) and phase in row.phases]


def forget() -> None:
    """Drop what is held in memory."""
    global _held
    with _lock:
        _held = None
