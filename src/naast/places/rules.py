"""Thinking about places, without a database: addresses, postcodes, opening hours, working days."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from naast.core import languages

from .tailor import StyleChoice

# First path segments that can never be a place's slug.
RESERVED = frozenset(
    [
        *languages.known(),
        "-",
        "aanbod-bevestigen",
        "api",
        "beheer",
        "demo",
        "hsds",
        "hulp-nu",
        "kies",
        "kluisje",
        "loket",
        "media",
        "monitor",
        "robots.txt",
        "static",
        "zo-werkt-weggaan",
        ".well-known",
        "favicon.ico",
        "sitemap.xml",
    ]
)
AUDIENCES = ("ouders", "kinderen", "jongeren", "omgeving", "professionals")
PHASES = ("verwachting", "jonge-ouders", "spanning", "uit-elkaar", "na-scheiding", "samengesteld")

_PC4 = re.compile(r"^\s*([1-9]\d{3})\s*(?:[A-Za-z]{2})?\s*$")


@dataclass(frozen=True)
class Hours:
    """A stretch of open hours: ISO weekday 1–7, local times."""

    weekday: int
    opens: time
    closes: time
    walk_in: bool = False


@dataclass(frozen=True)
class DeskInfo:
    """A place's desk as pages show it."""

    name: str
    about: str = ""
    street: str = ""
    postcode: str = ""
    town: str = ""
    phone: str = ""
    email: str = ""
    answer_days: int = 2
    hours: tuple[Hours, ...] = ()
    answers_for_region: bool = False
    is_example: bool = False


@dataclass(frozen=True)
class PlaceInfo:
    """A place as it is held in memory."""

    id: UUID
    kind: str
    slug: str
    name: str
    code: str = ""
    province: str = ""
    parent_slug: str = ""
    takes_part: bool = False
    live: bool = False
    theme: str = "naast"
    town_hall_url: str = ""
    town_hall_phone: str = ""
    own_host: str = ""  # only while it is live
    style: StyleChoice | None = None  # the house style of its own, where one is published
    desk: DeskInfo | None = field(default=None, compare=False)

    @property
    def is_region(self) -> bool:
        """Tell whether this is a region."""
        return self.kind == "region"


@dataclass(frozen=True)
class HelplineInfo:
    """A helpline as pages show it. `hours` is None when nobody checked, () never open by phone, else stretches."""

    key: str
    name: str
    kind: str
    number: str
    tel: str
    about: str
    about_children: str
    free: bool | None
    chat_url: str
    url: str
    always_open: bool
    hours: tuple[Hours, ...] | None
    hours_note: str
    audiences: tuple[str, ...]
    order_adults: int | None
    order_children: int | None
    source: str
    checked_on: date | None
    translations: Mapping[str, Mapping[str, str]] = field(default_factory=dict, compare=False)
    language: str = languages.DUTCH  # of its words

    def translated(self, code: str) -> "HelplineInfo":
        """Return the line with its words in a language, or as it is where nobody translated them."""
        words = self.translations.get(code)
        if not words:
            return self
        return replace(
            self,
            language=code,
            name=words.get("name", self.name),
            about=words.get("about", self.about),
            about_children=words.get("about_children", self.about_children),
            hours_note=words.get("hours_note", self.hours_note),
        )

    @property
    def hours_text(self) -> str:
        """Return the hours in words, or '' where nobody checked them."""
        if self.always_open:
            return "day and night" if languages.interface(languages.reading()) == "en" else "dag en nacht"
        return hours_in_words(self.hours) if self.hours else ""


DAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
DAYS_EN = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def clock_words(moment: time, language: str = languages.DUTCH) -> str:
    """Return a time as people write it: 9.00, 10.30; in English 9:00."""
    return f"{moment.hour}{':' if language == 'en' else '.'}{moment.minute:02d}"


def hours_in_words(hours: Iterable[Hours], language: str | None = None) -> str:
    """Return opening hours in words: 'maandag t/m vrijdag 9.00–17.00 uur, zaterdag 10.00–12.00 uur'.

    `language` None = the one of the interface we read in: 'Monday to Friday 9:00–17:00'.
    """
    code = languages.interface(language or languages.reading())
    by_time: dict[tuple[time, time], list[int]] = {}
    for stretch in hours:
        by_time.setdefault((stretch.opens, stretch.closes), []).append(stretch.weekday)
    parts = []
    for (opens, closes), days in sorted(by_time.items(), key=lambda item: min(item[1])):
        unit = "" if code == "en" else " uur"
        times = f"{clock_words(opens, code)}–{clock_words(closes, code)}{unit}"
        parts.append(f"{_days_in_words(sorted(set(days)), code)} {times}")
    return ", ".join(parts)


