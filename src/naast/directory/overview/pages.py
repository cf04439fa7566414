"""Putting the overview together for screen, paper and sheet: the same cells, groups and words in all three."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from naast.directory.models import Audience, Costs, Payer, Phase
from naast.directory.overview import rules
from naast.directory.overview.queries import Line, Overview, reach_words
from naast.directory.overview.rules import Cell, Count
from naast.directory.rules import NATION, OWN, REGION
from naast.places import queries as places
from naast.places.rules import AUDIENCES, PHASES, PlaceInfo

DEFAULT_AUDIENCE = Audience.PARENTS.value
DEFAULT_PHASE = Phase.SEPARATING.value


@dataclass(frozen=True)
class Wanted:
    """What a reader chose: codes, '' = not chosen. `audience` and `phase` are the cell whose offers stand on the screen."""

    audience: str = DEFAULT_AUDIENCE
    phase: str = DEFAULT_PHASE
    costs: str = ""
    payer: str = ""
    country: bool = False  # whether the country's offers stand in full, too

    @property
    def narrowed(self) -> bool:
        """Whether costs or payer leave something out."""
        return bool(self.costs or self.payer)

    @property
    def cell(self) -> Cell:
        """The cell on the screen."""
        return self.audience, self.phase

    def query(self, *, audience: str = "", phase: str = "", country: bool = False) -> str:
        """The choice as the part of an address after the path: '' or '?kosten=gratis'."""
        audience = "" if audience == DEFAULT_AUDIENCE else audience
        phase = "" if phase == DEFAULT_PHASE else phase
        pairs = [("doelgroep", audience), ("fase", phase), ("kosten", self.costs), ("betaalt", self.payer)]
        pairs.append(("land", "1" if country else ""))
        kept = [(key, code) for key, code in pairs if code]
        return f"?{urlencode(kept)}" if kept else ""

    def apply(self, found: Overview) -> Overview:
        """The overview with only what was chosen."""
        return found.narrowed([self.costs] if self.costs else [], [self.payer] if self.payer else [])


def wanted(data: Mapping[str, str]) -> Wanted:
    """Read a choice from an address; what is no code is passed over."""
    audience, phase = data.get("doelgroep"), data.get("fase")
    costs, payer = data.get("kosten"), data.get("betaalt")
    return Wanted(
        audience=audience if audience in AUDIENCES else DEFAULT_AUDIENCE,
        phase=phase if phase in PHASES else DEFAULT_PHASE,
        costs=costs if costs in Costs.values else "",
        payer=payer if payer in Payer.values else "",
        country=data.get("land") == "1",
    )


@dataclass(frozen=True)
class CellShown:
    """One cell of the table of numbers. `nearby` counts what is not for the whole country."""

    label: str
    number: int
    nearby: int
    gap: str
    href: str
    on: bool


@dataclass(frozen=True)
class Group:
    """The offers of one phase for one audience. `code` is '' for what helps in every phase."""

    code: str
    label: str
    lines: list[Line]


@dataclass(frozen=True)
class Reach:
    """The offers of one cell that reach equally far: own, region or nation. `lines` is empty where they wait behind a link."""

    code: str
    label: str
    number: int
    lines: list[Line]


def table(counts: Mapping[Cell, Count], choice: Wanted) -> list[tuple[str, list[CellShown]]]:
    """The table of numbers: per audience its name and a cell for each phase, leading to its offers below."""
    return [
        (str(Audience(audience).label), [_cell(counts[(audience, phase)], audience, phase, choice) for phase in PHASES])
        for audience in AUDIENCES
    ]


def _cell(count: Count, audience: str, phase: str, choice: Wanted) -> CellShown:
    return CellShown(
        label=str(Phase(phase).label),
        number=count.all,
        nearby=count.own + count.region,
        gap="" if choice.narrowed else count.gap,
        href=(choice.query(audience=audience, phase=phase) or "?") + "#plekken",
        on=choice.cell == (audience, phase),
    )


def by_reach(found: Overview, choice: Wanted) -> list[Reach]:
    """The offers of one cell, nearest first. The country's, mostly the longest list, wait until somebody asks for them."""
    rows = {
        code: [row for row in rules.crossed(found.rows)[choice.cell] if row.near == code] for code in rules.NEARNESS
    }
    waits = not choice.country and bool(rows[OWN] or rows[REGION])
    lines = found.lines([row for code, some in rows.items() if not (waits and code == NATION) for row in some])
    return [
        Reach(code, reach_words(code, found.place), len(some), [lines[row.slug] for row in some if row.slug in lines])
        for code, some in rows.items()
        if some
    ]


