"""How the page for help in an emergency orders the helplines: a few by what is the matter, the others in groups."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from .rules import HelplineInfo

DANGER = "112"
DANGER_KIND = "nood"  # what is left of it once 112 and 113 stand on top, the police without hurry, closes a group
FIRST = ("veilig-thuis", "113", "kindertelefoon", "luisterlijn")  # by what is the matter, in the order of the page
GROUPS = {
    "violence": ("geweld", "nood"),
    "young": ("kinderen", "klacht"),
    "talk": ("luisteren", "ouders"),
    "rights": ("recht", "geld"),
}


@dataclass(frozen=True)
class Group:
    """Lines that one opens together: `key` of GROUPS."""

    key: str
    lines: tuple[HelplineInfo, ...]


@dataclass(frozen=True)
class Ordered:
    """The page's lines: every one of them stands in one place only."""

    danger: HelplineInfo | None
    first: tuple[HelplineInfo, ...]
    groups: tuple[Group, ...]
    checked: tuple[tuple[HelplineInfo, date], ...]
    unchecked: tuple[HelplineInfo, ...]


def ordered(helplines: Iterable[HelplineInfo]) -> Ordered:
    """Return helplines as the page shows them; one that is given twice counts once.

    What stands with children's lines: lines of a kind for children, and those that adults do not see by default.
    112 is left out of what was checked and what was not: a doubt beside it could cost a minute (docs/safety.md).
    """
    lines = {line.key: line for line in helplines}
    danger = lines.pop(DANGER, None)
    first = tuple(lines[key] for key in FIRST if key in lines)
    others = sorted(
        (line for key, line in lines.items() if key not in FIRST), key=lambda line: line.kind == DANGER_KIND
    )
    held: dict[str, list[HelplineInfo]] = {key: [] for key in GROUPS}
    for line in others:
        held[_group_of(line)].append(line)
    shown = [*first, *others]
    return Ordered(
        danger,
        first,
        tuple(Group(key, tuple(inside)) for key, inside in held.items() if inside),
        tuple((line, line.checked_on) for line in shown if line.checked_on),
        tuple(line for line in shown if not line.checked_on),
    )


def _group_of(line: HelplineInfo) -> str:
    if line.order_adults is None:
        return "young"
    return next((key for key, kinds in GROUPS.items() if line.kind in kinds), "talk")
