"""Putting the overview together for screen, paper and sheet: the same cells, groups and words in all three."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from naast.directory.models import Audience, Costs, Payer, Phase
from naast.directory.overview import rules
from naast.directory.overview.queries import Line, Overview
from naast.directory.overview.rules import Cell, Count
from naast.directory.rules import NATION, OWN, REGION
from naast.places import queries as places
from naast.places.rules import AUDIENCES, PHASES, PlaceInfo

DEFAULT_AUDIENCE = Audience.PARENTS.value


@dataclass(frozen=True)
class Wanted:
    """What a reader chose: codes, '' = not chosen. `audience` is whose table stands on the screen."""

    audience: str = DEFAULT_AUDIENCE
    costs: str = ""
    payer: str = ""

    @property
    def narrowed(self) -> bool:
        """Whether costs or payer leave something out."""
        return bool(self.costs or self.payer)

    def query(self, *, audience: str = "") -> str:
        """The choice as the part of an address after the path: '' or '?kosten=gratis'."""
        audience = "" if audience == DEFAULT_AUDIENCE else audience
        pairs = (("doelgroep", audience), ("kosten", self.costs), ("betaalt", self.payer))
        kept = [(key, code) for key, code in pairs if code]
        return f"?{urlencode(kept)}" if kept else ""

    def apply(self, found: Overview) -> Overview:
        """The overview with only what was chosen."""
        return found.narrowed([self.costs] if self.costs else [], [self.payer] if self.payer else [])


def wanted(data: Mapping[str, str]) -> Wanted:
    """Read a choice from an address; what is no code is passed over."""
    audience, costs, payer = data.get("doelgroep"), data.get("kosten"), data.get("betaalt")
    return Wanted(
        audience=audience if audience in AUDIENCES else DEFAULT_AUDIENCE,
        costs=costs if costs in Costs.values else "",
        payer=payer if payer in Payer.values else "",
    )


@dataclass(frozen=True)
class CellShown:
    """One cell of the table of numbers."""

    phase: str
    label: str
    number: int
    gap: str
    href: str


@dataclass(frozen=True)
class Group:
    """The offers of one phase for one audience. `code` is '' for what helps in every phase."""

    code: str
    label: str
    lines: list[Line]


def table(counts: Mapping[Cell, Count], choice: Wanted) -> list[tuple[str, list[CellShown]]]:
    """The table of numbers: per audience its name and a cell for each phase, leading to the list below."""
    return [
        (
            str(Audience(audience).label),
            [
                CellShown(
                    phase,
                    str(Phase(phase).label),
                    counts[(audience, phase)].all,
                    "" if choice.narrowed else counts[(audience, phase)].gap,
                    f"{choice.query(audience=audience)}#fase-{phase}",
                )
                for phase in PHASES
            ],
        )
        for audience in AUDIENCES
    ]


def groups(found: Overview, audience: str) -> list[Group]:
    """One audience's offers by phase; what helps in every phase first."""
    by_phase = rules.by_phase(found.rows, audience)
    return [
        Group(code, phase_label(code), [found.lines[row.slug] for row in rows])
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