def groups(rows_of: Sequence[rules.Row], lines: Mapping[str, Line], audience: str) -> list[Group]:
    """One audience's offers by phase; what helps in every phase first."""
    by_phase = rules.by_phase(rows_of, audience)
    return [
        Group(code, phase_label(code), [lines[row.slug] for row in rows])
        for code, rows in by_phase.items()
        if rows or code
    ]


def phase_label(code: str) -> str:
    """A phase in words, or that it is every one."""
    return str(Phase(code).label) if code else _("In every phase")


def cell_words(cell: Cell) -> str:
    """A cell in words: 'Ouders, uit elkaar'."""
    phase = str(Phase(cell[1]).label)
    return f"{Audience(cell[0]).label}, {phase[:1].lower()}{phase[1:]}"


def summary(found: Overview) -> str:
    """How much there is, and whose: one or two sentences."""
    place, near = found.place, [row.near for row in found.rows]
    region = places.region_of(place)
    parts = [_("%(number)s of %(name)s itself") % {"number": near.count(OWN), "name": place.name}]
    if region:
        parts.append(_("%(number)s of %(name)s") % {"number": near.count(REGION), "name": region.name})
    parts.append(_("%(number)s for the whole country") % {"number": near.count(NATION)})
    total = ngettext("Here stands %(total)s place for help", "Here stand %(total)s places for help", len(near))
    row = f"{', '.join(parts[:-1])} {_('and')} {parts[-1]}"
    return f"{total % {'total': len(near)}}: {row}."


def checked_words(found: Overview) -> str:
    """How many of the offers somebody compared with their source."""
    numbers = {"checked": found.checked, "total": len(found.rows)}
    return _("Of %(checked)s of the %(total)s somebody looked at the source.") % numbers


def gap_words(counts: Mapping[Cell, Count]) -> str:
    """What is missing, said plainly; '' where nothing is."""
    nothing, national = len(rules.gaps(counts, "none")), len(rules.gaps(counts, "nation"))
    parts = []
    if nothing:
        words = ngettext(
            "For %(number)s of the %(all)s combinations of audience and phase we found nothing yet.",
            "For %(number)s of the %(all)s combinations of audience and phase we found nothing yet.",
            nothing,
        )
        parts.append(words % {"number": nothing, "all": len(counts)})
    if national:
        words = ngettext(
            "For %(number)s of the %(all)s there is national help only.",
            "For %(number)s of the %(all)s there is national help only.",
            national,
        )
        parts.append(words % {"number": national, "all": len(counts)})
    return " ".join(parts)


def payer_options(rows: Sequence[rules.Row]) -> list[tuple[str, str, int]]:
    """Who pays: code, label, how many offers."""
    found = [(code, str(Payer(code).label), sum(code in row.payers for row in rows)) for code in Payer.values]
    return [option for option in found if option[2]]


def costs_options(rows: Sequence[rules.Row]) -> list[tuple[str, str, int]]:
    """What it costs: code, label, how many offers."""
    found = [(code, str(Costs(code).label), sum(row.costs == code for row in rows)) for code in Costs.values]
    return [option for option in found if option[2]]


def title(place: PlaceInfo) -> str:
    """The heading of page and paper."""
    return _("What is there for whom in %(name)s") % {"name": place.name}