def _days_in_words(days: Sequence[int], code: str) -> str:
    names, daily, to, and_ = (DAYS_EN, "every day", "to", "and") if code == "en" else (DAYS, "elke dag", "t/m", "en")
    if list(days) == [1, 2, 3, 4, 5, 6, 7]:
        return daily
    if len(days) > 2 and list(days) == list(range(days[0], days[-1] + 1)):
        return f"{names[days[0] - 1]} {to} {names[days[-1] - 1]}"
    return f" {and_} ".join(names[day - 1] for day in days)


def parse_hours(raw: Any) -> tuple[bool, tuple[Hours, ...] | None]:
    """Read hours as data: '24/7', [{days, from, to}] or None. Returns (always open, stretches or None for unknown)."""
    if raw == "24/7":
        return True, ()
    if raw is None:
        return False, None
    stretches = []
    for row in raw:
        for day in row["days"]:
            closes = str(row["to"])
            end = time(23, 59) if closes in ("24:00", "00:00") else time.fromisoformat(closes.zfill(5))
            stretches.append(Hours(int(day), time.fromisoformat(str(row["from"]).zfill(5)), end))
    return False, tuple(stretches)


def open_until(hours: Iterable[Hours], moment: datetime, holidays: Collection[date] = ()) -> time | None:
    """Return until when it is open at a local moment, or None when it is closed."""
    if moment.date() in holidays:
        return None
    for stretch in hours:
        if stretch.weekday == moment.isoweekday() and stretch.opens <= moment.time() < stretch.closes:
            return stretch.closes
    return None


def is_working_day(day: date, holidays: Collection[date]) -> bool:
    """Tell whether people work: Monday to Friday, no public holiday."""
    return day.isoweekday() <= 5 and day not in holidays


def working_deadline(start: datetime, days: int, holidays: Collection[date], closes: time = time(17, 0)) -> datetime:
    """Return the moment by which there is an answer: `days` working days after a local `start`, at closing time.

    What comes in on a day that nobody works, or after closing time, counts from the next working day.
    """
    day = start.date()
    if not is_working_day(day, holidays) or start.time() >= closes:
        day = next_working_day(day, holidays)
    for _ in range(days):
        day = next_working_day(day, holidays)
    return datetime.combine(day, closes, tzinfo=start.tzinfo)


def next_working_day(day: date, holidays: Collection[date]) -> date:
    """Return the first working day after a day."""
    day += timedelta(days=1)
    while not is_working_day(day, holidays):
        day += timedelta(days=1)
    return day


def pc4_of(text: str) -> str | None:
    """Return the four digits of a postcode as people type it ('7511', '7511 AB'), or None."""
    match = _PC4.match(text)
    return match.group(1) if match else None


def pc6_of(text: str) -> str | None:
    """Return a full postcode as people type it ('7511 ab') as 7511AB, or None where the letters are not there."""
    bare = text.replace(" ", "").upper()
    return bare if pc4_of(bare) and len(bare) == 6 else None


def house_number_of(text: str) -> int | None:
    """Return the number in a house number as people type it ('12', '12 a', '12-3'), or None."""
    match = re.match(r"^\s*(\d{1,6})(?!\d)", text)
    return int(match.group(1)) if match else None


def slug_of(name: str) -> str:
    """Return the slug of a municipality's name: Hof van Twente → hof-van-twente, 's-Hertogenbosch → s-hertogenbosch."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


@dataclass(frozen=True)
class Split:
    """An address cut in language, first segment and rest."""

    language: str
    slug: str
    rest: str


def split_path(path: str, spoken: Collection[str] | None = None) -> Split:
    """Cut '/en/enschede/hulp/' into ('en', 'enschede', '/hulp/'); the language is 'nl' where none stands.

    `spoken` are the languages that have addresses; None = all that Naast can carry.
    """
    language = "nl"
    # One slash: "//enschede/" would be an address of another host where a page names its own.
    head, _, tail = path.removeprefix("/").partition("/")
    if head != languages.DUTCH and head in (languages.known() if spoken is None else spoken):
        language = head
        head, _, tail = tail.partition("/")
    return Split(language, head, "/" + tail)


def nearest_names(text: str, names: Mapping[str, str], limit: int = 3) -> list[str]:
    """Return slugs of the municipalities whose name is most like what was typed (keys: folded names)."""
    from rapidfuzz import fuzz, process

    found = process.extract(text, list(names), scorer=fuzz.WRatio, limit=limit, score_cutoff=72)
    return [names[name] for name, _, _ in found]
