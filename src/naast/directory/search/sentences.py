"""
Sentences: what a whole sentence tells by how it is said: ages in every usual way, and turns of phrase word for word.

Purpose: read "dochter van 9", "mijn zoon is 15", "groep 5" and "kleuter" as ages, tell "al 9 jaar getrouwd" from an age, and
match turns of phrase in which the little words matter ("ik ben moeder"). Words come folded. Pure: no Django, no clock.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

# above this an age tells nothing about which offer fits: offers name ages of children and of young people
OLDEST_AGE = 23
CHILD_FROM, CHILD_UNTIL, YOUNG_FROM = 4, 12, 12


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


NUMBERS: Mapping[str, int] = {
    word: number
    for number, word in enumerate(
        _words(
            "twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien zeventien achttien "
            "negentien twintig"
        ),
        start=2,
    )
}
ORDINALS: Mapping[str, int] = {"eerste": 1, "tweede": 2, "derde": 3, "vierde": 4, "vijfde": 5, "zesde": 6}
STAGES: Mapping[str, int] = {
    "baby": 0, "babys": 0, "babytje": 0, "dreumes": 1, "peuter": 3, "peuters": 3, "kleuter": 5, "kleuters": 5,
    "kleuterklas": 5, "brugklas": 12, "brugklasser": 12, "brugpieper": 12,
}  # fmt: skip
YEARS = frozenset({"jaar", "jaartje", "jaartjes", "jarige", "jarig", "jr"})
MONTHS = frozenset({"maand", "maanden", "mnd"})
# what makes a number something else than an age
UNITS = MONTHS | frozenset(
    _words(
        "week weken dag dagen uur uren keer x euro km kilometer procent minuten kinderen kids jongens meisjes zonen zoons "
        "dochters gesprekken mensen personen ouders leerlingen"
    )
)
LASTS = frozenset(
    _words("al sinds na ruim bijna afgelopen laatste pas over dan zeker ongeveer gedurende elke elk per binnen vanaf")
)
SPANS = frozenset(
    _words("geleden getrouwd samen huwelijk relatie gescheiden lang uit bij verder later wachten duren terug")
)
PEOPLE = frozenset(
    _words(
        "zoon zoontje dochter dochtertje kind kindje kinderen meisje meisjes jongen jongens jongetje meid kleinkind "
        "kleinkinderen kleinzoon kleindochter neefje nichtje broer broertje zus zusje puber tiener stiefzoon stiefdochter "
        "stiefkind leerling leerlingen bonuskind bonuszoon bonusdochter pleegkind oudste jongste middelste ze hij zij die"
    )
)
SAYS = frozenset({"ben", "is", "wordt", "word", "werd", "bijna", "net"})
SCHOOLS = frozenset({"havo", "vwo", "vmbo", "mavo", "gymnasium", "atheneum"})
_GLUED = re.compile(r"([0-9]{1,2})(?:jarige|jarig|jaar|jr)")
_NTH = re.compile(r"([1-6])(?:e|ste|de)")


@dataclass(frozen=True)
class Age:
    """An age in years and the places, first and last, of the words that tell it. `own`: the asker's own."""

    years: int
    first: int
    last: int
    own: bool = False


def _number(word: str) -> int | None:
    if word.isdigit():
        return int(word) if len(word) < 3 else None
    return NUMBERS.get(word)


def ages(words: Sequence[str]) -> list[Age]:
    """Every age a sentence tells, in order; ages of grown-ups are left out."""
    found = list(_spelled_out(words))
    taken = {place for age in found for place in range(age.first, age.last + 1)}
    for place, word in enumerate(words):
        if place in taken:
            continue
        age = _glued(word, place) or _said(words, place, _number(word), found)
        if age is not None:
            found.append(age)
    return sorted((age for age in found if 0 <= age.years <= OLDEST_AGE), key=lambda age: age.first)


