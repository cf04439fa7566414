"""Crossing offers by audience and phase, finding gaps, and setting municipalities side by side. Pure.

Source of the form: councils asked for the offer per group of parents and phase with what it costs them (Zwolle, 2016,
question 1) and per audience, with what the municipality pays apart from the rest (Houten, 2019, advice 4).
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from naast.core.sheets import safe_cell as safe_cell  # sheets of this alcove are made safe where all are
from naast.directory.rules import COUNTRY, NATION, NEIGHBOUR, OWN, REGION
from naast.places.rules import AUDIENCES, PHASES

NEARNESS = (OWN, REGION, NATION)  # what one may go to from a place, nearest first
EVERY_PHASE = ""  # the group of what helps in each phase
LEAST_TO_TELL = 5  # docs/safety.md, Numbers: a signed-in policy officer sees the own place with a threshold of five
STEP = 5
CHILDREN = frozenset({"kinderen", "jongeren"})  # their figures: region and year only
MONTHS_SHOWN = 12

Cell = tuple[str, str]  # audience, phase


@dataclass(frozen=True)
class Row:
    """One offer as the overview needs it: codes, and how near its area is (own, region, nation or neighbour)."""

    slug: str
    name: str
    near: str
    audiences: tuple[str, ...] = ()
    phases: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    costs: str = "onbekend"
    payers: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    checked: bool = False

    def fits(self, audience: str, phase: str) -> bool:
        """Whether the offer is for an audience in a phase; none named means all, as search has it."""
        return (not self.audiences or audience in self.audiences) and (not self.phases or phase in self.phases)


def near(areas: Collection[str], place: str, region: str, members: Collection[str]) -> str:
    """How near an area (slugs) is to a place: own, region, nation or neighbour.

    A region's own offers are also those of its municipalities (`members`, empty for a municipality).
    """
    if place in areas or any(member in areas for member in members):
        return OWN
    if region and region in areas:
        return REGION
    return NATION if COUNTRY in areas else NEIGHBOUR


def chosen(rows: Iterable[Row], costs: Collection[str] = (), payers: Collection[str] = ()) -> list[Row]:
    """The rows with any of these costs and any of these payers; nothing asked leaves all. Neighbours' own are left out."""
    return [
        row
        for row in rows
        if row.near in NEARNESS
        and (not costs or row.costs in costs)
        and (not payers or any(payer in row.payers for payer in payers))
    ]


def _in_order(rows: Iterable[Row]) -> list[Row]:
    """Nearest first, then by name so that people find an offer back."""
    return sorted(rows, key=lambda row: (NEARNESS.index(row.near), row.name.casefold(), row.slug))


def crossed(rows: Iterable[Row]) -> dict[Cell, list[Row]]:
    """Every offer in each cell it fits, nearest first."""
    cells: dict[Cell, list[Row]] = {(audience, phase): [] for audience in AUDIENCES for phase in PHASES}
    for row in _in_order(rows):
        for audience in dict.fromkeys(row.audiences or AUDIENCES):
            for phase in dict.fromkeys(row.phases or PHASES):
                if (audience, phase) in cells:
                    cells[(audience, phase)].append(row)
    return cells


def by_phase(rows: Iterable[Row], audience: str) -> dict[str, list[Row]]:
    """For one audience its offers by phase, each phase in order of life; what fits every phase stands once, first.

    Together the groups hold what the audience's cells hold. Empty phases are kept: that is an answer too.
    """
    cells = crossed(rows)
    everywhere = {row.slug for row in cells[(audience, PHASES[0])] if all(row.fits(audience, one) for one in PHASES)}
    groups = {EVERY_PHASE: [row for row in cells[(audience, PHASES[0])] if row.slug in everywhere]}
    for phase in PHASES:
        groups[phase] = [row for row in cells[(audience, phase)] if row.slug not in everywhere]
    return groups


def for_audience(rows: Iterable[Row], audience: str, near: str) -> list[Row]:
    """The offers of one nearness for an audience in any phase, by name, each once."""
    found = [row for row in rows if row.near == near and any(row.fits(audience, phase) for phase in PHASES)]
    return sorted(found, key=lambda row: (row.name.casefold(), row.slug))


# ---------- gaps


@dataclass(frozen=True)
class Count:
    """How many offers a cell has of each nearness."""

    own: int = 0
    region: int = 0
    nation: int = 0

    @property
    def all(self) -> int:
        """All together."""
        return self.own + self.region + self.nation

    @property
    def gap(self) -> str:
        """'none' where nothing is, 'nation' where only national offers are, else ''."""
        if not self.all:
            return "none"
        return "nation" if not self.own and not self.region else ""


def counts(rows: Iterable[Row]) -> dict[Cell, Count]:
    """How many offers each cell has, by nearness."""
    return {
        cell: Count(**{name: sum(row.near == name for row in found) for name in NEARNESS})
        for cell, found in crossed(rows).items()
    }


def gaps(found: Mapping[Cell, Count], kind: str) -> list[Cell]:
    """The cells with this gap ('none' or 'nation'), in the order of the table."""
    return [cell for cell, count in found.items() if count.gap == kind]


# ---------- municipalities side by side

KINDS = ("audience", "phase", "form", "costs")


def _codes(row: Row, kind: str) -> Sequence[str]:
    if kind == "audience":
        return row.audiences or AUDIENCES
    if kind == "phase":
        return row.phases or PHASES
    return row.forms if kind == "form" else (row.costs,)


def own_of(rows: Iterable[Row], member: str) -> list[Row]:
    """The offers that name this municipality in their area: what it has beside what region and country give all."""
    return [row for row in rows if member in row.areas]


def side_by_side(rows: Collection[Row], members: Iterable[str], kind: str) -> dict[str, Counter[str]]:
    """For each municipality how many own offers it has by code of `kind` (audience, phase, form or costs)."""
    return {
        member: Counter(code for row in own_of(rows, member) for code in dict.fromkeys(_codes(row, kind)))
        for member in members
    }


@dataclass(frozen=True)
class Has:
    """Of one subject: which municipalities have an own offer about it and which have none; and whether all share one."""

    subject: str
    having: tuple[str, ...]
    lacking: tuple[str, ...]
    shared: int


def subjects_of(rows: Collection[Row], members: Sequence[str], subjects: Iterable[str], region: str) -> list[Has]:
    """For each subject who has it and who lacks it. `shared` counts what region or country give to everybody."""
    found = []
    for subject in subjects:
        about = [row for row in rows if subject in row.subjects]
        having = tuple(member for member in members if own_of(about, member))
        shared = sum(region in row.areas or COUNTRY in row.areas for row in about)
        found.append(Has(subject, having, tuple(one for one in members if one not in having), shared))
    return found


# ---------- searches without result


@dataclass(frozen=True)
class Told:
    """One line about searches without result: codes ('' = not chosen) and about how many; None = too few to say."""

    audience: str
    phase: str
    about: int | None


def about(number: int, least: int = LEAST_TO_TELL) -> int | None:
    """A number as it may be told: in steps of five, None below `least`."""
    return None if number < least else int(number / STEP + 0.5) * STEP


def searches_told(facts: Iterable[tuple[Mapping[str, str], int]], *, children: bool) -> list[Told]:
    """Counts by at most two filters, audience and phase, most first. What was fewer than five is one line at the end.

    `children` says whether figures about children may be told (a region's year). Where they may not, a search that named
    them counts with those that named no audience, so that no line can be computed from another.
    """
    tally: Counter[Cell] = Counter()
    for dimensions, number in facts:
        audience = dimensions.get("audience", "")
        if audience in CHILDREN and not children:
            audience = ""
        tally[(audience, dimensions.get("phase", ""))] += number
    told = [Told(*cell, about(number)) for cell, number in tally.items()]
    shown = sorted((one for one in told if one.about), key=lambda one: (-(one.about or 0), one.audience, one.phase))
    return [*shown, Told("", "", None)] if len(shown) < len(told) else shown