def _spelled_out(words: Sequence[str]) -> Iterator[Age]:
    """School years and words for small children: "groep 5", "2e klas", "3 havo", "kleuter"."""
    for place, word in enumerate(words):
        after = words[place + 1] if place + 1 < len(words) else ""
        number = _number(after) if after else None
        if after == "een":
            number = 1
        if word == "groep" and number is not None and number <= 8:
            yield Age(number + 3, place, place + 1)
        elif word in ("klas", "leerjaar") and number is not None and number <= 6:
            yield Age(number + 11, place, place + 1)
        elif after in ("klas", "leerjaar", *SCHOOLS):
            nth = _NTH.fullmatch(word)
            level = ORDINALS.get(word) or (int(nth[1]) if nth else _number(word))
            if level is not None and 1 <= level <= 6:
                yield Age(level + 11, place, place + 1)
        elif word in SCHOOLS and number is not None and number <= 6:
            yield Age(number + 11, place, place + 1)
        elif word in STAGES:
            yield Age(STAGES[word], place, place)


def _glued(word: str, place: int) -> Age | None:
    match = _GLUED.fullmatch(word)
    return Age(int(match[1]), place, place) if match else None


def _said(words: Sequence[str], place: int, number: int | None, found: Sequence[Age]) -> Age | None:
    """An age in numbers: "van 9", "9 jaar", "ik ben 9", "zoon (15)", "van 9 en 12"; not "al 9 jaar" or "12 weken"."""
    if number is None:
        return None
    before = words[place - 1] if place else ""
    after = words[place + 1] if place + 1 < len(words) else ""
    next_after = words[place + 2] if place + 2 < len(words) else ""
    if after in MONTHS and before == "van":
        return Age(number // 12, place - 1, place + 1)
    if after in UNITS:
        return None
    if after in YEARS:
        if before in LASTS or next_after in SPANS:
            return None
        return _with_who(words, place, place + 1, number)
    if before in SAYS or before == "van" or before in PEOPLE:
        return _with_who(words, place, place, number)
    # one more of a row: "van 9 en 12", "van 4, 7 en 10"
    earlier = place - (2 if before == "en" else 1)
    if any(age.last == earlier and words[earlier].isdigit() for age in found):
        return Age(number, place, place)
    return None


def _with_who(words: Sequence[str], place: int, last: int, number: int) -> Age:
    """The age with the person before it: "dochter van 9"."""
    first = place
    while first > max(0, place - 3) and (words[first - 1] in SAYS or words[first - 1] in ("van", "ik")):
        first -= 1
    if first and words[first - 1] in PEOPLE:
        first -= 1
    return Age(number, first, last, own=words[first] == "ik" or (first > 0 and words[first - 1] == "ik"))


def audiences_of(age: Age) -> frozenset[str]:
    """For whom an age asks: the parents of small children, children from 4 to 12, young people from 12 on."""
    if age.years < CHILD_FROM:
        return frozenset({"ouders"})
    found = {
        code for code, fits in (("kinderen", age.years <= CHILD_UNTIL), ("jongeren", age.years >= YOUNG_FROM)) if fits
    }
    return frozenset(found)


# ---------- turns of phrase, word for word


@dataclass(frozen=True)
class Turn:
    """A turn of phrase: at each place the words that may stand there; nothing may stand between."""

    places: tuple[frozenset[str], ...]


def turn(text: str) -> Turn:
    """Read a turn as data has it: "mijn|onze kind|kinderen". Raises ValueError when it is empty."""
    places = tuple(frozenset(word for word in place.split("|") if word) for place in text.split())
    if not places or not all(places):
        raise ValueError(f"'{text}' is no turn of phrase")
    return Turn(places)


def where(turn_: Turn, words: Sequence[str]) -> tuple[int, int] | None:
    """The first and last place of a turn in these words, or None."""
    length = len(turn_.places)
    for start in range(len(words) - length + 1):
        if all(words[start + offset] in some for offset, some in enumerate(turn_.places)):
            return start, start + length - 1
    return None
